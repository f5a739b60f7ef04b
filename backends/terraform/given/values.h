// Expressions of a configuration that somebody else wrote ↔ values of a stack, with nothing lost: what no value says is kept
// as it is written, as the argument of a function of that name.
#pragma once

#include "backends/terraform/given/names.h"
#include "backends/terraform/hcl/tree.h"
#include "compiler/cloud/stack.h"

#include <functional>

namespace virga::terraform::given {

/// The function that holds an expression as text.
inline constexpr std::string_view kExpression = "Fn::Expression";

[[nodiscard]] cloud::Value to_value(const hcl::Expr& expression, const Names& names);

/// A number is one whole number, however it is written.
[[nodiscard]] cloud::Value whole(double number);
void make_whole(cloud::Value& value);

/// `unsaid` gets, in words, what no expression says.
[[nodiscard]] hcl::Expr to_expr(const cloud::Value& value, const Names& names,
                                const std::function<void(std::string)>& unsaid);

/// Arguments by their names, and blocks as lists of objects, as JSON configurations have them. A block that always has one
/// label is an object in an object, `dynamic = [{ setting = { … } }]`; others with labels stand under their whole header.
[[nodiscard]] cloud::Object to_object(const hcl::Body& body, const Names& names);
void add_all(hcl::Body& body, const cloud::Object& object, const Names& names,
             const std::function<void(std::string)>& unsaid);

/// Whether two bodies say the same. The order of arguments does not count, nor that of blocks of different types.
[[nodiscard]] bool same(const hcl::Body& a, const hcl::Body& b);

}  // namespace virga::terraform::given
