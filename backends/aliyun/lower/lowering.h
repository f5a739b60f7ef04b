// The state of one lowering: what is asked, what the edges have asked of the nodes so far, and the stack that grows.
// Edges come first and leave their wishes with the nodes (environment, permissions, destinations); then each node is
// realised once, with all of them at hand.
#pragma once

#include "backends/aliyun/backend.h"
#include "compiler/cloud/naming.h"

#include <map>
#include <set>

namespace virga::aliyun {

/// One allowance of a role.
struct Statement {
  std::vector<std::string> actions;
  std::vector<cloud::Value> resources;
};

/// A function of the same code with other settings of its asynchronous invocations.
struct FunctionCopy {
  std::string name;  ///< the physical one
  NodeId caller{};  ///< the first that asked for it
  Value retries, max_age;
};

/// What the edges ask of a function.
struct FunctionParts {
  cloud::Object environment;
  std::vector<Statement> statements;
  std::optional<cloud::Value> on_success, on_failure;
  std::vector<std::string> destinations;  ///< functions among those two: named as text, so the engine doesn't see them
  std::vector<FunctionCopy> copies;
  cloud::Values bucket_mounts;  ///< buckets that it sees as folders
  cloud::Values mounts;  ///< file systems that it sees as folders
  bool handed_events = false;  ///< something invokes it without waiting
  bool behind_domain = false;  ///< a custom domain leads to it
  bool called_in_network = false;  ///< something in its network calls its own address, and signs nothing
  bool behind_address = false;  ///< a gateway calls its own address
  std::set<std::string> triggers;  ///< names taken
};

/// The role that a source of events takes on to invoke functions.
struct InvokerParts {
  std::string service;  ///< `oss.aliyuncs.com`
  std::vector<NodeId> functions;
  std::vector<Statement> statements;  ///< what it does besides: read the source that it tells of
};

/// What the edges ask of a queue.
struct QueueParts {
  std::optional<NodeId> dead_letters;
  std::int64_t after = 0;  ///< deliveries before a message is given up on
};

/// Targets of an alarm.
struct AlarmParts {
  std::vector<std::pair<std::string, cloud::Value>> targets;  ///< id, ARN
  bool topic = false;  ///< one of them is the topic that tells functions
  std::optional<cloud::Value> webhook;
};

class Lowering {
 public:
  Lowering(const cloud::LowerRequest& request, diag::Sink& sink);
  [[nodiscard]] cloud::Lowered run();

  // ---- what is asked

  [[nodiscard]] const cloud::LowerRequest& request() const { return request_; }
  [[nodiscard]] const Architecture& architecture() const { return request_.architecture; }
  [[nodiscard]] diag::Sink& sink() const { return sink_; }
  [[nodiscard]] const Attributes& of(const Node& node) const { return node.for_cloud(catalog().cloud); }
  [[nodiscard]] const Attributes& of(const Edge& edge) const { return edge.for_cloud(catalog().cloud); }
  [[nodiscard]] const Node& from(const Edge& edge) const { return architecture().node(edge.from.node); }
  [[nodiscard]] const Node& to(const Edge& edge) const { return architecture().node(edge.to.node); }
  /// Whether this region's stack holds the node.
  [[nodiscard]] bool stands_here(const Node& node) const;
  /// The whole number of a fact: no number of the vendor's stands in the code.
  [[nodiscard]] static std::int64_t number(std::string_view fact);
  [[nodiscard]] static std::int64_t least(std::string_view fact);
  [[nodiscard]] static std::int64_t most(std::string_view fact);

  // ---- what the edges have asked

  FunctionParts& function(NodeId node) { return functions_[node]; }
  QueueParts& queue(NodeId node) { return queues_[node]; }
  AlarmParts& alarm(NodeId node) { return alarms_[node]; }
  /// Lets `source` invoke `target`, and gives the ARN of the role that it takes on for that.
  [[nodiscard]] cloud::Value invoker(const Node& source, std::string_view service, const Node& target);
  /// Lets that role do more; the same allowance twice is one.
  void let_invoker(const Node& source, std::vector<std::string> actions, std::vector<cloud::Value> resources);
  [[nodiscard]] const std::map<NodeId, InvokerParts>& invokers() const { return invokers_; }
  /// Lets the function do `actions` on `resources`, and remembers that the edge asked for it.
  void grant(const Edge& edge, std::vector<std::string> actions, std::vector<cloud::Value> resources);
  /// Puts a value into the environment of the function at the source of an edge.
  void tell(const Edge& edge, std::string_view what, cloud::Value value);

  // ---- the stack

  /// A logical id, the same for the same node and noun, and never one that is taken.
  [[nodiscard]] std::string id(const Node& node, std::string_view noun);
  [[nodiscard]] std::string id(const Edge& edge, std::string_view noun);
  [[nodiscard]] std::string shared_id(std::string_view noun);
  /// True once for each thing that the app shares.
  [[nodiscard]] bool first_use(const std::string& shared);
  /// Adds a resource to what the node or edge at hand becomes. The reference is good until the next one is added.
  cloud::Resource& add(std::string id, std::string_view type, cloud::Object properties);
  /// Adds a resource that belongs to the app as a whole.
  cloud::Resource& add_shared(std::string id, std::string_view type, cloud::Object properties);
  /// The parameter of the stack that stands for a parameter of the program.
  [[nodiscard]] cloud::Value parameter(ParamId param) const;
  /// A parameter of the stack that the program doesn't have, made on first use.
  [[nodiscard]] cloud::Value own_parameter(cloud::StackParameter parameter);
  /// The condition `left == right`, made on first use.
  [[nodiscard]] std::string condition(cloud::Value left, cloud::Value right);

  // ---- the decision at hand

  [[nodiscard]] cloud::Decision& decision() { return *decision_; }
  /// Says what means something else on this cloud; the decision is at least degraded from then on.
  void changes(std::string text);
  /// Says how it is put together from other parts.
  void emulates(std::string text);

 private:
  void make_parameters();
  void lower_edges();
  void lower_nodes();
  void make_outputs();
  [[nodiscard]] std::string unique(std::string wanted, const std::string& key);
  void finish();

  const cloud::LowerRequest& request_;
  diag::Sink& sink_;
  cloud::Lowered result_;
  cloud::Decision* decision_ = nullptr;
  cloud::Provenance provenance_;

  std::map<NodeId, FunctionParts> functions_;
  std::map<NodeId, QueueParts> queues_;
  std::map<NodeId, AlarmParts> alarms_;
  std::map<NodeId, InvokerParts> invokers_;

  std::vector<std::string> parameter_names_;  ///< by ParamId
  std::map<std::string, std::string> ids_;  ///< what for → id
  std::set<std::string, std::less<>> taken_;  ///< ids and names of parameters: they share one space
  std::set<std::string> shared_;
  std::vector<cloud::Resource> app_resources_;
};

}  // namespace virga::aliyun
