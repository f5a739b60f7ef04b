// What the provider has no fitting resource for → a stack of the cloud's own engine within the configuration: one resource
// whose argument holds a template as text. Inside, the resources refer to each other in the engine's words; what they need
// of the rest is put in by Terraform.
#include "backends/terraform/emit.h"
#include "backends/terraform/names.h"
#include "compiler/cloud/references.h"

#include <algorithm>

namespace virga::terraform {
namespace {

using cloud::Value;

hcl::Expr word(std::string_view key, hcl::Expr value) {
  hcl::Expr out = hcl::object();
  hcl::add(out, key, std::move(value));
  return out;
}

}  // namespace

bool Emitter::nests(const std::string& resource) const {
  const cloud::Resource* target = stack_.find(resource);
  const Type* type = target == nullptr ? nullptr : table_.find(*target);
  return type != nullptr && is_nested(*type, *target);
}

bool Emitter::is_secret(const std::string& parameter) const {
  return std::any_of(stack_.parameters.begin(), stack_.parameters.end(),
                     [&](const cloud::StackParameter& p) { return p.name == parameter && p.secret; });
}

/// Whether a value takes something that only the engine will know, so that Terraform cannot choose or calculate with it.
bool Emitter::engine_speaks(const Value& value) const {
  bool found = false;
  if (!inside_) return found;
  cloud::for_each_value(value, [&](const Value& v) {
    const auto* ref = v.get<cloud::Ref>();
    const auto* att = v.get<cloud::GetAtt>();
    const auto* parameter = v.get<cloud::Parameter>();
    found = found || (ref != nullptr && nests(ref->resource)) || (att != nullptr && nests(att->resource)) ||
            (parameter != nullptr && is_secret(parameter->name));
  });
  return found;
}

hcl::Expr Emitter::engine_reference(const std::string& resource, const std::string* attribute) {
  if (attribute == nullptr) return word(engine::kRef, hcl::string(resource));
  return word(engine::kGetAtt, hcl::list({hcl::string(resource), hcl::string(*attribute)}));
}

/// A text with words of the engine in it: what Terraform puts together stays together.
hcl::Expr Emitter::engine_text(std::vector<hcl::Expr> parts) {
  std::vector<hcl::Expr> items, pending;
  const auto flush = [&] {
    if (!pending.empty()) items.push_back(hcl::joined(std::move(pending)));
    pending.clear();
  };
  for (hcl::Expr& part : parts) {
    if (!part.is(hcl::Expr::Kind::object)) {
      pending.push_back(std::move(part));
      continue;
    }
    flush();
    items.push_back(std::move(part));
  }
  if (items.empty()) return hcl::joined(std::move(pending));
  flush();
  return word(engine::kJoin, hcl::list({hcl::string(""), hcl::list(std::move(items))}));
}

void Emitter::nest(const cloud::Resource& r, const Type& type) {
  out_.unsaid.push_back({r.id, std::string(type.nested), {}, catalog::Fidelity::emulated});
  inside_ = true;
  hcl::Expr made = word(engine::kType, hcl::string(r.type));
  std::vector<hcl::Expr> inside, outside;
  for (const std::string& id : r.depends_on) {
    const cloud::Resource* other = stack_.find(id);
    const Type* its = other == nullptr ? nullptr : table_.find(*other);
    if (nests(id)) inside.push_back(hcl::string(id));
    else if (its == nullptr || its->terraform.empty()) unsaid("that `" + r.id + "` waits for `" + id + "`");
    else outside.push_back(hcl::path(std::string(its->terraform) + "." + to_name(id) + ".id"));
  }
  if (!inside.empty()) hcl::add(made, engine::kDependsOn, hcl::list(std::move(inside)));
  if (!outside.empty()) hcl::add(made, engine::kMetadata, word(engine::kAfter, hcl::list(std::move(outside))));
  if (r.on_replace != cloud::OnRemoval::engine_default || r.on_removal == cloud::OnRemoval::snapshot)
    unsaid("what happens to `" + r.id + "` when it is replaced or leaves the stack");
  if (r.on_removal != cloud::OnRemoval::engine_default) {
    const bool keep = r.on_removal == cloud::OnRemoval::keep;
    hcl::add(made, engine::kDeletionPolicy, hcl::string(keep ? engine::kRetain : engine::kDelete));
  }
  if (!r.properties.members.empty()) hcl::add(made, engine::kProperties, expression(r.properties, {r.id, true}));
  hcl::add(nested_, r.id, std::move(made));
  inside_ = false;
}

void Emitter::nested_stack() {
  if (nested_.parts.empty()) return;
  const Nested& nested = table_.nested;
  hcl::Expr body = hcl::object();
  for (const Always& a : nested.header) hcl::add(body, a.argument, to_expr(a.value));
  hcl::Expr parameters = hcl::object();
  Block block;
  block.placed.address = {std::string(nested.type), std::string(engine::kStack)};
  for (const std::string& name : handed_) {
    hcl::Expr declared = word(engine::kType, hcl::string("String"));
    hcl::add(declared, "NoEcho", hcl::boolean(true));
    hcl::add(parameters, name, std::move(declared));
  }
  if (!handed_.empty()) hcl::add(body, engine::kParameters, std::move(parameters));
  hcl::add(body, engine::kResources, std::move(nested_));
  block.body.set(nested.name, hcl::string(stack_.name.empty() ? engine::kStack : std::string_view(stack_.name)));
  block.body.set(nested.body, hcl::call("jsonencode", {std::move(body)}));
  for (const std::string& name : handed_) {
    hcl::Body& one = block.body.add(nested.parameters).body;
    one.set(nested.key, hcl::string(name));
    one.set(nested.value, hcl::path("var." + to_variable(name)));
  }
  blocks_.push_back(std::move(block));
}

}  // namespace virga::terraform
