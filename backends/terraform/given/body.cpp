// Bodies ↔ objects.
#include "backends/terraform/given/values.h"
#include "backends/terraform/hcl/print.h"

#include <algorithm>
#include <array>

namespace virga::terraform::given {
namespace {

using cloud::Object;
using cloud::Value;
using cloud::Values;

/// Blocks within others that always have one label.
constexpr std::array<std::string_view, 4> kLabelled = {"backend", "dynamic", "provider_meta", "provisioner"};

bool is_labelled(std::string_view name) { return std::find(kLabelled.begin(), kLabelled.end(), name) != kLabelled.end(); }

/// `data "aws_region" "here"`, for blocks of which nobody knows how many labels they have.
std::string header_of(const hcl::Item& item) {
  std::string out = item.name;
  for (const std::string& label : item.labels) out += " \"" + label + "\"";
  return out;
}

/// The name and the labels of a header.
std::pair<std::string, std::vector<std::string>> parts_of(const std::string& header) {
  std::vector<std::string> words{""};
  for (const char c : header) {
    if (c == '"') words.emplace_back();
    else words.back() += c;
  }
  std::pair<std::string, std::vector<std::string>> out{words.front(), {}};
  if (words.size() > 1 && out.first.ends_with(' ')) out.first.pop_back();
  for (std::size_t i = 1; i < words.size(); i += 2) out.second.push_back(words[i]);
  return out;
}

/// What stands for blocks: a list of nothing but objects.
bool looks_like_blocks(const Value& value) {
  const auto* list = value.get<Values>();
  return list != nullptr && !list->empty() &&
         std::all_of(list->begin(), list->end(), [](const Value& v) { return v.get<Object>() != nullptr; });
}

}  // namespace

Object to_object(const hcl::Body& body, const Names& names) {
  Object out;
  for (const hcl::Item& item : body.items) {
    if (!item.is_block) {
      Value value = to_value(item.value, names);
      if (looks_like_blocks(value)) value = Box<cloud::Call>(cloud::Call{std::string(kExpression), hcl::print(item.value)});
      out.set(item.name, std::move(value));
      continue;
    }
    Object inner = to_object(item.body, names);
    const bool known = is_labelled(item.name) && item.labels.size() == 1;
    if (known) inner = cloud::object({{item.labels.front(), std::move(inner)}});
    const std::string key = known ? item.name : header_of(item);
    Value* list = out.find(key);
    if (list == nullptr) {
      out.set(key, Values{});
      list = out.find(key);
    }
    if (auto* all = list->get<Values>()) all->emplace_back(std::move(inner));
  }
  return out;
}

void add_all(hcl::Body& body, const Object& object, const Names& names, const std::function<void(std::string)>& unsaid) {
  for (const cloud::Member& m : object.members) {
    auto [name, labels_of] = parts_of(m.key);
    const bool blocks = looks_like_blocks(m.value);
    if (!hcl::is_identifier(name) || (!labels_of.empty() && !blocks)) {
      unsaid("`" + m.key + "`, which is no name of an argument,");
      continue;
    }
    if (!blocks) {
      body.set(m.key, to_expr(m.value, names, unsaid));
      continue;
    }
    for (const Value& one : *m.value.get<Values>()) {
      const Object* inner = one.get<Object>();
      std::vector<std::string> labels = labels_of;
      if (is_labelled(name)) {
        const bool has = inner->members.size() == 1 && inner->members.front().value.get<Object>() != nullptr;
        if (!has) {
          unsaid("a block `" + m.key + "` without its label");
          continue;
        }
        labels.push_back(inner->members.front().key);
        inner = inner->members.front().value.get<Object>();
      }
      add_all(body.add(name, std::move(labels)).body, *inner, names, unsaid);
    }
  }
}

}  // namespace virga::terraform::given
