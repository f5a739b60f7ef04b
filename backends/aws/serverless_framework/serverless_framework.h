// serverless.yml of the Serverless Framework: read, never written. What is read is the stack that version 3 of the
// framework makes of it, under the framework's own logical ids.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/source_map.h"

#include <optional>
#include <string>
#include <string_view>

namespace virga::aws::serverless_framework {

/// Whether a text is a service of the framework: it names one, and where it is made.
[[nodiscard]] bool is_service(const SourceFile& file);

/// What a command line would say.
struct Options {
  std::string stage;  ///< `--stage`; empty: what the file says
  std::string region;  ///< `--region`
};

/// Nothing when `main` is no service for AWS at all. What is not understood is reported and left out; a variable whose
/// value only the environment, the network or the command line knows becomes a parameter of the stack. What only a
/// packaging could know is left out: the hashes of code and layers, and the time in the names of what is uploaded.
[[nodiscard]] std::optional<cloud::Stack> read_serverless(const SourceFile& main, const cloud::NamedFiles& files,
                                                          diag::Sink& sink, const Options& options = {});

}  // namespace virga::aws::serverless_framework
