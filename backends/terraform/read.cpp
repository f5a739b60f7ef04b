#include "backends/terraform/read.h"

#include "backends/terraform/constraints.h"
#include "backends/terraform/hcl/print.h"
#include "backends/terraform/names.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>

namespace virga::terraform {

using cloud::Value;
using Kind = hcl::Expr::Kind;

cloud::Stack Reader::run(const std::vector<hcl::File>& files) {
  cloud::Stack stack;
  stack.cloud = table_.cloud;
  for (const hcl::File& file : files) {
    for (const std::string& comment : file.comments) {
      if (!comment.starts_with(kBanner) && stack.description.empty()) stack.description = comment;
    }
    for (const hcl::Item& item : file.body.items) collect(item);
  }
  for (const hcl::File& file : files) {
    for (const hcl::Item& item : file.body.items) {
      if (item.name == "resource" && item.labels.size() == 2 && item.labels[0] == table_.nested.type)
        nested_stack(item, stack);
      else if (item.name == "resource" && item.labels.size() == 2) resource(item, stack);
      else if (item.name == "locals") locals(item, stack);
      else settings(item, stack);
    }
  }
  marks(stack);
  follow(stack);
  for (const auto& [address, block] : resources_) {
    if (!block.used) ignored(*block.item, address.text());
  }
  for (const auto& [address, block] : sources_) {
    if (!block.used) ignored(*block.item, address.text());
  }
  depends_on(stack);
  return stack;
}

void Reader::collect(const hcl::Item& item) {
  if (item.is_block && item.labels.size() == 2) {
    const Address address{item.labels[0], item.labels[1]};
    auto& kind = item.name == "resource" ? resources_ : sources_;
    if (item.name != "resource" && item.name != "data" && item.name != "ephemeral") return;
    Block block{&item, false};
    block.used =
        item.name == "data" && address.name == "current" &&
        std::any_of(table_.known.begin(), table_.known.end(), [&](const Known& k) { return k.type == address.type; });
    if (!kind.emplace(address, block).second) {
      sink_.report(item.span, diag::codes::TemplateDuplicateKey, address.text());
    } else if (item.name == "resource") {
      order_.push_back(address);
      if (const Type* type = type_of(address.type)) {
        for (const Row& row : type->rows) {
          if (row.shape == Shape::follows) kept_.insert(to_name(to_id(address.name) + std::string(row.property)));
        }
      }
    }
  } else if (item.name == "locals") {
    for (const hcl::Item& local : item.body.items) {
      locals_.emplace(local.name, &local);
      if (const Type* type = local.is_block ? nullptr : name_of(local.value)) {
        const std::vector<std::string> words = hcl::words(local.value);
        names_[{words[0], words[1]}].push_back(type);
      }
    }
  }
}

/// The type of which there is only a name: `aws_lambda_function.sync.version` is one of its versions.
const Type* Reader::name_of(const hcl::Expr& e) const {
  const std::vector<std::string> words = hcl::words(e);
  if (words.size() != 3 || type_of(words[0]) == nullptr) return nullptr;
  const auto found = std::find_if(table_.types.begin(), table_.types.end(),
                                  [&](const Type& t) { return t.terraform.empty() && t.local_attribute == words[2]; });
  return found == table_.types.end() ? nullptr : &*found;
}

const Type* Reader::type_of(std::string_view terraform) const {
  const auto found =
      std::find_if(table_.types.begin(), table_.types.end(), [&](const Type& t) { return t.terraform == terraform; });
  return found == table_.types.end() || terraform.empty() ? nullptr : &*found;
}

/// Several types may be one to the provider; which of them it is, what it refers to tells.
const Type* Reader::type_of(const hcl::Item& resource) const {
  std::set<std::string> to;
  for (const Address& address : referred(resource.body)) to.insert(address.type);
  for (const Type& type : table_.types) {
    const Type* about = type.terraform != resource.labels[0] || type.about.empty() ? nullptr : table_.find(type.about);
    if (about != nullptr && to.contains(std::string(about->terraform))) return &type;
  }
  const Type* type = type_of(resource.labels[0]);
  return type == nullptr || !type->about.empty() ? nullptr : type;
}

void Reader::locals(const hcl::Item& block, cloud::Stack& stack) {
  for (const hcl::Item& item : block.body.items) {
    if (item.is_block) {
      ignored(item, "locals");
    } else if (kept_.contains(item.name)) {
      continue;
    } else if (const Type* type = name_of(item.value)) {
      cloud::Resource r;
      r.id = to_id(item.name);
      r.type = type->type;
      r.properties.set(std::string(type->local_property), cloud::Ref{to_id(hcl::words(item.value)[1])});
      if (type->stays) {
        r.on_removal = cloud::OnRemoval::keep;
        if (table_.keeps_on_replace) r.on_replace = cloud::OnRemoval::keep;
      }
      stack.resources.push_back(std::move(r));
    } else {
      stack.conditions.push_back({to_id(item.name), value(item.value)});
    }
  }
}

void Reader::resource(const hcl::Item& item, cloud::Stack& stack) {
  const Address address{item.labels[0], item.labels[1]};
  const Type* type = type_of(item);
  Block& block = resources_[address];
  if (type == nullptr || block.used || block.item != &item) return;
  block.used = true;
  cloud::Resource r;
  r.id = to_id(address.name);
  r.type = type->type;
  at_ = r.id;
  placed_.push_back({address, r.id, nullptr});
  Open& body = opens_.insert_or_assign(r.id, Open(item.body)).first->second;
  lifecycle(body, *type, address, r);
  last_copy(body, *type, r, stack);
  if (const hcl::Item* depends = body.argument("depends_on")) body.take(*depends);
  if (const auto marked = names_.find(address); marked != names_.end()) {
    for (const Type* name : marked->second) always(body, name->marks);
  }
  always(body, type->always);
  if (std::optional<Read> read = rows(body, address, type->rows))
    r.properties = std::move(*read->value.get<cloud::Object>());
  companions(type->companions, address);
  if (!type->marks_on.empty()) marked_.emplace_back(stack.resources.size(), type);
  stack.resources.push_back(std::move(r));
}

/// What a property follows from, now that everything is known.
void Reader::follow(cloud::Stack& stack) {
  for (cloud::Resource& r : stack.resources) {
    const Type* type = table_.find(r);
    for (const Row& row : type == nullptr || is_nested(*type, r) ? std::span<const Row>() : type->rows) {
      if (row.shape != Shape::follows) continue;
      const auto kept = locals_.find(to_name(r.id + std::string(row.property)));
      const Value* lead = r.properties.find(row.to);
      const cloud::Resource* leader = lead == nullptr ? nullptr : stack.find(referred_resource(*lead));
      const Value* same = leader == nullptr ? nullptr : leader->properties.find(row.property);
      if (kept != locals_.end()) r.properties.set(std::string(row.property), value(kept->second->value));
      else if (same != nullptr) r.properties.set(std::string(row.property), Value(*same));
    }
  }
}

void Reader::last_copy(Open& body, const Type& type, cloud::Resource& r, cloud::Stack& stack) {
  if (type.copy_name.empty()) return;
  const hcl::Item* name = body.argument(type.copy_name);
  const hcl::Item* without = body.argument(type.copy_without);
  if (without != nullptr && without->value.is(Kind::boolean)) {
    body.take(*without);
    if (without->value.flag) r.on_removal = cloud::OnRemoval::remove;
  }
  if (name != nullptr) {
    // A name of somebody else's would be lost.
    const std::string* text = name->value.string();
    const std::string own = name_of_copy("", r.id);
    if (text != nullptr && text->ends_with(own)) {
      body.take(*name);
      if (stack.name.empty() && text->size() > own.size()) stack.name = text->substr(0, text->size() - own.size() - 1);
    }
    r.on_removal = cloud::OnRemoval::snapshot;
  }
  if (table_.keeps_on_replace) r.on_replace = r.on_removal;
}

/// What the provider has on one resource and the engine on another.
void Reader::marks(cloud::Stack& stack) {
  for (const auto& [index, type] : marked_) {
    cloud::Resource& r = stack.resources[index];
    const Value* on = r.properties.find(type->marks_on);
    const auto target = opens_.find(on == nullptr ? "" : referred_resource(*on));
    if (target == opens_.end()) continue;
    if (std::optional<Read> read = rows(target->second, {}, type->mark_rows)) {
      for (cloud::Member& m : read->value.get<cloud::Object>()->members)
        r.properties.set(std::move(m.key), std::move(m.value));
    }
  }
  for (const cloud::Resource& r : stack.resources) {
    const auto open = opens_.find(r.id);
    if (open != opens_.end()) report_left(open->second, r.id);
  }
}

/// Whether these are arguments that a resource beside this one sets, with what they begin with; takes them.
bool Reader::left(Open& body, const Type& type, const Address& on, const hcl::Item& changes) {
  const Type* by = type.left_to.empty() ? nullptr : table_.find(type.left_to);
  const bool led = by != nullptr && std::any_of(resources_.begin(), resources_.end(), [&](const auto& other) {
                     return other.first.type == by->terraform && referred(other.second.item->body).contains(on);
                   });
  if (!led || !changes.value.is(Kind::list)) return false;
  std::vector<const hcl::Item*> found;
  for (const hcl::Expr& e : changes.value.parts) {
    const std::vector<std::string> words = hcl::words(e);
    const auto known = std::find_if(type.left.begin(), type.left.end(),
                                    [&](const Always& a) { return words.size() == 1 && a.argument == words[0]; });
    const hcl::Item* item = known == type.left.end() ? nullptr : body.argument(known->argument);
    if (item == nullptr || value(item->value) != to_value(known->value)) return false;
    found.push_back(item);
  }
  for (const hcl::Item* item : found) body.take(*item);
  return true;
}

void Reader::lifecycle(Open& body, const Type& type, const Address& on, cloud::Resource& r) {
  for (const hcl::Item* block : body.blocks("lifecycle")) {
    body.take(*block);
    for (const hcl::Item& item : block->body.items) {
      if (item.name == "create_before_destroy") continue;
      if (item.name == "ignore_changes" && left(body, type, on, item)) continue;
      if (item.name != "prevent_destroy" || !item.value.is(Kind::boolean)) {
        ignored(item, r.id);
        continue;
      }
      r.on_removal = item.value.flag ? cloud::OnRemoval::keep : cloud::OnRemoval::remove;
      if (table_.keeps_on_replace) r.on_replace = r.on_removal;
    }
  }
}

/// What a block waits for beyond what follows from its references.
void Reader::depends_on(cloud::Stack& stack) {
  const Dependencies all(placed_);
  for (const Placed& placed : placed_) {
    const hcl::Body& body = resources_[placed.address].item->body;
    const hcl::Item* item = body.argument("depends_on");
    if (item == nullptr || placed.satellite != nullptr) continue;
    if (!item->value.is(Kind::list)) {
      (void)unknown(item->value);
      continue;
    }
    const std::vector<Address> implied = all.implied(placed, body);
    std::set<std::string> ids;
    for (const hcl::Expr& e : item->value.parts) {
      const std::vector<std::string> words = hcl::words(e);
      const Placed* other = words.size() == 2 ? all.find({words[0], words[1]}) : nullptr;
      if (other == nullptr) (void)unknown(e);
      else if (std::find(implied.begin(), implied.end(), other->address) == implied.end()) ids.insert(other->resource);
    }
    stack.find(placed.resource)->depends_on.assign(ids.begin(), ids.end());
  }
}

/// Everything but resources.
void Reader::settings(const hcl::Item& item, cloud::Stack& stack) {
  if (item.name == "variable" && item.labels.size() == 1) return variable(item, stack);
  if (item.name == "output" && item.labels.size() == 1) return output(item, stack);
  if (item.name == "resource" || item.name == "data" || item.name == "ephemeral") {
    if (item.labels.size() != 2) ignored(item, "the configuration");
    return;
  }
  if (item.name == "terraform") return;  // versions are the table's
  if (item.name == "provider" && item.labels == std::vector<std::string>{std::string(table_.provider)}) {
    for (const hcl::Item& setting : item.body.items) {
      const std::string* region = setting.name == "region" ? setting.value.string() : nullptr;
      if (region != nullptr) stack.region = *region;
      else ignored(setting, "provider");
    }
    return;
  }
  sink_.report(item.name_span, diag::codes::TemplateSectionIgnored, item.name);
}

void Reader::variable(const hcl::Item& block, cloud::Stack& stack) {
  cloud::StackParameter p;
  p.name = from_variable(block.labels[0]);
  std::string type = "string";
  const hcl::Item* fallback = nullptr;
  for (const hcl::Item& item : block.body.items) {
    if (item.is_block) {
      if (item.name != "validation" || !read_validation(item, p)) ignored(item, block.labels[0]);
    } else if (item.name == "type") {
      type = hcl::print(item.value);
    } else if (item.name == "description" && item.value.string() != nullptr) {
      p.description = item.value.text;
    } else if (item.name == "sensitive" && item.value.is(Kind::boolean)) {
      p.secret = item.value.flag;
    } else if (item.name == "default") {
      fallback = &item;
    } else {
      ignored(item, block.labels[0]);
    }
  }
  const auto known = std::find_if(table_.parameter_types.begin(), table_.parameter_types.end(),
                                  [&](const Pair& t) { return t.second == type; });
  if (known == table_.parameter_types.end()) {
    sink_.report(block.span, diag::codes::TemplateShape, block.labels[0], "a variable of a type that the cloud has");
    return;
  }
  p.type = known->first;
  if (fallback != nullptr && type.starts_with("list(") && fallback->value.is(Kind::list)) {
    std::string text;
    for (const hcl::Expr& e : fallback->value.parts) text += (&e == fallback->value.parts.data() ? "" : ",") + e.text;
    p.fallback = text;
  } else if (fallback != nullptr) {
    p.fallback = value(fallback->value);
  }
  stack.parameters.push_back(std::move(p));
}

void Reader::output(const hcl::Item& block, cloud::Stack& stack) {
  cloud::StackOutput o;
  o.name = to_id(block.labels[0]);
  for (const hcl::Item& item : block.body.items) {
    if (item.name == "value" && !item.is_block) o.value = value(item.value);
    else if (item.name == "description" && item.value.string() != nullptr) o.description = item.value.text;
    else if (item.name != "sensitive") ignored(item, block.labels[0]);
  }
  stack.outputs.push_back(std::move(o));
}

void Reader::report_left(const Open& body, const std::string& of) {
  for (const hcl::Item* item : body.left()) ignored(*item, of);
}

void Reader::ignored(const hcl::Item& item, const std::string& of) {
  const Span span = item.name_span.known() ? item.name_span : item.span;
  sink_.report(span, diag::codes::TemplateKeyIgnored, item.name, of);
}

}  // namespace virga::terraform
