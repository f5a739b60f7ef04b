#include "compiler/driver/nested.h"

#include "compiler/adopt/names.h"
#include "compiler/cloud/references.h"
#include "compiler/driver/adopt.h"

#include <algorithm>

namespace virga::driver {
namespace {

/// `Outputs.TableArn` that a value asks of a resource.
void collect_outputs(const cloud::Value& value, const std::string& id, std::vector<std::string>& out) {
  cloud::for_each_value(value, [&](const cloud::Value& v) {
    const auto* att = v.get<cloud::GetAtt>();
    const bool is_new =
        att != nullptr && att->resource == id && std::find(out.begin(), out.end(), att->attribute) == out.end();
    if (is_new) out.push_back(att->attribute);
  });
}

bool is_plain(const cloud::Value& value) {
  return value.get<std::string>() != nullptr || value.get<bool>() != nullptr || value.get<std::int64_t>() != nullptr ||
         value.get<double>() != nullptr;
}

}  // namespace

std::vector<Nested> nested_in(const cloud::Stack& stack, const cloud::Dialect& dialect, const cloud::NamedFiles& named) {
  std::vector<Nested> out;
  adopt::Names names;
  for (const cloud::Resource& r : stack.resources) {
    const auto form = std::find_if(dialect.nested.begin(), dialect.nested.end(),
                                   [&](const cloud::Dialect::Nested& n) { return n.type == r.type; });
    const cloud::Value* said = form == dialect.nested.end() ? nullptr : r.properties.find(form->file);
    const auto* path = said == nullptr ? nullptr : said->get<std::string>();
    if (path == nullptr || path->empty() || path->starts_with("..") || path->starts_with('/') ||
        path->find("://") != std::string::npos)
      continue;
    Nested& one = out.emplace_back();
    one.id = r.id;
    one.type = r.type;
    one.path = path->starts_with("./") ? path->substr(2) : *path;
    one.name = names.take(r.id, "nested");
    one.file = named ? named(one.path) : nullptr;
    one.known = one.file != nullptr && recognise(*one.file).format != nullptr;
    const cloud::Value* parameters = r.properties.find(form->parameters);
    if (const auto* all = parameters == nullptr ? nullptr : parameters->get<cloud::Object>()) {
      for (const cloud::Member& m : all->members) {
        (is_plain(m.value) ? one.given : one.between).push_back(m.key);
      }
    }
    for (const cloud::Resource& other : stack.resources) collect_outputs(other.properties, r.id, one.between);
    for (const cloud::StackOutput& output : stack.outputs) collect_outputs(output.value, r.id, one.between);
  }
  return out;
}

}  // namespace virga::driver
