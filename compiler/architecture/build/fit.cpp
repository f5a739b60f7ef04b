// Values → types: is this what is wanted here, and may it arrive so late?
#include "compiler/architecture/build/state.h"

#include "compiler/diagnostics/suggest.h"

#include <re2/re2.h>

#include <cmath>

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

std::string article(const std::string& text) { return std::string(text.find_first_of("aeiou") == 0 ? "an " : "a ") + text; }

bool is_deferred(const Value& v) {
  return v.get<ParamRef>() || v.get<OutputRef>() || v.get<Box<Concat>>() || v.get<Box<Choice>>();
}

/// What an amount is counted in does not matter here: both ends have one type.
std::optional<double> amount_of(const Value& v) {
  if (const auto* n = v.get<double>()) return *n;
  if (const auto* q = v.get<Quantity>()) return static_cast<double>(q->amount);
  return std::nullopt;
}

/// Short enumerations are spelt out in messages, long named ones go by their name.
bool listed(const Type& type) { return type.members.size() <= 8 || type.name.empty(); }

std::string members_of(const Type& type) {
  if (!listed(type)) return "the `" + type.name + "`s";
  std::string out;
  for (const std::string& m : type.members) out += (out.empty() ? "`" : ", `") + m + "`";
  return out;
}

}  // namespace

std::string name_of(const Type& type) {
  switch (type.tag) {
    case Type::Tag::any: return "any value";
    case Type::Tag::boolean: return "`true` or `false`";
    case Type::Tag::string: return "text";
    case Type::Tag::integer: return "a whole number";
    case Type::Tag::number: return "a number";
    case Type::Tag::path: return "a path in quotes";
    case Type::Tag::region: return "a region";
    case Type::Tag::secret: return "a secret";
    case Type::Tag::list: return "a list";
    case Type::Tag::map: return "a map";
    case Type::Tag::record: return type.name.empty() ? "a map" : "a map (`" + type.name + "`)";
    case Type::Tag::range: return name_of(type.arguments[0]) + ", or two of them: `{ least = …  most = … }`";
    case Type::Tag::node: return "a node of kind `" + type.name + "`";
    case Type::Tag::any_node: return "a node";
    case Type::Tag::enumeration: return listed(type) ? "one of " + members_of(type) : article(type.name);
    case Type::Tag::quantity:
      switch (type.dimension) {
        case Dimension::duration: return "a duration, such as `30s`";
        case Dimension::size: return "a size, such as `512MB`";
        case Dimension::rate: return "a rate, such as `50rps`";
        case Dimension::cpu: return "a number of CPUs, such as `0.5vcpu`";
        case Dimension::percent: return "a share, such as `10%`";
      }
  }
  return "a value";
}

std::string Builder::describe_value(const Value& value) const {
  struct Visitor {
    const Builder& b;
    std::string operator()(None) const { return "`none`"; }
    std::string operator()(bool x) const { return x ? "`true`" : "`false`"; }
    std::string operator()(double n) const { return "the number `" + to_text(n) + "`"; }
    std::string operator()(Quantity q) const {
      const char* sort = q.dimension == Dimension::duration ? "duration"
                         : q.dimension == Dimension::size   ? "size"
                         : q.dimension == Dimension::rate   ? "rate"
                         : q.dimension == Dimension::cpu    ? "number of CPUs"
                                                            : "share";
      return fmt::format("the {} `{}`", sort, to_text(q));
    }
    std::string operator()(const std::string& s) const { return s.size() > 40 ? "text" : "the text \"" + s + "\""; }
    std::string operator()(const Symbol& s) const { return "the name `" + s.name + "`"; }
    std::string operator()(const Values&) const { return "a list"; }
    std::string operator()(const Map&) const { return "a map"; }
    std::string operator()(NodeRef n) const {
      const Node& node = b.out_.node(n.node);
      return fmt::format("the {} `{}`", node.kind, node.name);
    }
    std::string operator()(const OutputRef& o) const { return fmt::format("`{}.{}`", b.out_.node(o.node).name, o.output); }
    std::string operator()(ParamRef p) const {
      const Param& param = b.out_.param(p.param);
      return fmt::format("the {} `{}`", param.secret() ? "secret" : "parameter", param.name);
    }
    std::string operator()(const Box<Concat>&) const { return "text with deploy-time parts"; }
    std::string operator()(const Box<Choice>&) const { return "a choice by a deploy-time value"; }
  };
  return std::visit(Visitor{*this}, value.data);
}

