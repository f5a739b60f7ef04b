// `require`: rules that the program, a module or a kind states about the finished graph, and whether it keeps them.
//
//   require every function f where f.memory > 1GB: f.timeout <= 10m "large functions are short"
//   require some alarm a                                            "somebody is told"
//   require no edge e where e.to.kind == "table" && e.waits         "tables are reached over queues"
//   require [every | no] path from A to B [through C]               …         requirement_paths.cpp
//   require that: EXPRESSION                                        "…"
//
// A rule is looked at only when the program has no other mistake: what is missing may be what it asks for.
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

bool is(const std::vector<syntax::Name>& word, std::string_view text) {
  return word.size() == 1 && word.front().text == text;
}

/// Where the user sees a node: within a pattern, the pattern's use.
Span place_of(const Instance& instance) {
  return instance.expanded_from.empty() ? instance.declaration->name.span : instance.expanded_from.front();
}

}  // namespace

std::nullopt_t Builder::ill_formed(const syntax::RequireDecl& rule, Span span, std::string_view why) {
  const Span end{rule.reason.span.file, rule.reason.span.end, rule.reason.span.end};
  sink_.report(span.known() ? span : end, codes::RequireForm, std::string(why))
      .help(
          "`require every KIND name where …: … \"why\"`, `require some KIND name where … \"why\"`, `require no KIND name "
          "where … \"why\"`, `require path from A to B \"why\"`, `require no path from A to B \"why\"`, `require every path "
          "from A to B through C \"why\"`, `require that: … \"why\"`");
  return std::nullopt;
}

void Builder::check_rules() {
  if (sink_.has_errors()) return;
  for (const PendingRule& rule : rules_) check_rule(rule);
}

void Builder::check_rule(const PendingRule& rule) {
  const syntax::RequireDecl& d = *rule.declaration;
  const auto& words = d.words;
  if (is(words[0], "that")) {
    if (words.size() > 1 || d.condition != nullptr || d.holds == nullptr) {
      (void)ill_formed(d, words[0][0].span, "`that` is followed by `:` and what must hold");
      return;
    }
    std::vector<Read> reads;
    reads_ = &reads;
    const std::size_t errors = sink_.errors();
    const auto v = raw(*d.holds, *rule.scope, nullptr);
    reads_ = nullptr;
    if (sink_.errors() != errors) return;
    const std::string what = rule.within != nullptr ? "`" + rule.within->name + "`" : "`" + out_.app.name + "`";
    const Span place = rule.within != nullptr ? place_of(*rule.within) : d.holds->span;
    if (!v || v->get<Box<Choice>>()) {
      sink_.report(place, codes::RequireUnproven, what, d.reason.text).label(d.reason.span, "the rule");
    } else if (v->get<bool>() == nullptr) {
      sink_.report(d.holds->span, codes::ValueType, "`true` or `false`", describe_value(*v));
    } else if (!*v->get<bool>()) {
      sink_.report(place, codes::RequireBroken, what, d.reason.text).label(d.reason.span, "the rule");
    }
    return;
  }
  const bool every = is(words[0], "every"), some = is(words[0], "some"), no = is(words[0], "no");
  const std::size_t next = every || some || no ? 1 : 0;
  if (words.size() > next + 1 && is(words[next], "path") && is(words[next + 1], "from") && !some) {
    if (d.condition != nullptr || d.holds != nullptr) {
      (void)ill_formed(d, (d.condition != nullptr ? d.condition : d.holds)->span, "a path has no `where` and no `:`");
      return;
    }
    return check_path(rule, no, next + 2);
  }
  if (next == 0) {
    (void)ill_formed(d, words[0][0].span, "it begins with `every`, `some`, `no`, `path` or `that`");
    return;
  }
  if (words.size() != 3 || words[2].size() != 1) {
    const Span span = words.size() > 3 ? words[3][0].span : words.back().back().span;
    (void)ill_formed(d, span, fmt::format("`{}` is followed by a kind and a name for what is looked at", words[0][0].text));
    return;
  }
  if (every && d.holds == nullptr) {
    (void)ill_formed(d, {}, "`every` needs `:` and what must hold");
    return;
  }
  if (no && d.holds != nullptr) {
    (void)ill_formed(d, d.holds->span, "`no` takes what must not be after `where`");
    return;
  }
  check_every(rule, some, no);
}

