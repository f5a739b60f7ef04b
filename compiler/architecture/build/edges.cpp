// Edges: both ends found, their ports and arrows checked, their properties evaluated.
#include "compiler/architecture/build/state.h"

#include "compiler/diagnostics/suggest.h"

#include <re2/re2.h>

#include <algorithm>

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

std::string ports_of(const Kind& kind, syntax::PortSide side) {
  std::string out;
  for (const PortSpec& p : kind.ports) {
    if (p.side == side) out += (out.empty() ? "`" : ", `") + p.name + "`";
  }
  return out;
}

std::string_view leave_or_reach(syntax::PortSide side) {
  return side == syntax::PortSide::source ? "start an edge" : "end an edge";
}

/// What any edge may say: `load`, `peak`, `times`, `payload`, `caller_retries`, `loop` and its `bound`.
const std::vector<AttributeSpec>& common_properties() {
  static const std::vector<AttributeSpec> specs = [] {
    const auto make = [](std::string name, Type::Tag tag, Dimension dimension, std::string doc) {
      AttributeSpec s;
      s.name = std::move(name);
      s.type.tag = tag;
      s.type.dimension = dimension;
      s.type.optional = true;
      s.doc = std::move(doc);
      return s;
    };
    std::vector<AttributeSpec> all;
    all.push_back(
        make("load", Type::Tag::quantity, Dimension::rate, "Requests or events per second that arrive here, on average."));
    all.back().type.optional = false;
    all.back().type = range_of(std::move(all.back().type), {});
    all.back().type.optional = true;
    all.push_back(make("peak", Type::Tag::quantity, Dimension::rate, "So many of them per second when most come."));
    all.push_back(
        make("times", Type::Tag::number, Dimension::duration, "How many of these follow from one thing that comes in."));
    all.push_back(make("payload", Type::Tag::quantity, Dimension::size, "The largest message."));
    all.push_back(make("caller_retries", Type::Tag::integer, Dimension::duration,
                       "How often whoever sends it tries again by itself: a client outside, or code with an SDK."));
    all.back().min = Value{0.0, {}, {}};
    all.push_back(make("loop", Type::Tag::enumeration, Dimension::duration, "The edge may close a cycle."));
    all.back().type.members = {"allowed"};
    all.push_back(make("bound", Type::Tag::integer, Dimension::duration, "How often a message may go round the cycle."));
    return all;
  }();
  return specs;
}

/// What an edge says to one cloud in the words of its engine. A node's is called `raw`, which at some edges is the message
/// itself.
AttributeSpec raw_properties(const std::string& cloud) {
  AttributeSpec spec = raw_attribute(cloud);
  spec.name = "raw_properties";
  return spec;
}

/// Why a text is no path of a route; nothing when it is one: `/docs/{page}`, `/files/{rest*}`.
std::optional<std::string> no_path(std::string_view path) {
  if (!path.starts_with('/')) return "begins with `/`";
  std::vector<std::string_view> names;
  for (std::size_t at = 0; (at = path.find_first_of("{}", at)) != std::string_view::npos;) {
    const std::size_t end = path.find_first_of("{}", at + 1);
    if (path[at] == '}' || end == std::string_view::npos || path[end] == '{') return "closes each `{` with a `}`";
    std::string_view name = path.substr(at + 1, end - at - 1);
    if (path[at - 1] != '/' || (end + 1 < path.size() && path[end + 1] != '/'))
      return "gives a parameter a whole part, as in `/docs/{page}`";
    if (name.ends_with('*')) {
      if (end + 1 != path.size()) return "has its tail `{" + std::string(name) + "}` at the end";
      name.remove_suffix(1);
    }
    static const RE2 word("[A-Za-z_][A-Za-z0-9_]*");
    if (!RE2::FullMatch(name, word)) return "names a parameter with letters, digits and `_`";
    if (std::find(names.begin(), names.end(), name) != names.end()) return "names each parameter once";
    names.push_back(name);
    at = end + 1;
  }
  return std::nullopt;
}

}  // namespace

void Builder::build_edges() {
  for (const PendingEdge& e : pending_edges_) build_edge(e);
}