bool Builder::has_secret(const Value& value) const {
  if (const auto* p = value.get<ParamRef>()) return out_.param(p->param).secret();
  if (const auto* c = value.get<Box<Concat>>()) {
    for (const Value& v : (*c)->parts) {
      if (has_secret(v)) return true;
    }
  }
  if (const auto* c = value.get<Box<Choice>>()) {
    return has_secret((*c)->left) || has_secret((*c)->right) || has_secret((*c)->then) || has_secret((*c)->otherwise);
  }
  if (const auto* l = value.get<Values>()) {
    for (const Value& v : *l) {
      if (has_secret(v)) return true;
    }
  }
  if (const auto* m = value.get<Map>()) {
    for (const MapEntry& e : m->entries) {
      if (has_secret(e.value)) return true;
    }
  }
  return false;
}

std::nullopt_t Builder::wrong_type(Span span, const Type& wanted, const Value& found) {
  // `512 MB`: the unit that is missing stands behind the space.
  for (const diag::Diagnostic& said : sink_.all()) {
    if (said.span.file == span.file && said.span.begin == span.begin && said.code == codes::SyntaxSpacedUnit.id)
      return std::nullopt;
  }
  auto r = sink_.report(span, codes::ValueType, name_of(wanted), describe_value(found));
  const auto* number = found.get<double>();
  if (wanted.tag == Type::Tag::quantity && number != nullptr) {
    const std::string_view unit = wanted.dimension == Dimension::duration ? "s"
                                  : wanted.dimension == Dimension::size   ? "MB"
                                  : wanted.dimension == Dimension::rate   ? "rps"
                                  : wanted.dimension == Dimension::cpu    ? "vcpu"
                                                                          : "%";
    r.help(fmt::format("give it a unit: `{}{}`", to_text(*number), unit));
  }
  if (wanted.tag == Type::Tag::list && !found.get<Map>()) r.help("a list stands in brackets: `[ … ]`");
  if (wanted.tag == Type::Tag::string && (number != nullptr || found.get<Quantity>())) {
    const std::string quoted = "\"" + to_text(found) + "\"";
    r.help("text stands in quotes: `" + quoted + "`").fix(span, quoted, diag::Confidence::likely, "put it in quotes");
  }
  if (const auto* text = found.get<std::string>()) {
    const std::size_t unit = text->find_first_not_of("0123456789.");
    bool too_large = false;
    const auto q = unit == 0 || unit == std::string::npos
                       ? std::nullopt
                       : make_quantity(text->substr(0, unit), text->substr(unit), too_large);
    const bool meant = (wanted.tag == Type::Tag::quantity && q && q->dimension == wanted.dimension) ||
                       (wanted.tag == Type::Tag::boolean && (*text == "true" || *text == "false")) ||
                       ((wanted.tag == Type::Tag::node || wanted.tag == Type::Tag::any_node) && by_name_.contains(*text));
    if (meant)
      r.help("write it without quotes: `" + *text + "`").fix(span, *text, diag::Confidence::likely, "take the quotes away");
  }
  if (const auto* node = found.get<NodeRef>(); node != nullptr && wanted.tag == Type::Tag::string) {
    const Node& meant = out_.node(node->node);
    std::string all;
    if (const auto kind = out_.kinds.find(meant.kind); kind != out_.kinds.end()) {
      for (const OutputSpec& o : kind->second.outputs) all += (all.empty() ? "`" : ", `") + meant.name + "." + o.name + "`";
    }
    if (!all.empty()) r.help("take one of its outputs: " + all);
  }
  return std::nullopt;
}

