#include "backends/terraform/standing.h"

#include <algorithm>

namespace virga::terraform {
namespace {

const Json* list(const Json& of, std::string_view key) {
  const Json* found = member(of, key);
  return found != nullptr && found->is_array() ? found : nullptr;
}

std::string index_of(const Json& instance) {
  const Json* key = member(instance, "index_key");
  return key == nullptr || key->is_null() ? "" : "[" + key->dump() + "]";
}

std::vector<std::string> texts(const Json* all) {
  std::vector<std::string> out;
  for (std::size_t i = 0; all != nullptr && i < all->size(); ++i) {
    if ((*all)[i].is_string()) out.push_back((*all)[i].get<std::string>());
  }
  return out;
}

/// Of a state file: a path to each secret, `[[{ "type": "get_attr", "value": "password" }]]`.
std::set<std::string> secrets_of_state(const Json* paths) {
  std::set<std::string> out;
  for (std::size_t i = 0; paths != nullptr && i < paths->size(); ++i) {
    const Json& path = (*paths)[i];
    if (path.is_array() && !path.empty()) out.insert(text_of(path.front(), "value"));
  }
  return out;
}

/// Of what is shown: the same shape as the values, with `true` where one is secret.
std::set<std::string> secrets_shown(const Json* marks) {
  std::set<std::string> out;
  if (marks == nullptr || !marks->is_object()) return out;
  for (const auto& [name, mark] : marks->items()) {
    std::vector<const Json*> left{&mark};
    while (!left.empty()) {
      const Json& one = *left.back();
      left.pop_back();
      if (one.is_boolean() && one.get<bool>()) out.insert(name);
      if (one.is_structured())
        for (const Json& inner : one) left.push_back(&inner);
    }
  }
  return out;
}

/// A resource of a module has the module's address, one of several its key.
void read_state(const Json& resources, std::vector<Standing>& out) {
  for (const Json& r : resources) {
    const Json* instances = list(r, "instances");
    if (text_of(r, "mode") != "managed" || instances == nullptr) continue;
    for (const Json& instance : *instances) {
      Standing one{text_of(r, "type"),
                   text_of(r, "name"),
                   text_of(r, "module"),
                   index_of(instance),
                   member(instance, "attributes"),
                   secrets_of_state(list(instance, "sensitive_attributes")),
                   texts(list(instance, "dependencies"))};
      out.push_back(std::move(one));
    }
  }
}

/// Modules lie within modules.
void read_shown(const Json& root, std::vector<Standing>& out) {
  std::vector<const Json*> modules{&root};
  while (!modules.empty()) {
    const Json& module = *modules.back();
    modules.pop_back();
    if (const Json* resources = list(module, "resources")) {
      for (const Json& r : *resources) {
        if (text_of(r, "mode") != "managed") continue;
        Standing one;
        one.type = text_of(r, "type");
        one.module = text_of(module, "address");
        one.values = member(r, "values");
        one.secret = secrets_shown(member(r, "sensitive_values"));
        one.needs = texts(list(r, "depends_on"));
        const std::string address = text_of(r, "address"), begin = one.block();  // all but the name
        if (!address.starts_with(begin)) continue;
        const std::size_t bracket = std::min(address.find('[', begin.size()), address.size());
        one.name = address.substr(begin.size(), bracket - begin.size());
        one.index = address.substr(bracket);
        out.push_back(std::move(one));
      }
    }
    if (const Json* within = list(module, "child_modules")) {
      for (const Json& m : *within) modules.push_back(&m);
    }
  }
}

}  // namespace

const Json* member(const Json& of, std::string_view key) {
  if (!of.is_object()) return nullptr;
  const auto found = of.find(key);
  return found == of.end() ? nullptr : &*found;
}

std::string text_of(const Json& of, std::string_view key) {
  const Json* found = member(of, key);
  return found != nullptr && found->is_string() ? found->get<std::string>() : "";
}

std::vector<Standing> standing_in(const Json& record) {
  std::vector<Standing> out;
  if (const Json* resources = list(record, "resources")) {
    read_state(*resources, out);
  } else if (const Json* values = member(record, "values")) {
    if (const Json* root = member(*values, "root_module")) read_shown(*root, out);
  }
  for (Standing& one : out) {
    if (one.values != nullptr && !one.values->is_object()) one.values = nullptr;
  }
  std::erase_if(out, [](const Standing& one) { return one.type.empty() || one.name.empty(); });
  return out;
}

const Json* outputs_in(const Json& record) {
  const Json* values = member(record, "values");
  const Json* found = member(values == nullptr ? record : *values, "outputs");
  return found != nullptr && found->is_object() ? found : nullptr;
}

}  // namespace virga::terraform
