// The app itself: what it is called, where it goes, its parameters, outputs and stages.
#include "compiler/architecture/build/state.h"

#include "compiler/diagnostics/suggest.h"

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

std::string join_path(const std::vector<syntax::Name>& path) {
  std::string out;
  for (const syntax::Name& n : path) out += (out.empty() ? "" : ".") + n.text;
  return out;
}

/// `cloud.format` in a list of targets: a bare name with members.
std::optional<std::string> dotted(const syntax::Expr& e) {
  if (const auto* n = std::get_if<syntax::NameExpr>(&e.data)) return n->name;
  const auto* m = std::get_if<syntax::MemberExpr>(&e.data);
  const auto* base = m == nullptr ? nullptr : std::get_if<syntax::NameExpr>(&m->base->data);
  if (base == nullptr) return std::nullopt;
  return base->name + "." + join_path(m->members);
}

}  // namespace

void Builder::collect_top_level() {
  const auto declare = [&](const syntax::Statement& s) {
    if (const auto* p = std::get_if<syntax::ParamDecl>(&s.data)) declare_param(*p);
    if (const auto* stage = std::get_if<syntax::StageDecl>(&s.data)) {
      stage_names_.emplace(stage->name.text, std::pair(stage->name.span, false));
      if (stage->name.text == options_.stage) stages_.push_back(stage);
    }
  };
  for (const Unit& u : program_.app) {
    for (const auto& s : u.file->statements) declare(s);
  }
  for (const auto& [name, where] : stage_names_) out_.app.stages.push_back(name);
  if (!options_.stage.empty()) {
    out_.app.stage = options_.stage;
    if (stages_.empty()) {
      std::vector<std::string> names;
      for (const auto& [name, where] : stage_names_) names.push_back(name);
      auto r = sink_.report({}, codes::StageUnknown, options_.stage);
      std::string all;
      for (const std::string& n : names) all += (all.empty() ? "`" : ", `") + n + "`";
      if (const std::string near = diag::nearest(options_.stage, names); !near.empty()) {
        r.help("did you mean `--stage " + near + "`?");
      } else {
        r.help(all.empty() ? "the program declares none: `stage " + options_.stage + " { }`"
                           : "the program's stages are " + all);
      }
    }
  }
  apply_stage_params();

  for (const Unit& u : program_.app) flatten(u.file->statements, app_->scope, top_level_);
  for (const syntax::StageDecl* stage : stages_) {
    std::vector<Placed> body;
    flatten(stage->body, app_->scope, body);
    for (const Placed& p : body) {
      if (const auto* o = std::get_if<syntax::Overlay>(&p.statement->data)) {
        overlays_.push_back({o, join_path(o->path), false});
      } else if (std::holds_alternative<syntax::NodeDecl>(p.statement->data) ||
                 std::holds_alternative<syntax::EdgeDecl>(p.statement->data) ||
                 std::holds_alternative<syntax::RequireDecl>(p.statement->data) ||
                 std::holds_alternative<syntax::OutputDecl>(p.statement->data)) {
        top_level_.push_back(p);
      } else if (!std::holds_alternative<syntax::Attribute>(p.statement->data)) {
        misplaced(*p.statement, "in a stage");
      }
    }
  }
  for (const Placed& p : top_level_) {
    const auto& s = *p.statement;
    if (const auto* app = std::get_if<syntax::AppDecl>(&s.data)) {
      if (app_declaration_ != nullptr) {
        sink_.report(app->name.span, codes::AppTwice).label(app_declaration_->name.span, "the first");
        continue;
      }
      app_declaration_ = app;
      check_name_style(app->name);
      out_.app.name = app->name.text;
      out_.app.span = app->name.span;
    } else if (const auto* output = std::get_if<syntax::OutputDecl>(&s.data)) {
      outputs_.push_back({output, p.scope});
    } else if (const auto* rule = std::get_if<syntax::RequireDecl>(&s.data)) {
      rules_.push_back({rule, p.scope, nullptr});
    } else if (const auto* moved = std::get_if<syntax::MovedDecl>(&s.data)) {
      if (p.scope != &app_->scope) misplaced(s, "in a `for` or an `if`");
      else moved_.push_back(moved);
    } else if (std::holds_alternative<syntax::ParamDecl>(s.data) || std::holds_alternative<syntax::StageDecl>(s.data) ||
               std::holds_alternative<syntax::KindDecl>(s.data) || std::holds_alternative<syntax::TypeDecl>(s.data) ||
               std::holds_alternative<syntax::UseDecl>(s.data) || std::holds_alternative<syntax::AllowDecl>(s.data)) {
      if (p.scope != &app_->scope) misplaced(s, "in a `for` or an `if`");
    } else if (std::holds_alternative<syntax::Attribute>(s.data) || std::holds_alternative<syntax::AttributeDecl>(s.data) ||
               std::holds_alternative<syntax::PortDecl>(s.data) || std::holds_alternative<syntax::PortAlias>(s.data) ||
               std::holds_alternative<syntax::Overlay>(s.data) || std::holds_alternative<syntax::OnBlock>(s.data)) {
      misplaced(s, "at the top of a file");
    }
  }
  if (app_declaration_ == nullptr && program_.complete) {
    const std::string where = program_.app.size() == 1 ? "this program" : "these files";
    Span span = program_.app.empty() ? Span{} : Span{program_.app.front().file->id, 0, 0};
    if (span.known() && !program_.app.front().file->statements.empty()) {
      span.begin = span.end = span_of(program_.app.front().file->statements.front()).begin;
    }
    bool complete = true;
    for (const Unit& u : program_.app) complete = complete && u.file->complete;
    if (complete)
      sink_.report(span, codes::AppMissing, where)
          .help("begin with `app my_app { }`: its name is part of every resource's name");
  }
}

