#include "compiler/adopt/convert.h"

#include "compiler/adopt/clock.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

namespace virga::adopt {
namespace {

struct UnitOf {
  std::int64_t base;  ///< of the language's base units in one
  Dimension dimension;
};

const UnitOf* unit_named(std::string_view name) {
  constexpr std::int64_t kSecond = 1000, kKilo = 1024;
  static const std::map<std::string_view, UnitOf> units = {
      {"milliseconds", {1, Dimension::duration}},       {"seconds", {kSecond, Dimension::duration}},
      {"minutes", {60 * kSecond, Dimension::duration}}, {"hours", {3600 * kSecond, Dimension::duration}},
      {"days", {86400 * kSecond, Dimension::duration}}, {"bytes", {1, Dimension::size}},
      {"kilobytes", {kKilo, Dimension::size}},          {"megabytes", {kKilo * kKilo, Dimension::size}},
      {"per_second", {1000, Dimension::rate}},          {"vcpu", {1000, Dimension::cpu}},
  };
  const auto found = units.find(name);
  return found == units.end() ? nullptr : &found->second;
}

/// The word of the language for one of the cloud's, of `words a=B c=D`; and back.
std::string_view word(std::string_view words, std::string_view wanted, bool to_cloud) {
  while (!words.empty()) {
    const std::size_t end = words.find(' ');
    const std::string_view pair = words.substr(0, end);
    words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
    const std::size_t equal = pair.find('=');
    if (equal == std::string_view::npos) continue;
    const std::string_view own = pair.substr(0, equal), theirs = pair.substr(equal + 1);
    if ((to_cloud ? own : theirs) == wanted) return to_cloud ? theirs : own;
  }
  return {};
}

std::string text_of(const virga::Value& v) {
  if (const auto* s = v.get<std::string>()) return *s;
  if (const auto* s = v.get<Symbol>()) return s->name;
  if (const auto* b = v.get<bool>()) return *b ? "true" : "false";
  return {};
}

std::optional<std::string> literal(const cloud::Value& v) {
  if (const auto* s = v.get<std::string>()) return *s;
  if (const auto* b = v.get<bool>()) return std::string(*b ? "true" : "false");
  if (const auto* n = v.get<std::int64_t>()) return std::to_string(*n);
  return std::nullopt;
}

std::optional<double> number_of(const cloud::Value& v) {
  if (const auto* n = v.get<std::int64_t>()) return static_cast<double>(*n);
  if (const auto* d = v.get<double>()) return *d;
  const auto* s = v.get<std::string>();
  if (s == nullptr || s->empty() || s->size() > 15 || s->find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stod(*s);
}

cloud::Value number(double n) {
  if (n == std::floor(n) && std::fabs(n) < 9e15) return static_cast<std::int64_t>(n);
  return n;
}

/// `{x*}` is how the language takes the rest of a path.
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

std::string changed_case(std::string text, int (*change)(int)) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [&](char c) { return static_cast<char>(change(static_cast<unsigned char>(c))); });
  return text;
}

bool begins(std::string_view& as, std::string_view word) {
  if (!as.starts_with(word)) return false;
  as.remove_prefix(word.size());
  return true;
}

std::string quantity_text(double amount, Dimension dimension) {
  return to_text(Quantity{static_cast<std::int64_t>(amount), dimension});
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }) && (text.front() < '0' || text.front() > '9');
}

