#include "compiler/catalog/tool/read.h"

#include "compiler/catalog/tool/adopted.h"
#include "compiler/catalog/tool/behaviour.h"
#include "compiler/catalog/tool/checks.h"
#include "compiler/catalog/tool/costs.h"
#include "compiler/catalog/tool/deployer.h"
#include "compiler/catalog/tool/read_facts.h"
#include "compiler/catalog/tool/updates.h"

#include <algorithm>

namespace virga::catalog_tool {

void check_date(const Entry& entry, const char* key, const std::string& text) {
  static const std::regex date("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?");
  if (!text.empty() && !std::regex_match(text, date)) entry.problem("`" + std::string(key) + "` is no date: " + text);
}

void check_word(const Entry& entry, const std::string& text, const std::regex& shape) {
  if (!text.empty() && !std::regex_match(text, shape)) entry.problem("`" + text + "` has not the shape of an id here");
}

const FactRow* find_fact(const std::vector<FactRow>& facts, const std::string& id) {
  const auto found = std::lower_bound(facts.begin(), facts.end(), id,
                                      [](const FactRow& row, const std::string& wanted) { return row.id < wanted; });
  return found != facts.end() && found->id == id ? &*found : nullptr;
}

void check_fact(const Entry& entry, const std::vector<FactRow>& facts, const std::string& id) {
  if (!id.empty() && find_fact(facts, id) == nullptr) entry.problem("no fact has the id `" + id + "`");
}

namespace {

const std::vector<std::string> kFidelities = {"exact", "emulated", "degraded", "impossible"};
const std::vector<std::string> kTests = {"at_most",        "at_least",     "multiple_of", "one_of",       "matches",
                                         "length_at_most", "size_at_most", "keys_match",  "keys_at_most", "values_at_most"};

/// What a bound's test needs of its fact.
void check_test(const Entry& entry, const std::vector<FactRow>& facts, const BoundRow& row) {
  const FactRow* fact = find_fact(facts, row.fact);
  if (fact == nullptr) return;
  std::optional<double> min = fact->min, max = fact->max, value = fact->value;
  if (row.only.empty() != fact->cases.empty())
    entry.problem(row.only.empty() ? "`only` is missing: which case of the fact holds" : "the fact has no cases");
  for (const CaseRow& c : fact->cases) {
    if (c.name == row.only) min = c.min, max = c.max, value = c.value;
  }
  const std::string& test = row.test;
  const bool fits = test == "one_of"                            ? !fact->members.empty()
                    : test == "keys_match" || test == "matches" ? !fact->text.empty()
                    : test.ends_with("at_most")                 ? value || max
                    : test == "at_least"                        ? value || min
                                                                : value.has_value();
  if (!fits) entry.problem("the fact `" + row.fact + "` holds nothing that `" + test + "` could test");
}

std::vector<BoundRow> read_bounds(const std::filesystem::path& folder, const std::vector<FactRow>& facts,
                                  Problems& problems) {
  static const std::regex code_shape("[a-z0-9-]+/[a-z0-9-]+");
  std::vector<BoundRow> rows;
  Once once;
  for (Entry& entry : entries(folder / "bounds.yaml", problems)) {
    BoundRow row{entry.required("code"),     entry.required("kind"), entry.required("attribute"), entry.optional("edge_to"),
                 entry.optional("strategy"), entry.required("fact"), entry.optional("only"),      entry.word("test", kTests),
                 entry.required("message"),  entry.optional("help")};
    entry.finish();
    once.check(entry, row.code + " " + row.kind + "." + row.attribute + " " + row.edge_to);
    if (!row.strategy.empty() && !row.edge_to.empty()) entry.problem("`strategy` is about nodes, not about edges");
    check_word(entry, row.code, code_shape);
    check_fact(entry, facts, row.fact);
    check_test(entry, facts, row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<PackageRow> read_packages(const std::filesystem::path& folder, const std::vector<FactRow>& facts,
                                      Problems& problems) {
  static const std::regex code_shape("[a-z0-9-]+/[a-z0-9-]+");
  std::vector<PackageRow> rows;
  Once once;
  for (Entry& entry : entries(folder / "packages.yaml", problems)) {
    PackageRow row{entry.required("code"),     entry.required("kind"),
                   entry.optional("strategy"), entry.word("measure", {"packed", "unpacked"}),
                   entry.required("fact"),     entry.optional("regions"),
                   entry.optional("except"),   entry.required("message"),
                   entry.optional("help")};
    entry.finish();
    once.check(entry, row.code);
    check_word(entry, row.code, code_shape);
    for (const std::string& fact : {row.fact, row.regions, row.except}) check_fact(entry, facts, fact);
    const auto fact = std::find_if(facts.begin(), facts.end(), [&](const FactRow& f) { return f.id == row.fact; });
    if (fact != facts.end() && !fact->value && !fact->max) entry.problem("the fact `" + row.fact + "` holds no size");
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

std::vector<TemplateRow> read_templates(const std::filesystem::path& folder, const std::vector<FactRow>& facts,
                                        Problems& problems) {
  std::vector<TemplateRow> rows;
  Once once;
  for (Entry& entry : entries(folder / "templates.yaml", problems)) {
    TemplateRow row;
    row.formats = join(entry.list("formats"));
    row.measure = entry.word("measure", {"resources", "parameters", "outputs", "bytes", "characters"});
    row.type = entry.optional("type");
    row.property = entry.optional("property");
    row.fact = entry.required("fact");
    row.says = entry.optional("says");
    row.help = entry.optional("help");
    entry.finish();
    const bool of_property = row.measure == "characters";
    if (of_property == (row.type.empty() || row.property.empty() || row.says.empty()))
      entry.problem("`type`, `property` and `says` are about `characters`, which needs them");
    check_fact(entry, facts, row.fact);
    once.check(entry, row.measure + " " + row.type + "." + row.property + " " + row.formats);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// What is possible names its strategies, what is not has none.
void check_strategies(const Entry& entry, const std::string& fidelity, const std::vector<std::string>& strategies) {
  if ((fidelity == "impossible") != strategies.empty()) {
    entry.problem(strategies.empty() ? "`strategies` is missing" : "what is impossible has no strategies");
  }
}

std::vector<EdgeRow> read_edges(const std::filesystem::path& folder, Problems& problems) {
  static const std::regex port_shape("[a-z_]+\\.[a-z_]+");
  std::vector<EdgeRow> rows;
  Once once;
  for (Entry& entry : entries(folder / "edges.yaml", problems)) {
    EdgeRow row;
    row.from = entry.required("from");
    row.hand_over = entry.word("arrow", {"->", "~>"}) == "~>";
    row.to = entry.required("to");
    row.fidelity = entry.word("fidelity", kFidelities);
    row.strategies = entry.list("strategies");
    row.says = entry.required("says");
    row.formats = join(entry.list("formats"));
    entry.finish();
    check_strategies(entry, row.fidelity, row.strategies);
    check_word(entry, row.from, port_shape);
    check_word(entry, row.to, port_shape);
    once.check(entry, row.from + (row.hand_over ? " ~> " : " -> ") + row.to + " " + row.formats);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<KindRow> read_kinds(const std::filesystem::path& folder, Problems& problems) {
  std::vector<KindRow> rows;
  Once once;
  for (Entry& entry : entries(folder / "kinds.yaml", problems)) {
    KindRow row;
    row.kind = entry.required("kind");
    row.fidelity = entry.word("fidelity", kFidelities);
    row.strategies = entry.list("strategies");
    row.says = entry.required("says");
    row.formats = join(entry.list("formats"));
    row.unsaid = join(entry.list("unsaid"));
    row.makes_nothing = entry.optional("least") == "0";
    entry.finish();
    check_strategies(entry, row.fidelity, row.strategies);
    once.check(entry, row.kind + " " + row.formats);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<RuntimeRow> read_runtimes(const std::filesystem::path& folder, Problems& problems) {
  std::vector<RuntimeRow> rows;
  Once once;
  std::vector<Entry> all = entries(folder / "runtimes.yaml", problems);
  std::vector<std::pair<Entry*, std::string>> taken;
  for (Entry& entry : all) {
    RuntimeRow row{entry.required("name"),
                   entry.optional("vendor"),
                   entry.optional("end_of_support"),
                   entry.optional("no_new_from"),
                   entry.optional("no_change_from"),
                   entry.optional("note"),
                   entry.word("fidelity", kFidelities),
                   entry.optional("instead"),
                   entry.required("source")};
    entry.finish();
    check_date(entry, "end_of_support", row.end_of_support);
    check_date(entry, "no_new_from", row.no_new_from);
    check_date(entry, "no_change_from", row.no_change_from);
    // What the cloud makes no more may stand there still, under its name.
    if (row.fidelity != "impossible" && row.vendor.empty()) entry.problem("`vendor` is missing");
    if (row.fidelity != "exact" && row.note.empty()) entry.problem("`note` must say why");
    if (!row.instead.empty() && row.fidelity != "impossible") entry.problem("`instead` is for what is impossible");
    // The first row of a name is what is made; those after it are names under which the same may stand there already.
    const bool older = row.fidelity == "impossible" && !row.vendor.empty();
    once.check(entry, older ? row.name + " " + row.vendor : row.name);
    if (!row.instead.empty()) taken.emplace_back(&entry, row.instead);
    rows.push_back(std::move(row));
  }
  for (const auto& one : taken) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const RuntimeRow& r) { return r.name == one.second; });
    if (found == rows.end() || found->fidelity == "impossible") one.first->problem("`instead` is no runtime that is there");
  }
  return rows;
}

std::vector<RegionRow> read_regions(const std::filesystem::path& folder, Problems& problems) {
  std::vector<RegionRow> rows;
  Once once;
  for (Entry& entry : entries(folder / "regions.yaml", problems)) {
    RegionRow row{entry.required("name"), entry.required("vendor"), entry.required("place")};
    entry.finish();
    once.check(entry, row.name);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<PropertyRow> read_properties(const std::filesystem::path& folder, Problems& problems) {
  std::vector<PropertyRow> rows;
  Once once;
  for (Entry& entry : entries(folder / "properties.yaml", problems)) {
    PropertyRow row{entry.required("type"), entry.list("properties")};
    entry.finish();
    once.check(entry, row.type);
    if (row.properties.empty()) entry.problem("`properties` is empty");
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<NameRow> read_names(const std::filesystem::path& folder, const std::vector<FactRow>& facts, Problems& problems) {
  std::vector<NameRow> rows;
  Once once;
  for (Entry& entry : entries(folder / "names.yaml", problems)) {
    NameRow row;
    row.type = entry.required("type");
    row.property = entry.required("property");
    row.min = entry.count("min", 1);
    row.max = entry.count("max", 0);
    row.underscore = entry.flag("underscore", true);
    row.hyphen = entry.flag("hyphen", true);
    row.upper = entry.flag("upper", true);
    row.letter_first = entry.flag("letter_first", false);
    row.global = entry.flag("global", false);
    row.suffix = entry.optional("suffix");
    row.fact = entry.required("fact");
    entry.finish();
    if (row.max == 0) entry.problem("`max` is missing");
    if (!row.underscore && !row.hyphen) entry.problem("a name needs `_` or `-` between its parts");
    check_fact(entry, facts, row.fact);
    const FactRow* fact = find_fact(facts, row.fact);
    const std::optional<double> most = fact == nullptr ? std::nullopt : fact->max ? fact->max : fact->value;
    if (most && *most < row.max) entry.problem("`max` is above what the fact `" + row.fact + "` says");
    once.check(entry, row.type + "." + row.property);
    rows.push_back(std::move(row));
  }
  return rows;
}

void read_cloud(const std::filesystem::path& folder, Problems& problems, Tables& tables) {
  const std::filesystem::path path = folder / "cloud.yaml";
  const std::vector<Entry> found = entries(path, problems);
  if (found.size() != 1) {
    problems.add(path.string(), "expected a list of one entry: `name` and `title`");
    return;
  }
  Entry entry = found.front();
  tables.cloud = entry.required("name");
  tables.title = entry.required("title");
  entry.finish();
}

}  // namespace

Tables read(const std::filesystem::path& folder, Problems& problems) {
  static const std::set<std::string> known = {
      "bounds.yaml",  "edges.yaml",   "kinds.yaml",    "packages.yaml", "templates.yaml", "properties.yaml", "regions.yaml",
      "names.yaml",   "cloud.yaml",   "runtimes.yaml", "prices.yaml",   "left-out.yaml",  "behaviour.yaml",  "costs.yaml",
      "updates.yaml", "effects.yaml", "engines.yaml",  "deployer.yaml", "adopted.yaml",   "leaving.yaml"};
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (name.ends_with(".yaml") && !name.starts_with("facts") && !known.contains(name)) {
      problems.add(file.path().string(), "no table is read from a file of this name");
    }
  }
  Tables tables;
  read_cloud(folder, problems, tables);
  tables.regions = read_regions(folder, problems);
  tables.facts = read_facts(folder, tables.regions, problems);
  tables.bounds = read_bounds(folder, tables.facts, problems);
  tables.packages = read_packages(folder, tables.facts, problems);
  tables.templates = read_templates(folder, tables.facts, problems);
  tables.edges = read_edges(folder, problems);
  tables.kinds = read_kinds(folder, problems);
  tables.runtimes = read_runtimes(folder, problems);
  tables.properties = read_properties(folder, problems);
  tables.names = read_names(folder, tables.facts, problems);
  read_behaviour(folder, tables, problems);
  tables.prices = read_prices(folder, tables.regions, problems);
  read_costs(folder, tables, problems);
  read_updates(folder, tables, problems);
  read_deployer(folder, tables, problems);
  read_adopted(folder, tables, problems);
  read_leaving(folder, tables, problems);
  check_left_out(folder, tables.facts, tables.prices, problems);
  return tables;
}

}  // namespace virga::catalog_tool
