// What the catalogue tool read: the rows of catalog.h with strings of their own.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace virga::catalog_tool {

struct CaseRow {
  std::string name;
  std::optional<double> min, max, value;
};

struct FactRow {
  std::string id, service, subject, kind, unit, by, scope, note, source, as_of;
  std::optional<double> min, max, value;
  std::string text;
  std::vector<std::string> members, informs;
  std::vector<CaseRow> cases;
  bool numbers = false, verified = true;
};

struct PriceRow {
  std::string id, service, item, currency, unit, region, site, free_note, confidence, note, source, as_of;
  std::optional<double> price, to;
  double per = 1, from = 0, free = 0;
  bool verified = true, free_ends = false;
  std::string free_of;
  std::vector<std::string> regions;
};

struct BoundRow {
  std::string code, kind, attribute, edge_to, strategy, fact, only, test, message, help;
};

struct PackageRow {
  std::string code, kind, strategy, measure, fact, regions, except, message, help;
};

struct TemplateRow {
  std::string formats, measure, type, property, fact, says, help;
};

struct EdgeRow {
  std::string from, to, fidelity, says, formats;
  bool hand_over = false;
  std::vector<std::string> strategies;
};

struct KindRow {
  std::string kind, fidelity, says, formats, unsaid;
  std::vector<std::string> strategies;
  bool makes_nothing = false;
};

struct RuntimeRow {
  std::string name, vendor, end_of_support, no_new_from, no_change_from, note, fidelity, instead, source;
};
struct RegionRow {
  std::string name, vendor, place;
};

struct NameRow {
  std::string type, property, suffix, fact;
  unsigned min = 1, max = 64;
  bool underscore = true, hyphen = true, upper = true, letter_first = false, global = false;
};

struct PropertyRow {
  std::string type;
  std::vector<std::string> properties;
};

struct SettingRow {
  std::string name;
  std::vector<std::string> terms;
};

struct HopRow {
  std::string from, to, strategy, gives_up;
  bool hand_over = false, repeats = false, blocks = false;
  std::vector<SettingRow> settings;
};

struct WorkRow {
  std::string kind, strategy;
  bool forwards = false, entry = false;
  std::vector<SettingRow> settings;
};

struct CostItemRow {
  std::vector<std::string> prices;
  std::string quantity;
};

struct CostRow {
  std::string kind, from, to, arrow, not_counted, nothing;
  std::vector<std::string> strategies, when, unless;
  std::vector<CostItemRow> items;
};

struct UpdateRow {
  std::string type, holds, serves, singly, singly_fact;
  std::vector<std::string> replaces, may_replace;
  bool derived = false, versions = false;
};

struct EngineRow {
  std::string formats, named, note, guard, template_file, uploaded_template, replacing, parameters, parameter, output,
      source, as_of;
  bool keeps_types = false;
  std::vector<std::string> deploy, first, remove, upload;
};

struct NeedRow {
  std::string passes, to;
  std::vector<std::string> on, when, changes, read, create, update, remove;
};

struct DeployerRow {
  std::string type, name, unnamed, nested, source, as_of;
  bool derived = false;
  std::vector<NeedRow> needs;
};

struct DeployingRow {
  std::string formats, note, source, as_of;
  std::vector<NeedRow> needs;
};

struct SaidRow {
  std::string property, attribute, as, unsaid;
};

struct AdoptedRow {
  std::string kind, beside, from, arrow, to, type, within, owner, transform, id, called, strategy, source, target, doc,
      as_of;
  std::vector<std::string> by, when, implies, ignores, outputs, fixed, json;
  std::vector<SaidRow> says;
};

struct LeavingRow {
  std::string type, property, action, runtime, pattern, text, section, fate, says, doc, as_of;
};

struct PolicyFormRow {
  std::string version, pass, passed_to, largest;
  bool labels = false, blanks_count = false;
};

struct Tables {
  std::string cloud, title;
  std::vector<FactRow> facts;
  std::vector<BoundRow> bounds;
  std::vector<PackageRow> packages;
  std::vector<TemplateRow> templates;
  std::vector<EdgeRow> edges;
  std::vector<KindRow> kinds;
  std::vector<RuntimeRow> runtimes;
  std::vector<RegionRow> regions;
  std::vector<NameRow> names;
  std::vector<PropertyRow> properties;
  std::vector<HopRow> hops;
  std::vector<WorkRow> works;
  std::vector<PriceRow> prices;
  std::vector<CostRow> costs;
  std::vector<UpdateRow> updates;
  std::vector<EngineRow> engines;
  std::vector<DeployerRow> deployer;
  std::vector<DeployingRow> deploying;
  std::vector<PolicyFormRow> policies;
  std::vector<AdoptedRow> adopted;
  std::vector<LeavingRow> leaving;
};

}  // namespace virga::catalog_tool
