// What one template may hold: counted in the stack before it is emitted, and in the files after.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/passes/uses.h"

#include <span>

namespace virga::driver {

/// Whether a template of the target takes so many resources; tells when not. `words` go before their number.
[[nodiscard]] bool takes_resources(const cloud::Target& target, std::size_t resources, std::string_view words,
                                   const Architecture& architecture, diag::Sink& sink);

/// Whether the stack keeps every other limit of the target on parameters, outputs and what one resource holds. Text that is
/// known only at deployment counts nothing, so what is told is certain.
[[nodiscard]] bool keeps_limits(const cloud::Target& target, const cloud::Stack& stack, const Architecture& architecture,
                                diag::Sink& sink);

/// Whether each template among the emitted files is small enough for the target's engine.
[[nodiscard]] bool keeps_sizes(const cloud::Target& target, const cloud::Files& files, const Architecture& architecture,
                               diag::Sink& sink);

/// How much of those limits one stack takes: of what an engine keeps track of, by its units, which are all that is known of
/// what was written down; and of the template around it.
[[nodiscard]] std::vector<passes::Use> uses_of(const cloud::Target& target, std::span<const cloud::Unit> units);
[[nodiscard]] std::vector<passes::Use> uses_of(const cloud::Target& target, const cloud::Stack& stack,
                                               const cloud::Files& files);

}  // namespace virga::driver
