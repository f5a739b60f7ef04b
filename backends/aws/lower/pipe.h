// A pipe of EventBridge: reads a queue, a stream or a table's changes, and hands on to one target.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// One end of a pipe as its target or as what it asks, and what the pipe's role needs for it.
struct PipeEnd {
  cloud::Value arn;
  cloud::Object parameters;  ///< of the target, without its input template
  std::vector<std::string> actions;
  cloud::Value resource;  ///< on which the actions are allowed
};

struct PipePlan {
  const Node& owner;  ///< whose resource the pipe is
  std::string id, name;  ///< logical and physical
  const Edge& in;  ///< from the source
  const Edge* enrich = nullptr;  ///< `pipe -> …`
  const Edge& out;  ///< to the target; the same as `in` where the program draws no pipe
  const Edge* dead = nullptr;  ///< where records go that were given up on
  RoleDraft& role;
};

/// Adds the pipe, and lets its role read the source. What the role needs for the other ends is granted with their edges.
/// Nothing is added when something was reported.
cloud::Resource* add_pipe(Lowering& lowering, const PipePlan& plan, cloud::Decision& decision);

/// The source and its parameters. Settings that pipes do not have are reported.
[[nodiscard]] cloud::Object pipe_source(Lowering& lowering, const PipePlan& plan);
/// Says so where the usual batch gives way to what the target takes; else empty.
[[nodiscard]] std::string pipe_batch_note(const Lowering& lowering, const PipePlan& plan);
[[nodiscard]] cloud::Value pipe_source_arn(Lowering& lowering, const Edge& in);
/// The part of the source's envelope that holds what was sent: `<$.body>`; empty where there is none.
[[nodiscard]] std::string pipe_payload(const Node& source);

/// `from`: the node whose envelope the target gets its keys from. `enriched`: there is no such envelope any more.
[[nodiscard]] std::optional<PipeEnd> pipe_target(Lowering& lowering, const Edge& out, const Node& from, bool enriched,
                                                 cloud::Decision& decision);
[[nodiscard]] std::optional<PipeEnd> pipe_enrichment(Lowering& lowering, const Edge& enrich, cloud::Decision& decision);

}  // namespace virga::aws
