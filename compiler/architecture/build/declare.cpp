// Modules, kinds and types: what the program's words mean, before any node is made.
#include "compiler/architecture/build/state.h"

#include "compiler/diagnostics/suggest.h"

#include <re2/re2.h>

#include <algorithm>

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

struct Named {
  std::string_view name;
  Type::Tag tag;
  Dimension dimension = Dimension::duration;
};
constexpr Named kBuiltIn[] = {
    {"any", Type::Tag::any},
    {"any_node", Type::Tag::any_node},
    {"bool", Type::Tag::boolean},
    {"cpu", Type::Tag::quantity, Dimension::cpu},
    {"duration", Type::Tag::quantity, Dimension::duration},
    {"int", Type::Tag::integer},
    {"number", Type::Tag::number},
    {"path", Type::Tag::path},
    {"percent", Type::Tag::quantity, Dimension::percent},
    {"rate", Type::Tag::quantity, Dimension::rate},
    {"region", Type::Tag::region},
    {"secret", Type::Tag::secret},
    {"size", Type::Tag::quantity, Dimension::size},
    {"string", Type::Tag::string},
};

std::string join_path(const std::vector<syntax::Name>& path) {
  std::string out;
  for (const syntax::Name& n : path) out += (out.empty() ? "" : ".") + n.text;
  return out;
}

}  // namespace

void Builder::declare_modules() {
  const auto make = [&](const std::string& name) -> Module& {
    Module& m = modules_.emplace_back();
    m.name = name;
    m.core = core_;
    m.scope.module = &m;
    module_by_name_[name] = &m;
    return m;
  };
  core_ = &make("<core>");
  core_->core = nullptr;
  for (const Unit& u : program_.core) declare_unit(*core_, u);
  for (const Unit& u : program_.modules) {
    const auto it = module_by_name_.find(u.module);
    declare_unit(it == module_by_name_.end() ? make(u.module) : *it->second, u);
  }
  app_ = &make("<app>");
  for (const Unit& u : program_.app) declare_unit(*app_, u);
  for (const Unit& u : program_.modules) declare_uses(*module_by_name_.find(u.module)->second, u);
  for (const Unit& u : program_.app) declare_uses(*app_, u);

  // A type that nobody uses is held to the same as one that somebody does.
  for (Module& m : modules_) {
    for (auto& [name, alias] : m.types) {
      if (alias.type || alias.wrong) continue;
      alias.busy = true;
      alias.type = resolve_type(m, alias.declaration->type);
      alias.busy = false;
      alias.wrong = !alias.type;
    }
  }

  // Contents only now: a kind may name kinds and types of any module it uses, in any order.
  const auto contents = [&](Module& module, const Unit& unit) {
    for (const auto& s : unit.file->statements) {
      if (const auto* k = std::get_if<syntax::KindDecl>(&s.data); k != nullptr && !k->cloud)
        declare_kind_contents(module, *k);
    }
    for (const auto& s : unit.file->statements) {
      if (const auto* k = std::get_if<syntax::KindDecl>(&s.data); k != nullptr && k->cloud)
        declare_vendor_attributes(module, *k);
    }
  };
  for (const Unit& u : program_.core) contents(*core_, u);
  for (auto& [name, kind] : core_->kinds) {
    if (kind->primitive) declare_raw(*kind);
  }
  for (const Unit& u : program_.modules) contents(*module_by_name_.find(u.module)->second, u);
  for (const Unit& u : program_.app) contents(*app_, u);
}