std::optional<Builder::End> Builder::resolve_inside(Instance& instance, std::span<const syntax::Name> rest,
                                                    syntax::PortSide side, Span span) {
  if (instance.node) {
    if (rest.size() > 1) {
      sink_.report(rest[1].span, codes::EdgeNoPort, fmt::format("`{}.{}`", instance.name, rest[0].text),
                   "`" + rest[1].text + "` ", std::string(leave_or_reach(side)));
      return std::nullopt;
    }
    return End{&instance, rest.empty() ? "self" : rest[0].text, rest.empty() ? span : rest[0].span};
  }
  if (instance.inner == nullptr) return std::nullopt;  // its kind was wrong, and that was said
  const syntax::PortAlias* first = nullptr;
  std::string names;
  for (const Placed& p : instance.inner_body) {
    const auto* alias = std::get_if<syntax::PortAlias>(&p.statement->data);
    if (alias == nullptr) continue;
    if (first == nullptr) first = alias;
    names += (names.empty() ? "`" : ", `") + alias->name.text + "`";
    if (rest.empty() || alias->name.text != rest[0].text) continue;
    first = alias;
    break;
  }
  const bool named = !rest.empty() && first != nullptr && first->name.text == rest[0].text;
  // `console.success`: a port of the node behind the first port, as if the pattern were that node.
  if (first == nullptr || (!rest.empty() && !named && instance.children.contains(rest[0].text))) {
    const std::string wanted = rest.empty() ? "" : "`" + rest[0].text + "` ";
    auto r =
        sink_.report(rest.empty() ? span : rest[0].span, codes::EdgeNoPort,
                     fmt::format("{} `{}`", instance.kind->name, instance.name), wanted, std::string(leave_or_reach(side)));
    r.help(names.empty() ? "its kind names no `port`" : "its ports are " + names);
    return std::nullopt;
  }
  const auto& path = first->path;
  Binding* binding = lookup(*instance.inner, path.empty() ? first->name.text : path[0].text);
  if (binding == nullptr || binding->tag != Binding::Tag::node) {
    if (binding == nullptr || binding->tag != Binding::Tag::broken) {
      const syntax::Name& inner = path.empty() ? first->name : path[0];
      auto r = sink_.report(inner.span, codes::NameUnknown, inner.text);
      std::vector<std::string> nodes;
      for (const auto& [child, node] : instance.children) nodes.push_back(child);
      if (const std::string near = diag::nearest(inner.text, nodes); !near.empty()) {
        r.help("did you mean `" + near + "`?").fix(inner.span, near, diag::Confidence::likely, "write `" + near + "`");
      } else {
        r.help("a port names a node of the kind: `port done = worker.success`");
      }
    }
    return std::nullopt;
  }
  std::vector<syntax::Name> tail(path.empty() ? path.begin() : path.begin() + 1, path.end());
  tail.insert(tail.end(), rest.begin() + (named ? 1 : 0), rest.end());
  for (syntax::Name& n : tail) n.span = span;
  if (!rest.empty() && !tail.empty()) tail.back().span = rest.back().span;
  return resolve_inside(*binding->instance, tail, side, span);
}

std::optional<Builder::End> Builder::resolve_endpoint(const syntax::Endpoint& endpoint, Scope& scope,
                                                      syntax::PortSide side) {
  std::string name;
  Span span;
  std::span<const syntax::Name> rest = endpoint.path;
  if (endpoint.computed) {
    auto v = raw(*endpoint.computed, scope, nullptr);
    if (!v) return std::nullopt;
    const auto* text = v->get<std::string>();
    if (text == nullptr) {
      return too_late(endpoint.computed->span, *v, "a node's name");
    }
    name = *text;
    span = endpoint.computed->span;
  } else {
    name = endpoint.path[0].text;
    span = endpoint.path[0].span;
    rest = rest.subspan(1);
  }
  Binding* binding = lookup(scope, name);
  if (binding == nullptr) {
    std::vector<std::string> nodes;
    for (Scope* s = &scope; s != nullptr; s = s->parent) {
      for (const auto& [n, b] : s->names) {
        if (b.tag == Binding::Tag::node) nodes.push_back(n);
      }
    }
    const std::string near = diag::nearest(name, nodes);
    if (incomplete_ && near.empty()) return std::nullopt;  // it may be one of those that could not be made
    auto r = sink_.report(span, codes::NameUnknown, name);
    if (!near.empty()) {
      r.help("did you mean `" + near + "`?").fix(span, near, diag::Confidence::likely, "write `" + near + "`");
    }
    return std::nullopt;
  }
  if (binding->tag == Binding::Tag::broken) return std::nullopt;
  if (binding->tag == Binding::Tag::node) return resolve_inside(*binding->instance, rest, side, span);
  if (binding->tag == Binding::Tag::app) {
    sink_.report(span, codes::EdgeNotNode, name, "another app")
        .help("let an `external` stand for its address: `external " + name + "_api { url = " + name + ".… }`");
    return std::nullopt;
  }
  // An attribute of a pattern, or a loop's variable, that holds a node.
  auto v = from_binding(*binding, name, span, nullptr);
  if (!v) return std::nullopt;
  if (const auto* n = v->get<NodeRef>())
    return resolve_inside(*by_name_.find(out_.node(n->node).name)->second, rest, side, span);
  if (v->is_none()) return End{nullptr, "", span};  // an optional node that is absent: the edge falls away with it
  sink_.report(span, codes::EdgeNotNode, name, describe_value(*v));
  return std::nullopt;
}

