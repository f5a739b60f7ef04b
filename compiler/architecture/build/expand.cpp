// Statements → instances: `for` and `if` unrolled, names bound, kinds with a body opened up.
#include "compiler/architecture/build/state.h"

#include "compiler/diagnostics/suggest.h"

#include <algorithm>

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

}  // namespace

std::string name_statement(const syntax::Statement& s) {
  struct Visitor {
    std::string operator()(const syntax::Attribute& x) const { return "`" + x.name.text + " = …`"; }
    std::string operator()(const syntax::AttributeDecl& x) const { return "the declaration `" + x.name.text + ": …`"; }
    std::string operator()(const syntax::EdgeDecl&) const { return "an edge"; }
    std::string operator()(const syntax::NodeDecl& x) const { return "the node `" + x.name.text + "`"; }
    std::string operator()(const syntax::AppDecl&) const { return "an `app`"; }
    std::string operator()(const syntax::ParamDecl&) const { return "a `param`"; }
    std::string operator()(const syntax::LetDecl&) const { return "a `let`"; }
    std::string operator()(const syntax::OutputDecl&) const { return "an `output`"; }
    std::string operator()(const syntax::UseDecl&) const { return "a `use`"; }
    std::string operator()(const syntax::KindDecl&) const { return "a `kind`"; }
    std::string operator()(const syntax::TypeDecl&) const { return "a `type`"; }
    std::string operator()(const syntax::PortDecl&) const { return "a port's declaration"; }
    std::string operator()(const syntax::PortAlias&) const { return "a `port`"; }
    std::string operator()(const syntax::StageDecl&) const { return "a `stage`"; }
    std::string operator()(const syntax::Overlay& x) const { return "`" + x.path.back().text + " { … }`"; }
    std::string operator()(const syntax::OnBlock& x) const { return "`on " + x.cloud.text + "`"; }
    std::string operator()(const syntax::RequireDecl&) const { return "a `require`"; }
    std::string operator()(const syntax::AllowDecl&) const { return "an `allow`"; }
    std::string operator()(const syntax::MovedDecl&) const { return "a `moved`"; }
    std::string operator()(const syntax::ForBlock&) const { return "a `for`"; }
    std::string operator()(const syntax::IfBlock&) const { return "an `if`"; }
  };
  return std::visit(Visitor{}, s.data);
}

Span head_of(const syntax::Statement& s) {
  if (const auto* x = std::get_if<syntax::Attribute>(&s.data)) return x->name.span;
  if (const auto* x = std::get_if<syntax::AttributeDecl>(&s.data)) return x->name.span;
  if (const auto* x = std::get_if<syntax::NodeDecl>(&s.data)) return x->name.span;
  if (const auto* x = std::get_if<syntax::EdgeDecl>(&s.data)) return x->arrow_span;
  if (const auto* x = std::get_if<syntax::AppDecl>(&s.data)) return x->name.span;
  if (const auto* x = std::get_if<syntax::ParamDecl>(&s.data)) return x->name.span;
  if (const auto* x = std::get_if<syntax::LetDecl>(&s.data)) return x->name.span;
  if (const auto* x = std::get_if<syntax::OutputDecl>(&s.data)) return x->name.span;
  if (const auto* x = std::get_if<syntax::KindDecl>(&s.data)) return x->name.span;
  if (const auto* x = std::get_if<syntax::StageDecl>(&s.data)) return x->name.span;
  if (const auto* x = std::get_if<syntax::Overlay>(&s.data)) return x->path.back().span;
  if (const auto* x = std::get_if<syntax::OnBlock>(&s.data)) return x->cloud.span;
  if (const auto* x = std::get_if<syntax::AllowDecl>(&s.data)) return x->code.span;
  return span_of(s);
}

