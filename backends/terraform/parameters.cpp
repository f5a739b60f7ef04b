// Parameters and outputs → variables.tf and outputs.tf.
#include "backends/terraform/constraints.h"
#include "backends/terraform/emit.h"
#include "backends/terraform/format.h"
#include "backends/terraform/names.h"
#include "compiler/cloud/references.h"

#include <algorithm>

namespace virga::terraform {
namespace {

using cloud::Value;

std::vector<std::string> items_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; !text.empty();) {
    const std::size_t comma = text.find(',', begin);
    out.push_back(text.substr(begin, comma == std::string::npos ? comma : comma - begin));
    if (comma == std::string::npos) break;
    begin = comma + 1;
  }
  return out;
}

bool tells_secrets(const cloud::Stack& stack, const Value& value) {
  bool found = false;
  cloud::for_each_value(value, [&](const Value& v) {
    const auto* p = v.get<cloud::Parameter>();
    found = found ||
            (p != nullptr && std::any_of(stack.parameters.begin(), stack.parameters.end(),
                                         [&](const cloud::StackParameter& s) { return s.name == p->name && s.secret; }));
  });
  return found;
}

}  // namespace

void Emitter::parameters() {
  for (const cloud::StackParameter& p : stack_.parameters) parameter(p);
}

void Emitter::parameter(const cloud::StackParameter& p) {
  const auto type = std::find_if(table_.parameter_types.begin(), table_.parameter_types.end(),
                                 [&](const Pair& t) { return t.first == p.type; });
  if (type == table_.parameter_types.end()) return unsaid("parameters of type `" + p.type + "`, such as `" + p.name + "`");
  hcl::Body& body = out_.variables.body.add("variable", {to_variable(p.name)}).body;
  const bool is_list = type->second.starts_with("list(");
  body.set("type", is_list ? hcl::call("list", {hcl::path(type->second.substr(5, type->second.size() - 6))})
                           : hcl::path(type->second));
  if (!p.description.empty()) body.set("description", hcl::string(p.description));
  if (p.fallback) {
    const auto* text = p.fallback->get<std::string>();
    if (is_list && text != nullptr) {
      std::vector<hcl::Expr> items;
      for (const std::string& item : items_of(*text)) items.push_back(hcl::string(item));
      body.set("default", hcl::list(std::move(items)));
    } else {
      body.set("default", expression(*p.fallback, {"the default of " + p.name}));
    }
  }
  if (p.secret) body.set("sensitive", hcl::boolean(true));
  for (hcl::Item& validation : validations(p)) body.items.push_back(std::move(validation));
}

void Emitter::outputs() {
  for (const cloud::StackOutput& o : stack_.outputs) {
    if (!o.export_name.empty()) unsaid("the export `" + o.export_name + "` of the output `" + o.name + "`");
    if (!o.condition.empty()) unsaid("the condition of the output `" + o.name + "`");
    hcl::Body& body = out_.outputs.body.add("output", {to_name(o.name)}).body;
    if (!o.description.empty()) body.set("description", hcl::string(o.description));
    body.set("value", expression(o.value, {"the output " + o.name}));
    if (tells_secrets(stack_, o.value)) body.set("sensitive", hcl::boolean(true));
  }
}

std::string Format::parameter_name(std::string_view name) const { return to_variable(name); }

std::string Format::output_name(std::string_view name) const { return to_name(name); }

}  // namespace virga::terraform
