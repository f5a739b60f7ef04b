#include "compiler/adopt/template_values.h"

#include "compiler/adopt/composed.h"
#include "compiler/cloud/dump.h"
#include "compiler/cloud/naming.h"
#include "compiler/cloud/raw.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <cmath>

namespace virga::adopt {

TemplateValues::TemplateValues(const cloud::LowerRequest& request, const catalog::Catalog& catalog,
                               const cloud::Dialect& dialect, diag::Sink& sink)
    : a_(request.architecture), catalog_(catalog), sink_(sink), sources_(request.sources), table_(catalog, asked()) {
  for (const Node& node : a_.nodes) {
    const auto counts = [&](const Row& row) { return leads_there(row, node); };
    const bool stands = !node.raw() && !node.stands_elsewhere(cloud()) && !is_caller(node);
    rows_.push_back(!stands ? nullptr : table_.node(node.kind, of(node).text("type"), counts));
  }
  read_sections(dialect);
}

bool TemplateValues::is_caller(const Node& node) const {
  return node.kind == "external" && !a_.edges_from(node.id).empty() && a_.edges_to(node.id).empty();
}

/// `of=queue`: the attribute leads to a node of that kind.
bool TemplateValues::leads_there(const Row& row, const Node& node) const {
  return std::all_of(row.when.begin(), row.when.end(), [&](std::string_view said) {
    const std::size_t equal = said.find('=');
    const std::optional<NodeId> to = of(node).node(said.substr(0, equal));
    return to && a_.node(*to).kind == said.substr(equal + 1);
  });
}

/// The sections by which rows are chosen: what they say in words, and that they are there.
cloud::Object TemplateValues::asked() const {
  cloud::Object out;
  for (const MapEntry& e : a_.app.adopted.find(cloud())->second.entries) {
    const auto* text = e.value.get<std::string>();
    cloud::Values all;
    if (const auto* items = e.value.get<Values>()) {
      for (const virga::Value& item : *items) {
        if (const auto* word = item.get<std::string>()) all.emplace_back(*word);
      }
    }
    out.set(e.key, text != nullptr ? cloud::Value(*text) : cloud::Value(std::move(all)));
  }
  return out;
}

void TemplateValues::read_sections(const cloud::Dialect& dialect) {
  for (const MapEntry& e : a_.app.adopted.find(cloud())->second.entries) {
    const auto* all = e.value.get<Map>();
    if (e.key != dialect.conditions || all == nullptr) {
      sections_.set(e.key, value(e.value));
      continue;
    }
    // The template's own come first, so that a choice of the program that asks the same finds them.
    cloud::ParameterNames names;
    for (const Param& p : a_.params) {
      if (p.engine.empty()) names.insert(id(p));
    }
    for (const MapEntry& c : all->entries) {
      const cloud::Document written = cloud::to_document(value(c.value), dialect);
      conditions_.push_back({c.key, cloud::from_document(written, dialect, names, cloud::Place::condition)});
    }
  }
}

std::string TemplateValues::id(const Node& node) const {
  const Row* r = row(node.id);
  if (r != nullptr && !r->id.empty()) return std::string(r->id);
  const std::string said = of(node).text("id");
  return said.empty() ? table_.default_id(node.identity()) : said;
}

cloud::Object TemplateValues::more(const Attributes& attributes) const {
  cloud::Object out;
  if (const Map* more = attributes.map("more")) {
    for (const MapEntry& e : more->entries) out.set(e.key, value(e.value));
  }
  return out;
}

std::optional<cloud::Value> TemplateValues::output(NodeId node_id, std::string_view name) const {
  const Node& node = a_.node(node_id);
  if (const Map* given = of(node).map("elsewhere")) {
    const auto found =
        std::find_if(given->entries.begin(), given->entries.end(), [&](const MapEntry& e) { return e.key == name; });
    return found == given->entries.end() ? std::nullopt : std::optional(value(found->value));
  }
  const Row* r = row(node_id);
  const std::string attribute(node.raw() ? name : r == nullptr ? std::string_view() : attribute_of(*r, name));
  if (attribute.empty()) return std::nullopt;
  if (const auto made = neighbour(attribute, id(node))) return cloud::Value(cloud::GetAtt{made->id, made->attribute});
  if (r != nullptr && is_composed(attribute)) {
    return composed(attribute, id(node), [&](std::string_view property) -> std::optional<cloud::Value> {
      const Map* said = cloud::said_of(of(node), cloud::kRawAttribute, r->type);
      const virga::Value* found = said == nullptr ? nullptr : said->find(property);
      return found == nullptr ? std::nullopt : std::optional(value(*found));
    });
  }
  if (attribute == "Ref") return cloud::Value(cloud::Ref{id(node)});
  return cloud::Value(cloud::GetAtt{id(node), attribute});
}

cloud::Value TemplateValues::value(const virga::Value& v) const {
  struct Visit {
    const TemplateValues& w;
    Span span;
    cloud::Value operator()(const None&) const { return {}; }
    cloud::Value operator()(bool b) const { return b; }
    cloud::Value operator()(double n) const {
      if (n == std::floor(n) && std::fabs(n) < 9e15) return static_cast<std::int64_t>(n);
      return n;
    }
    cloud::Value operator()(const Quantity& q) const { return to_text(q); }
    cloud::Value operator()(const std::string& s) const { return s; }
    cloud::Value operator()(const Symbol& s) const { return s.name; }
    cloud::Value operator()(const Values& items) const {
      cloud::Values list;
      for (const virga::Value& item : items) list.push_back(w.value(item));
      return list;
    }
    cloud::Value operator()(const Map& map) const {
      cloud::Object object;
      for (const MapEntry& e : map.entries) object.set(e.key, w.value(e.value));
      return object;
    }
    cloud::Value operator()(const NodeRef& r) const { return cloud::Ref{w.id(w.a_.node(r.node))}; }
    cloud::Value operator()(const OutputRef& r) const {
      if (auto found = w.output(r.node, r.output)) return std::move(*found);
      w.impossible(span, "`" + w.a_.node(r.node).name + "." + r.output + "`",
                   "the template has no such attribute; write it in the engine's own words");
      return {};
    }
    cloud::Value operator()(const ParamRef& r) const {
      const Param& p = w.a_.param(r.param);
      if (!p.engine.empty()) return *cloud::pseudo_named(p.engine);
      return cloud::Parameter{w.id(p)};
    }
    cloud::Value operator()(const Box<virga::Concat>& text) const {
      cloud::Values parts;
      for (const virga::Value& part : text->parts) parts.push_back(w.value(part));
      return cloud::concat(std::move(parts));
    }
    cloud::Value operator()(const Box<Choice>& c) const {
      cloud::Value then = w.value(c->then), otherwise = w.value(c->otherwise);
      if (c->comparison == Comparison::not_equal) std::swap(then, otherwise);
      return Box<cloud::If>(cloud::If{w.condition(*c), std::move(then), std::move(otherwise)});
    }
  };
  return std::visit(Visit{*this, v.span}, v.data);
}

/// The condition of that question: one of the template's own when it asks the same, else a new one.
std::string TemplateValues::condition(const Choice& choice) const {
  cloud::Value question =
      Box<cloud::Call>(cloud::Call{"Fn::Equals", cloud::Values{value(choice.left), value(choice.right)}});
  for (const cloud::Condition& c : conditions_) {
    if (c.expression == question) return c.name;
  }
  conditions_.push_back({"If" + cloud::short_hash(cloud::to_text(question)), question});
  return conditions_.back().name;
}

Writing TemplateValues::writing() const {
  return {catalog_, [this](const virga::Value& v) { return value(v); },
          [this](NodeId node, std::string_view name) { return output(node, name); },
          [this](const std::string& path) { return moved_path(path, sources_); }};
}

void TemplateValues::impossible(Span span, const std::string& what, const std::string& help) const {
  sink_.report(span, diag::codes::AdoptImpossible, what, std::string(catalog_.title)).help(help);
}

}  // namespace virga::adopt
