// Which resources a value refers to.
#pragma once

#include "compiler/cloud/stack.h"

#include <functional>

namespace virga::aws {

using ReferenceVisitor = std::function<void(const std::string& resource, const std::string& attribute)>;

/// Calls `visit` for every Ref (with an empty attribute) and every GetAtt in `value`.
void visit_references(const cloud::Value& value, const ReferenceVisitor& visit);

}  // namespace virga::aws