void Builder::declare_unit(Module& module, const Unit& unit) {
  for (const auto& s : unit.file->statements) {
    if (const auto* k = std::get_if<syntax::KindDecl>(&s.data)) {
      if (!k->cloud) declare_kind_shell(module, *k);
    } else if (const auto* t = std::get_if<syntax::TypeDecl>(&s.data)) {
      check_name_style(t->name);
      if (!module.types.emplace(t->name.text, TypeAlias{t, std::nullopt, false}).second) {
        sink_.report(t->name.span, codes::NameDuplicate, t->name.text)
            .label(module.types[t->name.text].declaration->name.span, "declared here first");
      }
    } else if (const auto* l = std::get_if<syntax::LetDecl>(&s.data)) {
      Binding b;
      b.tag = Binding::Tag::let;
      b.expression = l->value.get();
      b.scope = &module.scope;
      b.span = l->name.span;
      if (!bind(module.scope, l->name, std::move(b))) continue;
    } else if (const auto* r = std::get_if<syntax::RequireDecl>(&s.data); r != nullptr && &module != app_) {
      rules_.push_back({r, &module.scope, nullptr});
    } else if (&module != app_ && unit.module.empty() == false && !std::holds_alternative<syntax::UseDecl>(s.data) &&
               !std::holds_alternative<syntax::AllowDecl>(s.data)) {
      sink_.report(head_of(s), codes::ModuleContent, name_statement(s));
    }
  }
}

void Builder::declare_uses(Module& module, const Unit& unit) {
  for (const auto& s : unit.file->statements) {
    const auto* use = std::get_if<syntax::UseDecl>(&s.data);
    if (use == nullptr) continue;
    // The same words mean another file in another folder.
    const std::string written = use->path ? use->path->text : "";
    const std::string name =
        use->path ? normalize_path(unit.directory.empty() ? written : unit.directory + "/" + written).value_or(written)
                  : join_path(use->module);
    const auto it = module_by_name_.find(name);
    const auto imported = program_.imports.find(name);
    std::string alias = use->alias ? use->alias->text : use->path ? std::string() : use->module.back().text;
    if (alias.empty()) {
      alias = use->path->text.substr(use->path->text.find_last_of('/') + 1);
      alias = alias.substr(0, alias.find('.'));
    }
    if (use->path && imported != program_.imports.end()) bind_import(module, *use, alias, imported->second);
    else if (it == module_by_name_.end()) module.missing.push_back(alias);  // the driver reported that it is not there
    else module.used[alias] = it->second;
  }
}

void Builder::declare_kind_shell(Module& module, const syntax::KindDecl& d) {
  check_name_style(d.name);
  const std::string qualified = &module == core_ || &module == app_ ? d.name.text : module.name + "." + d.name.text;
  const auto clash = module.kinds.find(d.name.text);
  if (clash != module.kinds.end() || d.name.text == "resource" || (&module == app_ && core_->kinds.contains(d.name.text))) {
    auto r = sink_.report(d.name.span, codes::NameDuplicate, d.name.text);
    if (clash != module.kinds.end()) r.label(clash->second->span, "declared here first");
    else r.help("every program knows this kind already; call yours something else");
    return;
  }
  Kind kind;
  // `use std.bff` makes `bff.bff` and `bff` mean the same, so a module may be one kind.
  std::string last = module.name.ends_with(".virga") ? module.name.substr(0, module.name.size() - 6) : module.name;
  last = last.substr(last.find_last_of("./") + 1);
  kind.name = &module == core_ || &module == app_ ? d.name.text
              : last == d.name.text               ? d.name.text
                                                  : last + "." + d.name.text;
  kind.module = &module == core_ ? "" : module.name;
  kind.doc = d.doc;
  kind.declaration = &d;
  kind.span = d.name.span;
  const auto [it, fresh] = out_.kinds.emplace(qualified, std::move(kind));
  if (fresh) module.kinds[d.name.text] = &it->second;
}