void Builder::declare_param(const syntax::ParamDecl& d) {
  Param param;
  param.id = ParamId{static_cast<std::uint32_t>(out_.params.size())};
  param.name = d.name.text;
  param.doc = d.doc;
  param.span = d.name.span;
  auto type = resolve_type(*app_, d.type);
  Binding binding;
  binding.span = d.name.span;
  if (!type) {
    (void)bind(app_->scope, d.name, std::move(binding));
    return;
  }
  switch (type->tag) {
    case Type::Tag::string:
    case Type::Tag::integer:
    case Type::Tag::number:
    case Type::Tag::boolean:
    case Type::Tag::quantity:
    case Type::Tag::enumeration:
    case Type::Tag::secret: break;
    default:
      sink_.report(d.type.span, codes::ValueType,
                   "a type that can be asked for at deployment (text, a number, a quantity, `bool`, an `enum`, `secret`)",
                   "`" + to_text(*type) + "`");
      (void)bind(app_->scope, d.name, std::move(binding));
      return;
  }
  param.type = *type;
  param.allowed = type->members;
  for (const auto& s : d.constraints) {
    if (const auto* block = std::get_if<syntax::OnBlock>(&s.data)) {
      read_place(*block, app_->scope, "a parameter", param.on);
      continue;
    }
    const auto* a = std::get_if<syntax::Attribute>(&s.data);
    if (a == nullptr) {
      misplaced(s, "among the constraints of a parameter");
      continue;
    }
    Type same = *type;
    same.optional = false;
    Type text;
    text.tag = Type::Tag::string;
    if (a->name.text == "min") {
      param.min = evaluate(*a->value, app_->scope, same);
    } else if (a->name.text == "max") {
      param.max = evaluate(*a->value, app_->scope, same);
    } else if (a->name.text == "pattern") {
      if (auto v = evaluate(*a->value, app_->scope, text)) param.pattern = read_pattern(*v, a->value->span);
    } else {
      sink_.report(a->name.span, codes::KindAttribute, "a parameter", a->name.text)
          .help("it can say `min`, `max` and `pattern`");
    }
  }
  if (d.fallback) {
    AttributeSpec spec;
    spec.name = param.name;
    spec.min = param.min;
    spec.max = param.max;
    spec.pattern = param.pattern;
    param.fallback = evaluate(*d.fallback, app_->scope, *type, &spec);
  }
  binding.tag = Binding::Tag::param;
  binding.param = param.id;
  if (bind(app_->scope, d.name, std::move(binding))) out_.params.push_back(std::move(param));
}

