// What the catalogue tool read: the rows of catalog.h with strings of their own.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace virga::catalog_tool {

struct FactRow {
  std::string id, subject, kind, unit, scope, note, source, as_of;
  std::optional<double> min, max, value;
  std::string text;
  std::vector<std::string> members;
  bool verified = true;
};

struct BoundRow {
  std::string code, kind, attribute, edge_to, strategy, fact, test, message, help;
};

struct PackageRow {
  std::string code, kind, strategy, measure, fact, regions, except, message, help;
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
  std::string name, vendor, end_of_support, note, fidelity, source;
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

struct Tables {
  std::string cloud, title;
  std::vector<FactRow> facts;
  std::vector<BoundRow> bounds;
  std::vector<PackageRow> packages;
  std::vector<EdgeRow> edges;
  std::vector<KindRow> kinds;
  std::vector<RuntimeRow> runtimes;
  std::vector<RegionRow> regions;
  std::vector<NameRow> names;
  std::vector<PropertyRow> properties;
};

}  // namespace virga::catalog_tool
