// What is said in the engine's own words, laid over what attributes and edges say.
#pragma once

#include "compiler/catalog/catalog.h"
#include "compiler/cloud/stack.h"

#include <map>
#include <span>

namespace virga::adopt {

/// By what members the items of a list are known: `triggers` by `triggerType`, and where they have names, by these as well.
struct Known {
  std::string_view member;
  std::string_view id = {};
};
using KnownBy = std::map<std::string_view, Known>;
/// Of the properties that a row says, such as `triggers[triggerType=http].triggerConfig.authType`.
[[nodiscard]] KnownBy known_by(std::span<const catalog::Said> says);

/// Maps go into each other, and so do items of lists that are known by the same member, each once; other items of lists that
/// both name stand once, in the order of `more`; of everything else `more` counts. Its nulls take away.
void lay_over(cloud::Object& properties, const cloud::Object& more, const KnownBy& known = {});

}  // namespace virga::adopt