void Builder::declare_kind_contents(Module& module, const syntax::KindDecl& d) {
  const auto found = module.kinds.find(d.name.text);
  if (found == module.kinds.end() || found->second->declaration != &d) return;
  Kind& kind = *found->second;
  const auto body = [&](const syntax::Statement& s) {
    return std::holds_alternative<syntax::NodeDecl>(s.data) || std::holds_alternative<syntax::PortAlias>(s.data) ||
           std::holds_alternative<syntax::EdgeDecl>(s.data) || std::holds_alternative<syntax::ForBlock>(s.data) ||
           std::holds_alternative<syntax::IfBlock>(s.data) || std::holds_alternative<syntax::RequireDecl>(s.data);
  };
  kind.primitive = &module == core_ && std::none_of(d.body.begin(), d.body.end(), body);
  for (const auto& s : d.body) {
    if (const auto* a = std::get_if<syntax::AttributeDecl>(&s.data)) {
      if (kind.attribute(a->name.text) != nullptr) {
        sink_.report(a->name.span, codes::KindAttributeTwice, a->name.text)
            .label(kind.attribute(a->name.text)->span, "declared here first");
        continue;
      }
      AttributeSpec spec = declare_attribute(module, *a);
      if (!kind.primitive) spec.late = true;  // checked where the body uses it
      kind.attributes.push_back(std::move(spec));
    } else if (const auto* p = std::get_if<syntax::PortDecl>(&s.data)) {
      PortSpec port;
      port.name = p->name.text;
      port.doc = p->doc;
      port.side = p->side;
      port.argument = p->argument ? p->argument->text : "";
      port.call = p->call;
      port.hand_over = p->hand_over;
      port.span = p->span;
      for (const auto& property : p->properties) port.properties.push_back(declare_attribute(module, property));
      kind.ports.push_back(std::move(port));
    } else if (const auto* o = std::get_if<syntax::OutputDecl>(&s.data)) {
      OutputSpec output{o->name.text, o->doc, {}};
      output.type.tag = Type::Tag::string;
      if (o->type) {
        if (auto type = resolve_type(module, *o->type)) output.type = std::move(*type);
      }
      kind.outputs.push_back(std::move(output));
    } else if (!body(s) && !std::holds_alternative<syntax::LetDecl>(s.data) &&
               !std::holds_alternative<syntax::AllowDecl>(s.data)) {
      misplaced(s, "in a kind");
    }
  }
  check_alternatives_declared(kind);
}

/// The way out that every kind has on every cloud: `on <cloud> { raw = { "Vendor::Service::Type" = { Property = … } } }`.
AttributeSpec raw_attribute(const std::string& cloud) {
  AttributeSpec spec;
  spec.name = "raw";
  spec.doc = "Properties of the engine's own resources that nothing else says, by the type of resource.";
  spec.type.tag = Type::Tag::map;
  spec.type.optional = true;
  spec.type.arguments.emplace_back().tag = Type::Tag::map;
  spec.type.arguments.front().arguments.emplace_back().tag = Type::Tag::any;
  spec.cloud = cloud;
  spec.late = true;
  return spec;
}

namespace {

AttributeSpec said_to(const std::string& cloud, const char* name, const char* doc, Type::Tag tag) {
  AttributeSpec spec;
  spec.name = name;
  spec.doc = doc;
  spec.type.tag = tag;
  spec.type.optional = true;
  if (tag == Type::Tag::map) spec.type.arguments.emplace_back().tag = Type::Tag::any;
  spec.cloud = cloud;
  spec.late = true;
  return spec;
}

}  // namespace

std::vector<AttributeSpec> place_attributes(const std::string& cloud) {
  return {said_to(cloud, "id", "What it is called in the template; left out, it follows from its name.", Type::Tag::string),
          said_to(cloud, "type", "As what it stands in the template, where there are several ways.", Type::Tag::string),
          said_to(cloud, "more", "What stands beside its properties there, under the engine's own keys.", Type::Tag::map)};
}

AttributeSpec beside_attribute(const std::string& cloud) {
  return said_to(cloud, "beside",
                 "What the template has for it besides, by id: a map of the type to the properties that do not follow.",
                 Type::Tag::map);
}

void Builder::declare_raw(Kind& kind) {
  for (const std::string& cloud : options_.clouds) {
    std::vector<AttributeSpec> specs = place_attributes(cloud);
    specs.push_back(said_to(cloud, "called", "Its name on the cloud, where somebody gave it one.", Type::Tag::string));
    specs.push_back(beside_attribute(cloud));
    specs.push_back(
        said_to(cloud, "elsewhere",
                "What others get of it where the template only names it and something else makes it: a map of its "
                "outputs. What is said of it besides counts on other clouds.",
                Type::Tag::map));
    specs.push_back(raw_attribute(cloud));
    for (AttributeSpec& spec : specs) {
      spec.span = kind.span;
      spec.everywhere = true;
      kind.attributes.push_back(std::move(spec));
    }
  }
}

