#include "compiler/adopt/say.h"

#include "compiler/adopt/path.h"
#include "compiler/cloud/raw.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::adopt {
namespace {

std::string text_of(const virga::Value& v) {
  const auto* words = v.get<std::string>();
  return words != nullptr ? *words : to_text(v);
}

std::string_view head(std::string_view path) { return path.substr(0, path.find('.')); }

/// The value at `partition.name`; null when there is none.
const virga::Value* inner(const Attributes& attributes, std::string_view path) {
  const virga::Value* v = attributes.find(head(path));
  if (v == nullptr || path.find('.') == std::string_view::npos) return v;
  const auto* map = v->get<Map>();
  return map == nullptr ? nullptr : map->find(path.substr(path.find('.') + 1));
}

/// What only checks, costs and places are about: no template says it anyway.
bool is_for_checks(std::string_view name) {
  static const std::set<std::string_view> names = {"answers_within", "bound",  "caller_retries", "calls", "holds",
                                                   "idempotent",     "load",   "loop",           "peak",  "payload",
                                                   "placement",      "prints", "takes",          "times"};
  return names.contains(name);
}

/// Lowering asks for these by name.
bool is_place(std::string_view name) {
  return name == cloud::kRawAttribute || name == cloud::kRawProperties ||
         std::find(std::begin(kPlaceAttributes), std::end(kPlaceAttributes), name) != std::end(kPlaceAttributes);
}

}  // namespace

Speaker::Place Speaker::place(const Attributes& attributes, std::string_view path,
                              const std::vector<AttributeSpec>* specs) const {
  Place out;
  out.value = inner(attributes, path);
  const AttributeValue* entry = attributes.entry(head(path));
  out.given = entry != nullptr && entry->origin != Origin::fallback;
  for (std::size_t i = 0; specs != nullptr && i < specs->size(); ++i) {
    const AttributeSpec& a = (*specs)[i];
    if (a.name == path && a.value && (a.cloud.empty() || a.cloud == v_.cloud())) out.fallback = text_of(*a.value);
  }
  return out;
}

void Speaker::put_said(const catalog::Said& said, const std::string& property, std::string_view path, const Place& at,
                       Span span, cloud::Object& properties) {
  const std::string_view absent = when_absent(said.as);
  if (at.value == nullptr || at.value->is_none()) {
    if (!absent.empty()) put(properties, property, constant(absent));
    return;
  }
  if (!absent.empty()) return;
  // What the language means as well where nobody says it was said on purpose.
  const bool on_purpose = at.given && at.fallback == said.unsaid;
  if (said.unsaid.empty() ? !at.given : text_of(*at.value) == said.unsaid && !on_purpose) return;
  std::string_view as = said.as;
  const std::optional<Besides> more = besides(as);
  auto made = to_property(*at.value, as, v_.writing());
  if (!made) {
    // Of two properties that share an attribute the other one says it.
    if (at.given && as != "map" && as != "no_map" && as != "file")
      v_.impossible(at.value->span.known() ? at.value->span : span, fmt::format("`{} = {}`", path, to_text(*at.value)),
                    "leave it out, or say it in the engine's own words: `raw`");
    return;
  }
  put(properties, property, std::move(*made));
  if (more) put(properties, more->property, constant(more->value));
}

namespace {

void put_fixed(const Row& row, cloud::Object& properties) {
  for (const std::string_view fixed : row.fixed) {
    const std::size_t at = fixed.find('=');
    put(properties, fixed.substr(0, at), cloud::Value(fixed.substr(at + 1)));
  }
}

/// `told definition`: the attribute of which what is told stands in a document; empty for other words.
std::string_view told_by(std::string_view as) { return as.starts_with("told ") ? as.substr(5) : std::string_view(); }

/// Some rows only tell what a template means that says something else.
bool is_told_only(const catalog::Said& said) {
  return said.property.empty() || said.as == "text" || said.as == kReaches || said.as.starts_with("stands ") ||
         said.as.starts_with("else ") || said.as.ends_with("one_more");
}

/// Whether the route is the one that is meant where path and method are left out.
bool leaves_out(const Row& row, const Edge& edge) {
  const auto is = [&](std::string_view attribute, const std::string& said) {
    return std::any_of(row.says.begin(), row.says.end(), [&](const catalog::Said& s) {
      return s.attribute == attribute && !s.unsaid.empty() && s.unsaid == said;
    });
  };
  return is("@argument", edge.from.argument) && is("@port", edge.from.name);
}

}  // namespace

