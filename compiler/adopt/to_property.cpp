// Attribute → property.
#include "compiler/adopt/clock.h"
#include "compiler/adopt/convert_parts.h"
#include "compiler/cloud/dump.h"

#include <cmath>

namespace virga::adopt {
namespace {

std::string text_of(const virga::Value& v) {
  if (const auto* s = v.get<std::string>()) return *s;
  if (const auto* s = v.get<Symbol>()) return s->name;
  if (const auto* b = v.get<bool>()) return *b ? "true" : "false";
  return {};
}

cloud::Value number(double n) {
  if (n == std::floor(n) && std::fabs(n) < 9e15) return static_cast<std::int64_t>(n);
  return n;
}

}  // namespace

std::optional<cloud::Value> to_property(const virga::Value& v, std::string_view as, const Writing& how) {
  if (const UnitOf* unit = unit_named(as)) {
    if (const auto* q = v.get<Quantity>()) return number(static_cast<double>(q->amount) / static_cast<double>(unit->base));
    return how.value(v);
  }
  if (begins_list_of_one(as)) {
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
    return constant(found);
  }
  if (begins(as, "after ")) return cloud::Value(std::string(as) + text_of(v));
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

cloud::Value constant(std::string_view text) {
  return text == "true" ? cloud::Value(true) : text == "false" ? cloud::Value(false) : cloud::Value(text);
}

}  // namespace virga::adopt
