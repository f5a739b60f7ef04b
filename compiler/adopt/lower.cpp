#include "compiler/adopt/lower.h"

#include "compiler/adopt/check_told.h"
#include "compiler/adopt/items.h"
#include "compiler/adopt/lay_over.h"
#include "compiler/adopt/path.h"
#include "compiler/adopt/ports.h"
#include "compiler/adopt/resources.h"
#include "compiler/adopt/say.h"
#include "compiler/cloud/raw.h"
#include "compiler/cloud/template.h"
#include "compiler/diagnostics/codes.h"

#include <fmt/format.h>

namespace virga::adopt {
namespace {

namespace codes = diag::codes;
using cloud::Object;

class Writer {
 public:
  Writer(const cloud::LowerRequest& request, const cloud::Backend& backend, const cloud::Dialect& dialect, diag::Sink& sink)
      : a_(request.architecture),
        backend_(backend),
        dialect_(dialect),
        sink_(sink),
        v_(request, backend.catalog(), dialect, sink),
        speaker_(v_),
        resources_(v_, dialect, out_.stack, sink) {
    out_.stack.cloud = backend.catalog().cloud;
    out_.stack.region = request.region;
    out_.stack.description = a_.app.description;
    out_.stack.adopted = true;
  }

  cloud::Lowered run() {
    if (!a_.app.tags.entries.empty())
      v_.impossible(a_.app.tags.entries.front().key_span, "`tags` of the app", "say `tags` at the nodes that carry them");
    for (const Param& param : a_.params) write(param);
    for (const Node& node : a_.nodes) write(node);
    for (const Edge& edge : a_.edges) write(edge);
    for (const Node& node : a_.nodes) add_raw(node);
    resources_.finish();
    for (const Output& output : a_.outputs) write(output);
    speaker_.refuse_the_rest();
    finish();
    const auto is_told = [this](const Edge& edge) { return row(edge) != nullptr && row(edge)->type == kTold; };
    check_told(v_, dialect_, out_.stack, told_, is_told, sink_);
    check_reached(v_, out_.stack, sink_);
    return std::move(out_);
  }

 private:
  void write(const Param& p) {
    if (!p.engine.empty()) return;
    if (p.type.tag == Type::Tag::quantity) {
      v_.impossible(p.span, fmt::format("`{}`, a parameter with a unit,", p.name),
                    "make it a `number`, and use it in the engine's own words");
      return;
    }
    cloud::StackParameter made;
    made.name = v_.id(p);
    const bool number = p.type.tag == Type::Tag::integer || p.type.tag == Type::Tag::number;
    made.type = number ? "Number" : "String";
    made.description = p.doc;
    made.secret = p.secret();
    if (p.fallback) made.fallback = v_.value(*p.fallback);
    for (const std::string& w : p.allowed) made.allowed.emplace_back(w);
    if (p.type.tag == Type::Tag::boolean) {
      if (dialect_.boolean.empty()) made.allowed = {"true", "false"};
      else made.type = dialect_.boolean;
    }
    made.pattern = p.pattern;
    const auto bound = [](const std::optional<virga::Value>& v) {
      return v && v->get<double>() != nullptr ? std::optional(*v->get<double>()) : std::nullopt;
    };
    made.min = bound(p.min);
    made.max = bound(p.max);
    made.more = v_.more(p);
    out_.stack.parameters.push_back(std::move(made));
  }

  void write(const Output& o) {
    if (o.exported)
      v_.impossible(o.span, fmt::format("`export` of `{}`", o.name),
                    "say under which name the template exports it, in the engine's own words: `more`");
    cloud::StackOutput made;
    made.name = v_.id(o);
    made.description = o.doc;
    made.value = v_.value(o.value);
    made.more = v_.more(o);
    out_.stack.outputs.push_back(std::move(made));
  }

  static cloud::Decision decision() {
    cloud::Decision made;
    made.strategy = "as_adopted";
    return made;
  }

