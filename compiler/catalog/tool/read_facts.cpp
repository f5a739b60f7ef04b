#include "compiler/catalog/tool/read_facts.h"

#include "compiler/catalog/tool/checks.h"

#include <algorithm>

namespace virga::catalog_tool {
namespace {

const std::vector<std::string> kFactKinds = {"hard", "adjustable-quota", "default", "enum", "pattern", "advice"};
const std::vector<std::string> kConfidences = {"high", "medium", "low"};
const std::regex kIdShape("[a-z0-9_]+(\\.[a-z0-9_]+)+");

/// A number, or a range `{min, max}`; false when it is neither.
template <class Row>
bool read_amount(const YAML::Node& value, Row& row) {
  if (!value.IsMap()) {
    row.value = as_number(value);
    return row.value.has_value();
  }
  for (const auto& member : value) {
    const std::string key = member.first.Scalar();
    std::optional<double>* place = key == "min" ? &row.min : key == "max" ? &row.max : nullptr;
    if (place == nullptr || !(*place = as_number(member.second))) return false;
  }
  return row.min || row.max;
}

bool is_range(const YAML::Node& value) { return value.IsMap() && (value["min"].IsDefined() || value["max"].IsDefined()); }

/// A number, a text, a list, a range, or with `by` an amount for each case.
void read_value(Entry& entry, FactRow& row, const std::vector<RegionRow>& regions) {
  const YAML::Node value = entry.raw("value");
  if (!value.IsDefined()) {
    entry.problem("`value` is missing");
  } else if (value.IsMap() && !is_range(value)) {
    if (row.by.empty()) entry.problem("`by` is missing: what the cases of `value` are, such as `region`");
    for (const auto& member : value) {
      CaseRow one{member.first.Scalar(), {}, {}, {}};
      if (!read_amount(member.second, one)) entry.problem("`" + one.name + "` must be a number or a range {min, max}");
      const auto named = [&](const RegionRow& r) { return r.vendor == one.name; };
      if (row.by == "region" && one.name != "others" && std::none_of(regions.begin(), regions.end(), named))
        entry.problem("`" + one.name + "` is none of the regions of regions.yaml");
      row.cases.push_back(std::move(one));
    }
  } else if (value.IsMap()) {
    if (!read_amount(value, row)) entry.problem("a range has `min`, `max` or both, and they are numbers");
    if (row.min && row.max && *row.min > *row.max) entry.problem("`min` is above `max`");
  } else if (value.IsSequence()) {
    row.members = entry.list("value");
    row.numbers = !row.members.empty();
    for (const YAML::Node& item : value) row.numbers = row.numbers && as_number(item).has_value();
    if (row.members.empty()) entry.problem("`value` is an empty list");
  } else if (const std::optional<double> number = as_number(value)) {
    row.value = number;
  } else {
    row.text = value.Scalar();
    if (row.text.empty()) entry.problem("`value` is empty");
  }
  if (!row.by.empty() && row.cases.empty()) entry.problem("`by` is about cases, and `value` has none");
}

/// What a kind of fact must hold.
void check_kind(const Entry& entry, const FactRow& row) {
  if (row.kind == "pattern" && row.text.empty() && row.members.empty()) entry.problem("a pattern is a text");
  if (row.kind == "adjustable-quota" && !row.value && !row.min && !row.max && row.cases.empty())
    entry.problem("a quota is a number");
}

bool matches(const std::string& pattern, const std::string& id) {
  return pattern.ends_with('*') ? id.starts_with(pattern.substr(0, pattern.size() - 1)) : id == pattern;
}

}  // namespace

std::vector<FactRow> read_facts(const std::filesystem::path& folder, const std::vector<RegionRow>& regions,
                                Problems& problems) {
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
      row.service = entry.required("service");
      row.subject = entry.required("subject");
      row.kind = entry.word("kind", kFactKinds);
      row.unit = entry.optional("unit");
      row.by = entry.optional("by");
      row.scope = entry.optional("scope");
      row.informs = entry.list("informs");
      row.note = entry.optional("note");
      row.source = entry.required("source");
      row.as_of = entry.required("as_of");
      row.verified = entry.flag("verified", false);
      (void)entry.required("verified");
      (void)entry.optional("as_of_basis");  // kept in the files, for people
      read_value(entry, row, regions);
      entry.finish();
      check_kind(entry, row);
      once.check(entry, row.id);
      check_word(entry, row.id, kIdShape);
      check_date(entry, "as_of", row.as_of);
      rows.push_back(std::move(row));
    }
  }
  std::sort(rows.begin(), rows.end(), [](const FactRow& a, const FactRow& b) { return a.id < b.id; });
  return rows;
}

