// Globals: { Function: { Timeout: 3 } }   → Timeout of every AWS::Serverless::Function that does not say its own
#include "backends/aws/sam/sam.h"

#include <algorithm>

namespace virga::aws::sam {
namespace {

using cloud::Object;
using cloud::Value;

constexpr std::string_view kPrefix = "AWS::Serverless::";

/// Maps are merged, lists joined, and for the rest the resource's own word counts.
void merge(Object& own, const Object& global) {
  for (const cloud::Member& m : global.members) {
    Value* said = own.find(m.key);
    if (said == nullptr) {
      own.set(m.key, m.value);
      continue;
    }
    if (said->get<Object>() != nullptr && m.value.get<Object>() != nullptr)
      merge(*said->get<Object>(), *m.value.get<Object>());
    auto* list = said->get<cloud::Values>();
    const auto* more = m.value.get<cloud::Values>();
    if (list != nullptr && more != nullptr) list->insert(list->begin(), more->begin(), more->end());
  }
}

/// Of these SAM makes one by itself for events that name none.
bool is_implicit(std::string_view name) { return name == "Api" || name == "HttpApi"; }

bool ignores(const cloud::Resource& resource) { return resource.more.find("IgnoreGlobals") != nullptr; }

}  // namespace

cloud::Stack without_globals(cloud::Stack stack) {
  Value* section = stack.sections.find("Globals");
  auto* globals = section == nullptr ? nullptr : section->get<Object>();
  if (globals == nullptr) return stack;
  std::vector<std::string> done;
  for (const cloud::Member& m : globals->members) {
    const auto* said = m.value.get<Object>();
    const std::string type = std::string(kPrefix) + m.key;
    const bool kept = said == nullptr || is_implicit(m.key) ||
                      std::any_of(stack.resources.begin(), stack.resources.end(),
                                  [&](const cloud::Resource& r) { return r.type == type && ignores(r); });
    if (kept) continue;
    for (cloud::Resource& r : stack.resources) {
      if (r.type == type) merge(r.properties, *said);
    }
    done.push_back(m.key);
  }
  std::erase_if(globals->members,
                [&](const cloud::Member& m) { return std::find(done.begin(), done.end(), m.key) != done.end(); });
  if (globals->members.empty())
    std::erase_if(stack.sections.members, [](const cloud::Member& m) { return m.key == "Globals"; });
  return stack;
}

}  // namespace virga::aws::sam