  void write(const Node& node) {
    cloud::Decision made = decision();
    made.node = node.id;
    const Row* like = node.raw() ? nullptr : v_.row(node.id);
    made.like = like == nullptr || like->strategy.empty() ? backend_.strategy_of(a_, node) : like->strategy;
    if (node.raw() && node.cloud != v_.cloud()) made.change = "it is made on " + node.cloud + " alone";
    else if (const cloud::Resource* resource = node.raw() ? raw(node) : known(node)) made.resources = {resource->id};
    if (!node.raw()) {
      for (std::string& id :
           resources_.write(v_.of(node), {node.kind, "", "", false, type_of(node)}, node.id, node.id, node.span)) {
        out_.stack.find(id)->from.node = node.id;
        made.resources.push_back(std::move(id));
      }
    }
    out_.decisions.push_back(std::move(made));
  }

  /// Of the resource that stands for a node; empty when none does.
  std::string_view type_of(const Node& node) const {
    const Row* r = v_.row(node.id);
    return r == nullptr ? std::string_view() : r->type;
  }

  const cloud::Resource* raw(const Node& node) {
    cloud::Resource* made = resources_.add(v_.id(node), node.vendor_type, node.placed, node.span);
    if (made == nullptr) return nullptr;
    for (const AttributeValue& a : node.attributes.all) made->properties.set(a.name, v_.value(a.value));
    made->from.node = node.id;
    return made;
  }

  /// Null when nothing stands for the node.
  const cloud::Resource* known(const Node& node) {
    if (node.stands_elsewhere(v_.cloud())) {
      for (const std::string_view word : {"id", "called", "more"}) {
        const AttributeValue* said = v_.of(node).entry(word);
        if (said == nullptr || said->origin == Origin::fallback) continue;
        v_.impossible(said->value.span, fmt::format("`{}` of `{}`", word, node.name),
                      "something else makes it: `elsewhere` says all that the template knows of it");
      }
      return nullptr;
    }
    if (v_.is_caller(node)) return nullptr;
    const Row* r = v_.row(node.id);
    if (r == nullptr) {
      const std::string type = v_.of(node).text("type");
      v_.impossible(
          node.span, fmt::format("`{}`, a {}{}{},", node.name, node.kind, type.empty() ? "" : " as ", type),
          fmt::format("say it as a raw `resource {}`, or let go of `adopted`, so that it is made as Virga makes it",
                      v_.cloud()));
      return nullptr;
    }
    const bool stands = !r->type.empty() && r->id.empty();
    cloud::Resource* made = stands ? resources_.add(v_.id(node), r->type, v_.of(node), node.span) : nullptr;
    Object nowhere;
    speaker_.say(*r, node, made == nullptr ? nowhere : made->properties);
    const virga::Value* called = v_.of(node).find("called");
    if (called != nullptr && (r->called.empty() || !stands)) {
      v_.impossible(called->span, fmt::format("`called` of `{}`", node.name), "it has no name of its own there");
    } else if (called != nullptr && made != nullptr) {
      put(made->properties, r->called, v_.value(*called));
    }
    if (made != nullptr) made->from.node = node.id;
    return made;
  }

  /// After what edges put into a list, which what is said by hand comes behind.
  void add_raw(const Node& node) {
    const Row* r = v_.row(node.id);
    cloud::Resource* made = r == nullptr ? nullptr : out_.stack.find(v_.id(node));
    lay_raw(v_.of(node), cloud::kRawAttribute, made == nullptr ? nullptr : r, node.span,
            made == nullptr ? nullptr : &made->properties);
  }

  /// Of a node's row: items that are edges have names in the same list.
  KnownBy known_in(const Row& row) const {
    KnownBy out = known_by(row.says);
    for (const Row* edge : v_.table().rows()) {
      const Within within = within_of(*edge);
      const auto list = out.find(within.path);
      if (list != out.end() && within.shape == Within::Shape::typed && within.type == list->second.member)
        list->second.id = within.id;
    }
    return out;
  }