const PortSpec* Builder::check_port(const End& end, syntax::PortSide side, const syntax::EdgeDecl& d) {
  const Instance& instance = *end.instance;
  if (instance.kind == nullptr) {
    sink_.report(end.span, codes::EdgeNotNode, instance.name, "a raw resource")
        .help("refer to it from an attribute instead: `" + instance.name + ".Arn`");
    return nullptr;
  }
  const Kind& kind = *instance.kind;
  const PortSpec* port = kind.port(end.port, side);
  const std::string what = fmt::format("{} `{}`", kind.name, instance.name);
  if (port == nullptr) {
    const std::string ports = ports_of(kind, side);
    if (end.port == "self") {
      if (ports.empty()) {
        sink_.report(end.span, codes::EdgeNoPort, what, "", std::string(leave_or_reach(side)))
            .help(fmt::format("nothing flows {} a {}", side == syntax::PortSide::source ? "out of" : "into", kind.name));
        return nullptr;
      }
      auto r = sink_.report(end.span, codes::EdgeNeedsPort, side == syntax::PortSide::source ? "from" : "to", what);
      r.help("its ports are " + ports);
      std::string first;
      for (const PortSpec& p : kind.ports) {
        if (p.side == side) {
          first = p.name;
          break;
        }
      }
      if (kind.port(first, side)->argument.empty()) {
        r.fix({end.span.file, end.span.end, end.span.end}, "." + first, diag::Confidence::likely, "add `." + first + "`");
      } else {
        r.help(fmt::format("such as `{}.{} \"/…\" -> …`", instance.name, first));
      }
      return nullptr;
    }
    auto r = sink_.report(end.span, codes::EdgeNoPort, what, "`" + end.port + "` ", std::string(leave_or_reach(side)));
    std::vector<std::string> names;
    for (const PortSpec& p : kind.ports) {
      if (p.side == side) names.push_back(p.name);
    }
    if (const std::string near = diag::nearest(end.port, names); !near.empty()) {
      r.help("did you mean `" + near + "`?").fix(end.span, near, diag::Confidence::likely, "write `" + near + "`");
    } else {
      r.help(ports.empty() ? "it has none" : "its ports are " + ports);
    }
    return nullptr;
  }
  const bool call = d.arrow == syntax::Arrow::call;
  if (call ? !port->call : !port->hand_over) {
    // An arrow of another language was reported, and stands for none of ours in particular.
    for (const diag::Diagnostic& said : sink_.all()) {
      if (said.span == d.arrow_span && said.code == codes::SyntaxForeignArrow.id) return nullptr;
    }
    auto r = sink_.report(d.arrow_span, codes::EdgeArrow, end.port == "self" ? what : what + " at `" + end.port + "`",
                          call ? "~>" : "->", call ? "->" : "~>");
    r.help(call ? "nobody waits for an answer here; write `~>`" : "the answer is waited for here; write `->`")
        .fix(d.arrow_span, call ? "~>" : "->", diag::Confidence::likely, call ? "write `~>`" : "write `->`");
    return nullptr;
  }
  return port;
}

