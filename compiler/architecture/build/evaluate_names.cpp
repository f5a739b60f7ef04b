// Names → values: lets, parameters, nodes, and what `a.b` means.
#include "compiler/architecture/build/state.h"

#include <algorithm>
#include "compiler/diagnostics/suggest.h"

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

/// A bare name, a list, a map, a choice: what their names mean may depend on the type that is wanted.
bool takes_meaning_from_its_place(const syntax::Expr& e) {
  return std::holds_alternative<syntax::NameExpr>(e.data) || std::holds_alternative<syntax::ListExpr>(e.data) ||
         std::holds_alternative<syntax::MapExpr>(e.data) || std::holds_alternative<syntax::IfExpr>(e.data);
}

/// `yes`, `on`, `True`: what it is here; empty for every other word.
std::string_view flag_of_other_languages(std::string_view name) {
  for (const std::string_view word : {"yes", "Yes", "on", "On", "True", "TRUE"}) {
    if (name == word) return "true";
  }
  for (const std::string_view word : {"no", "No", "off", "Off", "False", "FALSE"}) {
    if (name == word) return "false";
  }
  return {};
}

}  // namespace

Binding* Builder::lookup(Scope& scope, std::string_view name) {
  for (Scope* s = &scope; s != nullptr; s = s->parent) {
    if (const auto it = s->names.find(name); it != s->names.end()) return &it->second;
  }
  return nullptr;
}

std::vector<std::string> Builder::visible_names(const Scope& scope) const {
  std::vector<std::string> out;
  for (const Scope* s = &scope; s != nullptr; s = s->parent) {
    for (const auto& [name, binding] : s->names) out.push_back(name);
  }
  return out;
}

std::optional<Value> Builder::raw_name(const std::string& name, Span span, Scope& scope, const Type* hint) {
  if (hint != nullptr && hint->tag == Type::Tag::enumeration) {
    for (const std::string& m : hint->members) {
      if (m == name) return at(Symbol{name}, span);
    }
  }
  if (Binding* binding = lookup(scope, name)) return from_binding(*binding, name, span, hint);
  if (hint != nullptr && hint->tag == Type::Tag::region) return at(Symbol{name}, span);
  if (hint != nullptr && hint->tag == Type::Tag::enumeration) {
    return at(Symbol{name}, span);  // fit() says what the members are
  }
  if (const std::string_view flag = flag_of_other_languages(name);
      !flag.empty() && hint != nullptr && hint->tag == Type::Tag::boolean) {
    sink_.report(span, codes::NameUnknown, name)
        .help(fmt::format("write `{}`", flag))
        .fix(span, std::string(flag), diag::Confidence::certain, fmt::format("write `{}`", flag));
    return std::nullopt;
  }
  const std::string near = diag::nearest(name, visible_names(scope));
  if (incomplete_ && near.empty()) return std::nullopt;  // it may be one of those that could not be made
  if (no_place_) return std::nullopt;
  auto r = sink_.report(span, codes::NameUnknown, name);
  if (!near.empty()) {
    r.help("did you mean `" + near + "`?").fix(span, near, diag::Confidence::likely, "write `" + near + "`");
  } else if (hint != nullptr &&
             (hint->tag == Type::Tag::string || hint->tag == Type::Tag::path || hint->tag == Type::Tag::any)) {
    r.help("text stands in quotes: `\"" + name + "\"`")
        .fix(span, "\"" + name + "\"", diag::Confidence::likely, "put it in quotes");
  }
  return std::nullopt;
}

