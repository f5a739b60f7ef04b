#include "compiler/adopt/shell.h"

#include "compiler/adopt/names.h"
#include "compiler/cloud/naming.h"
#include "compiler/cloud/template.h"

#include <algorithm>

namespace virga::adopt {
namespace {

using cloud::Object;

std::string_view word_of(cloud::OnRemoval policy, const cloud::Dialect& d) {
  switch (policy) {
    case cloud::OnRemoval::keep: return d.keep;
    case cloud::OnRemoval::remove: return d.remove;
    case cloud::OnRemoval::snapshot: return d.snapshot;
    case cloud::OnRemoval::engine_default: break;
  }
  return {};
}

/// `enum(dev, prod)`, when all that is allowed are words; else empty.
std::string enumeration(const std::vector<cloud::Value>& allowed, const std::optional<cloud::Value>& fallback) {
  std::string out;
  std::set<std::string> seen;
  for (const cloud::Value& v : allowed) {
    const auto* s = v.get<std::string>();
    if (s == nullptr || !is_name(*s) || !seen.insert(*s).second) return {};
    out += (out.empty() ? "" : ", ") + *s;
  }
  const bool fits = !fallback || (fallback->get<std::string>() != nullptr && seen.contains(*fallback->get<std::string>()));
  return out.empty() || !fits ? std::string() : "enum(" + out + ")";
}

/// One line of a description.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

class Shell {
 public:
  Shell(const RaiseRequest& request, const Table& table, const Expressions& words, Draft& draft)
      : q_(request), t_(table), w_(words), d_(draft) {}

  void run() {
    d_.app = q_.app;
    d_.cloud = q_.catalog.cloud;
    d_.targets = {q_.target};
    sections();
    for (const cloud::StackParameter& p : q_.stack.parameters) param(p);
    for (const cloud::StackOutput& o : q_.stack.outputs) output(o);
  }

 private:
  void sections() {
    const std::string& text = q_.stack.description;
    if (!text.empty() && one_line(text) == text) d_.description = text;
    else if (!text.empty()) d_.sections.emplace_back(std::string(q_.dialect.description), w_.any(cloud::Value(text)));
    for (const cloud::Member& m : q_.stack.sections.members) d_.sections.emplace_back(key_text(m.key), w_.any(m.value));
    if (q_.stack.conditions.empty()) return;
    Object all;
    for (const cloud::Condition& c : q_.stack.conditions) all.set(c.name, c.expression);
    d_.sections.emplace_back(std::string(q_.dialect.conditions), w_.any(all));
  }

  /// What a description says as documentation, when that gives the same text again.
  void describe(const std::string& text, std::string& doc, Object& more) const {
    if (text.empty()) return;
    if (one_line(text) == text) doc = text;
    else more.set(std::string(q_.dialect.description), text);
  }

  void param(const cloud::StackParameter& p) {
    DraftParam made;
    made.name = w_.params.find(p.name)->second;
    Object more;
    describe(p.description, made.doc, more);
    const auto* number = p.fallback ? p.fallback->get<std::int64_t>() : nullptr;
    const auto* text = p.fallback ? p.fallback->get<std::string>() : nullptr;
    const bool is_number = p.type == "Number" && (!p.fallback || number != nullptr);
    const bool simple_bounds = is_number && p.allowed.empty();
    std::string words = p.type == "String" ? enumeration(p.allowed, p.fallback) : std::string();
    const auto* flag = p.fallback ? p.fallback->get<bool>() : nullptr;
    const bool is_boolean = p.type == q_.dialect.boolean && !p.type.empty() && (!p.fallback || flag != nullptr);
    made.type = is_boolean ? "bool" : is_number ? "number" : words.empty() ? "string" : words;
    if (p.type != "String" && !is_number && !is_boolean) more.set(std::string(q_.dialect.type), p.type);
    if (p.fallback) {
      if (is_boolean) made.fallback = *flag ? "true" : "false";
      else if (is_number) made.fallback = std::to_string(*number);
      else if (!words.empty()) made.fallback = *text;
      else if (text != nullptr) made.fallback = w_.any(*p.fallback);
      else more.set(std::string(q_.dialect.fallback), *p.fallback);
    }
    if (words.empty() && !p.allowed.empty()) more.set(std::string(q_.dialect.allowed), p.allowed);
    const bool is_secret = q_.secrets && p.secret && made.type == "string" && !p.fallback;
    if (is_secret) made.type = "secret";
    else if (p.secret) more.set(std::string(q_.dialect.secret), true);
    if (!p.pattern.empty()) more.set(std::string(q_.dialect.pattern), p.pattern);
    const auto bound = [&](const std::optional<double>& n, const char* word, std::string_view key) {
      if (!n) return;
      if (simple_bounds) made.constraints.emplace_back(word, to_text(*n));
      else more.set(std::string(key), static_cast<std::int64_t>(*n));
    };
    bound(p.min, "min", q_.dialect.min);
    bound(p.max, "max", q_.dialect.max);
    if (p.min_length) more.set(std::string(q_.dialect.min_length), *p.min_length);
    if (p.max_length) more.set(std::string(q_.dialect.max_length), *p.max_length);
    for (const cloud::Member& m : p.more.members) more.set(m.key, m.value);
    place(p.name, made.name, more, made.on);
    d_.params.push_back(std::move(made));
  }

  void output(const cloud::StackOutput& o) {
    DraftOutput made;
    made.name = names_.take(o.name, "output");
    Object more;
    describe(o.description, made.doc, more);
    made.value = w_.any(o.value);
    if (!o.condition.empty()) more.set(std::string(q_.dialect.condition), o.condition);
    if (!o.export_name.empty())
      more.set(std::string(q_.dialect.export_key), cloud::object({{std::string(q_.dialect.export_name), o.export_name}}));
    for (const cloud::Member& m : o.more.members) more.set(m.key, m.value);
    place(o.name, made.name, more, made.on);
    d_.outputs.push_back(std::move(made));
  }

  void place(const std::string& id, const std::string& name, const Object& more, Said& on) const {
    if (t_.default_id(name) != id) on.emplace_back("id", in_quotes(id));
    if (!more.members.empty()) on.emplace_back("more", w_.any(more));
  }

  const RaiseRequest& q_;
  const Table& t_;
  const Expressions& w_;
  Draft& d_;
  Names names_;
};

}  // namespace

cloud::Object more_of(const cloud::Resource& r, const cloud::Dialect& d) {
  Object more;
  if (!r.condition.empty()) more.set(std::string(d.condition), r.condition);
  if (r.depends_on.size() == 1) more.set(std::string(d.depends_on), r.depends_on.front());
  else if (!r.depends_on.empty())
    more.set(std::string(d.depends_on), cloud::Values(r.depends_on.begin(), r.depends_on.end()));
  if (const std::string_view word = word_of(r.on_removal, d); !word.empty()) more.set(std::string(d.on_removal), word);
  if (const std::string_view word = word_of(r.on_replace, d); !word.empty()) more.set(std::string(d.on_replace), word);
  if (!r.metadata.members.empty()) more.set(std::string(d.metadata), r.metadata);
  for (const cloud::Member& m : r.more.members) more.set(m.key, m.value);
  return more;
}

void shell(const RaiseRequest& request, const Table& table, const Expressions& words, Draft& draft) {
  Shell(request, table, words, draft).run();
}

}  // namespace virga::adopt
