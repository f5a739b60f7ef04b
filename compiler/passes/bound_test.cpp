#include "compiler/passes/bound_test.h"

#include "compiler/passes/passes.h"
#include "compiler/source/utf8.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>

namespace virga::passes {
namespace {

using Test = catalog::Bound::Test;

struct UnitFactor {
  std::string_view unit;
  Dimension dimension;
  double factor;
};
constexpr double kKilo = 1024;
constexpr UnitFactor kUnits[] = {
    {"milliseconds", Dimension::duration, 1},
    {"ms", Dimension::duration, 1},
    {"seconds", Dimension::duration, 1000},
    {"s", Dimension::duration, 1000},
    {"minutes", Dimension::duration, 60'000},
    {"hours", Dimension::duration, 3'600'000},
    {"days", Dimension::duration, 86'400'000},
    {"bytes", Dimension::size, 1},
    {"KB", Dimension::size, kKilo},
    {"KiB", Dimension::size, kKilo},
    {"MB", Dimension::size, kKilo* kKilo},
    {"MiB", Dimension::size, kKilo* kKilo},
    {"GB", Dimension::size, kKilo* kKilo* kKilo},
    {"GiB", Dimension::size, kKilo* kKilo* kKilo},
    {"vCPU", Dimension::cpu, 1000},
    {"vcpu", Dimension::cpu, 1000},
    {"per second", Dimension::rate, 1000},
    {"requests per second", Dimension::rate, 1000},
    {"records per second", Dimension::rate, 1000},
    {"transactions per second per API action", Dimension::rate, 1000},
    {"requests/s", Dimension::rate, 1000},
    {"events/s", Dimension::rate, 1000},
    {"MiB per second", Dimension::size, kKilo* kKilo},
    {"MB/s", Dimension::size, kKilo* kKilo},
    {"percent", Dimension::percent, 100},
};

/// The value as a number in its base unit, with its dimension when it has one; of lists and maps how much they hold.
bool amount_of(const Value& value, double& amount, std::optional<Dimension>& dimension) {
  if (const auto* q = value.get<Quantity>()) {
    amount = static_cast<double>(q->amount);
    dimension = q->dimension;
  } else if (const auto* n = value.get<double>()) {
    amount = *n;
  } else if (const auto* items = value.get<Values>()) {
    amount = static_cast<double>(items->size());
  } else if (const auto* map = value.get<Map>()) {
    amount = static_cast<double>(map->entries.size());
  } else {
    return false;
  }
  return true;
}

std::string limit_text(double limit, std::optional<Dimension> dimension) {
  return dimension ? to_text(Quantity{static_cast<std::int64_t>(limit), *dimension}) : to_text(limit);
}

/// Of a list or a map only how much it holds matters.
std::string seen(const Value& value) {
  if (const auto* items = value.get<Values>()) return fmt::format("is a list of {}", items->size());
  if (const auto* map = value.get<Map>()) return fmt::format("has {} entries", map->entries.size());
  return "is " + to_text(value);
}

/// What is known of a text at compile time.
std::string known_text(const Value& value) {
  if (const auto* text = value.get<std::string>()) return *text;
  std::string out;
  if (const auto* parts = value.get<Box<Concat>>()) {
    for (const Value& part : (*parts)->parts) out += known_text(part);
  }
  return out;
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).length) ++count;
  return count;
}

std::vector<Broken> test_amount(const catalog::Bound& bound, const catalog::Fact& fact, const Value& value) {
  double amount = 0;
  std::optional<Dimension> dimension;
  if (!amount_of(value, amount, dimension)) return {};
  const auto base = [&](double v) { return dimension ? in_base_unit(v, fact.unit, *dimension).value_or(v) : v; };
  Broken broken{seen(value), {}, {}, {}, {}};
  bool good = true;
  if (bound.test == Test::one_of) {
    good = false;
    for (const std::string_view m : fact.members) {
      const double allowed = base(std::strtod(std::string(m).c_str(), nullptr));
      good = good || allowed == amount;
      broken.limit += (broken.limit.empty() ? "" : ", ") + limit_text(allowed, dimension);
    }
    broken.says = "one of " + broken.limit;
  } else {
    const double limit = base(bound_amount(bound, fact));
    broken.limit = limit_text(limit, dimension);
    if (bound.test == Test::at_most) {
      good = amount <= limit;
      broken.says = "at most " + broken.limit;
    } else if (bound.test == Test::at_least) {
      good = amount >= limit;
      broken.says = "at least " + broken.limit;
    } else {
      good = limit <= 0 || std::fmod(amount, limit) == 0;
      broken.says = "a multiple of " + broken.limit;
    }
  }
  if (good) return {};
  return {broken};
}

std::vector<Broken> test_length(const catalog::Bound& bound, const catalog::Fact& fact, const Value& value) {
  const double limit = bound_amount(bound, fact);
  const auto count = static_cast<double>(characters(known_text(value)));
  if (count <= limit) return {};
  return {{fmt::format("has {} characters", to_text(count)),
           to_text(limit),
           fmt::format("at most {} characters", to_text(limit)),
           {},
           {}}};
}

std::vector<Broken> test_size(const catalog::Bound& bound, const catalog::Fact& fact, const Value& value) {
  const double limit =
      in_base_unit(bound_amount(bound, fact), fact.unit, Dimension::size).value_or(bound_amount(bound, fact));
  const double size = known_size(value);
  if (size <= limit) return {};
  const auto text = [](double bytes) { return to_text(Quantity{static_cast<std::int64_t>(bytes), Dimension::size}); };
  return {{"measures " + text(size), text(limit), "at most " + text(limit), {}, {}}};
}

/// The pattern of a fact, made once on each thread: many nodes ask for the same one.
const RE2& form_of(const catalog::Fact& fact) {
  thread_local std::map<std::string, std::unique_ptr<RE2>, std::less<>> made;
  auto at = made.find(fact.text);
  if (at == made.end()) at = made.emplace(fact.text, std::make_unique<RE2>(std::string(fact.text))).first;
  return *at->second;
}

std::vector<Broken> test_form(const catalog::Fact& fact, const Value& value) {
  const auto* text = value.get<std::string>();
  if (text == nullptr || RE2::FullMatch(*text, form_of(fact))) return {};
  return {{"is `" + *text + "`", std::string(fact.text), {}, {}, {}}};
}

std::vector<Broken> test_entries(const catalog::Bound& bound, const catalog::Fact& fact, const Map& map) {
  std::vector<Broken> out;
  const double limit = bound.test == Test::keys_match ? 0 : bound_amount(bound, fact);
  for (const MapEntry& e : map.entries) {
    Broken broken{{}, to_text(limit), fmt::format("at most {} characters", to_text(limit)), e.key, e.key_span};
    if (bound.test == Test::keys_match) {
      if (RE2::FullMatch(e.key, form_of(fact))) continue;
      broken.limit = fact.text, broken.says.clear();
    } else {
      const bool keys = bound.test == Test::keys_at_most;
      const auto count = static_cast<double>(characters(keys ? e.key : known_text(e.value)));
      if (count <= limit) continue;
      broken.seen = fmt::format("has {} characters", to_text(count));
      if (!keys) broken.span = e.value.span;
    }
    out.push_back(std::move(broken));
  }
  return out;
}

}  // namespace

