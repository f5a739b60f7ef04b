#include "compiler/cloud/dump.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::cloud {
namespace {

/// With escapes as in JSON, so that any text stays on one line and reads back.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      default:
        if (u < 0x20 || u == 0x7f) {
          out += fmt::format("\\u{:04x}", u);
        } else {
          out += c;
        }
    }
  }
  return out + "\"";
}

struct Writer {
  std::string operator()(Null) const { return "null"; }
  std::string operator()(bool b) const { return b ? "true" : "false"; }
  std::string operator()(std::int64_t n) const { return std::to_string(n); }
  std::string operator()(double n) const { return virga::to_text(n); }
  std::string operator()(const std::string& s) const { return quoted(s); }
  std::string operator()(const Values& items) const {
    std::string out = "[";
    for (const Value& v : items) out += (out.size() > 1 ? ", " : "") + to_text(v);
    return out + "]";
  }
  std::string operator()(const Object& o) const {
    std::string out = "{";
    for (const Member& m : o.members) out += (out.size() > 1 ? ", " : "") + m.key + ": " + to_text(m.value);
    return out + "}";
  }
  std::string operator()(const Ref& r) const { return "&" + r.resource; }
  std::string operator()(const GetAtt& g) const { return "&" + g.resource + "." + g.attribute; }
  std::string operator()(const Parameter& p) const { return "$" + p.name; }
  std::string operator()(Pseudo p) const { return fmt::format("@{}", to_text(p)); }
  std::string operator()(const Box<Concat>& c) const {
    std::string out;
    for (const Value& v : c->parts) out += (out.empty() ? "" : " + ") + to_text(v);
    return out;
  }
  std::string operator()(const Box<If>& i) const {
    return fmt::format("if {} then {} else {}", i->condition, to_text(i->then), to_text(i->otherwise));
  }
  std::string operator()(const Box<Call>& c) const { return fmt::format("{}({})", c->function, to_text(c->argument)); }
};

/// Objects and lists of objects one member per line; everything else on the line of its key.
void write_value(std::string& out, std::size_t indent, const Value& value);

void write_members(std::string& out, std::size_t indent, const Object& object) {
  for (const Member& m : object.members) {
    out += fmt::format("{:{}}{}:", "", indent, m.key);
    write_value(out, indent + 2, m.value);
  }
}

void write_value(std::string& out, std::size_t indent, const Value& value) {
  if (const auto* o = value.get<Object>(); o != nullptr && !o->members.empty()) {
    out += '\n';
    write_members(out, indent, *o);
    return;
  }
  const auto* list = value.get<Values>();
  const bool nested = list != nullptr && std::any_of(list->begin(), list->end(), [](const Value& v) {
                        return v.get<Object>() != nullptr || v.get<Values>() != nullptr;
                      });
  if (!nested) {
    out += " " + to_text(value) + "\n";
    return;
  }
  out += '\n';
  for (const Value& item : *list) {
    out += fmt::format("{:{}}-", "", indent);
    write_value(out, indent + 2, item);
  }
}

std::string_view to_text(OnRemoval policy) {
  switch (policy) {
    case OnRemoval::engine_default: return "engine_default";
    case OnRemoval::keep: return "keep";
    case OnRemoval::remove: return "remove";
    case OnRemoval::snapshot: return "snapshot";
  }
  return {};
}

void write(std::string& out, const StackParameter& p) {
  out += fmt::format("\nparameter {}: {}{}\n", p.name, p.type, p.secret ? " secret" : "");
  if (!p.description.empty()) out += fmt::format("  description: {}\n", quoted(p.description));
  if (p.fallback) out += fmt::format("  default: {}\n", to_text(*p.fallback));
  if (!p.allowed.empty()) out += fmt::format("  allowed: {}\n", to_text(Value(p.allowed)));
  if (!p.pattern.empty()) out += fmt::format("  pattern: {}\n", quoted(p.pattern));
  if (p.min) out += fmt::format("  min: {}\n", virga::to_text(*p.min));
  if (p.max) out += fmt::format("  max: {}\n", virga::to_text(*p.max));
  if (p.min_length) out += fmt::format("  min_length: {}\n", *p.min_length);
  if (p.max_length) out += fmt::format("  max_length: {}\n", *p.max_length);
  if (!p.more.members.empty()) out += fmt::format("  (more: {})\n", to_text(Value(p.more)));
}

void write(std::string& out, const Resource& r) {
  out += fmt::format("\nresource {}: {}\n", r.id, r.type);
  if (!r.from.strategy.empty()) out += fmt::format("  (strategy: {})\n", r.from.strategy);
  if (!r.depends_on.empty()) out += fmt::format("  (after: {})\n", fmt::join(r.depends_on, ", "));
  if (!r.condition.empty()) out += fmt::format("  (if: {})\n", r.condition);
  if (r.on_removal != OnRemoval::engine_default) out += fmt::format("  (on_removal: {})\n", to_text(r.on_removal));
  if (r.on_replace != OnRemoval::engine_default) out += fmt::format("  (on_replace: {})\n", to_text(r.on_replace));
  if (!r.metadata.members.empty()) out += fmt::format("  (metadata: {})\n", to_text(Value(r.metadata)));
  if (!r.more.members.empty()) out += fmt::format("  (more: {})\n", to_text(Value(r.more)));
  write_members(out, 2, r.properties);
}

void write(std::string& out, const StackOutput& o) {
  out += fmt::format("\noutput {}: {}\n", o.name, to_text(o.value));
  if (!o.description.empty()) out += fmt::format("  description: {}\n", quoted(o.description));
  if (!o.export_name.empty()) out += fmt::format("  export: {}\n", quoted(o.export_name));
  if (!o.condition.empty()) out += fmt::format("  if: {}\n", o.condition);
  if (!o.more.members.empty()) out += fmt::format("  (more: {})\n", to_text(Value(o.more)));
}

}  // namespace

std::string_view to_text(Pseudo pseudo) {
  switch (pseudo) {
    case Pseudo::account: return "account";
    case Pseudo::region: return "region";
    case Pseudo::stack_name: return "stack_name";
    case Pseudo::stack_id: return "stack_id";
    case Pseudo::partition: return "partition";
    case Pseudo::url_suffix: return "url_suffix";
    case Pseudo::no_value: return "no_value";
  }
  return {};
}

std::optional<Pseudo> pseudo_named(std::string_view name) {
  for (const Pseudo p : {Pseudo::account, Pseudo::region, Pseudo::stack_name, Pseudo::stack_id, Pseudo::partition,
                         Pseudo::url_suffix, Pseudo::no_value}) {
    if (to_text(p) == name) return p;
  }
  return std::nullopt;
}

std::string to_text(const Value& value) { return std::visit(Writer{}, value.data); }

std::string dump(const Stack& stack) {
  std::string out = fmt::format("stack {}{}{}\n", stack.cloud, stack.region.empty() ? "" : " in ", stack.region);
  if (!stack.description.empty()) out += fmt::format("description: {}\n", quoted(stack.description));
  for (const StackParameter& p : stack.parameters) write(out, p);
  for (const Condition& c : stack.conditions) out += fmt::format("\ncondition {}: {}\n", c.name, to_text(c.expression));
  for (const Resource& r : stack.resources) write(out, r);
  for (const StackOutput& o : stack.outputs) write(out, o);
  for (const Member& section : stack.sections.members)
    out += fmt::format("\nsection {}: {}\n", section.key, to_text(section.value));
  return out;
}

}  // namespace virga::cloud
