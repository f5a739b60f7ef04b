#include "backends/terraform/emit.h"

#include "backends/terraform/names.h"
#include "compiler/cloud/dump.h"

#include <algorithm>

namespace virga::terraform {
namespace {

/// Arguments stand before blocks, on every level.
void arrange(hcl::Body& body) {
  std::stable_partition(body.items.begin(), body.items.end(), [](const hcl::Item& item) { return !item.is_block; });
  for (hcl::Item& item : body.items) {
    if (item.is_block) arrange(item.body);
  }
}

std::vector<std::string> paragraphs(std::string_view banner, const std::string& description) {
  std::vector<std::string> out;
  if (!banner.empty()) out.emplace_back(banner);
  if (!description.empty()) out.push_back(description);
  return out;
}

}  // namespace

Configuration Emitter::run(std::string_view banner) {
  conditions();
  for (const cloud::Resource& r : stack_.resources) {
    at_ = &r;
    resource(r);
  }
  at_ = nullptr;
  marks();
  nested_stack();
  dependencies();
  parameters();
  outputs();
  known_sources();
  for (Block& block : blocks_) {
    out_.resources[block.placed.address.text()] = block.placed.resource;
    if (block.keyword == "locals") {
      out_.main.body.add("locals").body = std::move(block.body);
    } else {
      hcl::Item& item = out_.main.body.add(block.keyword, {block.placed.address.type, block.placed.address.name});
      item.body = std::move(block.body);
    }
  }
  versions();
  out_.main.comments = paragraphs(banner, stack_.description);
  for (hcl::File* file : {&out_.variables, &out_.outputs, &out_.providers, &out_.versions})
    file->comments = paragraphs(banner, "");
  return std::move(out_);
}

std::optional<hcl::Body> Emitter::body(const cloud::Resource& r, const Type& type, std::vector<cloud::Unsaid>* why) {
  at_ = &r;
  hcl::Body made;
  rows(made, {std::string(type.terraform), given::name_from(r.id)}, type.rows, r.properties, "");
  for (const Block& block : satellites_) unsaid("a resource of its own, `" + block.placed.address.text() + "`,");
  for (const Block& block : sources_) unsaid("a data source, `" + block.placed.address.text() + "`,");
  const bool all = std::none_of(out_.unsaid.begin(), out_.unsaid.end(),
                                [](const cloud::Unsaid& u) { return u.fidelity == catalog::Fidelity::impossible; });
  if (why != nullptr) std::move(out_.unsaid.begin(), out_.unsaid.end(), std::back_inserter(*why));
  if (!all) return std::nullopt;
  return made;
}

void Emitter::unsaid(std::string what, std::string_view why) {
  out_.unsaid.push_back({at_ == nullptr ? "" : at_->id, std::move(what), std::string(why)});
}

/// A value that is said, but does not mean quite the same there.
void Emitter::warn(const Row& row, const cloud::Value& value) {
  const auto* word = value.get<std::string>();
  for (const Pair& p : row.warns) {
    if (p.first == "*" || (word != nullptr && p.first == *word))
      out_.unsaid.push_back({at_->id, std::string(p.second), {}, catalog::Fidelity::degraded});
  }
}

void Emitter::resource(const cloud::Resource& r) {
  const Type* type = table_.find(r);
  if (type == nullptr) return unsaid("the resource type `" + r.type + "`");
  if (!type->impossible.empty()) return unsaid("the resource type `" + r.type + "`", type->impossible);
  if (!r.condition.empty()) unsaid("the condition of `" + r.id + "`");
  if (!r.metadata.members.empty()) unsaid("the metadata of `" + r.id + "`");
  if (is_nested(*type, r)) return nest(r, *type);
  if (!type->about.empty() && !refers_to(r, type->about))
    return unsaid("a `" + r.type + "` of something that does not stand beside it");
  if (type->terraform.empty()) return name_only(r, *type);
  sources_.clear();
  satellites_.clear();
  Block main;
  main.placed = {{std::string(type->terraform), to_name(r.id)}, r.id, nullptr};
  Properties own = r.properties;
  std::erase_if(own.members, [&](const cloud::Member& m) {
    return std::any_of(type->mark_rows.begin(), type->mark_rows.end(),
                       [&](const Row& row) { return row.property == m.key; });
  });
  rows(main.body, main.placed.address, type->rows, own, "");
  add_always(main.body, type->always, r.id);
  for (const std::string_view property : type->required) {
    if (r.properties.find(property) == nullptr) unsaid("a `" + r.type + "` without `" + std::string(property) + "`");
  }
  last_copy(r, *type, main.body);
  std::vector<hcl::Expr> left = leave(r, *type, main.body);
  arrange(main.body);
  lifecycle(r, *type, std::move(left), main.body);
  for (const Satellite& companion : type->companions) {
    const std::size_t made = attach(main.placed.address, companion);
    add_always(satellites_[made].body, companion.always, r.id);
  }
  std::move(sources_.begin(), sources_.end(), std::back_inserter(blocks_));
  blocks_.push_back(std::move(main));
  for (Block& block : satellites_) {
    arrange(block.body);
    blocks_.push_back(std::move(block));
  }
}

/// What Terraform has no resource for is a local value: it names an attribute of the resource that has it.
void Emitter::name_only(const cloud::Resource& r, const Type& type) {
  const cloud::Value* of = r.properties.find(type.local_property);
  const cloud::Ref* ref = of == nullptr ? nullptr : of->get<cloud::Ref>();
  const cloud::Resource* target = ref == nullptr ? nullptr : stack_.find(ref->resource);
  const Type* target_type = target == nullptr ? nullptr : table_.find(*target);
  if (target_type == nullptr || target_type->terraform.empty())
    return unsaid("a `" + r.type + "` of something that does not stand beside it");
  for (const cloud::Member& m : r.properties.members) {
    if (m.key != type.local_property) unsaid("the property `" + m.key + "` of `" + r.type + "`");
  }
  if (!r.depends_on.empty()) unsaid("what `" + r.id + "` waits for");
  const bool kept =
      r.on_removal == cloud::OnRemoval::keep && (!table_.keeps_on_replace || r.on_replace == cloud::OnRemoval::keep);
  if (kept != type.stays) unsaid("what happens to `" + r.id + "` when it leaves the stack");
  const bool taken = std::any_of(stack_.conditions.begin(), stack_.conditions.end(),
                                 [&](const cloud::Condition& c) { return c.name == r.id; });
  if (taken) unsaid("a condition and a resource of one name, `" + r.id + "`");
  Block block;
  block.keyword = "locals";
  block.placed.resource = r.id;
  block.body.set(to_name(r.id), hcl::path(std::string(target_type->terraform) + "." + to_name(ref->resource) + "." +
                                          std::string(type.local_attribute)));
  blocks_.push_back(std::move(block));
}

/// What has to be said on a resource so that another one can be but a name of it.
void Emitter::marks() {
  for (const cloud::Resource& r : stack_.resources) {
    const Type* type = table_.find(r);
    if (type != nullptr && !type->marks_on.empty()) mark(r, *type);
    if (type == nullptr || type->marks.empty()) continue;
    const cloud::Value* of = r.properties.find(type->local_property);
    const cloud::Ref* ref = of == nullptr ? nullptr : of->get<cloud::Ref>();
    for (Block& block : blocks_) {
      if (ref == nullptr || block.placed.resource != ref->resource || block.placed.satellite != nullptr ||
          block.keyword != "resource")
        continue;
      for (const Always& mark : type->marks) {
        if (block.body.argument(mark.argument) != nullptr) continue;
        const auto first_block = std::find_if(block.body.items.begin(), block.body.items.end(),
                                              [](const hcl::Item& item) { return item.is_block; });
        hcl::Body one;
        one.set(mark.argument, to_expr(mark.value));
        block.body.items.insert(first_block, std::move(one.items.front()));
      }
    }
  }
}

/// Properties of a resource that the provider wants on another one.
void Emitter::mark(const cloud::Resource& r, const Type& type) {
  at_ = &r;
  const cloud::Value* on = r.properties.find(type.marks_on);
  const std::string id = on == nullptr ? "" : referred_resource(*on);
  const auto block = std::find_if(blocks_.begin(), blocks_.end(), [&](const Block& b) {
    return b.keyword == "resource" && b.placed.satellite == nullptr && b.placed.resource == id;
  });
  if (id.empty() || block == blocks_.end()) return unsaid("a `" + r.type + "` of something that does not stand beside it");
  hcl::Body made;
  for (const Row& row : type.mark_rows) {
    if (const cloud::Value* value = r.properties.find(row.property))
      this->row(made, block->placed.address, row, *value, std::string(row.property));
  }
  arrange(made);
  std::vector<hcl::Item>& items = block->body.items;
  for (hcl::Item& item : made.items) {
    const bool taken =
        std::any_of(items.begin(), items.end(), [&](const hcl::Item& i) { return i.name == item.name && !i.is_block; });
    if (taken) unsaid("a second `" + item.name + "` on `" + id + "`");
    // Arguments before the blocks, blocks before what is said about the resource as such.
    const auto at = std::find_if(items.begin(), items.end(), [&](const hcl::Item& i) {
      return i.is_block && (!item.is_block || i.name == "lifecycle");
    });
    items.insert(at, std::move(item));
  }
  at_ = nullptr;
}

/// Terraform has no word for "leave it there when it goes", so what is to be kept can't be destroyed at all.
void Emitter::lifecycle(const cloud::Resource& r, const Type& type, std::vector<hcl::Expr> left, hcl::Body& body) {
  using cloud::OnRemoval;
  hcl::Item made;
  made.name = "lifecycle";
  made.is_block = true;
  if (type.create_first) made.body.set("create_before_destroy", hcl::boolean(true));
  const OnRemoval policy = r.on_removal;
  if (table_.keeps_on_replace ? r.on_replace != policy : r.on_replace != OnRemoval::engine_default)
    unsaid("that `" + r.id + "` is treated differently when it is replaced and when it is removed");
  if (policy == OnRemoval::snapshot && type.copy_name.empty()) unsaid("a snapshot of `" + r.id + "` when it is removed");
  if (policy == OnRemoval::keep || policy == OnRemoval::remove)
    made.body.set("prevent_destroy", hcl::boolean(policy == OnRemoval::keep));
  if (!left.empty()) made.body.set("ignore_changes", hcl::list(std::move(left)));
  if (!made.body.items.empty()) body.items.push_back(std::move(made));
}

/// Arguments that another resource sets once the first value stands: Terraform must not put them back.
std::vector<hcl::Expr> Emitter::leave(const cloud::Resource& r, const Type& type, hcl::Body& body) const {
  std::vector<hcl::Expr> out;
  const bool led = std::any_of(stack_.resources.begin(), stack_.resources.end(), [&](const cloud::Resource& other) {
    return other.type == type.left_to && mentions(other, r.id);
  });
  for (const Always& a : led ? type.left : std::span<const Always>()) {
    if (body.argument(a.argument) != nullptr) continue;
    body.set(a.argument, to_expr(a.value));
    out.push_back(hcl::path(a.argument));
  }
  return out;
}

/// What is left behind when the resource goes: the engine makes up a name for it, the provider asks for one.
void Emitter::last_copy(const cloud::Resource& r, const Type& type, hcl::Body& body) {
  using cloud::OnRemoval;
  if (type.copy_name.empty() || r.on_removal == OnRemoval::keep) return;
  if (r.on_removal == OnRemoval::engine_default)
    return unsaid("whether `" + r.id + "` leaves a copy behind when it is removed");
  if (r.on_removal == OnRemoval::remove) {
    body.set(type.copy_without, hcl::boolean(true));
    return;
  }
  body.set(type.copy_name, hcl::string(name_of_copy(stack_.name, r.id)));
  out_.unsaid.push_back({r.id,
                         "the copy that it leaves behind has one name: one of an earlier time has to be renamed or deleted "
                         "before the next can be made",
                         {},
                         catalog::Fidelity::degraded});
}

/// Whether some property is a reference to a resource of this type.
bool Emitter::refers_to(const cloud::Resource& r, std::string_view type) const {
  return std::any_of(r.properties.members.begin(), r.properties.members.end(), [&](const cloud::Member& m) {
    const cloud::Resource* target = stack_.find(referred_resource(m.value));
    return target != nullptr && target->type == type;
  });
}

void Emitter::dependencies() {
  std::vector<Placed> placed;
  for (const Block& block : blocks_) {
    if (block.keyword == "resource") placed.push_back(block.placed);
  }
  const Dependencies all(std::move(placed));
  for (Block& block : blocks_) {
    if (block.keyword != "resource") continue;
    std::vector<Address> wanted;
    const auto want = [&](const Address& a) {
      if (std::find(wanted.begin(), wanted.end(), a) == wanted.end()) wanted.push_back(a);
    };
    const cloud::Resource* r = stack_.find(block.placed.resource);  // none for the stack of the engine
    at_ = r;
    if (block.placed.satellite == nullptr && r != nullptr) {
      for (const std::string& id : r->depends_on) {
        if (all.of(id).empty()) unsaid("that `" + r->id + "` waits for `" + id + "`");
        for (const Address& a : all.of(id)) want(a);
      }
    }
    for (const Address& a : all.implied(block.placed, block.body)) want(a);
    if (wanted.empty()) continue;
    std::vector<hcl::Expr> list;
    for (const Address& a : wanted) list.push_back(hcl::path(a.text()));
    hcl::Body one;
    one.set("depends_on", hcl::list(std::move(list)));
    block.body.items.push_back(std::move(one.items.front()));
  }
  at_ = nullptr;
}

void Emitter::conditions() {
  if (stack_.conditions.empty()) return;
  Block block;
  block.keyword = "locals";
  for (const cloud::Condition& c : stack_.conditions)
    block.body.set(to_name(c.name), expression(c.expression, {"the condition " + c.name}));
  blocks_.push_back(std::move(block));
}

/// Data sources for what the engine knows by itself, each once, before everything else.
void Emitter::known_sources() {
  std::vector<Block> made;
  for (const Known& known : table_.known) {
    const bool used = known_.contains(&known);
    const bool there =
        std::any_of(made.begin(), made.end(), [&](const Block& b) { return b.placed.address.type == known.type; });
    if (!used || there) continue;
    Block block;
    block.keyword = "data";
    block.placed.address = {std::string(known.type), "current"};
    for (const Always& a : known.always) block.body.set(a.argument, to_expr(a.value));
    made.push_back(std::move(block));
  }
  blocks_.insert(blocks_.begin(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
}

void Emitter::versions() {
  hcl::Item& terraform = out_.versions.body.add("terraform");
  terraform.body.set("required_version", hcl::string(table_.terraform_version));
  hcl::Expr provider = hcl::object();
  hcl::add(provider, "source", hcl::string(table_.source));
  hcl::add(provider, "version", hcl::string(table_.version));
  terraform.body.add("required_providers").body.set(table_.provider, std::move(provider));
  if (!stack_.region.empty())
    out_.providers.body.add("provider", {std::string(table_.provider)}).body.set("region", hcl::string(stack_.region));
}

}  // namespace virga::terraform
