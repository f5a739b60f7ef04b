// A stack of the cloud's own engine within the configuration → the resources in its template. emit_nested.cpp is the other
// way.
#include "backends/terraform/names.h"
#include "backends/terraform/read.h"

#include <algorithm>

namespace virga::terraform {

using cloud::Value;
using Kind = hcl::Expr::Kind;

namespace {

/// Calls `visit` with each key and value of an object.
template <class Visit>
void for_each_member(const hcl::Expr& object, const Visit& visit) {
  for (std::size_t i = 0; i + 1 < object.parts.size(); i += 2) {
    const std::string* key = object.parts[i].string();
    visit(key == nullptr ? std::string() : *key, object.parts[i + 1], object.parts[i]);
  }
}

}  // namespace

/// `{ Ref = "X" }` and the like; nothing for an object that is only data.
std::optional<Value> Reader::engine_value(const hcl::Expr& object) {
  const std::string* key = object.parts.size() == 2 ? object.parts[0].string() : nullptr;
  if (key == nullptr) return std::nullopt;
  const hcl::Expr& said = object.parts[1];
  if (*key == engine::kRef && said.string() != nullptr) {
    if (handed_.contains(said.text)) return cloud::Parameter{said.text};
    return nested_.contains(said.text) ? Value(cloud::Ref{said.text}) : unknown(object);
  }
  if (!said.is(Kind::list) || said.parts.size() != 2 || said.parts[0].string() == nullptr) return std::nullopt;
  if (*key == engine::kGetAtt && said.parts[1].string() != nullptr) {
    const bool known = nested_.contains(said.parts[0].text);
    return known ? Value(cloud::GetAtt{said.parts[0].text, said.parts[1].text}) : unknown(object);
  }
  if (*key == engine::kJoin && said.parts[0].text.empty() && said.parts[1].is(Kind::list)) {
    cloud::Values parts;
    for (const hcl::Expr& part : said.parts[1].parts) parts.push_back(value(part, true));
    return cloud::concat(std::move(parts));
  }
  return std::nullopt;
}

void Reader::nested_stack(const hcl::Item& item, cloud::Stack& stack) {
  const Nested& nested = table_.nested;
  Block& block = resources_[{item.labels[0], item.labels[1]}];
  const hcl::Item* text = item.body.argument(nested.body);
  const bool ours = item.labels[1] == engine::kStack && text != nullptr && text->value.is(Kind::call) &&
                    text->value.text == "jsonencode" && text->value.parts.size() == 1 &&
                    text->value.parts[0].is(Kind::object);
  if (block.used || !ours) return;  // what was not used is reported
  block.used = true;
  Open body(item.body);
  body.take(*text);
  if (const hcl::Item* depends = body.argument("depends_on")) body.take(*depends);
  if (const hcl::Item* name = body.argument(nested.name); name != nullptr && name->value.string() != nullptr) {
    body.take(*name);
    stack.name = name->value.text;
  }
  const hcl::Expr* resources = nullptr;
  for_each_member(text->value.parts[0], [&](const std::string& key, const hcl::Expr& said, const hcl::Expr& place) {
    const auto header =
        std::find_if(nested.header.begin(), nested.header.end(), [&](const Always& a) { return a.argument == key; });
    if (key == engine::kResources) resources = &said;
    else if (key == engine::kParameters)
      for_each_member(said, [&](const std::string& name, auto&&...) { handed_.insert(name); });
    else if (header == nested.header.end() || to_value(header->value) != value(said)) (void)unknown(place);
  });
  for (const hcl::Item* one : body.blocks(nested.parameters)) {
    const hcl::Item* key = one->body.argument(nested.key);
    if (key != nullptr && key->value.string() != nullptr && handed_.contains(key->value.text)) body.take(*one);
  }
  report_left(body, item.labels[0]);
  if (resources == nullptr) return;
  for_each_member(*resources, [&](const std::string& id, auto&&...) { nested_.insert(id); });
  inside_ = true;
  for_each_member(*resources,
                  [&](const std::string& id, const hcl::Expr& made, auto&&) { nested_resource(id, made, stack); });
  inside_ = false;
}

void Reader::nested_resource(const std::string& id, const hcl::Expr& made, cloud::Stack& stack) {
  cloud::Resource r;
  r.id = id;
  std::set<std::string> after;
  for_each_member(made, [&](const std::string& key, const hcl::Expr& said, const hcl::Expr& place) {
    if (key == engine::kType && said.string() != nullptr) {
      r.type = said.text;
    } else if (key == engine::kProperties && said.is(Kind::object)) {
      Value properties = value(said, true);
      if (auto* object = properties.get<cloud::Object>()) r.properties = std::move(*object);
    } else if (key == engine::kDependsOn && said.is(Kind::list)) {
      for (const hcl::Expr& e : said.parts) after.insert(e.text);
    } else if (key == engine::kDeletionPolicy && (said.text == engine::kRetain || said.text == engine::kDelete)) {
      r.on_removal = said.text == engine::kRetain ? cloud::OnRemoval::keep : cloud::OnRemoval::remove;
    } else if (key == engine::kMetadata && said.parts.size() == 2 && said.parts[0].text == engine::kAfter) {
      for (const hcl::Expr& e : said.parts[1].parts) {
        const std::vector<std::string> words = hcl::words(e);
        if (words.size() == 3 && resources_.contains({words[0], words[1]})) after.insert(to_id(words[1]));
        else (void)unknown(e);
      }
    } else {
      (void)unknown(place);
    }
  });
  r.depends_on.assign(after.begin(), after.end());
  stack.resources.push_back(std::move(r));
}

}  // namespace virga::terraform
