// An s.yaml as somebody wrote it ↔ a stack: each of its resources is one of the stack, with the component as its type and
// its `props` as they stand. `vars` are parameters. Unlike read.h and emit.h nothing is taken apart into the cloud's own
// types.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/cloud/document.h"

namespace virga::aliyun::serverless_devs {

[[nodiscard]] cloud::Stack read_given(const cloud::Document& document, diag::Sink& sink);

/// What of an adopted stack an s.yaml has no words for: references to other resources.
[[nodiscard]] std::vector<cloud::Unsaid> unsaid_given(const cloud::Stack& stack);
[[nodiscard]] cloud::Document write_given(const cloud::Stack& stack);

/// Whether a document is an s.yaml.
[[nodiscard]] bool is_given(const cloud::Document& document);

}  // namespace virga::aliyun::serverless_devs
