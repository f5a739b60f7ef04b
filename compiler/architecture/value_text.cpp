#include "compiler/architecture/value_text.h"

#include <fmt/format.h>

namespace virga {

std::string text_of(const Architecture& a, const Value& value) {
  if (const auto* n = value.get<NodeRef>()) return a.node(n->node).name;
  if (const auto* o = value.get<OutputRef>()) return a.node(o->node).name + "." + o->output;
  if (const auto* p = value.get<ParamRef>()) return a.param(p->param).name;
  if (const auto* list = value.get<Values>()) {
    std::string out;
    for (const Value& v : *list) out += (out.empty() ? "" : ", ") + text_of(a, v);
    return "[" + out + "]";
  }
  if (const auto* map = value.get<Map>()) {
    std::string out;
    for (const MapEntry& e : map->entries) out += (out.empty() ? " " : "  ") + e.key + " = " + text_of(a, e.value);
    return "{" + out + " }";
  }
  if (const auto* c = value.get<Box<Concat>>()) {
    std::string out = "\"";
    for (const Value& v : (*c)->parts) {
      const auto* s = v.get<std::string>();
      out += s != nullptr ? to_text(v).substr(1, to_text(v).size() - 2) : "${" + text_of(a, v) + "}";
    }
    return out + "\"";
  }
  if (const auto* c = value.get<Box<Choice>>()) {
    return fmt::format("if {} {} {} then {} else {}", text_of(a, (*c)->left),
                       (*c)->comparison == Comparison::equal ? "==" : "!=", text_of(a, (*c)->right), text_of(a, (*c)->then),
                       text_of(a, (*c)->otherwise));
  }
  return to_text(value);
}

}  // namespace virga