void Builder::declare_vendor_attributes(Module& module, const syntax::KindDecl& d) {
  const auto found = module.kinds.find(d.name.text);
  if (found == module.kinds.end()) {
    sink_.report(d.name.span, codes::KindUnknown, d.name.text);
    return;
  }
  for (const auto& s : d.body) {
    const auto* a = std::get_if<syntax::AttributeDecl>(&s.data);
    if (a == nullptr) {
      misplaced(s, "where a cloud adds attributes to a kind");
      continue;
    }
    AttributeSpec spec = declare_attribute(module, *a);
    spec.cloud = d.cloud->text;
    found->second->attributes.push_back(std::move(spec));
  }
}

AttributeSpec Builder::declare_attribute(Module& module, const syntax::AttributeDecl& d) {
  check_name_style(d.name);
  AttributeSpec spec;
  spec.name = d.name.text;
  spec.doc = d.doc;
  spec.span = d.name.span;
  spec.fallback = d.fallback.get();
  if (auto type = resolve_type(module, d.type)) spec.type = std::move(*type);
  for (const auto& s : d.constraints) {
    const auto* a = std::get_if<syntax::Attribute>(&s.data);
    if (a == nullptr) {
      misplaced(s, "among the constraints of an attribute");
      continue;
    }
    Type same = spec.type;
    same.optional = false;
    Type text;
    text.tag = Type::Tag::string;
    Type flag;
    flag.tag = Type::Tag::boolean;
    if (a->name.text == "min") {
      spec.min = evaluate(*a->value, module.scope, same);
    } else if (a->name.text == "max") {
      spec.max = evaluate(*a->value, module.scope, same);
    } else if (a->name.text == "pattern") {
      if (auto v = evaluate(*a->value, module.scope, text)) spec.pattern = read_pattern(*v, a->value->span);
    } else if (a->name.text == "late") {
      if (auto v = evaluate(*a->value, module.scope, flag)) spec.late = v->get<bool>() && *v->get<bool>();
    } else if (a->name.text == "or") {
      spec.instead = names_in(*a->value);
    } else if (a->name.text == "excludes") {
      spec.excludes = names_in(*a->value);
    } else {
      sink_.report(a->name.span, codes::KindAttribute, "an attribute's declaration", a->name.text)
          .help("it can say `min`, `max`, `pattern`, `late`, `or` and `excludes`");
    }
  }
  // A default that needs no other attribute is evaluated once, here, and not again for every node.
  if (spec.type.tag == Type::Tag::range) {
    // What holds of the value holds of both ends.
    for (AttributeSpec& end : spec.type.fields) {
      end.min = spec.min;
      end.max = spec.max;
    }
  }
  const bool constant =
      spec.fallback != nullptr && spec.type.tag != Type::Tag::node && spec.type.tag != Type::Tag::record &&
      (spec.type.tag != Type::Tag::range || !std::holds_alternative<syntax::MapExpr>(spec.fallback->data)) &&
      (&module == core_ || std::holds_alternative<syntax::NumberExpr>(spec.fallback->data) ||
       std::holds_alternative<syntax::BoolExpr>(spec.fallback->data));
  if (constant) spec.value = evaluate(*spec.fallback, module.scope, spec.type, &spec);
  return spec;
}

