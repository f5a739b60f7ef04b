#include "compiler/cloud/backend.h"

namespace virga::cloud {

std::string Target::name() const {
  if (backend == nullptr || format == nullptr) return {};
  return std::string(backend->catalog().cloud) + "." + std::string(format->name());
}

const Backend* find_backend(std::string_view cloud) {
  for (const Backend* backend : all_backends()) {
    if (backend->catalog().cloud == cloud) return backend;
  }
  return nullptr;
}

std::vector<Target> all_targets() {
  std::vector<Target> targets;
  for (const Backend* backend : all_backends()) {
    for (const Format* format : backend->formats()) targets.push_back({backend, format});
  }
  return targets;
}

Target find_target(std::string_view name) {
  for (const Target& target : all_targets()) {
    if (target.name() == name) return target;
  }
  return {};
}

}  // namespace virga::cloud
