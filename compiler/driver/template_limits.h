// What one template may hold: counted in the stack before it is emitted, and in the files after.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/partition/place.h"
#include "compiler/passes/uses.h"

#include <span>

namespace virga::driver {

/// What holds what is counted, and what can be done when it is too much.
struct Holder {
  Span place;
  std::string note = {};  ///< which of several it is, and why it holds so much
  std::string help = "make two apps of it, and let the one call the other as `external`";
};

/// What a template of the target takes of everything that is counted.
[[nodiscard]] partition::Limits limits_of(const cloud::Target& target);
[[nodiscard]] bool fits(const cloud::Stack& stack, std::size_t bytes, const partition::Limits& limits);

/// Whether a template of the target takes so many resources; tells when not. `words` go before their number.
[[nodiscard]] bool takes_resources(const cloud::Target& target, const Holder& holder, std::size_t resources,
                                   std::string_view words, diag::Sink& sink);

/// Whether the stack keeps the limits of the target on parameters and outputs.
[[nodiscard]] bool keeps_counts(const cloud::Target& target, const Holder& holder, const cloud::Stack& stack,
                                diag::Sink& sink);

/// Whether it keeps those on what one resource holds. Text that is known only at deployment counts nothing, so what is told
/// is certain.
[[nodiscard]] bool keeps_characters(const cloud::Target& target, const cloud::Stack& stack, const Architecture& architecture,
                                    diag::Sink& sink);

/// Whether each template among the emitted files is small enough for the target's engine.
[[nodiscard]] bool keeps_sizes(const cloud::Target& target, const Holder& holder, const cloud::Files& files,
                               diag::Sink& sink);
/// The largest template among them.
[[nodiscard]] std::size_t largest(const cloud::Target& target, const cloud::Files& files);

/// How much of those limits one stack takes: of what an engine keeps track of, by its units, which are all that is known of
/// what was written down; and of the template around it.
[[nodiscard]] std::vector<passes::Use> uses_of(const cloud::Target& target, std::span<const cloud::Unit> units);
[[nodiscard]] std::vector<passes::Use> uses_of(const cloud::Target& target, const cloud::Stack& stack,
                                               const cloud::Files& files);

}  // namespace virga::driver