void Builder::misplaced(const syntax::Statement& statement, std::string_view where) {
  const Span span = head_of(statement);
  // Behind a brace that nothing closes, everything stands in the wrong place.
  for (const diag::Diagnostic& said : sink_.all()) {
    if (said.span.file == span.file && said.code == codes::SyntaxUnclosed.id) return;
  }
  // `timeout: 30s` in a node reads as the declaration of an attribute.
  if (const auto* d = std::get_if<syntax::AttributeDecl>(&statement.data);
      d != nullptr && where != "at the top of a file" && where != "in a `for` or an `if`") {
    const Span between{d->name.span.file, d->name.span.end, d->type.span.begin};
    // A lone name as the type is what was meant as the value.
    const bool plain = d->type.name && d->type.arguments.empty() && d->type.members.empty() && !d->type.optional &&
                       d->fallback == nullptr && d->constraints.empty();
    sink_.report(between, codes::SyntaxColonForEqual)
        .help("write `" + d->name.text + " = …`")
        .fix(between, " = ", plain ? diag::Confidence::certain : diag::Confidence::likely, "write `=`");
    return;
  }
  auto r = sink_.report(span, codes::StatementMisplaced, name_statement(statement), std::string(where));
  if (const auto* a = std::get_if<syntax::Attribute>(&statement.data); a != nullptr && where == "at the top of a file") {
    r.help(a->name.text == "let"
               ? "`let` is followed by a name: `let my_name = …`"
               : "a value with a name is `let " + a->name.text + " = …`; an attribute stands in a node's braces");
  }
  if (const auto* o = std::get_if<syntax::Overlay>(&statement.data); o != nullptr) {
    const std::string& word = o->path.back().text;
    r.help(find_kind(*app_, o->path) != nullptr ? "a node has a name: `" + word + " my_" + word + " { … }`"
                                                : "a node begins with its kind: `function " + word + " { … }`");
  }
}

void Builder::flatten(const syntax::Statements& statements, Scope& scope, std::vector<Placed>& out) {
  for (const auto& s : statements) {
    if (const auto* loop = std::get_if<syntax::ForBlock>(&s.data)) {
      const bool ran = for_each(loop->variables, *loop->iterable, scope, Rounds::kept, [&](Scope& inner) {
        flatten(loop->body, inner, out);
        return !out_of_steps_;
      });
      incomplete_ = incomplete_ || !ran;
    } else if (const auto* choice = std::get_if<syntax::IfBlock>(&s.data)) {
      const auto taken = compile_time_bool(*choice->condition, scope, "whether these statements stand");
      if (!taken) {
        incomplete_ = true;
        continue;
      }
      flatten(*taken ? choice->then : choice->otherwise, new_scope(&scope, scope.module), out);
    } else if (const auto* let = std::get_if<syntax::LetDecl>(&s.data); let != nullptr && &scope != &app_->scope) {
      Binding b;
      b.tag = Binding::Tag::let;
      b.expression = let->value.get();
      b.scope = &scope;
      b.span = let->name.span;
      (void)bind(scope, let->name, std::move(b));
    } else if (spend(span_of(s))) {
      out.push_back({&s, &scope});
    }
  }
}

void Builder::declare_level(const std::vector<Placed>& body, Instance* owner, Scope& level) {
  const std::size_t first = instances_.size();
  for (const Placed& p : body) {
    if (std::holds_alternative<syntax::NodeDecl>(p.statement->data)) {
      declare_node(p, owner, level);
    } else if (const auto* e = std::get_if<syntax::EdgeDecl>(&p.statement->data)) {
      pending_edges_.push_back({e, p.scope, nullptr});
    } else if (const auto* rule = std::get_if<syntax::RequireDecl>(&p.statement->data)) {
      if (owner != nullptr) rules_.push_back({rule, p.scope, owner});
    } else if (owner != nullptr && p.scope != &level && !std::holds_alternative<syntax::OutputDecl>(p.statement->data) &&
               !std::holds_alternative<syntax::PortAlias>(p.statement->data)) {
      misplaced(*p.statement, "in a `for` or an `if`");  // directly in the kind it was looked at when the kind was declared
    }
  }
  const std::size_t last = instances_.size();
  for (std::size_t i = first; i < last; ++i) {
    Instance& instance = instances_[i];
    flatten(instance.declaration->body, *instance.scope, instance.body);
    for (const Placed& p : instance.body) {
      if (const auto* e = std::get_if<syntax::EdgeDecl>(&p.statement->data)) {
        pending_edges_.push_back({e, p.scope, &instance});
      } else if (std::holds_alternative<syntax::AllowDecl>(p.statement->data)) {
        if (p.scope != instance.scope) misplaced(*p.statement, "in a `for` or an `if`");
      } else if (!std::holds_alternative<syntax::Attribute>(p.statement->data) &&
                 !std::holds_alternative<syntax::OnBlock>(p.statement->data)) {
        misplaced(*p.statement, "in a node");
      }
    }
  }
  for (std::size_t i = first; i < last; ++i) {
    if (instances_[i].kind != nullptr && !instances_[i].kind->primitive) expand_pattern(instances_[i]);
  }
}