std::optional<Value> Builder::from_binding(Binding& binding, const std::string& name, Span span, const Type* hint) {
  const auto here = [&](std::optional<Value> v) {
    if (v) v->span = span;
    return v;
  };
  switch (binding.tag) {
    case Binding::Tag::broken: return std::nullopt;
    case Binding::Tag::value: return here(binding.value);
    case Binding::Tag::param:
      if (binding.value) return here(binding.value);
      return at(ParamRef{binding.param}, span);
    case Binding::Tag::node: {
      Instance& instance = *binding.instance;
      if (instance.node) return at(NodeRef{*instance.node}, span);
      // A pattern named as a node is the node behind its first port.
      if (auto end = resolve_inside(instance, {}, syntax::PortSide::target, span))
        return at(NodeRef{*end->instance->node}, span);
      return std::nullopt;
    }
    case Binding::Tag::app:
      sink_.report(span, codes::ValueType, "a value", "the app `" + binding.app->app.name + "`")
          .help("take one of its outputs: `" + name + ".…`");
      return std::nullopt;
    case Binding::Tag::let: break;
  }
  binding.used = true;
  if (binding.busy) {
    sink_.report(binding.span.known() ? binding.span : span, codes::ValueCycle, name)
        .label(span, "needed here to know itself");
    binding.tag = Binding::Tag::broken;
    return std::nullopt;
  }
  // What such a let means may depend on the type wanted here; everything else is evaluated once.
  const bool depends = !binding.type && takes_meaning_from_its_place(*binding.expression);
  if (binding.cached && !depends) return *binding.cached ? here(*binding.cached) : std::nullopt;
  // A row of lets that need each other is recursion of the evaluator; this many no person writes.
  constexpr int kDeepest = 200;
  if (depth_ >= kDeepest) {
    sink_.report(span, codes::ValueTooDeep, name, std::to_string(kDeepest));
    binding.tag = Binding::Tag::broken;
    return std::nullopt;
  }
  binding.busy = true;
  ++depth_;
  std::optional<Value> v;
  if (binding.type) {
    AttributeSpec passed_on;  // a pattern's attribute is checked again where the pattern uses it
    passed_on.name = name;
    passed_on.late = true;
    v = evaluate(*binding.expression, *binding.scope, *binding.type,
                 binding.bounds != nullptr ? binding.bounds : &passed_on);
  } else if (depends && hint != nullptr && hint->tag != Type::Tag::any && !stands_for_another(binding, *hint)) {
    v = evaluate(*binding.expression, *binding.scope, *hint);
  } else {
    v = raw(*binding.expression, *binding.scope, hint);
  }
  --depth_;
  binding.busy = false;
  if (!depends) binding.cached = v;
  return here(v);
}

void Builder::evaluate_unused_lets() {
  for (Module& m : modules_) {
    if (&m == core_) continue;
    for (auto& [name, binding] : m.scope.names) {
      if (binding.tag != Binding::Tag::let || binding.used) continue;
      no_place_ = takes_meaning_from_its_place(*binding.expression);
      (void)from_binding(binding, name, binding.span, nullptr);
    }
  }
  no_place_ = false;
}

bool Builder::stands_for_another(const Binding& binding, const Type& hint) {
  const auto* name = std::get_if<syntax::NameExpr>(&binding.expression->data);
  if (name == nullptr || std::find(hint.members.begin(), hint.members.end(), name->name) != hint.members.end()) return false;
  return lookup(*binding.scope, name->name) != nullptr;
}

std::optional<Value> Builder::output_of(Instance& instance, const syntax::Name& output) {
  if (instance.kind == nullptr)
    return at(OutputRef{*instance.node, output.text}, output.span);  // raw: the vendor's own attribute
  if (instance.node) {
    for (const OutputSpec& o : instance.kind->outputs) {
      if (o.name == output.text) return at(OutputRef{*instance.node, output.text}, output.span);
    }
  } else {
    for (const Placed& p : instance.inner_body) {
      const auto* o = std::get_if<syntax::OutputDecl>(&p.statement->data);
      if (o != nullptr && o->name.text == output.text && o->value) return raw(*o->value, *p.scope, nullptr);
    }
  }
  auto r = sink_.report(output.span, codes::OutputUnknown, fmt::format("{} `{}`", instance.kind->name, instance.name),
                        output.text);
  std::vector<std::string> names;
  for (const OutputSpec& o : instance.kind->outputs) names.push_back(o.name);
  const std::string near = diag::nearest(output.text, names);
  if (!near.empty()) {
    r.help("did you mean `" + near + "`?").fix(output.span, near, diag::Confidence::likely, "write `" + near + "`");
    return std::nullopt;
  }
  std::string all;
  for (const std::string& n : names) all += (all.empty() ? "`" : ", `") + n + "`";
  r.help(all.empty() ? "this kind has no outputs" : (names.size() == 1 ? "its only output is " : "its outputs are ") + all);
  return std::nullopt;
}

