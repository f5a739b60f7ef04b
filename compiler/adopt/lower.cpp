#include "compiler/adopt/lower.h"

#include "compiler/adopt/convert.h"
#include "compiler/adopt/path.h"
#include "compiler/adopt/ports.h"
#include "compiler/adopt/table.h"
#include "compiler/cloud/dump.h"
#include "compiler/cloud/naming.h"
#include "compiler/cloud/raw.h"
#include "compiler/cloud/template.h"
#include "compiler/diagnostics/codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace virga::adopt {
namespace {

namespace codes = diag::codes;
using cloud::Object;

class Writer {
 public:
  Writer(const cloud::LowerRequest& request, const catalog::Catalog& catalog, const cloud::Dialect& dialect,
         diag::Sink& sink)
      : a_(request.architecture),
        catalog_(catalog),
        cloud_(catalog.cloud),
        dialect_(dialect),
        sink_(sink),
        sources_way_(request.sources),
        table_(catalog, asked()),
        sections_(sections()) {
    out_.stack.cloud = cloud_;
    out_.stack.region = request.region;
    out_.stack.description = a_.app.description;
    out_.stack.adopted = true;
    for (const Node& node : a_.nodes) rows_.push_back(row_of(node));
  }

  cloud::Lowered run() {
    for (const Param& param : a_.params) write(param);
    for (const Node& node : a_.nodes) write(node);
    for (const Edge& edge : a_.edges) write(edge);
    for (const Node& node : a_.nodes) add_raw(node);
    for (const Output& output : a_.outputs) write(output);
    finish();
    return std::move(out_);
  }

 private:
  // ---- names

  const Attributes& of(const Node& node) const { return node.raw() ? node.placed : node.for_cloud(cloud_); }
  const Attributes& of(const Edge& edge) const { return edge.for_cloud(cloud_); }

  std::string id_of(const Node& node) const {
    const Row* row = node.raw() ? nullptr : rows_[static_cast<std::size_t>(node.id)];
    if (row != nullptr && !row->id.empty()) return std::string(row->id);
    const std::string said = of(node).text("id");
    return said.empty() ? table_.default_id(node.identity()) : said;
  }

  template <class Part>
  std::string id_of(const Part& part, const std::string& name) const {
    const auto on = part.on.find(cloud_);
    const std::string said = on == part.on.end() ? "" : on->second.text("id");
    return said.empty() ? table_.default_id(name) : said;
  }

  const Row* row_of(const Node& node) const {
    if (node.raw()) return nullptr;
    return table_.node(node.kind, of(node).text("type"));
  }
  const Row* row(NodeId id) const { return rows_[static_cast<std::size_t>(id)]; }

  // ---- values

