// Units of a stack, as tests of plans make them.
#pragma once

#include "compiler/cloud/backend.h"

#include <string>
#include <utility>

namespace virga::test {

inline cloud::Unit unit(std::string address, std::string type, cloud::Object properties) {
  cloud::Unit u;
  u.address = std::move(address);
  u.type = std::move(type);
  u.properties = std::move(properties);
  return u;
}

}  // namespace virga::test