/// `range(size)`: `4GB`, or `{ least = 1GB  most = 8GB }`. Only what has an order has a range.
std::optional<Type> Builder::resolve_range(Module& module, const syntax::TypeExpr& e) {
  const bool one = e.arguments.size() == 1;
  auto item = one ? resolve_type(module, e.arguments[0]) : std::nullopt;
  if (one && !item) return std::nullopt;
  const auto ordered = [](Type::Tag tag) {
    return tag == Type::Tag::integer || tag == Type::Tag::number || tag == Type::Tag::quantity;
  };
  if (!item || item->optional || !ordered(item->tag)) {
    sink_.report(e.span, codes::TypeUnknown, "range").help("say of which numbers: `range(int)`, `range(size)`");
    return std::nullopt;
  }
  Type type = range_of(std::move(*item), e.span);
  type.optional = e.optional;
  return type;
}

std::optional<Type> Builder::resolve_type(Module& module, const syntax::TypeExpr& e) {
  Type type;
  type.optional = e.optional;
  if (!e.name) {
    type.tag = Type::Tag::record;
    for (const auto& field : e.fields) type.fields.push_back(declare_attribute(module, field));
    return type;
  }
  const std::string& name = e.name->text;
  if (name == "list" || name == "map") {
    type.tag = name == "list" ? Type::Tag::list : Type::Tag::map;
    if (e.arguments.size() != 1) {
      sink_.report(e.span, codes::TypeUnknown, name).help("say of what: `" + name + "(string)`");
      return std::nullopt;
    }
    auto item = resolve_type(module, e.arguments[0]);
    if (!item) return std::nullopt;
    type.arguments.push_back(std::move(*item));
    return type;
  }
  if (name == "range") return resolve_range(module, e);
  if (name == "enum") {
    type.tag = Type::Tag::enumeration;
    for (const syntax::Name& m : e.members) type.members.push_back(m.text);
    return type;
  }
  for (Module* m : {&module, core_}) {
    if (m == nullptr) continue;
    const auto alias = m->types.find(name);
    if (alias == m->types.end()) continue;
    if (!alias->second.type && !alias->second.wrong) {
      if (alias->second.busy) {
        sink_.report(e.span, codes::ValueCycle, name).label(alias->second.declaration->name.span, "declared here");
        return std::nullopt;
      }
      alias->second.busy = true;
      alias->second.type = resolve_type(*m, alias->second.declaration->type);
      alias->second.busy = false;
      alias->second.wrong = !alias->second.type;
    }
    if (!alias->second.type) return std::nullopt;
    Type named = *alias->second.type;
    named.name = name;
    named.optional = named.optional || e.optional;
    return named;
  }
  // An attribute named like a built-in type is no clash: types and attributes are looked up apart.
  for (const Named& b : kBuiltIn) {
    if (b.name == name) {
      type.tag = b.tag;
      type.dimension = b.dimension;
      return type;
    }
  }
  if (Kind* kind = find_kind(module, {*e.name})) {
    type.tag = Type::Tag::node;
    type.name = kind->name;
    return type;
  }
  auto r = sink_.report(e.name->span, codes::TypeUnknown, name);
  std::vector<std::string> known{"list", "map", "enum", "range"};
  for (const Named& b : kBuiltIn) known.emplace_back(b.name);
  for (const auto& [n, alias] : core_->types) known.push_back(n);
  for (const std::string& k : visible_kinds(module)) known.push_back(k);
  if (const std::string near = diag::nearest(name, known); !near.empty()) {
    r.help("did you mean `" + near + "`?").fix(e.name->span, near, diag::Confidence::likely, "write `" + near + "`");
  } else {
    std::string all;
    for (const Named& b : kBuiltIn) all += (all.empty() ? "`" : ", `") + std::string(b.name) + "`";
    r.help("it can be " + all + ", `list(…)`, `map(…)`, `enum(…)`, a kind, or what a `type` declares");
  }
  return std::nullopt;
}

Kind* Builder::find_kind(Module& module, const std::vector<syntax::Name>& path) {
  if (path.size() == 1) {
    const std::string& name = path[0].text;
    if (const auto it = module.kinds.find(name); it != module.kinds.end()) return it->second;
    if (const auto it = core_->kinds.find(name); it != core_->kinds.end()) return it->second;
    // `use std.bff` makes `bff` itself usable when the module holds a kind of its own name.
    if (const auto it = module.used.find(name); it != module.used.end()) {
      if (const auto kind = it->second->kinds.find(name); kind != it->second->kinds.end()) return kind->second;
    }
    return nullptr;
  }
  if (path.size() != 2) return nullptr;
  const auto it = module.used.find(path[0].text);
  if (it == module.used.end()) return nullptr;
  const auto kind = it->second->kinds.find(path[1].text);
  return kind == it->second->kinds.end() ? nullptr : kind->second;
}