  /// The sections by which rows are chosen: what they say in words, and that they are there.
  Object asked() const {
    Object out;
    for (const MapEntry& e : a_.app.adopted.find(cloud_)->second.entries) {
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

  Object sections() const {
    const auto said = a_.app.adopted.find(cloud_);
    Object out;
    for (const MapEntry& e : said->second.entries) out.set(e.key, value(e.value));
    return out;
  }

  std::optional<cloud::Value> output(NodeId id, std::string_view name) const {
    const Node& node = a_.node(id);
    std::string attribute(name);
    if (!node.raw()) {
      const Row* r = row(id);
      attribute = r == nullptr ? "" : std::string(attribute_of(*r, name));
      if (attribute.empty()) return std::nullopt;
    }
    if (attribute == "Ref") return cloud::Value(cloud::Ref{id_of(node)});
    return cloud::Value(cloud::GetAtt{id_of(node), attribute});
  }

  cloud::Value value(const virga::Value& v) const {
    struct Visit {
      const Writer& w;
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
        Object object;
        for (const MapEntry& e : map.entries) object.set(e.key, w.value(e.value));
        return object;
      }
      cloud::Value operator()(const NodeRef& r) const { return cloud::Ref{w.id_of(w.a_.node(r.node))}; }
      cloud::Value operator()(const OutputRef& r) const {
        if (auto found = w.output(r.node, r.output)) return std::move(*found);
        w.impossible(span, "`" + w.a_.node(r.node).name + "." + r.output + "`",
                     "the template has no such attribute; write it in the engine's own words");
        return {};
      }
      cloud::Value operator()(const ParamRef& r) const {
        const Param& p = w.a_.param(r.param);
        if (!p.engine.empty()) return *cloud::pseudo_named(p.engine);
        return cloud::Parameter{w.id_of(p, p.name)};
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
  std::string condition(const Choice& choice) const {
    cloud::Value asked = Box<cloud::Call>(cloud::Call{"Fn::Equals", cloud::Values{value(choice.left), value(choice.right)}});
    for (const cloud::Condition& c : conditions_) {
      if (c.expression == asked) return c.name;
    }
    conditions_.push_back({"If" + cloud::short_hash(cloud::to_text(asked)), asked});
    return conditions_.back().name;
  }

  [[nodiscard]] Writing writing() const {
    return {catalog_, [this](const virga::Value& v) { return value(v); },
            [this](NodeId node, std::string_view name) { return output(node, name); },
            [this](const std::string& path) { return moved_path(path, sources_way_); }};
  }

  // ---- what has no place

  void impossible(Span span, const std::string& what, const std::string& help) const {
    sink_.report(span, codes::AdoptImpossible, what, std::string(catalog_.title)).help(help);
  }

  // ---- properties

  static const virga::Value* inner(const Attributes& attributes, std::string_view path) {
    const std::size_t dot = path.find('.');
    const virga::Value* v = attributes.find(path.substr(0, dot));
    while (v != nullptr && dot != std::string_view::npos) {
      path.remove_prefix(path.find('.') + 1);
      const auto* map = v->get<Map>();
      v = map == nullptr ? nullptr : map->find(path.substr(0, path.find('.')));
      if (path.find('.') == std::string_view::npos) break;
    }
    return v;
  }

  /// The default of an attribute, as text; empty when it has none.
  std::string default_of(const Edge* edge, const Row& row, std::string_view path) const {
    const auto text = [](const AttributeSpec& a) {
      const auto* words = a.value ? a.value->get<std::string>() : nullptr;
      return words != nullptr ? *words : a.value ? to_text(*a.value) : std::string();
    };
    const auto kind = a_.kinds.find(edge == nullptr ? row.kind : a_.node(edge->from.node).kind);
    if (kind == a_.kinds.end()) return {};
    if (edge == nullptr) {
      for (const AttributeSpec& a : kind->second.attributes) {
        if (a.name == path && (a.cloud.empty() || a.cloud == cloud_)) return text(a);
      }
      return {};
    }
    if (const AttributeSpec* a = kind->second.attribute(path); row.source.empty() && a != nullptr) return text(*a);
    const PortSpec* port = kind->second.port(edge->from.name, syntax::PortSide::source);
    for (std::size_t i = 0; port != nullptr && i < port->properties.size(); ++i) {
      if (port->properties[i].name == path) return text(port->properties[i]);
    }
    return {};
  }

  /// Lays what the attributes say over the properties.
  void say(const Row& row, const Attributes& attributes, const Edge* edge, Span span, Object& properties) {
    const auto text = [&](std::string_view path) {
      const virga::Value* v = inner(attributes, path);
      const auto* s = v == nullptr ? nullptr : v->get<std::string>();
      return s == nullptr ? std::string() : *s;
    };
    for (const catalog::Said& said : row.says) {
      const std::optional<std::string> property = resolved(said.property, text);
      // Some rows only tell what a template means that says something else.
      if (!property || property->empty() || said.as == "text" || said.as.starts_with("stands ")) continue;
      std::string_view path = said.attribute;
      const Attributes* from = &attributes;
      virga::Value of_route;
      const virga::Value* v = nullptr;
      if (edge != nullptr && path.starts_with("from.")) {
        path.remove_prefix(5);
        from = &of(a_.node(edge->from.node));
      }
      if (edge != nullptr && (path == "@argument" || path == "@port")) {
        of_route.data = path == "@argument" ? edge->from.argument : edge->from.name;
        v = &of_route;
      } else {
        v = inner(*from, path);
      }
      if (v == nullptr || v->is_none()) {
        if (const std::string_view constant = when_absent(said.as); !constant.empty())
          put(properties, *property, cloud::Value(constant));
        continue;
      }
      if (!when_absent(said.as).empty()) continue;
      const AttributeValue* entry = from->entry(path.substr(0, path.find('.')));
      const bool given = v == &of_route || (entry != nullptr && entry->origin != Origin::fallback);
      const auto* words = v->get<std::string>();
      const std::string text_of_it = words != nullptr ? *words : to_text(*v);
      // What the language means as well where nobody says it was said on purpose.
      const bool on_purpose = given && default_of(edge, row, path) == said.unsaid;
      if (said.unsaid.empty() ? !given : text_of_it == said.unsaid && !on_purpose) continue;
      std::string_view as = said.as;
      const std::optional<Besides> more = besides(as);
      auto made = to_property(*v, as, writing());
      if (!made) {
        if (!given || as == "map" || as == "no_map" || as == "file") continue;
        impossible(v->span.known() ? v->span : span, fmt::format("`{} = {}`", path, to_text(*v)),
                   "leave it out, or say it in the engine's own words: `raw`");
        continue;
      }
      put(properties, *property, std::move(*made));
      if (more) put(properties, more->property, constant(more->value));
    }
    for (const std::string_view fixed : row.fixed) {
      const std::size_t at = fixed.find('=');
      put(properties, fixed.substr(0, at), cloud::Value(fixed.substr(at + 1)));
    }
  }

  static cloud::Value constant(std::string_view text) {
    return text == "true" ? cloud::Value(true) : text == "false" ? cloud::Value(false) : cloud::Value(text);
  }

  /// Items that both name stand once, in the order of the raw ones.
  static void join(cloud::Values& items, const cloud::Values& more) {
    std::erase_if(items, [&](const cloud::Value& v) { return std::find(more.begin(), more.end(), v) != more.end(); });
    items.insert(items.end(), more.begin(), more.end());
  }

  static void lay_over(Object& properties, const Object& more) {
    for (const cloud::Member& m : more.members) {
      if (m.value.get<cloud::Null>() != nullptr) {  // `none`: it is not there
        std::erase_if(properties.members, [&](const cloud::Member& p) { return p.key == m.key; });
        continue;
      }
      cloud::Value* before = properties.find(m.key);
      const auto* inner = m.value.get<Object>();
      const auto* items = m.value.get<cloud::Values>();
      if (before != nullptr && before->get<Object>() != nullptr && inner != nullptr)
        lay_over(*before->get<Object>(), *inner);
      else if (before != nullptr && before->get<cloud::Values>() != nullptr && items != nullptr)
        join(*before->get<cloud::Values>(), *items);
      else properties.set(m.key, m.value);
    }
  }

  void lay_raw(const Attributes& attributes, std::string_view attribute, std::string_view type, Span span,
               Object& properties) {
    const Map* all = attributes.map(attribute);
    if (all == nullptr) return;
    for (const MapEntry& e : all->entries) {
      const auto* map = e.value.get<Map>();
      if (e.key == type && map != nullptr) {
        lay_over(properties, *value(e.value).get<Object>());
      } else {
        sink_.report(e.key_span.known() ? e.key_span : span, codes::RawType, std::string(type), e.key)
            .help("here it is `" + std::string(type) + "`");
      }
    }
  }

  // ---- parts of the template

  void write(const Param& p) {
    if (!p.engine.empty()) return;
    cloud::StackParameter made;
    made.name = id_of(p, p.name);
    const bool number = p.type.tag == Type::Tag::integer || p.type.tag == Type::Tag::number;
    made.type = number ? "Number" : "String";
    made.description = p.doc;
    made.secret = p.secret();
    if (p.fallback) made.fallback = value(*p.fallback);
    for (const std::string& w : p.allowed) made.allowed.emplace_back(w);
    made.pattern = p.pattern;
    if (p.min) made.min = p.min->get<double>() != nullptr ? std::optional(*p.min->get<double>()) : std::nullopt;
    if (p.max) made.max = p.max->get<double>() != nullptr ? std::optional(*p.max->get<double>()) : std::nullopt;
    if (const auto on = p.on.find(cloud_); on != p.on.end()) {
      if (const Map* more = on->second.map("more")) {
        for (const MapEntry& e : more->entries) made.more.set(e.key, value(e.value));
      }
    }
    out_.stack.parameters.push_back(std::move(made));
  }

  void write(const Output& o) {
    cloud::StackOutput made;
    made.name = id_of(o, o.name);
    made.description = o.doc;
    made.value = value(o.value);
    if (const auto on = o.on.find(cloud_); on != o.on.end()) {
      if (const Map* more = on->second.map("more")) {
        for (const MapEntry& e : more->entries) made.more.set(e.key, value(e.value));
      }
    }
    out_.stack.outputs.push_back(std::move(made));
  }

  cloud::Resource* add(const std::string& id, std::string_view type, Span span) {
    if (out_.stack.find(id) != nullptr) {
      sink_.report(span, codes::AdoptIdTaken, id).help("give one of them another `id`");
      return nullptr;
    }
    cloud::Resource made;
    made.id = id;
    made.type = type;
    out_.stack.resources.push_back(std::move(made));
    return &out_.stack.resources.back();
  }

  void place(cloud::Resource& resource, const Attributes& attributes) {
    if (const Map* more = attributes.map("more")) {
      for (const MapEntry& e : more->entries) resource.more.set(e.key, value(e.value));
    }
  }

  void write(const Node& node) {
    cloud::Decision decision;
    decision.node = node.id;
    decision.strategy = "as_adopted";
    if (node.raw()) {
      if (node.cloud != cloud_) {
        decision.change = "it is made on " + node.cloud + " alone";
      } else if (cloud::Resource* made = add(id_of(node), node.vendor_type, node.span)) {
        for (const AttributeValue& v : node.attributes.all) made->properties.set(v.name, value(v.value));
        place(*made, node.placed);
        made->from.node = node.id;
        decision.resources.push_back(made->id);
      }
      out_.decisions.push_back(std::move(decision));
      return;
    }
    const Row* r = row(node.id);
    if (r == nullptr) {
      const std::string type = of(node).text("type");
      impossible(node.span, fmt::format("`{}`, a {}{}{},", node.name, node.kind, type.empty() ? "" : " as ", type),
                 fmt::format("say it as a raw `resource {}`, or let go of `adopted`, so that it is made as Virga makes it",
                             cloud_));
      return;
    }
    if (!r->type.empty() && r->id.empty()) {
      if (cloud::Resource* made = add(id_of(node), r->type, node.span)) {
        say(*r, of(node), nullptr, node.span, made->properties);
        if (const virga::Value* called = of(node).find("called"); called != nullptr && !r->called.empty())
          put(made->properties, r->called, value(*called));
        place(*made, of(node));
        made->from.node = node.id;
        decision.resources.push_back(made->id);
      }
    }
    out_.decisions.push_back(std::move(decision));
  }

  /// Last, so that what edges put into a list comes before what is said by hand.
  void add_raw(const Node& node) {
    const Row* r = node.raw() ? nullptr : row(node.id);
    cloud::Resource* made = r == nullptr ? nullptr : out_.stack.find(id_of(node));
    if (made != nullptr) lay_raw(of(node), cloud::kRawAttribute, r->type, node.span, made->properties);
  }

  void write(const Edge& edge) {
    const Node& from = a_.node(edge.from.node);
    const Node& to = a_.node(edge.to.node);
    const Row* r = table_.edge(port_of(from.kind, edge.from.name), edge.delivery == Delivery::hand_over,
                               port_of(to.kind, edge.to.name), of(edge).text("type"), from.raw() ? nullptr : row(from.id));
    if (r == nullptr) {
      impossible(edge.arrow_span, "`" + describe(a_, edge) + "`",
                 "write what stands for it in the engine's own words, or let go of `adopted`");
      return;
    }
    cloud::Decision decision;
    decision.edge = edge.id;
    decision.strategy = "as_adopted";
    Object properties;
    refer(end_of(r->source), from, properties);
    refer(end_of(r->target), to, properties);
    say(*r, of(edge), &edge, edge.span, properties);
    if (!r->type.empty()) lay_raw(of(edge), cloud::kRawProperties, r->type, edge.span, properties);
    const std::string said = of(edge).text("id");
    const std::string id = said.empty() ? default_edge_id(a_, edge) : said;
    const Within within = within_of(*r);
    if (!r->within.empty()) {
      cloud::Resource* owner = out_.stack.find(id_of(within.from ? from : to));
      if (owner != nullptr) put_within(*r, within, id, std::move(properties), edge, owner->properties);
    } else if (!r->type.empty()) {
      if (cloud::Resource* made = add(id, r->type, edge.span)) {
        made->properties = std::move(properties);
        place(*made, of(edge));
        made->from.edge = edge.id;
        decision.resources.push_back(made->id);
      }
    }
    out_.decisions.push_back(std::move(decision));
  }

  void refer(End end, const Node& node, Object& properties) {
    if (end.property.empty()) return;
    const Row* r = node.raw() ? nullptr : row(node.id);
    if (r != nullptr && !r->id.empty()) return;  // what the engine has by itself is meant where nothing is named
    if (end.output == "@id") {
      put(properties, end.property, cloud::Value(id_of(node)));
      return;
    }
    if (auto ref = output(node.id, end.output)) put(properties, end.property, std::move(*ref));
  }

  void put_within(const Row& r, const Within& within, const std::string& id, Object properties, const Edge& edge,
                  Object& owner) {
    if (within.shape == Within::Shape::property) {
      for (cloud::Member& m : properties.members) put(owner, std::string(within.path) + "." + m.key, std::move(m.value));
      return;
    }
    if (within.shape == Within::Shape::list) {
      if (owner.find(within.path) == nullptr) owner.set(std::string(within.path), cloud::Values());
      auto* list = owner.find(within.path)->get<cloud::Values>();
      if (list != nullptr) list->emplace_back(cloud::object({{std::string(r.type), std::move(properties)}}));
      return;
    }
    if (within.shape == Within::Shape::typed) {
      if (owner.find(within.path) == nullptr) owner.set(std::string(within.path), cloud::Values());
      Object item = cloud::object({{std::string(within.id), id}, {std::string(within.type), r.type}});
      for (cloud::Member& m : properties.members) item.set(m.key, std::move(m.value));
      if (auto* all = owner.find(within.path)->get<cloud::Values>()) all->emplace_back(std::move(item));
      return;
    }
    if (owner.find(within.path) == nullptr) owner.set(std::string(within.path), Object());
    auto* items = owner.find(within.path)->get<Object>();
    if (items == nullptr) return;
    if (items->find(id) != nullptr) {
      sink_.report(edge.span, codes::AdoptIdTaken, id).help("give one of them another `id`");
      return;
    }
    Object item = cloud::object({{"Type", r.type}});
    if (!properties.members.empty()) item.set("Properties", std::move(properties));
    items->set(id, std::move(item));
  }

  void finish() {
    for (const cloud::Member& m : sections_.members) out_.stack.sections.set(m.key, m.value);
    if (const cloud::Value* own = out_.stack.sections.find(dialect_.conditions); own != nullptr && own->get<Object>()) {
      std::vector<cloud::Condition> all;
      for (const cloud::Member& m : own->get<Object>()->members) all.push_back({m.key, m.value});
      for (cloud::Condition& c : conditions_) all.push_back(std::move(c));
      conditions_ = std::move(all);
      std::erase_if(out_.stack.sections.members, [&](const cloud::Member& m) { return m.key == dialect_.conditions; });
    }
    out_.stack.conditions = std::move(conditions_);
    cloud::Stack made = normalised(out_.stack, dialect_);
    made.region = out_.stack.region;
    for (cloud::Resource& r : made.resources) {
      if (const cloud::Resource* before = out_.stack.find(r.id)) r.from = before->from;
    }
    out_.stack = std::move(made);
  }

  const Architecture& a_;
  const catalog::Catalog& catalog_;
  std::string cloud_;
  const cloud::Dialect& dialect_;
  diag::Sink& sink_;
  std::string sources_way_;
  mutable std::vector<cloud::Condition> conditions_;
  std::vector<const Row*> rows_;
  Table table_;
  Object sections_;
  cloud::Lowered out_;
};

}  // namespace

cloud::Stack normalised(const cloud::Stack& stack, const cloud::Dialect& dialect) {
  diag::Sink nothing;  // what was made is well formed
  cloud::Dialect whole = dialect;
  whole.own_sections = {};
  cloud::Stack out = cloud::to_stack(cloud::to_document(stack, whole), whole, nothing);
  out.adopted = stack.adopted;
  return out;
}

cloud::Lowered lower(const cloud::LowerRequest& request, const catalog::Catalog& catalog, const cloud::Dialect& dialect,
                     diag::Sink& sink) {
  return Writer(request, catalog, dialect, sink).run();
}

}  // namespace virga::adopt