std::optional<std::vector<Builder::Subject>> Builder::subjects(const PendingRule& rule,
                                                               const std::vector<syntax::Name>& kind) {
  std::vector<Subject> out;
  Kind* known = find_kind(*rule.scope->module, kind);
  if (known == nullptr && is(kind, "edge")) {
    for (const Edge& e : out_.edges) {
      const Instance& from = *by_name_.find(out_.node(e.from.node).name)->second;
      const Instance& to = *by_name_.find(out_.node(e.to.node).name)->second;
      if (concerns(rule, from) || concerns(rule, to)) out.push_back({nullptr, &e});
    }
    return out;
  }
  const bool all = known == nullptr && is(kind, "node");
  if (known == nullptr && !all) {
    std::vector<std::string> names = visible_kinds(*rule.scope->module);
    names.insert(names.end(), {"node", "edge"});
    const std::string near = diag::nearest(join_path(kind), names);
    const Span span = join(kind.front().span, kind.back().span);
    auto r = sink_.report(span, codes::KindUnknown, join_path(kind));
    if (near.empty()) {
      r.help("a rule is about a kind, or about every `node` or `edge`");
    } else {
      r.help("did you mean `" + near + "`?").fix(span, near, diag::Confidence::likely, "write `" + near + "`");
    }
    return std::nullopt;
  }
  for (Instance& i : instances_) {
    if ((all ? i.node.has_value() : i.kind == known) && concerns(rule, i)) out.push_back({&i, nullptr});
  }
  return out;
}

bool Builder::concerns(const PendingRule& rule, const Instance& instance) const {
  if (rule.within == nullptr) return true;
  for (const std::string& outer : instance.group) {
    if (outer == rule.within->name) return true;
  }
  return false;
}

std::optional<bool> Builder::holds(const PendingRule& rule, const syntax::Expr& e, const syntax::Name& variable,
                                   const Subject& subject) {
  Scope& scope = new_scope(rule.scope, rule.scope->module);
  Binding b;
  b.span = variable.span;
  if (subject.instance != nullptr) {
    b.tag = Binding::Tag::node;
    b.instance = subject.instance;
  } else {
    b.tag = Binding::Tag::value;
    b.value = edge_as_value(*subject.edge);
  }
  scope.names[variable.text] = std::move(b);
  const std::size_t errors = sink_.errors();
  const auto v = raw(e, scope, nullptr);
  scopes_.pop_back();
  if (sink_.errors() != errors) return std::nullopt;
  if (v && v->get<bool>() != nullptr) return *v->get<bool>();
  if (v && known_at_compile_time(*v)) {
    sink_.report(e.span, codes::ValueType, "`true` or `false`", describe_value(*v));
    return std::nullopt;
  }
  const std::string what = subject.edge != nullptr ? describe(out_, *subject.edge) : subject.instance->name;
  auto r = sink_.report(subject.edge != nullptr ? subject.edge->span : place_of(*subject.instance), codes::RequireUnproven,
                        "`" + what + "`", rule.declaration->reason.text);
  r.label(rule.declaration->reason.span, "the rule");
  for (const Read& read : *reads_) {
    if (!known_at_compile_time(read.value)) r.note("`" + read.path + "` is " + describe_value(read.value));
  }
  return std::nullopt;
}

void Builder::check_every(const PendingRule& rule, bool some, bool negated) {
  const syntax::RequireDecl& d = *rule.declaration;
  const auto all = subjects(rule, d.words[1]);
  if (!all) return;
  const syntax::Name& variable = d.words[2].front();
  bool found = false, undecided = false;
  for (const Subject& subject : *all) {
    if (!spend(d.span)) return;
    std::vector<Read> reads;
    reads_ = &reads;
    const std::size_t errors = sink_.errors();
    const auto wanted = d.condition == nullptr ? std::optional(true) : holds(rule, *d.condition, variable, subject);
    auto kept = wanted && *wanted && d.holds != nullptr ? holds(rule, *d.holds, variable, subject) : wanted;
    reads_ = nullptr;
    if (sink_.errors() != errors) return;  // the rule itself is wrong, for this subject as for the next
    if (!wanted || !kept) {
      undecided = true;
      continue;
    }
    if (!*wanted) continue;
    found = found || *kept;
    if (some || *kept != negated) continue;
    const std::string what = subject.edge != nullptr ? describe(out_, *subject.edge) : subject.instance->name;
    Span place = subject.edge != nullptr ? subject.edge->span : place_of(*subject.instance);
    const bool in_pattern = subject.instance != nullptr && !subject.instance->expanded_from.empty();
    for (const Read& read : reads) {
      if (read.given && !in_pattern && read.value.span.known()) place = read.value.span;
    }
    auto r = sink_.report(place, codes::RequireBroken, "`" + what + "`", d.reason.text);
    r.label(d.reason.span, "the rule");
    for (const Read& read : reads) r.note("`" + read.path + "` is " + to_text(read.value));
  }
  if (some && !found && !undecided) {
    auto r = sink_.report(d.reason.span, codes::RequireNone, d.reason.text);
    if (all->empty()) r.note(fmt::format("there is no {} at all", join_path(d.words[1])));
    for (const Subject& subject : *all) {
      const std::string what = subject.edge != nullptr ? describe(out_, *subject.edge) : subject.instance->name;
      r.label(subject.edge != nullptr ? subject.edge->span : place_of(*subject.instance), "`" + what + "` does not");
    }
  }
}