void Builder::declare_node(const Placed& placed, Instance* owner, Scope& level) {
  const auto& d = std::get<syntax::NodeDecl>(placed.statement->data);
  syntax::Name name = d.name;
  if (d.computed_name) {
    auto v = raw(*d.computed_name, *placed.scope, nullptr);
    if (!v) return;
    const auto* text = v->get<std::string>();
    if (text == nullptr) {
      (void)too_late(d.computed_name->span, *v, "a node's name");
      incomplete_ = true;
      return;
    }
    name = {*text, d.computed_name->span};
  }
  Binding binding;
  binding.span = name.span;
  const bool raw_resource = d.cloud.has_value();
  Kind* kind = raw_resource ? nullptr : find_kind(*placed.scope->module, d.kind);
  if (!raw_resource && kind == nullptr) {
    std::string path;
    for (const auto& n : d.kind) path += (path.empty() ? "" : ".") + n.text;
    const std::string& first = d.kind.front().text;
    const std::vector<std::string>& missing = placed.scope->module->missing;
    if (std::find(missing.begin(), missing.end(), first) != missing.end() ||
        (d.kind.size() > 1 && !diag::nearest(first, missing).empty())) {
      (void)bind(level, name, std::move(binding));  // of a module that is not there, which was said
      return;
    }
    auto r = sink_.report(join(d.kind.front().span, d.kind.back().span), codes::KindUnknown, path);
    const std::string near = diag::nearest(path, visible_kinds(*placed.scope->module));
    if (!near.empty()) {
      r.help("did you mean `" + near + "`?")
          .fix(join(d.kind.front().span, d.kind.back().span), near, diag::Confidence::likely, "write `" + near + "`");
    } else if (d.kind.size() == 2) {
      r.help("say `use std." + d.kind[0].text + "` or `use \"./" + d.kind[0].text + ".virga\"` first");
    } else {
      r.help("`virga kinds` lists the kinds there are");
    }
    (void)bind(level, name, std::move(binding));
    return;
  }
  if (raw_resource && std::find(options_.clouds.begin(), options_.clouds.end(), d.cloud->text) == options_.clouds.end()) {
    unknown_cloud(*d.cloud);
    (void)bind(level, name, std::move(binding));
    return;
  }
  Instance& instance = instances_.emplace_back();
  instance.declaration = &d;
  instance.kind = kind;
  instance.scope = placed.scope;
  instance.name = (owner != nullptr ? owner->name + "." : "") + name.text;
  if (owner != nullptr) {
    instance.group = owner->group;
    instance.group.push_back(owner->name);
    instance.expanded_from = owner->expanded_from;
    instance.expanded_from.push_back(owner->declaration->name.span);
  }
  binding.tag = Binding::Tag::node;
  binding.instance = &instance;
  if (!bind(level, name, std::move(binding))) {
    instance.kind = nullptr;  // the first of the two stands; this one is forgotten
    instances_.pop_back();
    return;
  }
  if (owner != nullptr) owner->children[name.text] = &instance;
  by_name_[instance.name] = &instance;
  // `a.b` beside `a_b`: the names of their resources and variables would be the same.
  std::string flat = instance.name;
  std::replace(flat.begin(), flat.end(), '.', '_');
  const auto [same, fresh] = flat_names_.emplace(flat, &instance);
  if (!fresh && same->second->name != instance.name) {
    // The one that is not part of a pattern is the one that is easily named otherwise.
    const Instance* named = owner != nullptr && same->second->group.empty() ? same->second : &instance;
    const Instance* other = named == &instance ? same->second : &instance;
    const Span place = named->expanded_from.empty() ? named->declaration->name.span : named->expanded_from.front();
    sink_.report(place, codes::NameDuplicate, named->name)
        .label(other->expanded_from.empty() ? other->declaration->name.span : other->expanded_from.front(),
               "`" + other->name + "` stands here")
        .note("in the names of resources and variables, `" + instance.name + "` and `" + same->second->name +
              "` would be the same");
  }
  if (kind == nullptr || kind->primitive) {
    Node node;
    node.id = NodeId{static_cast<std::uint32_t>(out_.nodes.size())};
    node.kind = raw_resource ? "resource" : kind->name;
    node.name = instance.name;
    node.doc = d.doc;
    node.span = name.span;
    node.expanded_from = instance.expanded_from;
    node.group = instance.group;
    if (raw_resource) {
      node.cloud = d.cloud->text;
      node.vendor_type = d.vendor_type ? d.vendor_type->text : "";
    }
    instance.node = node.id;
    out_.nodes.push_back(std::move(node));
  } else {
    out_.groups[instance.name] = kind->name;
  }
}