std::vector<std::string> Builder::visible_kinds(const Module& module) const {
  std::vector<std::string> out;
  for (const auto& [name, kind] : core_->kinds) out.push_back(name);
  if (&module != core_) {
    for (const auto& [name, kind] : module.kinds) out.push_back(name);
  }
  for (const auto& [alias, used] : module.used) {
    for (const auto& [name, kind] : used->kinds) out.push_back(name == alias ? name : alias + "." + name);
  }
  return out;
}

bool Builder::bind(Scope& scope, const syntax::Name& name, Binding binding) {
  check_name_style(name);
  const auto [it, fresh] = scope.names.emplace(name.text, binding);
  if (fresh) return true;
  const Span there = it->second.span;
  if (there == name.span) {
    sink_.report(name.span, codes::NameDuplicate, name.text)
        .help("each round of the `for` declares it again: put the round into the name, such as `\"" + name.text +
              "_${…}\"`");
    return false;
  }
  // Lets are bound before params and nodes, whatever the order of the text; the reader's first is the first in the text.
  const bool before = there.file == name.span.file && name.span.begin < there.begin;
  sink_.report(before ? there : name.span, codes::NameDuplicate, name.text)
      .label(before ? name.span : there, "declared here first");
  return false;
}

void Builder::check_name_style(const syntax::Name& name) {
  static const RE2 snake("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  if (name.text.empty() || RE2::FullMatch(name.text, snake)) return;
  // Other letters than a to z were reported where they stand.
  if (std::any_of(name.text.begin(), name.text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return;
  std::string better;
  for (std::size_t i = 0; i < name.text.size(); ++i) {
    const char c = name.text[i];
    if (c >= 'A' && c <= 'Z') {
      if (!better.empty() && better.back() != '_' && !(i > 0 && name.text[i - 1] >= 'A' && name.text[i - 1] <= 'Z'))
        better += '_';
      better += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      better += c;
    } else if (!better.empty() && better.back() != '_') {
      better += '_';
    }
  }
  while (!better.empty() && better.back() == '_') better.pop_back();
  auto r = sink_.report(name.span, codes::NameStyle, name.text);
  r.note("names become part of the names of resources, where single underscores keep two of them apart");
  if (!RE2::FullMatch(better, snake)) return;
  if (name.span.end - name.span.begin != name.text.size()) {  // put together from parts, which only its author can mend
    r.help("such as `" + better + "`");
  } else {
    r.help("write `" + better + "`").fix(name.span, better, diag::Confidence::likely, "write `" + better + "`");
  }
}

std::string Builder::read_pattern(const Value& value, Span span) {
  const auto* text = value.get<std::string>();
  if (text == nullptr) {
    (void)too_late(span, value, "a pattern");
    return {};
  }
  const RE2 pattern(*text, RE2::Quiet);
  if (pattern.ok()) return *text;
  sink_.report(span, codes::ValueArguments, "pattern", "is no regular expression: " + pattern.error());
  return {};
}

void Builder::unknown_cloud(const syntax::Name& cloud) {
  auto r = sink_.report(cloud.span, codes::CloudUnknown, cloud.text);
  if (const std::string near = diag::nearest(cloud.text, options_.clouds); !near.empty()) {
    r.help("did you mean `" + near + "`?").fix(cloud.span, near, diag::Confidence::likely, "write `" + near + "`");
    return;
  }
  std::string all;
  for (const std::string& c : options_.clouds) all += (all.empty() ? "`" : ", `") + c + "`";
  r.help("the clouds are " + all);
}

}  // namespace virga::architecture
