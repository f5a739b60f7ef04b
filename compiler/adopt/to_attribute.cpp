// Property → attribute, as an expression of the language.
#include "compiler/adopt/clock.h"
#include "compiler/adopt/convert_parts.h"
#include "compiler/adopt/words.h"

#include <algorithm>
#include <cmath>

namespace virga::adopt {
namespace {

std::optional<double> number_of(const cloud::Value& v) {
  if (const auto* n = v.get<std::int64_t>()) return static_cast<double>(*n);
  if (const auto* d = v.get<double>()) return *d;
  const auto* s = v.get<std::string>();
  if (s == nullptr || s->empty() || s->size() > 15 || s->find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stod(*s);
}

std::string quantity_text(double amount, Dimension dimension) {
  return to_text(Quantity{static_cast<std::int64_t>(amount), dimension});
}

std::optional<std::string> tags(const cloud::Value& list, const Reading& how) {
  std::string out;
  const auto entry = [&](const cloud::Value& key, const cloud::Value& value) {
    const auto* name = key.get<std::string>();
    const auto text = how.text(value);
    if (name == nullptr || !text) return false;
    out += " " + key_text(*name) + " = " + *text;
    return true;
  };
  if (const auto* map = list.get<cloud::Object>()) {
    for (const cloud::Member& m : map->members) {
      if (!entry(m.key, m.value)) return std::nullopt;
    }
    return "{" + out + " }";
  }
  const auto* items = list.get<cloud::Values>();
  if (items == nullptr) return std::nullopt;
  for (const cloud::Value& item : *items) {
    const auto* pair = item.get<cloud::Object>();
    const cloud::Value* key = pair == nullptr ? nullptr : pair->find("Key");
    const cloud::Value* value = pair == nullptr ? nullptr : pair->find("Value");
    if (key == nullptr || value == nullptr || pair->members.size() != 2 || !entry(*key, *value)) return std::nullopt;
  }
  return "{" + out + " }";
}

std::optional<std::string> plain(const cloud::Value& v, const Type& type, const Reading& how) {
  const std::optional<std::string> said = scalar_text(v);
  switch (type.tag) {
    case Type::Tag::boolean:
      if (said && (*said == "true" || *said == "false")) return *said;
      return std::nullopt;
    case Type::Tag::integer:
    case Type::Tag::number:
      if (const auto n = number_of(v)) return to_text(*n);
      return std::nullopt;
    case Type::Tag::enumeration:
      if (said && std::find(type.members.begin(), type.members.end(), *said) != type.members.end()) return *said;
      return std::nullopt;
    case Type::Tag::path:
      // An address is no path of ours.
      if (const auto* s = v.get<std::string>(); s != nullptr && !s->empty() && s->find("://") == std::string::npos)
        return in_quotes(how.path ? how.path(*s) : *s);
      return std::nullopt;
    case Type::Tag::string: return how.text(v);
    case Type::Tag::map: {
      const auto* object = v.get<cloud::Object>();
      if (object == nullptr) return std::nullopt;
      std::string out = "{";
      for (const cloud::Member& m : object->members) {
        const auto one = type.arguments.empty() ? std::optional(how.any(m.value)) : plain(m.value, type.arguments[0], how);
        if (!one) return std::nullopt;
        out += " " + key_text(m.key) + " = " + *one;
      }
      return out + " }";
    }
    case Type::Tag::list: {
      const auto* list = v.get<cloud::Values>();
      if (list == nullptr) return std::nullopt;
      std::string out;
      for (const cloud::Value& item : *list) {
        const auto one = plain(item, type.arguments.at(0), how);
        if (!one) return std::nullopt;
        out += (out.empty() ? "" : ", ") + *one;
      }
      return "[" + out + "]";
    }
    case Type::Tag::any: return how.any(v);
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<std::string> scalar_text(const cloud::Value& v) {
  if (const auto* s = v.get<std::string>()) return *s;
  if (const auto* b = v.get<bool>()) return std::string(*b ? "true" : "false");
  if (const auto* n = v.get<std::int64_t>()) return std::to_string(*n);
  if (const auto* d = v.get<double>()) {
    std::string text = to_text(*d);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
  }
  return std::nullopt;
}

std::optional<std::string> to_attribute(const cloud::Value& v, std::string_view as, const Type& type, const Reading& how) {
  if (const UnitOf* unit = unit_named(as)) {
    const auto n = number_of(v);
    constexpr double kMost = 9e15;  // beyond this a double no longer holds each whole number
    if (!n || *n < 0 || *n * static_cast<double>(unit->base) > kMost) return std::nullopt;
    return quantity_text(*n * static_cast<double>(unit->base), unit->dimension);
  }
  if (begins_list_of_one(as)) {
    const auto* list = v.get<cloud::Values>();
    if (list == nullptr || list->size() != 1) return std::nullopt;
    return to_attribute(list->front(), as, type, how);
  }
  if (as == "file") {
    const auto* text = v.get<std::string>();
    return text == nullptr ? std::nullopt : std::optional(in_quotes(how.path ? how.path(*text) : *text));
  }
  if (as == "map" || as == "no_map")
    return (v.get<cloud::Object>() != nullptr) == (as == "map") ? std::optional(how.any(v)) : std::nullopt;
  if (begins(as, "each ")) {
    const auto* list = v.get<cloud::Values>();
    if (list == nullptr) return std::nullopt;
    std::string out;
    for (const cloud::Value& item : *list) {
      const auto one = to_attribute(item, as, type.arguments.empty() ? type : type.arguments.front(), how);
      if (!one) return std::nullopt;
      out += (out.empty() ? "" : ", ") + *one;
    }
    return "[" + out + "]";
  }
  const std::optional<std::string> said = scalar_text(v);
  if (begins(as, "words ")) {
    const std::string_view found = said ? word(as, *said, false) : std::string_view();
    return found.empty() ? std::nullopt : std::optional(std::string(found));
  }
  if (begins(as, "after "))
    return said && said->starts_with(as) ? std::optional(in_quotes(said->substr(as.size()))) : std::nullopt;
  if (as == "runtime") {
    // Of several, the one that is nothing else here: an emulated one only stands on top of what the cloud calls so.
    const catalog::Runtime* best = nullptr;
    for (const catalog::Runtime& row : how.catalog.runtimes) {
      if (!said || row.vendor != *said) continue;
      const bool plain = row.fidelity != catalog::Fidelity::emulated;
      if (best == nullptr || (plain && best->fidelity == catalog::Fidelity::emulated)) best = &row;
    }
    return best == nullptr ? std::nullopt : std::optional(std::string(best->name));
  }
  if (as == "one_more") {
    const auto n = number_of(v);
    return n && *n >= 1 && *n == std::floor(*n) ? std::optional(to_text(*n - 1)) : std::nullopt;
  }
  if (as == "tags") return tags(v, how);
  if (begins(as, "node ")) {
    std::string name = how.node(v, type.name, as);
    return name.empty() ? std::nullopt : std::optional(std::move(name));
  }
  if (begins(as, "nodes ")) {
    const auto* list = v.get<cloud::Values>();
    if (list == nullptr) return std::nullopt;
    std::string out;
    for (const cloud::Value& item : *list) {
      const std::string name = how.node(item, type.arguments.at(0).name, as);
      if (name.empty()) return std::nullopt;
      out += (out.empty() ? "" : ", ") + name;
    }
    return "[" + out + "]";
  }
  if (as == "route_path") return said ? std::optional(in_quotes(replaced(*said, "+}", "*}"))) : std::nullopt;
  if (as == "method") return said ? std::optional(changed_case(*said, std::toupper)) : std::nullopt;
  if (as == "rate") return said ? rate_of(*said) : std::nullopt;
  if (as == "every_at") return said ? every_of(*said) : std::nullopt;
  if (as == "cron_with_seconds") {
    const auto five = said ? seconds_of(*said) : std::nullopt;
    return five ? std::optional(in_quotes(*five)) : std::nullopt;
  }
  if (as == "cron_with_year") {
    const auto five = said ? cron_of(*said) : std::nullopt;
    return five ? std::optional(in_quotes(*five)) : std::nullopt;
  }
  return plain(v, type, how);
}

}  // namespace virga::adopt