void Builder::expand_pattern(Instance& instance) {
  // A pattern within a pattern is opened by recursion, and its name grows with each; this deep no person nests them.
  constexpr std::size_t kDeepest = 32;
  constexpr std::size_t kSteps = 100;  // what opening one costs beside evaluating a value
  if (instance.group.size() >= kDeepest) {
    sink_.report(instance.declaration->name.span, codes::ValueTooDeep, instance.kind->name, std::to_string(kDeepest));
    return;
  }
  if (!spend(instance.declaration->name.span, kSteps)) return;
  const Kind& kind = *instance.kind;
  for (const std::string& outer : instance.group) {
    if (by_name_.find(outer)->second->kind == &kind) {
      sink_.report(kind.span, codes::KindRecursive, kind.name)
          .label(instance.declaration->name.span, "needs another one here")
          .help("a kind's body may hold other kinds, but not, at any depth, the kind itself");
      return;
    }
  }
  Module* module = kind.module.empty() ? core_ : module_by_name_.find(kind.module)->second;
  instance.inner = &new_scope(&module->scope, module);

  GivenMap given;
  std::map<std::string, GivenMap, std::less<>> on;
  collect_given(instance.body, given, on);
  collect_overlays(instance.name, given, on);
  for (const auto& [cloud, here] : on) {
    for (const auto& [name, value] : here) {
      sink_.report(value.name_span, codes::StatementMisplaced, "`on " + cloud + "`", "in a node of a kind with a body")
          .help("say it to the node within, from a stage or in the kind: `" + instance.name + ".… `");
    }
  }
  const std::string what = fmt::format("{} `{}`", kind.name, instance.name);
  report_unknown_attributes(kind.attributes, "", given, what);
  for (const AttributeSpec& spec : kind.attributes) {
    Binding b;
    b.span = spec.span;
    const auto it = given.find(spec.name);
    if (it != given.end()) {
      b.tag = Binding::Tag::let;
      b.expression = it->second.expression;
      b.scope = it->second.scope;
      b.type = spec.type;
      b.bounds = &spec;
    } else if (spec.value) {
      b.tag = Binding::Tag::value;
      b.value = spec.value;
    } else if (spec.fallback != nullptr) {
      b.tag = Binding::Tag::let;
      b.expression = spec.fallback;
      b.scope = instance.inner;
      b.type = spec.type;
    } else if (spec.type.optional) {
      b.tag = Binding::Tag::value;
      b.value = Value{};
      b.absent = true;
    } else {
      if (!misspelt(kind.attributes, given, spec.name)) {
        sink_.report(instance.declaration->name.span, codes::KindMissing, what, spec.name)
            .help(fmt::format("give it {}: `{} = …`", name_of(spec.type), spec.name));
      }
      b.tag = Binding::Tag::broken;
    }
    instance.inner->names[spec.name] = std::move(b);
  }
  flatten(kind.declaration->body, *instance.inner, instance.inner_body);
  declare_level(instance.inner_body, &instance, *instance.inner);
  // Asked for now, so that a wrong value is reported even when the body happens not to use it.
  for (const AttributeSpec& spec : kind.attributes) {
    Binding& b = instance.inner->names[spec.name];
    if (b.tag == Binding::Tag::let) pending_values_.push_back({&b, spec.name});
  }
}

Scope& Builder::new_scope(Scope* parent, Module* module) {
  Scope& s = scopes_.emplace_back();
  s.parent = parent;
  s.module = module;
  return s;
}

}  // namespace virga::architecture
