#include "compiler/catalog/catalog.h"

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

}  // namespace

std::string_view word(Fidelity f) {
  switch (f) {
    case Fidelity::exact: return "exact";
    case Fidelity::emulated: return "emulated";
    case Fidelity::degraded: return "degraded";
    case Fidelity::impossible: return "impossible";
  }
  return "";
}

const Fact* Catalog::find_fact(std::string_view id) const {
  const auto found = std::lower_bound(facts.begin(), facts.end(), id,
                                      [](const Fact& fact, std::string_view wanted) { return fact.id < wanted; });
  return found != facts.end() && found->id == id ? &*found : nullptr;
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

std::string cite(const Fact& fact) {
  std::string_view source = fact.source;
  // What stands in parentheses at the end tells how the source was reached; a reader of a finding does not need it.
  if (source.ends_with(')')) {
    const std::size_t open = source.rfind(" (");
    if (open != std::string_view::npos) source = source.substr(0, open);
  }
  return std::string(source) + ", as of " + std::string(fact.as_of);
}

}  // namespace virga::catalog
