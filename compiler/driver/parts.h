// An app that is too large for one stack, or that has been: parted as the file of parts says, and the rest of it placed.
#pragma once

#include "compiler/driver/compile.h"
#include "compiler/driver/template_limits.h"
#include "compiler/partition/parts_file.h"

namespace virga::driver {

/// Reads the file of parts beside the app, when there is one.
[[nodiscard]] Expected<bool> load_parts(const LoadRequest& request, FrontEnd& front, diag::Sink& sink);

/// The parts of one target in one region. `made` is the whole of it; `bytes` is what its template measures. Nothing after a
/// mistake, which is reported; `recorded` gets what is placed.
/// What stands by `request.stands` stays in the first part, as long as the file says nothing of the target and that can be.
[[nodiscard]] std::vector<TargetStack> part(const FrontEnd& front, const Architecture& architecture, TargetStack made,
                                            std::size_t bytes, partition::Recorded& recorded, const BackEndRequest& request,
                                            diag::Sink& sink);

/// Whether apps that are too large for one stack of the target become several.
[[nodiscard]] bool can_part(const cloud::Target& target);

/// What is said of one part that holds too much.
[[nodiscard]] Holder part_holder(const TargetStack& part, const Architecture& architecture);

/// The file of parts with all that was placed; nothing when nothing was.
[[nodiscard]] std::optional<std::string> new_parts_file(const FrontEnd& front, const std::vector<TargetStack>& stacks);

}  // namespace virga::driver