// ---------------------------------------------------------------- what a rule may ask of its subjects

Value Builder::edge_as_value(const Edge& edge) const {
  Map m;
  const auto set = [&](std::string key, Value::Data data) {
    m.entries.push_back({std::move(key), at(std::move(data), edge.span), {}});
  };
  set("from", NodeRef{edge.from.node});
  set("to", NodeRef{edge.to.node});
  set("port", edge.from.name);
  set("to_port", edge.to.name);
  set("argument", edge.from.argument.empty() ? Value::Data(None{}) : Value::Data(edge.from.argument));
  set("waits", edge.delivery == Delivery::call);
  // What any edge may be given, `none` where this one was not, so that one rule fits edges of every sort.
  std::set<std::string, std::less<>> known;
  for (const auto& [name, kind] : out_.kinds) {
    for (const PortSpec& port : kind.ports) {
      for (const AttributeSpec& p : port.properties) known.insert(p.name);
    }
  }
  for (const AttributeValue& p : edge.properties.all) known.insert(p.name);
  for (const std::string& name : known) {
    if (m.find(name) != nullptr) continue;
    const Value* v = edge.properties.find(name);
    m.entries.push_back({name, v != nullptr ? *v : at(None{}, edge.span), {}});
  }
  return at(std::move(m), edge.span);
}

std::optional<Value> Builder::member_in_rule(Instance& instance, const syntax::Name& member) {
  const auto read = [&](Value v, bool given) {
    reads_->push_back({instance.name + "." + member.text, v, given});
    return v;
  };
  if (instance.node) {
    const Node& node = out_.node(*instance.node);
    if (const AttributeValue* a = node.attributes.entry(member.text); a != nullptr) {
      return read(a->value, a->origin == Origin::given || a->origin == Origin::stage);
    }
    if (member.text == "incoming" || member.text == "outgoing") {
      Values edges;
      for (const Edge* e : member.text == "incoming" ? out_.edges_to(node.id) : out_.edges_from(node.id))
        edges.push_back(edge_as_value(*e));
      return at(std::move(edges), member.span);
    }
  } else if (const auto it = instance.inner->names.find(member.text); it != instance.inner->names.end()) {
    if (auto v = from_binding(it->second, member.text, member.span, nullptr)) return read(std::move(*v), false);
    return std::nullopt;
  }
  if (member.text == "kind")
    return at(instance.kind == nullptr ? std::string("resource") : instance.kind->name, member.span);
  if (member.text == "name") return at(instance.name, member.span);
  if (instance.kind == nullptr) return at(None{}, member.span);
  if (instance.kind->attribute(member.text) != nullptr) return read(at(None{}, member.span), false);
  for (const OutputSpec& o : instance.kind->outputs) {
    if (o.name == member.text) return output_of(instance, member);
  }
  // In a rule about nodes of every kind, what only others have is `none`.
  std::vector<std::string> names{"kind", "name", "incoming", "outgoing"};
  for (const auto& [kind_name, kind] : out_.kinds) {
    if (kind.attribute(member.text) != nullptr) return at(None{}, member.span);
  }
  for (const AttributeSpec& a : instance.kind->attributes) names.push_back(a.name);
  auto r = sink_.report(member.span, codes::KindAttribute, fmt::format("{} `{}`", instance.kind->name, instance.name),
                        member.text);
  if (const std::string near = diag::nearest(member.text, names); !near.empty()) {
    r.help("did you mean `" + near + "`?").fix(member.span, near, diag::Confidence::likely, "write `" + near + "`");
  }
  return std::nullopt;
}

}  // namespace virga::architecture
