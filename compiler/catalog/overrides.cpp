#include "compiler/catalog/overrides.h"

#include <algorithm>

namespace virga::catalog {
namespace {

template <class Amounts>
void set_amount(Amounts& to, const Override::Amount& from) {
  if (from.value) to.value = *from.value, to.has_value = true;
  if (from.min) to.min = *from.min, to.has_min = true;
  if (from.max) to.max = *from.max, to.has_max = true;
}

}  // namespace

std::string_view Resolved::keep(std::string text) { return texts_.emplace_back(std::move(text)); }

std::span<const std::string_view> Resolved::keep(const std::vector<std::string>& texts) {
  std::vector<std::string_view>& list = lists_.emplace_back();
  for (const std::string& t : texts) list.push_back(keep(t));
  return list;
}

void Resolved::fill(Fact& fact, const Override& over) {
  const bool amount = over.amount.value || over.amount.min || over.amount.max;
  if (over.amount.value || !over.cases.empty()) {
    fact.has_min = fact.has_max = fact.has_value = false;
    fact.cases = {};
    fact.by = {};
  }
  if (amount) set_amount(fact, over.amount);
  if (!over.cases.empty()) {
    std::vector<FactCase>& cases = cases_.emplace_back();
    for (const Override::Amount& a : over.cases) {
      FactCase& one = cases.emplace_back();
      one.name = keep(a.name);
      set_amount(one, a);
    }
    fact.cases = cases;
    fact.by = keep(over.by);
  }
  if (!over.text.empty()) fact.text = keep(over.text);
  if (!over.members.empty()) fact.members = keep(over.members), fact.numbers = over.numbers;
  if (!over.informs.empty()) fact.informs = keep(over.informs);
  const auto set = [&](std::string_view& to, const std::string& from) {
    if (!from.empty()) to = keep(from);
  };
  set(fact.service, over.service), set(fact.subject, over.subject), set(fact.unit, over.unit);
  set(fact.scope, over.scope), set(fact.note, over.note), set(fact.source, over.source), set(fact.as_of, over.as_of);
  if (over.kind) fact.kind = *over.kind;
  fact.verified = true;
}

void Resolved::lay(const Override& over) {
  const auto place = std::lower_bound(facts_.begin(), facts_.end(), over.id,
                                      [](const Fact& fact, const std::string& id) { return fact.id < id; });
  if (place == facts_.end() || place->id != over.id) {
    Fact made{};
    made.id = keep(over.id);
    fill(made, over);
    facts_.insert(place, made);
    return;
  }
  const std::string before = place->instead.empty() ? amount_text(*place) + " (" + cite(*place) + ")" : "";
  fill(*place, over);
  if (!before.empty()) place->instead = keep(before);
  place->source = keep(over.where + (over.source.empty() ? "" : " (" + over.source + ")"));
}

Resolved::Resolved(const Catalog& base, const std::vector<Override>& overrides)
    : facts_(base.facts.begin(), base.facts.end()), names_(base.names.begin(), base.names.end()), catalog_(base) {
  for (const Override& over : overrides) lay(over);
  catalog_.facts = facts_;
  for (NameRule& rule : names_) {
    const Fact* fact = catalog_.find_fact(rule.fact);
    if (fact == nullptr || fact->instead.empty()) continue;
    if (fact->has_max || fact->has_value) rule.max = static_cast<std::uint32_t>(fact->has_max ? fact->max : fact->value);
    if (fact->has_min) rule.min = static_cast<std::uint32_t>(fact->min);
  }
  catalog_.names = names_;
}

}  // namespace virga::catalog
