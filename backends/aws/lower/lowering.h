// What one lowering works on: the architecture asked about, the stack under construction, and the questions that every
// kind and edge asks of both.
#pragma once

#include "backends/aws/codes.h"
#include "backends/aws/lower/units.h"
#include "compiler/cloud/backend.h"
#include "compiler/cloud/naming.h"

#include <deque>
#include <map>
#include <set>
#include <tuple>

namespace virga::aws {

[[nodiscard]] const catalog::Catalog& catalog();
/// The number of a fact; its upper end when it is a range.
[[nodiscard]] double limit(std::string_view fact);

class Lowering;
/// Whether the edge's target stands where its source does; else it is reported.
bool same_region(Lowering& lowering, const Edge& edge);

/// One statement of a policy.
struct Statement {
  std::vector<std::string> actions;
  cloud::Values resources;
  cloud::Object condition;
};

/// A role that collects what its edges ask for, and becomes a resource in the end.
struct RoleDraft {
  const Node* node = nullptr;
  std::string id;
  std::string service;  ///< who takes the role: `lambda.amazonaws.com`
  std::vector<Statement> statements;
};

/// The policy of a queue or a topic: it has one only, so all who may send to it stand there.
struct PolicyDraft {
  const Node* node = nullptr;  ///< whose policy it is
  std::string resource;  ///< logical id of the queue or topic
  std::string id;
  bool queue = true;  ///< of a queue; else of a topic
  cloud::Values statements;
};

/// A service that uses a key on its own behalf, as the key's policy says it.
struct KeyUse {
  cloud::Value service;  ///< the principal
  std::vector<std::string> actions;
  cloud::Object condition;
  friend bool operator==(const KeyUse& a, const KeyUse& b) {
    return a.service == b.service && a.actions == b.actions && a.condition == b.condition;
  }
};

/// How asynchronous events reach a function.
struct Intake {
  enum class Way : std::uint8_t { own_settings, state_machine, queue };
  Way way = Way::own_settings;
  const Node* function = nullptr;
  std::vector<const Edge*> edges;
  virga::Value retries, max_age;
  std::string suffix;  ///< tells logical ids of several of one function apart; empty for the first of its way
  std::string part;  ///< the same in physical names: `.webhook`
  std::string why;
  bool realised = false;
};

class Lowering {
 public:
  Lowering(const cloud::LowerRequest& asked, diag::Sink& findings);
  Lowering(const Lowering&) = delete;
  Lowering& operator=(const Lowering&) = delete;

  const cloud::LowerRequest& request;
  const Architecture& architecture;
  diag::Sink& sink;
  cloud::Lowered out;

  // ---- the architecture as AWS is told it
  [[nodiscard]] const Attributes& of(const Node& node) const { return node.for_cloud("aws"); }
  [[nodiscard]] const Attributes& of(const Edge& edge) const { return edge.for_cloud("aws"); }
  [[nodiscard]] const Node& from(const Edge& edge) const { return architecture.node(edge.from.node); }
  [[nodiscard]] const Node& to(const Edge& edge) const { return architecture.node(edge.to.node); }
  /// Where the user wrote an attribute; the node's name when it stands nowhere.
  [[nodiscard]] Span where(const Node& node, std::string_view attribute) const;
  [[nodiscard]] Span where(const Edge& edge, std::string_view property) const;

  // ---- regions
  [[nodiscard]] bool several_regions() const { return request.regions.size() > 1; }
  /// The node is part of this template.
  [[nodiscard]] bool stands(const Node& node) const;
  /// The region in which `node` stands, seen from this template: the engine's own word when it stands here.
  [[nodiscard]] cloud::Value region_of(const Node& node) const;

  // ---- names
  /// The logical id of a node's resource; `suffix` tells several of one node apart.
  [[nodiscard]] std::string id(const Node& node, std::string_view suffix = {});
  /// Of a parameter; parameters and resources share one name space.
  [[nodiscard]] std::string id(const Param& param);
  /// The physical name. `part` follows the node's name: `sync` + `queue` → `docs-default-sync-queue`.
  [[nodiscard]] std::string name(std::string_view type, std::string_view property, const Node& node,
                                 std::string_view part = {}, std::size_t reserve = 0) const;
  /// Whether the engine fetches the value itself: an output of another app, where the format can say so.
  [[nodiscard]] bool fetched(const Param& param) const { return param.import && request.exports; }
  /// Under which name an output of an app is exported. `shop:prod:api-url`: of letters, digits, colons and hyphens, which is
  /// all that CloudFormation takes; unambiguous, because no name of the language holds a hyphen or a colon.
  [[nodiscard]] static std::string export_name(const Import& output);
  /// `arn:<partition>:<service>:<region>:<account>:<rest>`
  [[nodiscard]] static cloud::Value arn(std::string_view service, cloud::Value region, cloud::Value account,
                                        cloud::Value rest);