std::vector<PriceRow> read_prices(const std::filesystem::path& folder, const std::vector<RegionRow>& regions,
                                  Problems& problems) {
  std::vector<PriceRow> rows;
  Once once;
  for (Entry& entry : entries(folder / "prices.yaml", problems)) {
    PriceRow row;
    row.id = entry.required("id");
    row.service = entry.required("service");
    row.item = entry.required("item");
    const std::string price = entry.required("price");
    row.price = as_number(entry.raw("price"));
    if (!row.price && price != "unknown") entry.problem("`price` must be a number or `unknown`");
    row.currency = entry.required("currency");
    row.per = as_number(entry.raw("per")).value_or(1);
    row.unit = entry.required("unit");
    row.region = entry.optional("region");
    row.site = entry.optional("site");
    row.from = as_number(entry.raw("from")).value_or(0);
    row.to = as_number(entry.raw("to"));
    row.free = as_number(entry.raw("free")).value_or(0);
    row.free_note = entry.optional("free_note");
    row.free_of = entry.optional("free_of");
    row.free_ends = entry.flag("free_ends", false);
    row.regions = entry.list("regions");
    row.confidence = entry.word("confidence", kConfidences);
    row.note = entry.optional("note");
    row.source = entry.required("source");
    row.as_of = entry.required("as_of");
    row.verified = entry.flag("verified", false);
    (void)entry.required("verified");
    (void)entry.optional("as_of_basis");
    entry.finish();
    once.check(entry, row.id);
    check_word(entry, row.id, kIdShape);
    check_date(entry, "as_of", row.as_of);
    for (const char* key : {"per", "from", "to", "free"}) {
      const YAML::Node number = entry.raw(key);
      if (number.IsDefined() && as_number(number).value_or(-1) < 0)
        entry.problem("`" + std::string(key) + "` must be a number, and not below nothing");
    }
    for (const std::string& name : row.regions) {
      if (std::none_of(regions.begin(), regions.end(), [&](const RegionRow& r) { return r.vendor == name; }))
        entry.problem("`" + name + "` is none of the regions of regions.yaml");
    }
    if (row.per <= 0) entry.problem("`per` must be above nothing");
    if (row.price.value_or(0) < 0) entry.problem("`price` is below nothing");
    if (row.to && *row.to <= row.from) entry.problem("`to` must be above `from`");
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(), [](const PriceRow& a, const PriceRow& b) { return a.id < b.id; });
  return rows;
}

void check_left_out(const std::filesystem::path& folder, const std::vector<FactRow>& facts,
                    const std::vector<PriceRow>& prices, Problems& problems) {
  for (Entry& entry : entries(folder / "left-out.yaml", problems)) {
    const std::vector<std::string> ids = entry.list("ids");
    (void)entry.required("why");
    if (ids.empty()) entry.problem("`ids` is missing");
    for (const std::string& pattern : ids) {
      for (const FactRow& f : facts) {
        if (matches(pattern, f.id)) entry.problem("`" + f.id + "` is left out, but stands in the catalogue");
      }
      for (const PriceRow& p : prices) {
        if (matches(pattern, p.id)) entry.problem("`" + p.id + "` is left out, but stands in the catalogue");
      }
    }
    for (const std::string& id : entry.list("instead")) {
      const auto is_it = [&](const PriceRow& p) { return p.id == id; };
      if (std::none_of(prices.begin(), prices.end(), is_it)) check_fact(entry, facts, id);
    }
    entry.finish();
  }
}

}  // namespace virga::catalog_tool