std::optional<Value> Builder::engine_value(const syntax::Name& name) {
  static const std::vector<std::string> known = {"account", "region", "partition", "stack_id", "stack_name", "url_suffix"};
  if (std::find(known.begin(), known.end(), name.text) == known.end()) {
    auto r = sink_.report(name.span, codes::OutputUnknown, "the engine", name.text);
    if (const std::string near = diag::nearest(name.text, known); !near.empty()) {
      r.help("did you mean `" + near + "`?").fix(name.span, near, diag::Confidence::likely, "write `" + near + "`");
    } else {
      std::string all;
      for (const std::string& k : known) all += (all.empty() ? "`" : ", `") + k + "`";
      r.help("it knows " + all);
    }
    return std::nullopt;
  }
  const auto before =
      std::find_if(out_.params.begin(), out_.params.end(), [&](const Param& p) { return p.engine == name.text; });
  if (before != out_.params.end()) return at(ParamRef{before->id}, name.span);
  Param param;
  param.id = ParamId{static_cast<std::uint32_t>(out_.params.size())};
  param.name = "engine." + name.text;
  param.type.tag = Type::Tag::string;
  param.engine = name.text;
  param.span = name.span;
  out_.params.push_back(param);
  return at(ParamRef{param.id}, name.span);
}

std::optional<Value> Builder::raw_member(const syntax::MemberExpr& m, Span span, Scope& scope) {
  std::optional<Value> value;
  std::size_t next = 0;
  if (const auto* name = std::get_if<syntax::NameExpr>(&m.base->data)) {
    Binding* binding = lookup(scope, name->name);
    if (binding != nullptr && binding->tag == Binding::Tag::node) {
      value =
          reads_ != nullptr ? member_in_rule(*binding->instance, m.members[0]) : output_of(*binding->instance, m.members[0]);
      next = 1;
    } else if (binding != nullptr && binding->tag == Binding::Tag::app) {
      value = output_of_app(*binding->app, m.members[0], join(m.base->span, m.members[0].span));
      next = 1;
    } else if (binding == nullptr && name->name == "engine") {
      value = engine_value(m.members[0]);
      next = 1;
    }
  }
  if (next == 0) value = raw(*m.base, scope, nullptr);
  for (; value && next < m.members.size(); ++next) {
    const syntax::Name& member = m.members[next];
    if (const auto* map = value->get<Map>()) {
      const Value* found = map->find(member.text);
      if (found == nullptr) {
        std::vector<std::string> keys;
        for (const MapEntry& e : map->entries) keys.push_back(e.key);
        auto r = sink_.report(member.span, codes::ValueIndex, "key `" + member.text + "`");
        if (const std::string near = diag::nearest(member.text, keys); !near.empty()) {
          r.help("did you mean `" + near + "`?").fix(member.span, near, diag::Confidence::likely, "write `" + near + "`");
        }
        return std::nullopt;
      }
      value = Value(*found);
    } else if (const auto* node = value->get<NodeRef>()) {
      Instance* found = by_name_.find(out_.node(node->node).name)->second;
      value = reads_ != nullptr ? member_in_rule(*found, member) : output_of(*found, member);
    } else {
      sink_.report(member.span, codes::ValueType, "a map or a node before `." + member.text + "`", describe_value(*value));
      return std::nullopt;
    }
  }
  if (value) value->span = span;
  return value;
}

}  // namespace virga::architecture