std::optional<double> in_base_unit(double amount, std::string_view unit, Dimension dimension) {
  for (const UnitFactor& u : kUnits) {
    if (u.unit == unit && u.dimension == dimension) return amount * u.factor;
  }
  return std::nullopt;
}

const Value* find_path(const Attributes& attributes, std::string_view path) {
  std::size_t dot = path.find('.');
  const Value* value = attributes.find(path.substr(0, dot));
  while (value != nullptr && dot != std::string_view::npos) {
    path.remove_prefix(dot + 1);
    dot = path.find('.');
    const Map* map = value->get<Map>();
    value = map == nullptr ? nullptr : map->find(path.substr(0, dot));
  }
  return value;
}

double known_size(const Value& value) {
  auto size = static_cast<double>(known_text(value).size());
  if (const auto* map = value.get<Map>()) {
    for (const MapEntry& e : map->entries) size += static_cast<double>(e.key.size() + known_text(e.value).size());
  }
  return size;
}

double bound_amount(const catalog::Bound& bound, const catalog::Fact& fact) {
  const auto of = [&](const auto& a) {
    if (bound.test == Test::at_least) return a.has_min ? a.min : a.value;
    return a.has_max ? a.max : a.value;
  };
  // A number of the user's may stand for all cases.
  const catalog::FactCase* one = bound.only.empty() ? nullptr : fact.in(bound.only);
  return one == nullptr ? of(fact) : of(*one);
}

std::vector<Broken> test_bound(const catalog::Bound& bound, const catalog::Fact& fact, const Value& value) {
  switch (bound.test) {
    case Test::at_most:
    case Test::at_least:
    case Test::multiple_of:
    case Test::one_of: return test_amount(bound, fact, value);
    case Test::matches: return test_form(fact, value);
    case Test::length_at_most: return test_length(bound, fact, value);
    case Test::size_at_most: return test_size(bound, fact, value);
    case Test::keys_match:
    case Test::keys_at_most:
    case Test::values_at_most: {
      const auto* map = value.get<Map>();
      return map == nullptr ? std::vector<Broken>{} : test_entries(bound, fact, *map);
    }
  }
  return {};
}

}  // namespace virga::passes