std::nullopt_t Builder::too_late(Span span, const Value& value, std::string_view what) {
  if (reads_ != nullptr && !known_at_compile_time(value)) return std::nullopt;  // the rule tells that it is not proven
  if (known_at_compile_time(value)) {  // early enough, but no text
    sink_.report(span, codes::ValueType, std::string("text as ") + std::string(what), describe_value(value));
    return std::nullopt;
  }
  auto r = sink_.report(span, codes::ValueTooLate, describe_value(value), std::string(what));
  // What a pattern was given comes from elsewhere.
  if (value.origin.known() && value.origin != span) r.label(value.origin, "it comes from here");
  if (const auto* p = value.get<ParamRef>()) {
    r.help("write the value itself, or give `" + out_.param(p->param).name + "` one in a `stage`");
  } else if (value.get<OutputRef>()) {
    r.help("what a node is given when it is deployed can be put into text or handed to an attribute, and not computed with");
  } else {
    r.help("write the value itself, or give the parameter one in a `stage`");
  }
  return std::nullopt;
}

bool Builder::in_order(const Value& range) {
  const std::optional<RangeEnds> ends = range_ends(range);
  if (!ends || amount_of(*ends->least) <= amount_of(*ends->most)) return true;
  sink_.report(ends->most->span.known() ? ends->most->span : range.span, codes::ValueBounds, "most", to_text(*ends->most),
               "at least", to_text(*ends->least));
  return false;
}

std::optional<Value> Builder::fit_record(const syntax::MapExpr& m, Span span, Scope& scope, const Type& type,
                                         const AttributeSpec* spec) {
  GivenMap given;
  bool good = true;
  for (const auto& entry : m.entries) {
    auto key = raw(*entry.key, scope, nullptr);
    const auto* text = key ? key->get<std::string>() : nullptr;
    if (text == nullptr) {
      good = false;
      continue;
    }
    if (!given.emplace(*text, Given{entry.value.get(), &scope, Origin::given, entry.key->span}).second) {
      sink_.report(entry.key->span, codes::KindAttributeTwice, *text);
      good = false;
    }
  }
  const std::string what =
      type.name.empty() ? (spec != nullptr ? "`" + spec->name + "`" : std::string("this map")) : "`" + type.name + "`";
  report_unknown_attributes(type.fields, "", given, what);
  const std::size_t errors = sink_.errors();
  Attributes fields = evaluate_attributes(type.fields, "", given, nullptr, span, what, true);
  if (!good || sink_.errors() != errors) return std::nullopt;
  Map out;
  for (AttributeValue& a : fields.all) out.entries.push_back({a.name, std::move(a.value), span});
  return Value{std::move(out), span, span};
}

