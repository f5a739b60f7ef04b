// What an engine keeps track of when its format has nothing of its own: the resources of the stack.
#include "compiler/cloud/backend.h"

namespace virga::cloud {

std::vector<Unit> Format::units(const Stack& stack) const {
  std::vector<Unit> out;
  out.reserve(stack.resources.size());
  for (const Resource& r : stack.resources) {
    out.push_back({r.id, r.type, r.properties, r.depends_on, r.on_removal, r.on_replace, r.from, r.id});
  }
  return out;
}

}  // namespace virga::cloud