void Builder::read_place(const syntax::OnBlock& block, Scope& scope, std::string_view what,
                         std::map<std::string, Attributes, std::less<>>& on) {
  const std::string& cloud = block.cloud.text;
  if (std::find(options_.clouds.begin(), options_.clouds.end(), cloud) == options_.clouds.end()) {
    unknown_cloud(block.cloud);
    return;
  }
  GivenMap given;
  for (const auto& s : block.body) {
    if (const auto* a = std::get_if<syntax::Attribute>(&s.data))
      given.emplace(a->name.text, Given{a->value.get(), &scope, Origin::cloud, a->name.span});
    else misplaced(s, "in an `on` block");
  }
  std::vector<AttributeSpec> specs = place_attributes(cloud);
  report_unknown_attributes(specs, cloud, given, what);
  on[cloud] = evaluate_attributes(specs, cloud, given, nullptr, block.cloud.span, what, false);
}

void Builder::apply_stage_params() {
  std::map<std::string, Span, std::less<>> seen;
  for (const syntax::StageDecl* stage : stages_) {
    for (const auto& s : stage->body) {
      const auto* a = std::get_if<syntax::Attribute>(&s.data);
      if (a == nullptr) continue;
      Binding* b = lookup(app_->scope, a->name.text);
      if (b == nullptr || b->tag != Binding::Tag::param) {
        if (b != nullptr && b->tag == Binding::Tag::broken) continue;
        std::vector<std::string> names;
        for (const Param& p : out_.params) names.push_back(p.name);
        auto r = sink_.report(a->name.span, codes::NameUnknown, a->name.text);
        r.note("in a stage, `name = value` gives a parameter its value");
        if (const std::string near = diag::nearest(a->name.text, names); !near.empty()) {
          r.fix(a->name.span, near, diag::Confidence::likely, "write `" + near + "`");
        }
        continue;
      }
      if (const auto [first, fresh] = seen.emplace(a->name.text, a->name.span); !fresh) {
        sink_.report(a->name.span, codes::KindAttributeTwice, a->name.text).label(first->second, "given here first");
        continue;
      }
      const Param p = out_.param(b->param);  // evaluating may add parameters
      AttributeSpec spec;
      spec.name = p.name;
      spec.min = p.min;
      spec.max = p.max;
      spec.pattern = p.pattern;
      if (auto v = evaluate(*a->value, app_->scope, p.type, &spec)) b->value = std::move(v);
    }
  }
}

void Builder::read_targets(const syntax::Expr& expression, Scope& scope) {
  const auto* list = std::get_if<syntax::ListExpr>(&expression.data);
  if (list == nullptr) {
    sink_
        .report(expression.span, codes::ValueType, "a list of targets",
                dotted(expression) ? "a single one" : "something else")
        .help("write `targets = [" + (options_.targets.empty() ? "" : options_.targets[0]) + "]`");
    return;
  }
  for (const auto& item : list->items) {
    const auto name = dotted(*item);
    if (!name) {
      auto v = raw(*item, scope, nullptr);
      if (!v) continue;
      const auto* text = v->get<std::string>();
      auto r = sink_.report(item->span, codes::ValueType, "a target", describe_value(*v));
      if (text != nullptr && std::find(options_.targets.begin(), options_.targets.end(), *text) != options_.targets.end()) {
        r.help("write it without quotes: `" + *text + "`")
            .fix(item->span, *text, diag::Confidence::certain, "take the quotes away");
      }
      continue;
    }
    if (std::find(options_.targets.begin(), options_.targets.end(), *name) == options_.targets.end()) {
      auto r = sink_.report(item->span, codes::AppTarget, *name);
      std::string all;
      for (const std::string& t : options_.targets) all += (all.empty() ? "`" : ", `") + t + "`";
      const std::string near = diag::nearest(*name, options_.targets);
      if (!near.empty()) r.fix(item->span, near, diag::Confidence::likely, "write `" + near + "`");
      r.help("the targets are " + all);
      continue;
    }
    const auto before = std::find(out_.app.targets.begin(), out_.app.targets.end(), Symbol{*name});
    if (before != out_.app.targets.end()) {
      const auto at = static_cast<std::size_t>(before - out_.app.targets.begin());
      sink_.report(item->span, codes::AppListedTwice, *name).label(out_.app.target_spans[at], "listed here first");
      continue;
    }
    out_.app.targets.push_back({*name});
    out_.app.target_spans.push_back(item->span);
  }
}