  /// `properties` is null where nothing stands that they could be of.
  void lay_raw(const Attributes& attributes, std::string_view attribute, const Row* row, Span span, Object* properties) {
    const std::string_view type = row == nullptr ? std::string_view() : row->type;
    const Map* all = attributes.map(attribute);
    if (all == nullptr) return;
    for (const MapEntry& e : all->entries) {
      if (properties != nullptr && e.key == type && e.value.get<Map>() != nullptr) {
        lay_over(*properties, *v_.value(e.value).get<Object>(), known_in(*row));
        continue;
      }
      sink_.report(e.key_span.known() ? e.key_span : span, codes::RawType, "it", e.key)
          .help(type.empty() ? std::string("nothing stands for it there") : "here it is `" + std::string(type) + "`");
    }
  }

  void no_place(const Edge& edge) {
    v_.impossible(edge.arrow_span, "`" + describe(a_, edge) + "`",
                  "write what stands for it in the engine's own words, or let go of `adopted`");
  }

  /// Whether a node says a property in the engine's words, in one way whatever a deployment chooses.
  bool says(const Node& node, std::string_view property) const {
    const Map* all = v_.of(node).map(cloud::kRawAttribute);
    const virga::Value* own = all == nullptr ? nullptr : all->find(type_of(node));
    const Map* properties = own == nullptr ? nullptr : own->get<Map>();
    const virga::Value* said = properties == nullptr ? nullptr : properties->find(property);
    if (said == nullptr || said->get<Box<Choice>>() != nullptr) return false;
    const Map* function = said->get<Map>();
    return function == nullptr || function->find(dialect_.choose) == nullptr;
  }

  const Row* row(const Edge& edge) const {
    const Node& from = a_.node(edge.from.node);
    return v_.table().edge(port_of(from.kind, edge.from.name), edge.delivery == Delivery::hand_over,
                           port_of(a_.node(edge.to.node).kind, edge.to.name), v_.of(edge).text("type"),
                           {v_.row(from.id), v_.row(edge.to.node), [&](std::string_view p) { return says(from, p); }});
  }

  /// Whether what stands for another edge between the same ends says this one as well.
  bool is_implied(const Edge& edge) const {
    if (v_.of(edge).text("type") != kImplied) return false;
    const std::string target = port_of(a_.node(edge.to.node).kind, edge.to.name);
    const auto edges = a_.edges_from(edge.from.node, edge.from.name);
    return std::any_of(edges.begin(), edges.end(), [&](const Edge* other) {
      const Row* r = other->to.node == edge.to.node ? row(*other) : nullptr;
      return r != nullptr && std::find(r->implies.begin(), r->implies.end(), target) != r->implies.end();
    });
  }

  void write(const Edge& edge) {
    const Node& from = a_.node(edge.from.node);
    const Node& to = a_.node(edge.to.node);
    cloud::Decision made = decision();
    made.edge = edge.id;
    if (is_implied(edge) || v_.is_caller(from)) {
      out_.decisions.push_back(std::move(made));
      return;
    }
    const Row* r = row(edge);
    if (r == nullptr) {
      no_place(edge);
      return;
    }
    Object properties;
    if (r->type == kTold) {
      speaker_.say(*r, edge, properties);
      told_.insert(from.id);
      finish(edge, std::move(made));
      return;
    }
    refer(end_of(r->source), from, properties);
    refer(end_of(r->target), to, properties);
    speaker_.say(*r, edge, properties);
    lay_raw(v_.of(edge), cloud::kRawProperties, r, edge.span, r->type.empty() ? nullptr : &properties);
    write_json(*r, properties);
    // Which property leads to an end, and what else it needs, only the engine's own words say.
    const auto lacks = [&](std::string_view property) { return find(properties, property) == nullptr; };
    bool whole = std::none_of(r->when.begin(), r->when.end(), [&](std::string_view when) {
      return when.find('=') == std::string_view::npos && lacks(when);
    });
    for (const End end : {end_of(r->source), end_of(r->target)})
      whole = whole && (end.output != "~" || !lacks(end.property));
    if (!whole) {
      no_place(edge);
      return;
    }
    const std::string said = v_.of(edge).text("id");
    const std::string id = said.empty() ? default_edge_id(a_, edge) : said;
    const Within within = within_of(*r);
    if (!r->within.empty()) {
      cloud::Resource* owner = out_.stack.find(v_.id(within.from ? from : to));
      if (owner != nullptr) put_within(*r, within, id, std::move(properties), edge, owner->properties);
    } else if (cloud::Resource* resource = resources_.add(id, r->type, v_.of(edge), edge.span)) {
      resource->properties = std::move(properties);
      resource->from.edge = edge.id;
      made.resources = {resource->id};
    }
    finish(edge, std::move(made));
  }

