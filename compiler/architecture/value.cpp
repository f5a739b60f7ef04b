#include "compiler/architecture/value.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace virga {
namespace {

struct Unit {
  std::string_view name;
  Dimension dimension;
  std::int64_t factor;  ///< base units in one
};

// Within a dimension from small to large, so that printing picks the largest that is exact. Sizes are binary, as the
// clouds count them. `rpm` and `rph` are not whole numbers of the base unit, so rates are kept per thousandth and these
// two are handled through `divisor`.
constexpr std::array kUnits{
    Unit{"ms", Dimension::duration, 1},
    Unit{"s", Dimension::duration, 1'000},
    Unit{"m", Dimension::duration, 60'000},
    Unit{"h", Dimension::duration, 3'600'000},
    Unit{"d", Dimension::duration, 86'400'000},
    Unit{"w", Dimension::duration, 604'800'000},
    Unit{"B", Dimension::size, 1},
    Unit{"KB", Dimension::size, 1LL << 10},
    Unit{"MB", Dimension::size, 1LL << 20},
    Unit{"GB", Dimension::size, 1LL << 30},
    Unit{"TB", Dimension::size, 1LL << 40},
    Unit{"rps", Dimension::rate, 1'000},
    Unit{"vcpu", Dimension::cpu, 1'000},
    Unit{"%", Dimension::percent, 100},
};

const Unit* find_unit(std::string_view name) {
  for (const Unit& u : kUnits) {
    if (u.name == name) return &u;
  }
  return nullptr;
}

bool deferred(const Value& v);

bool deferred(const Values& values) {
  for (const Value& v : values) {
    if (deferred(v)) return true;
  }
  return false;
}

bool deferred(const Value& v) {
  if (v.get<OutputRef>() || v.get<ParamRef>() || v.get<Box<Concat>>() || v.get<Box<Choice>>()) return true;
  if (const auto* list = v.get<Values>()) return deferred(*list);
  if (const auto* map = v.get<Map>()) {
    for (const MapEntry& e : map->entries) {
      if (deferred(e.value)) return true;
    }
  }
  return false;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' || c == '\\') out += '\\';
    if (c == '$' && i + 1 < text.size() && text[i + 1] == '{') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string joined(const Values& values) {
  std::string out;
  for (const Value& v : values) {
    if (!out.empty()) out += ", ";
    out += to_text(v);
  }
  return out;
}

}  // namespace

std::optional<RangeEnds> range_ends(const Value& value) {
  const Map* range = value.get<Map>();
  const Value* least = range == nullptr ? nullptr : range->find("least");
  const Value* most = range == nullptr ? nullptr : range->find("most");
  return least == nullptr || most == nullptr ? std::nullopt : std::optional(RangeEnds{least, most});
}

bool known_at_compile_time(const Value& value) { return !deferred(value); }

std::string to_text(Quantity q) {
  if (q.dimension == Dimension::rate || q.dimension == Dimension::cpu || q.dimension == Dimension::percent) {
    const std::int64_t scale = q.dimension == Dimension::percent ? 100 : 1'000;
    const std::string_view unit = q.dimension == Dimension::rate ? "rps" : q.dimension == Dimension::cpu ? "vcpu" : "%";
    return to_text(static_cast<double>(q.amount) / static_cast<double>(scale)) + std::string(unit);
  }
  const Unit* best = nullptr;
  for (const Unit& u : kUnits) {
    // Weeks are for writing, not for reading: nobody counts 14 days as 2w.
    if (u.dimension == q.dimension && u.name != "w" && (best == nullptr || q.amount % u.factor == 0)) best = &u;
  }
  if (q.amount == 0) return q.dimension == Dimension::size ? "0B" : "0s";
  return fmt::format("{}{}", q.amount / best->factor, best->name);
}

std::string to_text(double number) {
  constexpr double kExact = 9007199254740992.0;  // beyond it a double no longer holds every integer
  if (std::floor(number) == number && std::abs(number) < kExact) return fmt::format("{}", static_cast<std::int64_t>(number));
  return fmt::format("{}", number);
}

std::string to_text(const Value& value) {
  struct Visitor {
    std::string operator()(None) const { return "none"; }
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(double n) const { return to_text(n); }
    std::string operator()(Quantity q) const { return to_text(q); }
    std::string operator()(const std::string& s) const { return quoted(s); }
    std::string operator()(const Symbol& s) const { return s.name; }
    std::string operator()(const Values& v) const { return "[" + joined(v) + "]"; }
    std::string operator()(const Map& m) const {
      std::string out;
      for (const MapEntry& e : m.entries) out += (out.empty() ? " " : "  ") + e.key + " = " + to_text(e.value);
      return "{" + out + (out.empty() ? "}" : " }");
    }
    std::string operator()(NodeRef n) const { return fmt::format("node#{}", static_cast<std::uint32_t>(n.node)); }
    std::string operator()(const OutputRef& o) const {
      return fmt::format("node#{}.{}", static_cast<std::uint32_t>(o.node), o.output);
    }
    std::string operator()(ParamRef p) const { return fmt::format("param#{}", static_cast<std::uint32_t>(p.param)); }
    std::string operator()(const Box<Concat>& c) const { return "concat(" + joined(c->parts) + ")"; }
    std::string operator()(const Box<Choice>& c) const {
      return fmt::format("if {} {} {} then {} else {}", to_text(c->left),
                         c->comparison == Comparison::equal ? "==" : "!=", to_text(c->right), to_text(c->then),
                         to_text(c->otherwise));
    }
  };
  return std::visit(Visitor{}, value.data);
}

std::optional<Quantity> make_quantity(std::string_view digits, std::string_view unit, bool& too_large) {
  too_large = false;
  std::int64_t divisor = 1;
  const Unit* u = find_unit(unit);
  if (unit == "rpm" || unit == "rph") {
    u = find_unit("rps");
    divisor = unit == "rpm" ? 60 : 3600;
  }
  if (u == nullptr) return std::nullopt;
  // Decimal digits are read exactly: whole part and fraction apart, both as integers, so that 0.1s is 100ms.
  std::int64_t whole = 0, fraction = 0, scale = 1;
  bool after_point = false;
  for (const char c : digits) {
    if (c == '_') continue;
    if (c == '.') {
      after_point = true;
      continue;
    }
    if (after_point) {
      if (scale < 1'000'000'000) {
        fraction = fraction * 10 + (c - '0');
        scale *= 10;
      }
    } else if (__builtin_mul_overflow(whole, std::int64_t{10}, &whole) || __builtin_add_overflow(whole, c - '0', &whole)) {
      too_large = true;
      return Quantity{0, u->dimension};
    }
  }
  std::int64_t amount = 0;
  std::int64_t part = 0;
  if (__builtin_mul_overflow(whole, u->factor, &amount) || __builtin_mul_overflow(fraction, u->factor, &part) ||
      __builtin_add_overflow(amount, part / scale, &amount)) {
    too_large = true;
    return Quantity{0, u->dimension};
  }
  return Quantity{amount / divisor, u->dimension};
}

const std::vector<std::string>& unit_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (const Unit& u : kUnits) out.emplace_back(u.name);
    out.insert(out.end(), {"rpm", "rph"});
    return out;
  }();
  return names;
}

}  // namespace virga
