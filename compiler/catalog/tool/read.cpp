#include "compiler/catalog/tool/read.h"

#include <algorithm>
#include <regex>

namespace virga::catalog_tool {
namespace {

const std::vector<std::string> kFidelities = {"exact", "emulated", "degraded", "impossible"};
const std::vector<std::string> kFactKinds = {"hard", "adjustable-quota", "default", "enum", "pattern", "advice"};
const std::vector<std::string> kTests = {"at_most", "at_least", "multiple_of", "one_of", "keys_match"};

/// Texts that must be unique within a table.
class Once {
 public:
  void check(const Entry& entry, const std::string& key) {
    if (!key.empty() && !seen_.insert(key).second) entry.problem("`" + key + "` stands here twice");
  }

 private:
  std::set<std::string> seen_;
};

void check_date(const Entry& entry, const char* key, const std::string& text) {
  static const std::regex date("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?");
  if (!text.empty() && !std::regex_match(text, date)) entry.problem("`" + std::string(key) + "` is no date: " + text);
}

void check_word(const Entry& entry, const std::string& text, const std::regex& shape) {
  if (!text.empty() && !std::regex_match(text, shape)) entry.problem("`" + text + "` has not the shape of an id here");
}

/// A number, a text, a list, or a range `{min, max}`.
void read_value(Entry& entry, FactRow& row) {
  const YAML::Node value = entry.raw("value");
  if (!value.IsDefined()) {
    entry.problem("`value` is missing");
  } else if (value.IsMap()) {
    for (const auto& member : value) {
      const std::string key = member.first.Scalar();
      std::optional<double>* place = key == "min" ? &row.min : key == "max" ? &row.max : nullptr;
      if (place == nullptr)
        entry.problem("a value may be a range {min, max}; write one fact for each case instead of `" + key + "`");
      else if (!(*place = as_number(member.second))) entry.problem("`" + key + "` must be a number");
    }
  } else if (value.IsSequence()) {
    row.members = entry.list("value");
  } else if (const std::optional<double> number = as_number(value)) {
    row.value = number;
  } else {
    row.text = value.Scalar();
  }
}

std::vector<FactRow> read_facts(const std::filesystem::path& folder, Problems& problems) {
  static const std::regex id_shape("[a-z0-9_]+(\\.[a-z0-9_]+)+");
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (name == "facts.yaml" || (name.starts_with("facts-") && name.ends_with(".yaml"))) files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());

  std::vector<FactRow> rows;
  Once once;
  for (const auto& file : files) {
    for (Entry& entry : entries(file, problems)) {
      FactRow row;
      row.id = entry.required("id");
      row.subject = entry.required("subject");
      row.kind = entry.word("kind", kFactKinds);
      row.unit = entry.optional("unit");
      row.scope = entry.optional("scope");
      row.note = entry.optional("note");
      row.source = entry.required("source");
      row.as_of = entry.required("as_of");
      row.verified = entry.required("verified") == "true";
      (void)entry.flag("verified", false);
      (void)entry.optional("service");  // kept in the files, for people
      (void)entry.optional("as_of_basis");
      read_value(entry, row);
      entry.finish();
      once.check(entry, row.id);
      check_word(entry, row.id, id_shape);
      check_date(entry, "as_of", row.as_of);
      rows.push_back(std::move(row));
    }
  }
  std::sort(rows.begin(), rows.end(), [](const FactRow& a, const FactRow& b) { return a.id < b.id; });
  return rows;
}

bool has_fact(const std::vector<FactRow>& facts, const std::string& id) {
  const auto found = std::lower_bound(facts.begin(), facts.end(), id,
                                      [](const FactRow& row, const std::string& wanted) { return row.id < wanted; });
  return found != facts.end() && found->id == id;
}

void check_fact(const Entry& entry, const std::vector<FactRow>& facts, const std::string& id) {
  if (!id.empty() && !has_fact(facts, id)) entry.problem("no fact has the id `" + id + "`");
}

/// What a bound's test needs of its fact.
void check_test(const Entry& entry, const std::vector<FactRow>& facts, const BoundRow& row) {
  if (!has_fact(facts, row.fact)) return;
  const FactRow& fact = *std::find_if(facts.begin(), facts.end(), [&](const FactRow& f) { return f.id == row.fact; });
  const bool fits = row.test == "one_of"       ? !fact.members.empty()
                    : row.test == "keys_match" ? !fact.text.empty()
                    : row.test == "at_most"    ? fact.value || fact.max
                    : row.test == "at_least"   ? fact.value || fact.min
                                               : fact.value.has_value();
  if (!fits) entry.problem("the fact `" + row.fact + "` holds nothing that `" + row.test + "` could test");
}

std::vector<BoundRow> read_bounds(const std::filesystem::path& folder, const std::vector<FactRow>& facts,
                                  Problems& problems) {
  static const std::regex code_shape("[a-z0-9-]+/[a-z0-9-]+");
  std::vector<BoundRow> rows;
  Once once;
  for (Entry& entry : entries(folder / "bounds.yaml", problems)) {
    BoundRow row{entry.required("code"),     entry.required("kind"),     entry.required("attribute"),
                 entry.optional("edge_to"),  entry.optional("strategy"), entry.required("fact"),
                 entry.word("test", kTests), entry.required("message"),  entry.optional("help")};
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
  for (Entry& entry : entries(folder / "runtimes.yaml", problems)) {
    RuntimeRow row{entry.required("name"),
                   entry.optional("vendor"),
                   entry.optional("end_of_support"),
                   entry.optional("note"),
                   entry.word("fidelity", kFidelities),
                   entry.required("source")};
    entry.finish();
    check_date(entry, "end_of_support", row.end_of_support);
    if ((row.fidelity == "impossible") != row.vendor.empty())
      entry.problem("`vendor` is missing, or names what is impossible");
    if (row.fidelity != "exact" && row.note.empty()) entry.problem("`note` must say why");
    once.check(entry, row.name);
    rows.push_back(std::move(row));
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
  static const std::set<std::string> known = {"bounds.yaml",  "edges.yaml", "kinds.yaml", "packages.yaml", "properties.yaml",
                                              "regions.yaml", "names.yaml", "cloud.yaml", "runtimes.yaml"};
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (name.ends_with(".yaml") && !name.starts_with("facts") && !known.contains(name)) {
      problems.add(file.path().string(), "no table is read from a file of this name");
    }
  }
  Tables tables;
  read_cloud(folder, problems, tables);
  tables.facts = read_facts(folder, problems);
  tables.bounds = read_bounds(folder, tables.facts, problems);
  tables.packages = read_packages(folder, tables.facts, problems);
  tables.edges = read_edges(folder, problems);
  tables.kinds = read_kinds(folder, problems);
  tables.runtimes = read_runtimes(folder, problems);
  tables.regions = read_regions(folder, problems);
  tables.properties = read_properties(folder, problems);
  tables.names = read_names(folder, tables.facts, problems);
  return tables;
}

}  // namespace virga::catalog_tool