void Builder::build_edge(const PendingEdge& pending) {
  const syntax::EdgeDecl& d = *pending.declaration;
  std::optional<End> from;
  if (pending.within != nullptr) {
    Instance& self = *pending.within;
    const Span span = d.from ? d.from->span : d.arrow_span;
    if (!d.from) {
      from = resolve_inside(self, {}, syntax::PortSide::source, span);
    } else if (d.from->computed ||
               (self.kind != nullptr && self.kind->primitive &&
                self.kind->port(d.from->path[0].text, syntax::PortSide::source) == nullptr &&
                d.from->path[0].text != "self" && lookup(*pending.scope, d.from->path[0].text) != nullptr)) {
      sink_.report(span, codes::StatementMisplaced, "an edge from another node", "in the braces of `" + self.name + "`")
          .help("put it outside; in here an edge begins with a port of `" + self.name + "`, or with the arrow");
      return;
    } else {
      std::span<const syntax::Name> path = d.from->path;
      if (path[0].text == "self") path = path.subspan(1);
      from = resolve_inside(self, path, syntax::PortSide::source, span);
    }
  } else if (!d.from) {
    sink_.report(d.arrow_span, codes::StatementMisplaced, "an edge without a source", "outside a node")
        .help("say where it comes from: `my_node -> …`");
    return;
  } else {
    from = resolve_endpoint(*d.from, *pending.scope, syntax::PortSide::source);
  }
  auto to = resolve_endpoint(d.to, *pending.scope, syntax::PortSide::target);
  if (!from || !to || from->instance == nullptr || to->instance == nullptr) return;

  const PortSpec* source = check_port(*from, syntax::PortSide::source, d);
  const PortSpec* target = source == nullptr ? nullptr : check_port(*to, syntax::PortSide::target, d);
  if (source == nullptr || target == nullptr) return;

  Edge edge;
  edge.id = EdgeId{static_cast<std::uint32_t>(out_.edges.size())};
  edge.from = {*from->instance->node, from->port, ""};
  edge.to = {*to->instance->node, to->port, ""};
  edge.delivery = d.arrow == syntax::Arrow::call ? Delivery::call : Delivery::hand_over;
  edge.doc = d.doc;
  edge.span = d.span;
  edge.arrow_span = d.arrow_span;

  if (!source->argument.empty()) {
    if (!d.argument) {
      sink_.report(from->span, codes::EdgeArgument, fmt::format("`{}` needs a {}", source->name, source->argument))
          .help(fmt::format("`{} \"{}\" -> {}`", source->name, source->argument == "path" ? "/…" : "…", to->instance->name));
      return;
    }
    auto v = raw(*d.argument, *pending.scope, nullptr);
    if (!v) return;
    const auto* text = v->get<std::string>();
    if (text == nullptr) {
      (void)too_late(d.argument->span, *v, "a " + source->argument);
      return;
    }
    edge.from.argument = *text;
    if (source->argument == "path") {
      if (const auto why = no_path(*text)) {
        sink_.report(d.argument->span, codes::EdgeArgument, fmt::format("a path {}, and `{}` does not", *why, *text));
        return;
      }
      for (const Edge& other : out_.edges) {
        if (other.from.node != edge.from.node || other.from.name != edge.from.name || other.from.argument != *text) continue;
        sink_
            .report(d.argument->span, codes::EdgeArgument,
                    fmt::format("there is a route `{} \"{}\"` already", source->name, *text))
            .label(other.span, "this one");
        return;
      }
    }
  } else if (d.argument) {
    sink_.report(d.argument->span, codes::EdgeArgument, fmt::format("`{}` takes no text", source->name));
    return;
  }

  std::vector<AttributeSpec> specs;
  specs.reserve(source->properties.size() + target->properties.size() + common_properties().size());
  for (const auto* list : {&source->properties, &target->properties, &common_properties()}) {
    for (const AttributeSpec& s : *list) {
      bool known = false;
      for (const AttributeSpec& k : specs) known = known || k.name == s.name;
      if (!known) specs.push_back(s);
    }
  }
  for (const std::string& cloud : options_.clouds) {
    specs.push_back(raw_properties(cloud));
    for (AttributeSpec& spec : place_attributes(cloud)) specs.push_back(std::move(spec));
    specs.push_back(beside_attribute(cloud));
  }
  std::vector<Placed> body;
  flatten(d.properties, *pending.scope, body);
  for (const Placed& p : body) {
    if (std::holds_alternative<syntax::AllowDecl>(p.statement->data)) {
      if (p.scope != pending.scope) misplaced(*p.statement, "in a `for` or an `if`");
    } else if (!std::holds_alternative<syntax::Attribute>(p.statement->data) &&
               !std::holds_alternative<syntax::OnBlock>(p.statement->data)) {
      misplaced(*p.statement, "in an edge");
    }
  }
  GivenMap given;
  std::map<std::string, GivenMap, std::less<>> on;
  collect_given(body, given, on);
  const std::string what = "the edge `" + describe(out_, edge) + "`";
  report_unknown_attributes(specs, "", given, what);
  for (const auto& [cloud, here] : on) report_unknown_attributes(specs, cloud, here, what);
  edge.properties = evaluate_attributes(specs, "", given, nullptr, d.arrow_span, what, true);
  for (const auto& [cloud, here] : on)
    edge.on.emplace(cloud, evaluate_attributes(specs, cloud, given, &here, d.arrow_span, what, false));
  out_.edges.push_back(std::move(edge));
}

}  // namespace virga::architecture