void Speaker::say(const Row& row, const Node& node, cloud::Object& properties) {
  const Attributes& attributes = v_.of(node);
  const auto kind = v_.architecture().kinds.find(node.kind);
  const auto* specs = kind == v_.architecture().kinds.end() ? nullptr : &kind->second.attributes;
  for (const catalog::Said& said : row.says) {
    const std::string_view by = told_by(said.as);
    // What nobody tells otherwise is refused with the rest.
    if (!by.empty() && place(attributes, by, specs).value == nullptr) continue;
    nodes_[node.id].insert(std::string(head(said.attribute)));
    const std::optional<std::string> property = resolved(said.property, [&](std::string_view path) {
      const virga::Value* v = inner(attributes, path);
      return v == nullptr || v->get<std::string>() == nullptr ? std::string() : *v->get<std::string>();
    });
    if (property && !is_told_only(said))
      put_said(said, *property, said.attribute, place(attributes, said.attribute, specs), node.span, properties);
  }
  put_fixed(row, properties);
}

void Speaker::say(const Row& row, const Edge& edge, cloud::Object& properties) {
  const Node& from = v_.architecture().node(edge.from.node);
  const auto kind = v_.architecture().kinds.find(from.kind);
  const bool known = kind != v_.architecture().kinds.end();
  const PortSpec* port = known ? kind->second.port(edge.from.name, syntax::PortSide::source) : nullptr;
  for (const catalog::Said& said : row.says) {
    std::string_view path = said.attribute;
    const std::string property(said.property);
    if (path == "@argument" || path == "@port") {
      if (leaves_out(row, edge)) continue;
      virga::Value word;
      word.data = path == "@argument" ? edge.from.argument : edge.from.name;
      put_said(said, property, path, {&word, true, std::string(said.unsaid)}, edge.span, properties);
    } else if (path.starts_with("from.")) {
      path.remove_prefix(5);
      nodes_[from.id].insert(std::string(head(path)));
      if (is_told_only(said)) continue;
      put_said(said, property, path, place(v_.of(from), path, known ? &kind->second.attributes : nullptr), from.span,
               properties);
    } else {
      edges_[edge.id].insert(std::string(head(path)));
      if (property.empty()) continue;
      put_said(said, property, path, place(v_.of(edge), path, port == nullptr ? nullptr : &port->properties), edge.span,
               properties);
    }
  }
  put_fixed(row, properties);
}

void Speaker::refuse(const Attributes& attributes, const Told& told, Span span, const std::string& whose) const {
  for (const AttributeValue& a : attributes.all) {
    const bool given = a.origin != Origin::fallback && !a.value.is_none();
    if (!given || told.contains(a.name) || is_place(a.name) || is_for_checks(a.name)) continue;
    v_.impossible(a.value.span.known() ? a.value.span : span, fmt::format("`{}` of `{}`", a.name, whose),
                  "say it in the engine's own words, to this cloud alone: `raw`; or let go of `adopted`");
  }
}

void Speaker::refuse_the_rest() const {
  static const Told nothing;
  const auto look = [](const auto& all, auto id) -> const Told& {
    const auto found = all.find(id);
    return found == all.end() ? nothing : found->second;
  };
  for (const Node& node : v_.architecture().nodes) {
    if (v_.row(node.id) != nullptr) refuse(v_.of(node), look(nodes_, node.id), node.span, node.name);
  }
  for (const Edge& edge : v_.architecture().edges)
    refuse(v_.of(edge), look(edges_, edge.id), edge.arrow_span, describe(v_.architecture(), edge));
}

}  // namespace virga::adopt