/// The regions, without those that stand twice.
Values Builder::each_once(const Values& regions) {
  Values out;
  for (const Value& v : regions) {
    const auto* name = v.get<Symbol>();
    const auto before =
        std::find_if(out.begin(), out.end(), [&](const Value& o) { return name != nullptr && o.data == v.data; });
    if (before == out.end()) out.push_back(v);
    else sink_.report(v.span, codes::AppListedTwice, name->name).label(before->span, "listed here first");
  }
  return out;
}

void Builder::app_attribute(const syntax::Attribute& a, Scope& scope, const std::string& cloud) {
  Type type;
  if (a.name.text == "description" && cloud.empty()) {
    type.tag = Type::Tag::string;
    if (auto v = evaluate(*a.value, scope, type)) {
      if (v->get<std::string>()) out_.app.description = *v->get<std::string>();
      else too_late(a.value->span, *v, "`description`");
    }
  } else if (a.name.text == "targets" && cloud.empty()) {
    out_.app.targets.clear();
    out_.app.target_spans.clear();
    read_targets(*a.value, scope);
  } else if (a.name.text == "regions") {
    type.tag = Type::Tag::list;
    type.arguments.emplace_back().tag = Type::Tag::region;
    if (auto v = evaluate(*a.value, scope, type)) out_.app.regions[cloud] = each_once(*v->get<Values>());
  } else if (a.name.text == "tags" && cloud.empty()) {
    type.tag = Type::Tag::map;
    type.arguments.emplace_back().tag = Type::Tag::string;
    if (auto v = evaluate(*a.value, scope, type)) out_.app.tags = *v->get<Map>();
  } else if (a.name.text == "quotas" && cloud.empty()) {
    type.tag = Type::Tag::map;
    Type& of_cloud = type.arguments.emplace_back();
    of_cloud.tag = Type::Tag::map;
    of_cloud.arguments.emplace_back();
    if (auto v = evaluate(*a.value, scope, type)) out_.app.quotas = *v->get<Map>();
  } else if (a.name.text == "budget" && cloud.empty()) {
    type.tag = Type::Tag::map;
    type.arguments.emplace_back().tag = Type::Tag::number;
    if (auto v = evaluate(*a.value, scope, type)) out_.app.budget = *v->get<Map>();
  } else if (a.name.text == "adopted" && !cloud.empty()) {
    type.tag = Type::Tag::map;
    type.arguments.emplace_back();
    AttributeSpec late;  // sections of a template may speak of parameters
    late.name = a.name.text;
    late.late = true;
    if (auto v = evaluate(*a.value, scope, type, &late)) out_.app.adopted[cloud] = *v->get<Map>();
  } else {
    const std::vector<std::string> known =
        cloud.empty() ? std::vector<std::string>{"description", "targets", "regions", "tags", "quotas", "budget"}
                      : std::vector<std::string>{"regions", "adopted"};
    auto r = sink_.report(a.name.span, codes::AppAttribute, a.name.text);
    if (const std::string near = diag::nearest(a.name.text, known); !near.empty()) {
      r.help("did you mean `" + near + "`?").fix(a.name.span, near, diag::Confidence::likely, "write `" + near + "`");
    } else {
      r.help(cloud.empty() ? "it has description, targets, regions, tags, quotas and budget"
                           : "to one cloud it says only `regions` and `adopted`");
    }
  }
}

