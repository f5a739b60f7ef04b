// A description of an API, OpenAPI with what API Gateway adds to it → the routes that it is in the language.
#pragma once

#include "compiler/cloud/told.h"

namespace virga::aws::openapi {

/// For Dialect::tell; nothing for a gateway without a description.
[[nodiscard]] std::optional<cloud::Told> tell(const cloud::Resource& resource, const cloud::NamedText& files);

}  // namespace virga::aws::openapi
