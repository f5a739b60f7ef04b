// One stack cut into several that are wired to each other: what one takes of another is an output there, and taken by the
// format's own words here. Together they are the one stack, no resource twice or lost.
#pragma once

#include "compiler/cloud/crossing.h"
#include "compiler/partition/place.h"

namespace virga::partition {

/// The stack that the app had when it was one, and keeps the name of that.
inline constexpr std::string_view kFirstPart = "1";

struct Part {
  std::string name;
  cloud::Stack stack;
};

/// What a stack of a part is called: the first one as the app's only stack was, so that what stays there is left alone.
[[nodiscard]] std::string stack_name(const std::string& app, const std::string& part);

/// Name of the output by which a stack gives a value of one of its resources.
[[nodiscard]] std::string output_name(const std::string& resource, const std::string& attribute);

/// In the order of the placement, which is one in which they can be deployed. The stack's name
/// is that of the app's only stack.
[[nodiscard]] std::vector<Part> split(const cloud::Stack& stack, const Graph& graph, const Placement& placement,
                                      const cloud::Crosses& format);

}  // namespace virga::partition
