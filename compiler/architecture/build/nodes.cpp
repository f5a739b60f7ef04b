// Attributes of nodes: what was given, laid over what the kind says by default.
#include "compiler/architecture/build/state.h"

#include "compiler/diagnostics/suggest.h"

#include <algorithm>

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

/// A default stands in nobody's program: findings about it point to the node.
Value unwritten(Value value) {
  value.span = {};
  return value;
}

bool is_literal(const syntax::Expr& e) { return std::holds_alternative<syntax::NumberExpr>(e.data); }

}  // namespace

bool misspelt(const std::vector<AttributeSpec>& specs, const GivenMap& given, const std::string& name) {
  std::vector<std::string> known;
  for (const AttributeSpec& s : specs) known.push_back(s.name);
  return std::any_of(given.begin(), given.end(), [&](const auto& entry) {
    return std::find(known.begin(), known.end(), entry.first) == known.end() && diag::nearest(entry.first, known) == name;
  });
}

void Builder::collect_given(const std::vector<Placed>& body, GivenMap& all,
                            std::map<std::string, GivenMap, std::less<>>& on) {
  const auto put = [&](GivenMap& map, const syntax::Attribute& a, Scope* scope, Origin origin) {
    const auto [it, fresh] = map.emplace(a.name.text, Given{a.value.get(), scope, origin, a.name.span});
    if (!fresh)
      sink_.report(a.name.span, codes::KindAttributeTwice, a.name.text).label(it->second.name_span, "given here first");
  };
  for (const Placed& p : body) {
    if (const auto* a = std::get_if<syntax::Attribute>(&p.statement->data)) {
      put(all, *a, p.scope, Origin::given);
    } else if (const auto* block = std::get_if<syntax::OnBlock>(&p.statement->data)) {
      if (std::find(options_.clouds.begin(), options_.clouds.end(), block->cloud.text) == options_.clouds.end()) {
        unknown_cloud(block->cloud);
        continue;
      }
      std::vector<Placed> inner;
      flatten(block->body, *p.scope, inner);
      for (const Placed& q : inner) {
        if (const auto* said = std::get_if<syntax::Attribute>(&q.statement->data)) {
          put(on[block->cloud.text], *said, q.scope, Origin::cloud);
        } else {
          misplaced(*q.statement, "in an `on` block");
        }
      }
    }
  }
}

void Builder::collect_overlays(const std::string& name, GivenMap& all, std::map<std::string, GivenMap, std::less<>>& on) {
  GivenMap before;  // by the stage itself, in another block
  std::map<std::string, GivenMap, std::less<>> before_on;
  const auto twice = [&](GivenMap& earlier, const std::string& key, const Given& given) {
    const auto [first, fresh] = earlier.emplace(key, given);
    if (!fresh)
      sink_.report(given.name_span, codes::KindAttributeTwice, key).label(first->second.name_span, "given here first");
  };
  for (PendingOverlay& overlay : overlays_) {
    if (overlay.path != name) continue;
    overlay.used = true;
    std::vector<Placed> body;
    flatten(overlay.declaration->body, app_->scope, body);
    GivenMap over;
    std::map<std::string, GivenMap, std::less<>> over_on;
    collect_given(body, over, over_on);
    for (auto& [key, given] : over) {
      given.origin = Origin::stage;
      twice(before, key, given);
      all.insert_or_assign(key, given);
    }
    for (auto& [cloud, map] : over_on) {
      for (auto& [key, given] : map) {
        given.origin = Origin::stage;
        twice(before_on[cloud], key, given);
        on[cloud].insert_or_assign(key, given);
      }
    }
    for (const Placed& p : body) {
      if (!std::holds_alternative<syntax::Attribute>(p.statement->data) &&
          !std::holds_alternative<syntax::OnBlock>(p.statement->data)) {
        misplaced(*p.statement, "where a stage changes a node");
      }
    }
  }
}

void Builder::report_unknown_attributes(const std::vector<AttributeSpec>& specs, const std::string& cloud,
                                        const GivenMap& given, std::string_view what) {
  for (const auto& [name, value] : given) {
    const AttributeSpec* found = nullptr;
    for (const AttributeSpec& s : specs) {
      if (s.name == name && (found == nullptr || s.cloud == cloud)) found = &s;
    }
    if (found != nullptr && (found->cloud.empty() || found->cloud == cloud)) continue;
    auto r = sink_.report(value.name_span, codes::KindAttribute, std::string(what), name);
    if (found != nullptr) {
      r.help(fmt::format("it is said to one cloud only: `on {} {{ {} = … }}`", found->cloud, name));
      continue;
    }
    std::vector<std::string> known;
    for (const AttributeSpec& s : specs) {
      if (s.cloud.empty() || s.cloud == cloud) known.push_back(s.name);
    }
    if (const std::string near = diag::nearest(name, known); !near.empty()) {
      r.help("did you mean `" + near + "`?").fix(value.name_span, near, diag::Confidence::likely, "write `" + near + "`");
    } else if (!known.empty()) {
      std::string all;
      for (const std::string& k : known) all += (all.empty() ? "" : ", ") + k;
      r.help("it has " + all);
    }
  }
}