std::optional<std::string> tags(const cloud::Value& list, const Reading& how) {
  std::string out;
  const auto entry = [&](const cloud::Value& key, const cloud::Value& value) {
    const auto* name = key.get<std::string>();
    const auto text = how.text(value);
    if (name == nullptr || !text) return false;
    out += " " + (is_name(*name) ? *name : in_quotes(*name)) + " = " + *text;
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
  const std::optional<std::string> said = literal(v);
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
      if (const auto* s = v.get<std::string>(); s != nullptr && !s->empty()) return in_quotes(how.path ? how.path(*s) : *s);
      return std::nullopt;
    case Type::Tag::string: return how.text(v);
    case Type::Tag::map: {
      const auto* object = v.get<cloud::Object>();
      if (object == nullptr) return std::nullopt;
      std::string out = "{";
      for (const cloud::Member& m : object->members) {
        const auto one = type.arguments.empty() ? std::optional(how.any(m.value)) : plain(m.value, type.arguments[0], how);
        if (!one) return std::nullopt;
        out += " " + (is_name(m.key) ? m.key : in_quotes(m.key)) + " = " + *one;
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

std::optional<Besides> besides(std::string_view& as) {
  if (!begins(as, "also ")) return std::nullopt;
  const std::size_t equal = as.find('=');
  const Besides out{as.substr(0, equal), as.substr(equal + 1)};
  as = {};
  return out;
}

std::string_view when_absent(std::string_view as) { return begins(as, "absent ") ? as : std::string_view(); }

std::optional<std::string> resolved(std::string_view path, const std::function<std::string(std::string_view)>& text) {
  std::string out;
  while (!path.empty()) {
    const std::size_t at = path.find('@');
    out += path.substr(0, at);
    if (at == std::string_view::npos) break;
    const std::size_t end = std::min(path.find(']', at), path.size());
    const std::string said = text(path.substr(at + 1, end - at - 1));
    if (said.empty()) return std::nullopt;
    out += said;
    path.remove_prefix(end);
  }
  return out;
}

std::string moved_path(const std::string& path, const std::string& way) {
  const bool no_file = path.find("://") != std::string::npos || path.find("${") != std::string::npos;
  if (way.empty() || path.starts_with('/') || no_file) return path;
  return std::filesystem::path(way + path).lexically_normal().generic_string();
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\';
    if (c == '$' && i + 1 < text.size() && text[i + 1] == '{') out += '\\';
    if (c == '\n') out += "\\n";
    else if (c == '\t') out += "\\t";
    else if (c == '\r') out += "\\r";
    else if (byte < 0x20 || byte == 0x7f)
      out += "\\u{" + std::string(1, "0123456789abcdef"[byte >> 4]) + "0123456789abcdef"[byte & 15] + "}";
    else out += c;
  }
  return out + "\"";
}

std::optional<cloud::Value> to_property(const virga::Value& v, std::string_view as, const Writing& how) {
  if (const UnitOf* unit = unit_named(as)) {
    if (const auto* q = v.get<Quantity>()) return number(static_cast<double>(q->amount) / static_cast<double>(unit->base));
    return how.value(v);
  }
  if (begins(as, "one ")) {  // a list of exactly one
    auto item = to_property(v, as, how);
    return item ? std::optional(cloud::Value(cloud::Values{std::move(*item)})) : std::nullopt;
  }
  if (as == "path" || as == "file") {  // `file`: where another property takes maps
    cloud::Value made = how.value(v);
    const auto* text = made.get<std::string>();
    if (text == nullptr && as == "file") return std::nullopt;
    return text == nullptr ? std::move(made) : cloud::Value(how.path(*text));
  }
  if (as == "map" || as == "no_map") {  // two properties share one attribute, by what sort of value it is
    cloud::Value made = how.value(v);
    return (made.get<cloud::Object>() != nullptr) == (as == "map") ? std::optional(std::move(made)) : std::nullopt;
  }
  if (begins(as, "each ")) {
    const auto* items = v.get<Values>();
    if (items == nullptr) return std::nullopt;
    cloud::Values list;
    for (const virga::Value& item : *items) {
      auto one = to_property(item, as, how);
      if (!one) return std::nullopt;
      list.push_back(std::move(*one));
    }
    return list;
  }
  if (begins(as, "words ")) {
    const std::string_view found = word(as, text_of(v), true);
    if (found.empty()) return std::nullopt;
    return found == "true" ? cloud::Value(true) : found == "false" ? cloud::Value(false) : cloud::Value(found);
  }
  if (as == "runtime") {
    const catalog::Runtime* row = how.catalog.runtime(text_of(v));
    if (row == nullptr || row->vendor.empty()) return std::nullopt;
    return cloud::Value(row->vendor);
  }
  if (as == "tags") {
    cloud::Values list;
    const auto* map = v.get<Map>();
    if (map == nullptr) return std::nullopt;
    for (const MapEntry& e : map->entries) list.emplace_back(cloud::object({{"Key", e.key}, {"Value", how.value(e.value)}}));
    return list;
  }
  if (begins(as, "node ")) {
    const auto* node = v.get<NodeRef>();
    return node == nullptr ? std::nullopt : how.node(node->node, as);
  }
  if (begins(as, "nodes ")) {
    const auto* items = v.get<Values>();
    if (items == nullptr) return std::nullopt;
    cloud::Values list;
    for (const virga::Value& item : *items) {
      const auto* node = item.get<NodeRef>();
      auto one = node == nullptr ? std::optional(how.value(item)) : how.node(node->node, as);
      if (!one) return std::nullopt;
      list.push_back(std::move(*one));
    }
    return list;
  }
  if (as == "route_path") return cloud::Value(replaced(text_of(v), "*}", "+}"));
  if (as == "method") return cloud::Value(changed_case(text_of(v), std::tolower));
  if (as == "rate") {
    const auto* q = v.get<Quantity>();
    const auto text = q == nullptr ? std::nullopt : rate_expression(*q);
    return text ? std::optional(cloud::Value(*text)) : std::nullopt;
  }
  if (as == "every_at") {
    const auto* q = v.get<Quantity>();
    return q == nullptr ? std::nullopt : std::optional(cloud::Value(every_expression(*q)));
  }
  if (as == "cron_with_seconds") return cloud::Value(seconds_expression(text_of(v)));
  if (as == "cron_with_year") {
    const auto text = cron_expression(text_of(v));
    return text ? std::optional(cloud::Value(*text)) : std::nullopt;
  }
  return how.value(v);
}

std::optional<std::string> to_attribute(const cloud::Value& v, std::string_view as, const Type& type, const Reading& how) {
  if (const UnitOf* unit = unit_named(as)) {
    const auto n = number_of(v);
    constexpr double kMost = 9e15;  // beyond this a double no longer holds each whole number
    if (!n || *n < 0 || *n * static_cast<double>(unit->base) > kMost) return std::nullopt;
    return quantity_text(*n * static_cast<double>(unit->base), unit->dimension);
  }
  if (begins(as, "one ")) {
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
  const std::optional<std::string> said = literal(v);
  if (begins(as, "words ")) {
    const std::string_view found = said ? word(as, *said, false) : std::string_view();
    return found.empty() ? std::nullopt : std::optional(std::string(found));
  }
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