  /// What stands beside an edge is made as well.
  void finish(const Edge& edge, cloud::Decision made) {
    const Node& from = a_.node(edge.from.node);
    const Node& to = a_.node(edge.to.node);
    const std::string source = port_of(from.kind, edge.from.name), target = port_of(to.kind, edge.to.name);
    for (std::string& beside : resources_.write(v_.of(edge), {"", source, target, edge.delivery == Delivery::hand_over},
                                                from.id, to.id, edge.span)) {
      out_.stack.find(beside)->from.edge = edge.id;
      made.resources.push_back(std::move(beside));
    }
    out_.decisions.push_back(std::move(made));
  }

  /// What a node gives; reported where nobody says it of one that something else makes.
  std::optional<cloud::Value> output(const Node& node, std::string_view name) {
    auto found = v_.output(node.id, name);
    if (!found && node.stands_elsewhere(v_.cloud()))
      v_.impossible(node.span, fmt::format("`{}`, of which the template knows no `{}`,", node.name, name),
                    fmt::format("say it: `elsewhere = {{ {} = … }}`", name));
    return found;
  }

  void refer(End end, const Node& node, Object& properties) {
    if (end.property.empty() || end.output == "~") return;
    const Row* r = v_.row(node.id);
    if (r != nullptr && !r->id.empty()) return;  // what the engine has by itself is meant where nothing is named
    if (end.output == "@id") put(properties, end.property, cloud::Value(v_.id(node)));
    else if (auto ref = output(node, end.output)) put(properties, end.property, std::move(*ref));
  }

  void put_within(const Row& r, const Within& within, const std::string& id, Object properties, const Edge& edge,
                  Object& owner) {
    const std::string path(within.path);
    if (within.shape == Within::Shape::property) {
      for (cloud::Member& m : properties.members) put(owner, path + "." + m.key, std::move(m.value));
      return;
    }
    if (within.shape == Within::Shape::references) {
      if (owner.find(path) == nullptr) owner.set(path, cloud::Values());
      auto* list = owner.find(path)->get<cloud::Values>();
      auto given = list == nullptr ? std::nullopt : output(a_.node(edge.to.node), end_of(r.target).output);
      if (given) list->push_back(std::move(*given));
      return;
    }
    if (!put_item(r, within, id, std::move(properties), owner)) resources_.id_taken(id, edge.span);
  }

  void finish() {
    out_.stack.sections = v_.sections();
    out_.stack.conditions = v_.conditions();
    cloud::Stack made = normalised(out_.stack, dialect_);
    made.region = out_.stack.region;
    for (cloud::Resource& r : made.resources) {
      if (const cloud::Resource* before = out_.stack.find(r.id)) r.from = before->from;
    }
    out_.stack = std::move(made);
  }

  const Architecture& a_;
  const cloud::Backend& backend_;
  const cloud::Dialect& dialect_;
  diag::Sink& sink_;
  TemplateValues v_;
  Speaker speaker_;
  ResourceWriter resources_;
  std::set<NodeId> told_;  ///< of whose edges documents tell
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

cloud::Lowered lower(const cloud::LowerRequest& request, const cloud::Backend& backend, const cloud::Dialect& dialect,
                     diag::Sink& sink) {
  return Writer(request, backend, dialect, sink).run();
}

}  // namespace virga::adopt