  // ---- resources
  cloud::Resource& add(const Node& node, std::string id, std::string type, cloud::Object properties);
  cloud::Resource& add(const Node& owner, const Edge& edge, std::string id, std::string type, cloud::Object properties);
  [[nodiscard]] cloud::Resource* find(std::string_view id);
  /// Tells what a reference would give, by name: for where a reference would close a circle.
  void known_by_name(const std::string& id, const std::string& attribute, cloud::Value value);
  [[nodiscard]] cloud::Values tags(const Node& node);
  [[nodiscard]] cloud::Object tag_map(const Node& node);

  // ---- roles
  RoleDraft& role(const Node& node, std::string_view service, std::string_view suffix = "Role");
  void allow(RoleDraft& role, Statement statement);
  /// Allows, and records that `edge` asked for it; with what the key asks for, when the thing is encrypted.
  void grant(RoleDraft& role, const Edge& edge, std::vector<std::string> actions, cloud::Value resource);
  /// The role of a function's code.
  RoleDraft& function_role(const Node& function);

  // ---- policies of queues and topics
  /// A service may send to the queue or publish to the topic `resource`, on behalf of `source` (an ARN). Gives the id of
  /// the policy, for what must wait for it.
  std::string admit(const Node& owner, const std::string& resource, bool queue, std::string_view service,
                    cloud::Value source);
  /// A service may invoke the function of a node.
  cloud::Resource& admit_caller(const Node& function, const Edge& edge, std::string suffix, std::string_view service,
                                cloud::Value source, bool own_account);

  // ---- values
  [[nodiscard]] cloud::Value value(const virga::Value& value);
  /// A quantity as a number of `unit`; text and the rest as `value` gives it. What is no whole number is an error at
  /// `place`.
  [[nodiscard]] cloud::Value quantity(const virga::Value& value, Unit unit, Span place);
  [[nodiscard]] cloud::Value quantity(const Node& node, std::string_view attribute, Unit unit);
  /// What a node's output gives: `pages.name`.
  [[nodiscard]] cloud::Value output(const Node& node, std::string_view output, Span place);
  [[nodiscard]] cloud::Value gateway_url(const Node& gateway);
  /// Adds a variable to the environment of a function's code.
  void environment(const Node& function, const std::string& name, cloud::Value value);
  /// `<NODE>_<WHAT>`; with several regions also `<NODE>_REGION` for what stands only at home.
  void tell(const Node& function, const Node& target, std::string_view what, cloud::Value value);

  // ---- asynchronous invocations
  std::deque<Intake> intakes;
  [[nodiscard]] Intake* intake(const Edge& edge);
  /// `edge` hands its events over through `intake`.
  void join(Intake& intake, const Edge& edge);

  std::deque<cloud::Resource> resources;
  std::deque<RoleDraft> roles;
  std::deque<PolicyDraft> policies;
  std::map<NodeId, std::vector<KeyUse>> key_uses;
  std::map<std::string, cloud::Object> environments;  ///< logical id of a function → its variables
  std::map<std::pair<std::string, std::string>, cloud::Value> by_name;
  std::map<ParamId, Unit> param_units;
  std::vector<cloud::Condition> conditions;

 private:
  std::string reserve_id(const std::string& key, std::string wanted);

  std::map<std::string, std::string> ids_;  ///< what it is for → id
  std::map<std::string, cloud::Resource*, std::less<>> by_id_;  ///< deques keep their elements in place
  std::map<std::string, RoleDraft*, std::less<>> roles_by_id_;
  std::map<EdgeId, Intake*> intakes_by_edge_;
  std::set<std::string> taken_;
  [[nodiscard]] cloud::Value choice(const Choice& choice);
};

}  // namespace virga::aws