void Builder::read_app(const syntax::AppDecl& d) {
  const auto body = [&](const syntax::Statements& statements, bool in_stage) {
    std::vector<Placed> placed;
    flatten(statements, app_->scope, placed);
    std::map<std::string, Span, std::less<>> seen;
    for (const Placed& p : placed) {
      if (const auto* a = std::get_if<syntax::Attribute>(&p.statement->data)) {
        const auto [first, fresh] = seen.emplace(a->name.text, a->name.span);
        if (!fresh)
          sink_.report(a->name.span, codes::KindAttributeTwice, a->name.text).label(first->second, "given here first");
        else app_attribute(*a, *p.scope, "");
      } else if (const auto* on = std::get_if<syntax::OnBlock>(&p.statement->data)) {
        if (std::find(options_.clouds.begin(), options_.clouds.end(), on->cloud.text) == options_.clouds.end()) {
          unknown_cloud(on->cloud);
          continue;
        }
        for (const auto& inner : on->body) {
          if (const auto* said = std::get_if<syntax::Attribute>(&inner.data)) app_attribute(*said, *p.scope, on->cloud.text);
          else misplaced(inner, "in an `on` block");
        }
      } else if (std::holds_alternative<syntax::AllowDecl>(p.statement->data)) {
        if (in_stage) misplaced(*p.statement, "where a stage changes the app");
        else if (p.scope != &app_->scope) misplaced(*p.statement, "in a `for` or an `if`");
      } else {
        misplaced(*p.statement, "in an app");
      }
    }
  };
  body(d.body, false);
  out_.app.description = out_.app.description.empty() ? d.doc : out_.app.description;
  for (PendingOverlay& overlay : overlays_) {
    if (overlay.path != "app") continue;
    overlay.used = true;
    body(overlay.declaration->body, true);
  }
}

void Builder::read_outputs() {
  std::map<std::string, Span, std::less<>> seen;
  for (const auto& [d, scope] : outputs_) {
    check_name_style(d->name);
    const auto [it, fresh] = seen.emplace(d->name.text, d->name.span);
    if (!fresh) {
      sink_.report(d->name.span, codes::NameDuplicate, d->name.text).label(it->second, "declared here first");
      continue;
    }
    if (!d->value) {
      sink_.report(d->name.span, codes::KindMissing, "the output `" + d->name.text + "`", "= …")
          .help("write `output " + d->name.text + " = …`");
      continue;
    }
    Output output;
    output.name = d->name.text;
    output.doc = d->doc;
    output.span = d->name.span;
    Type any;
    AttributeSpec named;  // what a finding calls it
    named.name = d->name.text;
    named.late = true;
    auto v = evaluate(*d->value, *scope, any, &named);
    if (!v) continue;
    if (has_secret(*v)) continue;  // fit() said so
    output.value = std::move(*v);
    for (const auto& s : d->body) {
      if (const auto* block = std::get_if<syntax::OnBlock>(&s.data)) {
        read_place(*block, *scope, "an output", output.on);
        continue;
      }
      const auto* a = std::get_if<syntax::Attribute>(&s.data);
      if (a != nullptr && a->name.text == "description") {
        Type text;
        text.tag = Type::Tag::string;
        if (auto t = evaluate(*a->value, *scope, text); t && t->get<std::string>()) output.doc = *t->get<std::string>();
      } else if (a != nullptr && a->name.text == "export") {
        Type flag;
        flag.tag = Type::Tag::boolean;
        if (auto t = evaluate(*a->value, *scope, flag); t && t->get<bool>()) output.exported = *t->get<bool>();
      } else if (a != nullptr) {
        sink_.report(a->name.span, codes::KindAttribute, "an output", a->name.text)
            .help("it can say `description` and `export`");
      } else {
        misplaced(s, "in an output");
      }
    }
    out_.outputs.push_back(std::move(output));
  }
}

void Builder::report_unused_overlays() {
  for (const PendingOverlay& o : overlays_) {
    if (o.used) continue;
    std::vector<std::string> names{"app"};
    for (const auto& [name, instance] : by_name_) names.push_back(name);
    const Span span = join(o.declaration->path.front().span, o.declaration->path.back().span);
    auto r = sink_.report(span, codes::StageUnknownNode, o.path);
    if (const std::string near = diag::nearest(o.path, names); !near.empty()) {
      r.help("did you mean `" + near + "`?").fix(span, near, diag::Confidence::likely, "write `" + near + "`");
    }
  }
}

}  // namespace virga::architecture
