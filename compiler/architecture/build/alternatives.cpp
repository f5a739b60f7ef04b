// Attributes that say the same otherwise (`cron: string? { or = every }`: exactly one is given) or that contradict each
// other (`jwt: … { excludes = keys }`).
#include "compiler/architecture/build/state.h"

#include <algorithm>

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

/// What a node says: where the value was given, or where the node stands when a default or a pattern gave it.
struct Said {
  bool given = false;
  Span span;
};

}  // namespace

std::vector<syntax::Name> Builder::names_in(const syntax::Expr& e) {
  std::vector<syntax::Name> out;
  const auto one = [&](const syntax::Expr& item) {
    if (const auto* name = std::get_if<syntax::NameExpr>(&item.data)) out.push_back({name->name, item.span});
    else sink_.report(item.span, codes::ValueType, "the name of an attribute", "another value");
  };
  if (const auto* list = std::get_if<syntax::ListExpr>(&e.data)) {
    for (const auto& item : list->items) one(*item);
  } else {
    one(e);
  }
  return out;
}

void Builder::check_alternatives_declared(const Kind& kind) {
  for (const AttributeSpec& spec : kind.attributes) {
    for (const auto* names : {&spec.instead, &spec.excludes}) {
      for (const syntax::Name& name : *names) {
        if (kind.attribute(name.text) != nullptr && name.text != spec.name) continue;
        sink_.report(name.span, codes::KindAttribute, "kind `" + kind.name + "`", name.text)
            .help("`or` and `excludes` name other attributes of the same kind");
      }
    }
  }
}

void Builder::check_alternatives(const Instance& instance, const GivenMap& given,
                                 const std::map<std::string, GivenMap, std::less<>>& on) {
  const Node& node = out_.node(*instance.node);
  const auto stands_for_none = [&](const Given& g) {
    const auto* name = std::get_if<syntax::NameExpr>(&g.expression->data);
    const Binding* b = name == nullptr ? nullptr : lookup(*g.scope, name->name);
    return (b != nullptr && b->absent) || std::holds_alternative<syntax::NoneExpr>(g.expression->data);
  };
  const auto said = [&](const Attributes& all, const std::string& cloud, const std::string& name) {
    Said out;
    const Value* value = all.find(name);
    const auto here = on.find(cloud);
    const Given* at = nullptr;
    if (here != on.end() && here->second.contains(name)) at = &here->second.find(name)->second;
    else if (const auto it = given.find(name); it != given.end()) at = &it->second;
    out.span = at == nullptr ? node.span : at->name_span;
    const AttributeValue* entry = all.entry(name);
    // A value that could not be made was reported; what it would have been is given all the same. A default is nobody's
    // word: it contradicts nothing, and answers nothing.
    if (value != nullptr) out.given = !value->is_none() && entry->origin != Origin::fallback;
    else out.given = at != nullptr && !stands_for_none(*at);
    return out;
  };
  // `runtime: nodejs20` and `runtme = nodejs20` were reported where they stand.
  const auto slipped = [&](const std::string& name) {
    return misspelt(instance.kind->attributes, given, name) ||
           std::any_of(instance.body.begin(), instance.body.end(), [&](const Placed& p) {
             const auto* declared = std::get_if<syntax::AttributeDecl>(&p.statement->data);
             return declared != nullptr && declared->name.text == name;
           });
  };
  const auto check = [&](const Attributes& all, const std::string& cloud) {
    bool wrong = false;
    for (const AttributeSpec& spec : instance.kind->attributes) {
      if (spec.instead.empty() && spec.excludes.empty()) continue;
      const Said mine = said(all, cloud, spec.name);
      bool any = mine.given;
      for (const auto* names : {&spec.instead, &spec.excludes}) {
        for (const syntax::Name& name : *names) {
          const Said other = said(all, cloud, name.text);
          any = any || other.given;
          if (!mine.given || !other.given) continue;
          const bool later = mine.span.begin > other.span.begin;
          sink_
              .report(later ? mine.span : other.span, codes::KindBoth, later ? name.text : spec.name,
                      later ? spec.name : name.text)
              .label(later ? other.span : mine.span, "given here")
              .help(fmt::format("keep one of them; a stage or a cloud takes one back with `{} = none`", name.text));
          wrong = true;
        }
      }
      if (any || spec.instead.empty() || slipped(spec.name)) continue;
      if (std::any_of(spec.instead.begin(), spec.instead.end(), [&](const auto& name) { return slipped(name.text); }))
        continue;
      std::string choices = "`" + spec.name + "`";
      for (const syntax::Name& name : spec.instead) choices += " or `" + name.text + "`";
      sink_.report(node.span, codes::KindOneOf, fmt::format("{} `{}`", instance.kind->name, instance.name), choices);
      wrong = true;
    }
    return wrong;
  };
  // What all clouds are told, once; what one is told otherwise, for that one. One finding is enough.
  const bool common = node.on.size() < options_.clouds.size() || node.on.empty();
  if (common && check(node.attributes, "")) return;
  for (const auto& [cloud, laid] : node.on) {
    if (check(laid, cloud)) return;
  }
}

}  // namespace virga::architecture