Attributes Builder::evaluate_attributes(const std::vector<AttributeSpec>& specs, const std::string& cloud,
                                        const GivenMap& given, const GivenMap* given_here, Span owner, std::string_view what,
                                        bool report_missing) {
  Attributes out;
  out.all.reserve(specs.size());
  for (const AttributeSpec& spec : specs) {
    if (!spec.cloud.empty() && spec.cloud != cloud) continue;
    const Given* g = nullptr;
    if (given_here != nullptr) {
      if (const auto it = given_here->find(spec.name); it != given_here->end()) g = &it->second;
    }
    if (g == nullptr) {
      if (const auto it = given.find(spec.name); it != given.end()) g = &it->second;
    }
    if (g != nullptr) {
      // An attribute of a pattern that nobody gave is handed on as not given, which is not the same as `none`.
      if (const auto* name = std::get_if<syntax::NameExpr>(&g->expression->data)) {
        const Binding* b = lookup(*g->scope, name->name);
        if (b != nullptr && b->absent) g = nullptr;
      }
    }
    if (g != nullptr) {
      if (auto v = evaluate(*g->expression, *g->scope, spec.type, &spec))
        out.all.push_back({spec.name, std::move(*v), g->origin, is_literal(*g->expression)});
    } else if (spec.value) {
      out.all.push_back({spec.name, unwritten(*spec.value), Origin::fallback});
    } else if (spec.fallback != nullptr) {
      if (auto v = evaluate(*spec.fallback, core_->scope, spec.type, &spec)) {
        out.all.push_back({spec.name, unwritten(std::move(*v)), Origin::fallback});
      }
    } else if (spec.required() && report_missing && !misspelt(specs, given, spec.name)) {
      sink_.report(owner, codes::KindMissing, std::string(what), spec.name)
          .help(fmt::format("give it {}: `{} = …`", name_of(spec.type), spec.name));
    }
  }
  return out;
}

void Builder::evaluate_nodes() {
  for (Instance& instance : instances_) {
    if (instance.node) evaluate_node(instance);
  }
  for (auto& [binding, name] : pending_values_) (void)from_binding(*binding, name, binding->span, nullptr);
}

void Builder::evaluate_node(Instance& instance) {
  Node& node = out_.nodes[static_cast<std::size_t>(*instance.node)];
  GivenMap given;
  std::map<std::string, GivenMap, std::less<>> on;
  collect_given(instance.body, given, on);
  collect_overlays(instance.name, given, on);
  if (instance.kind == nullptr) {
    // The vendor's own property names: in the order written, whatever they are.
    Type any;
    for (const Placed& p : instance.body) {
      const auto* a = std::get_if<syntax::Attribute>(&p.statement->data);
      if (a == nullptr) continue;
      const auto it = given.find(a->name.text);
      AttributeSpec named;  // what a finding calls it
      named.name = a->name.text;
      named.late = true;
      if (auto v = evaluate(*it->second.expression, *it->second.scope, any, &named))
        node.attributes.set(a->name.text, std::move(*v), it->second.origin);
    }
    if (const auto here = on.find(node.cloud); here != on.end()) {
      const std::vector<AttributeSpec> specs = place_attributes(node.cloud);
      const std::string what = fmt::format("resource `{}`", instance.name);
      report_unknown_attributes(specs, node.cloud, here->second, what);
      node.placed = evaluate_attributes(specs, node.cloud, here->second, nullptr, node.span, what, false);
    }
    return;
  }
  const auto& specs = instance.kind->attributes;
  const std::string what = fmt::format("{} `{}`", instance.kind->name, instance.name);
  report_unknown_attributes(specs, "", given, what);
  for (const auto& [cloud, here] : on) report_unknown_attributes(specs, cloud, here, what);

  Attributes base = evaluate_attributes(specs, "", given, nullptr, node.span, what, false);
  // Where a slip of the pen cost part of the node, nobody knows what it would have said.
  const Span whole = instance.declaration->span;
  const bool torn = std::any_of(sink_.all().begin(), sink_.all().end(), [&](const diag::Diagnostic& d) {
    return d.span.file == whole.file && d.span.begin >= whole.begin && d.span.end <= whole.end &&
           (d.code == codes::SyntaxExpected.id || d.code == codes::SyntaxUnclosed.id || d.code == codes::SyntaxLoneName.id);
  });
  for (const AttributeSpec& spec : specs) {
    if (torn || !spec.required() || !spec.cloud.empty() || given.contains(spec.name)) continue;
    bool somewhere = false;
    for (const auto& [cloud, here] : on) somewhere = somewhere || here.contains(spec.name);
    for (const Placed& p : instance.body) {  // `runtime: nodejs20` was reported where it stands
      const auto* declared = std::get_if<syntax::AttributeDecl>(&p.statement->data);
      somewhere = somewhere || (declared != nullptr && declared->name.text == spec.name);
    }
    somewhere = somewhere || misspelt(specs, given, spec.name);
    if (!somewhere) {
      sink_.report(node.span, codes::KindMissing, what, spec.name)
          .help(fmt::format("give it {}: `{} = …`", name_of(spec.type), spec.name));
    }
  }
  for (const std::string& cloud : options_.clouds) {
    const auto here = on.find(cloud);
    bool own = here != on.end();
    for (const AttributeSpec& spec : specs) own = own || (spec.cloud == cloud && spec.value);
    if (!own) continue;
    Attributes laid = base;
    static const GivenMap nothing;
    const GivenMap& said = here == on.end() ? nothing : here->second;
    for (const AttributeSpec& spec : specs) {
      if (!spec.cloud.empty() && spec.cloud != cloud) continue;
      const auto it = said.find(spec.name);
      if (it != said.end()) {
        if (auto v = evaluate(*it->second.expression, *it->second.scope, spec.type, &spec))
          laid.set(spec.name, std::move(*v), it->second.origin == Origin::stage ? Origin::stage : Origin::cloud,
                   is_literal(*it->second.expression));
      } else if (spec.cloud == cloud && spec.value) {
        laid.set(spec.name, unwritten(*spec.value), Origin::fallback);
      }
    }
    node.on.emplace(cloud, std::move(laid));
  }
  node.attributes = std::move(base);
  if (!torn) check_alternatives(instance, given, on);
}

}  // namespace virga::architecture
