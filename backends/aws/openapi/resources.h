// The resources that are the routes of a gateway, one by one → the routes that they are in the language: methods below
// resources of a REST API, routes and integrations of an HTTP API.
#pragma once

#include "compiler/cloud/told.h"

namespace virga::aws::openapi {

/// For Dialect::tell; nothing for a gateway without such resources.
[[nodiscard]] std::optional<cloud::Told> tell_resources(const cloud::Resource& gateway, const cloud::Stack& stack);

}  // namespace virga::aws::openapi