std::optional<Value> Builder::fit(Value value, const Type& type, Span span, const AttributeSpec* spec) {
  value.span = span;
  const std::string place = spec != nullptr ? "`" + spec->name + "`" : "this place";
  if (value.is_none()) {
    if (type.optional || type.tag == Type::Tag::any) return value;
    return wrong_type(span, type, value);
  }
  if (type.tag == Type::Tag::range && !value.get<Map>() && !value.get<Box<Choice>>()) {
    const Type& alone = type.arguments[0];
    const bool fits =
        known_at_compile_time(value) && ((alone.tag == Type::Tag::quantity && value.get<Quantity>()) || value.get<double>());
    return fits || !known_at_compile_time(value) ? fit(std::move(value), alone, span, spec) : wrong_type(span, type, value);
  }
  if (type.tag == Type::Tag::secret) {
    if (has_secret(value) && value.get<ParamRef>()) return value;
    if (value.get<std::string>() || value.get<Box<Concat>>()) {
      sink_.report(span, codes::SecretInText)
          .note("whoever reads the file, its history or the template would know it")
          .help("declare `param my_secret: secret` and use `my_secret` here; it is asked for at deployment");
      return std::nullopt;
    }
    return wrong_type(span, type, value);
  }
  if (has_secret(value)) {
    sink_.report(span, codes::SecretLeak, spec == nullptr && type.tag != Type::Tag::any ? name_of(type) : place)
        .help(
            "keep it in a `secret` node and let the code read it: `secret token { value = … }` and `my_function -> "
            "token.read`");
    return std::nullopt;
  }
  if (const auto* choice = value.get<Box<Choice>>(); choice != nullptr && type.tag != Type::Tag::any) {
    Choice c = **choice;
    auto then = fit(c.then, type, c.then.span, spec);
    auto otherwise = fit(c.otherwise, type, c.otherwise.span, spec);
    if (!then || !otherwise) return std::nullopt;
    if (type.tag != Type::Tag::string && (spec == nullptr || !spec->late)) {
      return too_late(span, value, place);
    }
    c.then = std::move(*then);
    c.otherwise = std::move(*otherwise);
    value.data = Box<Choice>(std::move(c));
    return value;
  }
  if (is_deferred(value) && type.tag != Type::Tag::any) {
    const bool text = type.tag == Type::Tag::string;
    if (const auto* p = value.get<ParamRef>()) {
      const Type& given = out_.param(p->param).type;
      const bool same = given.tag == type.tag && (given.tag != Type::Tag::quantity || given.dimension == type.dimension);
      const bool as_text =
          text && (given.tag == Type::Tag::enumeration || given.tag == Type::Tag::integer || given.tag == Type::Tag::number);
      const bool whole = type.tag == Type::Tag::number && given.tag == Type::Tag::integer;
      if (!same && !as_text && !whole) return wrong_type(span, type, value);
    } else if (!text) {
      if (type.tag == Type::Tag::path || type.tag == Type::Tag::region || type.tag == Type::Tag::enumeration) {
        return too_late(span, value, place);
      }
      return wrong_type(span, type, value);
    }
    if (!text && (spec == nullptr || !spec->late)) {
      return too_late(span, value, place);
    }
    return value;
  }
  switch (type.tag) {
    case Type::Tag::any: return value;
    case Type::Tag::boolean:
      if (value.get<bool>()) return value;
      break;
    case Type::Tag::string:
      // A parameter of an enumeration that a stage gave a value: text, as it is at deployment.
      if (const auto* s = value.get<Symbol>()) value.data = std::string(s->name);
      [[fallthrough]];
    case Type::Tag::path:
      if (value.get<std::string>())
        return (spec == nullptr || check_bounds(value, *spec)) ? std::optional(value) : std::nullopt;
      break;
    case Type::Tag::integer:
    case Type::Tag::number:
      if (const double* n = value.get<double>(); n != nullptr && (type.tag == Type::Tag::number || std::floor(*n) == *n)) {
        return (spec == nullptr || check_bounds(value, *spec)) ? std::optional(value) : std::nullopt;
      }
      break;
    case Type::Tag::quantity:
      if (const auto* q = value.get<Quantity>(); q != nullptr && q->dimension == type.dimension) {
        return (spec == nullptr || check_bounds(value, *spec)) ? std::optional(value) : std::nullopt;
      }
      break;
    case Type::Tag::region:
      if (value.get<Symbol>()) return value;
      break;
    case Type::Tag::enumeration:
      if (const auto* s = value.get<Symbol>()) {
        for (const std::string& m : type.members) {
          if (m == s->name) return value;
        }
        auto r = sink_.report(span, codes::ValueMember, s->name, members_of(type));
        if (const std::string near = diag::nearest(s->name, type.members); !near.empty()) {
          r.help("did you mean `" + near + "`?").fix(span, near, diag::Confidence::likely, "write `" + near + "`");
        } else if (!listed(type)) {
          std::string all;
          for (const std::string& m : type.members) all += (all.empty() ? "" : ", ") + m;
          r.help("it can be " + all);
        }
        return std::nullopt;
      }
      if (const auto* s = value.get<std::string>()) {
        for (const std::string& m : type.members) {
          if (m == *s) {
            sink_.report(span, codes::ValueType, name_of(type), describe_value(value))
                .help("write it without quotes: `" + m + "`")
                .fix(span, m, diag::Confidence::certain, "take the quotes away");
            return std::nullopt;
          }
        }
      }
      break;
    case Type::Tag::node:
      if (const auto* n = value.get<NodeRef>(); n != nullptr && out_.node(n->node).kind == type.name) return value;
      break;
    case Type::Tag::any_node:
      if (value.get<NodeRef>()) return value;
      break;
    case Type::Tag::list:
      if (auto* list = std::get_if<Values>(&value.data)) {
        Values out;
        for (Value& v : *list) {
          const Span item = v.span.known() ? v.span : span;
          auto fitted = fit(std::move(v), type.arguments[0], item, spec);
          if (!fitted) return std::nullopt;
          out.push_back(std::move(*fitted));
        }
        value.data = std::move(out);
        return value;
      }
      break;
    case Type::Tag::map:
      if (auto* map = std::get_if<Map>(&value.data)) {
        for (MapEntry& e : map->entries) {
          const Span item = e.value.span.known() ? e.value.span : span;
          auto fitted = fit(std::move(e.value), type.arguments[0], item, spec);
          if (!fitted) return std::nullopt;
          e.value = std::move(*fitted);
        }
        return value;
      }
      break;
    case Type::Tag::record:
    case Type::Tag::range:
      // A map that came through a let or a function; a literal is taken apart by fit_record, field by field.
      if (auto* map = std::get_if<Map>(&value.data)) {
        Map out;
        for (const AttributeSpec& field : type.fields) {
          const Value* v = map->find(field.name);
          if (v != nullptr) {
            auto fitted = fit(*v, field.type, v->span.known() ? v->span : span, &field);
            if (!fitted) return std::nullopt;
            out.entries.push_back({field.name, std::move(*fitted), span});
          } else if (field.value) {
            out.entries.push_back({field.name, *field.value, span});
          } else if (field.fallback != nullptr) {
            auto fallback = evaluate(*field.fallback, core_->scope, field.type, &field);
            if (!fallback) return std::nullopt;
            out.entries.push_back({field.name, std::move(*fallback), span});
          } else if (field.required()) {
            sink_.report(span, codes::KindMissing, type.name.empty() ? "this map" : "`" + type.name + "`", field.name);
            return std::nullopt;
          }
        }
        for (const MapEntry& e : map->entries) {
          if (out.find(e.key) == nullptr) {
            sink_.report(e.key_span.known() ? e.key_span : span, codes::KindAttribute,
                         type.name.empty() ? "this map" : "`" + type.name + "`", e.key);
            return std::nullopt;
          }
        }
        value.data = std::move(out);
        if (type.tag == Type::Tag::range && !in_order(value)) return std::nullopt;
        return value;
      }
      break;
    case Type::Tag::secret: break;
  }
  return wrong_type(span, type, value);
}

bool Builder::check_bounds(const Value& value, const AttributeSpec& spec) {
  if (const auto n = amount_of(value)) {
    if (spec.min && *n < amount_of(*spec.min).value_or(*n)) {
      sink_.report(value.span, codes::ValueBounds, spec.name, to_text(value), "at least", to_text(*spec.min));
      return false;
    }
    if (spec.max && *n > amount_of(*spec.max).value_or(*n)) {
      sink_.report(value.span, codes::ValueBounds, spec.name, to_text(value), "at most", to_text(*spec.max));
      return false;
    }
  }
  const auto* text = value.get<std::string>();
  if (text != nullptr && !spec.pattern.empty()) {
    // RE2 takes time linear in the text, whatever the pattern: std::regex would let a program hang the compiler.
    const RE2 pattern(spec.pattern, RE2::Quiet);
    if (pattern.ok() && !RE2::FullMatch(*text, pattern)) {
      sink_.report(value.span, codes::ValuePattern, *text, spec.pattern);
      return false;
    }
  }
  return true;
}

}  // namespace virga::architecture
