// Documents that a template holds or names, beside its own language: definitions of state machines, descriptions of APIs.
#pragma once

#include "compiler/cloud/told.h"

namespace virga::aws {

/// Texts that stand in a document for values of the template, and those.
using Stands = std::vector<std::pair<std::string, cloud::Value>>;
[[nodiscard]] cloud::Value filled(const cloud::Value& value, const Stands& stands);

/// A text that is JSON or YAML; with references between its parts, they stand where they stood. Nothing for what is no such
/// text.
[[nodiscard]] std::optional<cloud::Value> read_document(const cloud::Value& text);

struct NamedDocument {
  std::optional<cloud::Value> said;
  std::string missing;  ///< the path of a file that is not here
};
/// The document in the file that a property names; of one in a bucket neither.
[[nodiscard]] NamedDocument read_named(const cloud::Value& path, const cloud::NamedText& files);

}  // namespace virga::aws
