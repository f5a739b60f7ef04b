#include "compiler/catalog/catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace virga::catalog {
namespace {

/// `formats` is empty (all of them) or a comma-separated list.
bool names_format(std::string_view formats, std::string_view format) {
  while (!formats.empty()) {
    const std::size_t comma = formats.find(',');
    if (formats.substr(0, comma) == format) return true;
    if (comma == std::string_view::npos) break;
    formats.remove_prefix(comma + 1);
  }
  return false;
}

/// Among the rows that `matches` lets through, the one about this format before the one about all formats.
template <class Row, class Matches>
const Row* best_row(std::span<const Row> rows, std::string_view format, Matches matches) {
  const Row* general = nullptr;
  for (const Row& row : rows) {
    if (!matches(row)) continue;
    if (names_format(row.formats, format)) return &row;
    if (row.formats.empty() && general == nullptr) general = &row;
  }
  return general;
}

template <class Row, class Matches>
const Row* first_row(std::span<const Row> rows, Matches matches) {
  const auto found = std::find_if(rows.begin(), rows.end(), matches);
  return found == rows.end() ? nullptr : &*found;
}

/// `900`, `60 to 21600`, `at least 5`; the numbers without an exponent.
template <class Amounts>
std::string range_text(const Amounts& a) {
  if (a.has_min && a.has_max)
    return a.min == a.max ? fmt::format("{:.15g}", a.min) : fmt::format("{:.15g} to {:.15g}", a.min, a.max);
  if (a.has_min) return fmt::format("at least {:.15g}", a.min);
  return fmt::format("{:.15g}", a.has_max ? a.max : a.value);
}

/// What stands for the clouds' own catalogues on this thread; set by `Use` alone.
thread_local std::span<const Catalog* const> used;

}  // namespace

const Catalog& in_use(const Catalog& own) {
  for (const Catalog* c : used) {
    if (c->cloud == own.cloud) return *c;
  }
  return own;
}

Use::Use(std::span<const Catalog* const> catalogs) : outer_(used) { used = catalogs; }
Use::~Use() { used = outer_; }

std::string_view word(Fidelity f) {
  switch (f) {
    case Fidelity::exact: return "exact";
    case Fidelity::emulated: return "emulated";
    case Fidelity::degraded: return "degraded";
    case Fidelity::impossible: return "impossible";
  }
  return "";
}

std::string_view word(FactKind kind) {
  switch (kind) {
    case FactKind::hard: return "hard";
    case FactKind::quota: return "adjustable-quota";
    case FactKind::fallback: return "default";
    case FactKind::enumeration: return "enum";
    case FactKind::pattern: return "pattern";
    case FactKind::advice: return "advice";
  }
  return "";
}

const FactCase* Fact::in(std::string_view name) const {
  const FactCase* others = nullptr;
  for (const FactCase& c : cases) {
    if (c.name == name) return &c;
    if (c.name == "others") others = &c;
  }
  return others;
}

const Fact* Catalog::find_fact(std::string_view id) const {
  const auto found = std::lower_bound(facts.begin(), facts.end(), id,
                                      [](const Fact& fact, std::string_view wanted) { return fact.id < wanted; });
  return found != facts.end() && found->id == id ? &*found : nullptr;
}

std::vector<const Price*> Catalog::tiers(std::string_view id) const {
  std::vector<const Price*> out;
  for (const Price& p : prices) {
    const bool tier = p.id.size() > id.size() && p.id.starts_with(id) && p.id.substr(id.size()).starts_with(".tier");
    if (p.id == id || tier) out.push_back(&p);
  }
  std::stable_sort(out.begin(), out.end(), [](const Price* a, const Price* b) { return a->from < b->from; });
  return out;
}

const Fact& Catalog::fact(std::string_view id) const {
  if (const Fact* found = find_fact(id)) return *found;
  std::fprintf(stderr, "this is a bug in virga: the catalogue of %.*s has no fact %.*s\n", static_cast<int>(cloud.size()),
               cloud.data(), static_cast<int>(id.size()), id.data());
  std::abort();
}

const EdgeRow* Catalog::edge(std::string_view from, bool hand_over, std::string_view to, std::string_view format) const {
  return best_row(edges, format,
                  [&](const EdgeRow& row) { return row.from == from && row.hand_over == hand_over && row.to == to; });
}

const KindRow* Catalog::kind(std::string_view wanted, std::string_view format) const {
  return best_row(kinds, format, [&](const KindRow& row) { return row.kind == wanted; });
}

const Runtime* Catalog::runtime(std::string_view name) const {
  return first_row(runtimes, [&](const Runtime& row) { return row.name == name; });
}

const Region* Catalog::region(std::string_view name) const {
  return first_row(regions, [&](const Region& row) { return row.name == name; });
}

const NameRule* Catalog::name_rule(std::string_view type, std::string_view property) const {
  return first_row(names, [&](const NameRule& row) { return row.type == type && row.property == property; });
}

const PropertyList* Catalog::properties_of(std::string_view type) const {
  return first_row(properties, [&](const PropertyList& row) { return row.type == type; });
}

const UpdateRow* Catalog::update(std::string_view type) const {
  const auto found = std::lower_bound(updates.begin(), updates.end(), type,
                                      [](const UpdateRow& row, std::string_view wanted) { return row.type < wanted; });
  return found != updates.end() && found->type == type ? &*found : nullptr;
}

const DeployerRow* Catalog::deployer_of(std::string_view type) const {
  const auto found = std::lower_bound(deployer.begin(), deployer.end(), type,
                                      [](const DeployerRow& row, std::string_view wanted) { return row.type < wanted; });
  return found != deployer.end() && found->type == type ? &*found : nullptr;
}

const DeployingRow* Catalog::deploying_with(std::string_view format) const {
  return first_row(deploying, [&](const DeployingRow& row) { return names_format(row.formats, format); });
}

const EngineRow* Catalog::engine(std::string_view format) const {
  return first_row(engines, [&](const EngineRow& row) { return names_format(row.formats, format); });
}

std::string amount_text(const Fact& fact) {
  std::string out;
  const auto add = [&](std::string_view text) { out += (out.empty() ? "" : ", ") + std::string(text); };
  for (const FactCase& c : fact.cases) add(std::string(c.name) + ": " + range_text(c));
  for (const std::string_view m : fact.members) add(m);
  if (out.empty()) out = fact.text.empty() ? range_text(fact) : std::string(fact.text);
  const bool counted = fact.text.empty() && (fact.members.empty() || fact.numbers);
  return counted && !fact.unit.empty() ? out + " " + std::string(fact.unit) : out;
}

std::string cite(const Fact& fact) {
  if (!fact.instead.empty()) return std::string(fact.source) + ", instead of " + std::string(fact.instead);
  std::string_view source = fact.source;
  // What stands in parentheses at the end tells how the source was reached; a reader of a finding does not need it.
  if (source.ends_with(')')) {
    const std::size_t open = source.rfind(" (");
    if (open != std::string_view::npos) source = source.substr(0, open);
  }
  return std::string(source) + ", as of " + std::string(fact.as_of);
}

}  // namespace virga::catalog
