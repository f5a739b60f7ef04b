// key seal { rotate_after = 180d }     queue orders { key = seal }
//   → AWS::KMS::Key     Seal        its policy: the account, and the services that deliver what it encrypts
//     AWS::KMS::Alias   SealAlias
//     KmsMasterKeyId of the queue, statements in the roles of those who send and read
#include "backends/aws/lower/key.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/kinds.h"

#include <algorithm>

namespace virga::aws {
namespace {

constexpr std::string_view kReads[] = {"kms:Decrypt"};
constexpr std::string_view kWrites[] = {"kms:Decrypt", "kms:GenerateDataKey"};
constexpr std::string_view kRows[] = {"kms:Decrypt", "kms:DescribeKey"};
constexpr std::string_view kWritesRows[] = {"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*",
                                            "kms:ReEncrypt*"};

/// What an action on something encrypted asks of its key.
struct Use {
  std::string_view action, kind;
  std::span<const std::string_view> asks;
};
constexpr Use kUses[] = {
    {"sqs:SendMessage", "queue", kWrites},    {"sqs:ReceiveMessage", "queue", kReads},
    {"sns:Publish", "topic", kWrites},        {"s3:GetObject", "bucket", kReads},
    {"s3:PutObject", "bucket", kWrites},  // an upload in parts reads what it wrote
    {"dynamodb:GetItem", "table", kRows},     {"dynamodb:PutItem", "table", kWritesRows},
    {"dynamodb:GetRecords", "table", kReads}, {"kinesis:PutRecord", "stream", kWrites},
    {"kinesis:GetRecords", "stream", kReads}, {"secretsmanager:GetSecretValue", "secret", kReads},
};

const Value* existing(const Lowering& lowering, const Node& key) {
  const Value* given = lowering.of(key).find("existing");
  return given == nullptr || given->is_none() ? nullptr : given;
}

cloud::Value key_arn(Lowering& lowering, const Node& key) {
  if (const Value* given = existing(lowering, key)) return lowering.value(*given);
  return cloud::GetAtt{lowering.id(key), "Arn"};
}

std::string alias_of(const Lowering& lowering, const Node& key) {
  return "alias/" + lowering.name("AWS::KMS::Alias", "AliasName", key);
}

void allow_key(Lowering& lowering, RoleDraft& role, const Edge& edge, const Node& key,
               std::span<const std::string_view> asks) {
  std::vector<std::string> actions(asks.begin(), asks.end());
  Statement statement{actions, {}, {}};
  if (lowering.stands(key) || existing(lowering, key) != nullptr) {
    statement.resources = {key_arn(lowering, key)};
  } else {
    // The id of a key is made up where it is made; here it is told from others by its alias.
    statement.resources = {Lowering::arn("kms", lowering.region_of(key), cloud::Pseudo::account, "key/*")};
    statement.condition.set("ForAnyValue:StringEquals", cloud::object({{"kms:ResourceAliases", alias_of(lowering, key)}}));
  }
  lowering.out.grants.push_back({edge.id, role.node->name, "", std::move(actions), statement.resources.front()});
  lowering.allow(role, std::move(statement));
}

/// A message that was moved to the dead letters is still encrypted as it was in its first queue.
std::vector<const Node*> encrypted_like(const Lowering& lowering, const Node& node, std::string_view action) {
  std::vector<const Node*> all;
  if (key_of(lowering, node) != nullptr) all.push_back(&node);
  if (action != "sqs:ReceiveMessage") return all;
  for (const Edge* edge : lowering.architecture.edges_to(node.id)) {
    const Node& from = lowering.from(*edge);
    if (edge->from.name == "dead" && from.kind == "queue" && key_of(lowering, from) != nullptr) all.push_back(&from);
  }
  return all;
}

cloud::Value statement(cloud::Object principal, cloud::Value actions, cloud::Object condition) {
  cloud::Object made = cloud::object(
      {{"Effect", "Allow"}, {"Principal", std::move(principal)}, {"Action", std::move(actions)}, {"Resource", "*"}});
  if (!condition.members.empty()) made.set("Condition", std::move(condition));
  return made;
}

}  // namespace

const Node* key_of(const Lowering& lowering, const Node& node) {
  const std::optional<NodeId> key = lowering.of(node).node("key");
  return key ? &lowering.architecture.node(*key) : nullptr;
}

std::optional<cloud::Value> encrypting_key(Lowering& lowering, const Node& node) {
  const Node* key = key_of(lowering, node);
  if (key == nullptr) return std::nullopt;
  if (!lowering.stands(*key)) {
    lowering.sink.report(lowering.where(node, "key"), codes::CrossRegion, node.name)
        .label(key->span, "stands at home alone")
        .help("say `placement = every` in `" + key->name + "`");
    return std::nullopt;
  }
  return key_arn(lowering, *key);
}

bool encrypt(Lowering& lowering, const Node& node, cloud::Object& properties, std::string_view property) {
  std::optional<cloud::Value> key = encrypting_key(lowering, node);
  if (key) properties.set(std::string(property), std::move(*key));
  return key.has_value();
}

void let_service_use_key(Lowering& lowering, const Node& encrypted, cloud::Value service, std::vector<std::string> actions,
                         cloud::Object condition) {
  const Node* key = key_of(lowering, encrypted);
  if (key == nullptr) return;
  KeyUse use{std::move(service), std::move(actions), std::move(condition)};
  std::vector<KeyUse>& uses = lowering.key_uses[key->id];
  if (std::find(uses.begin(), uses.end(), use) == uses.end()) uses.push_back(std::move(use));
}

void grant_key(Lowering& lowering, RoleDraft& role, const Edge& edge, const std::vector<std::string>& actions) {
  for (const Use& use : kUses) {
    if (std::find(actions.begin(), actions.end(), use.action) == actions.end()) continue;
    for (const Node* end : {&lowering.to(edge), &lowering.from(edge)}) {
      if (end->kind != use.kind) continue;
      for (const Node* encrypted : encrypted_like(lowering, *end, use.action))
        allow_key(lowering, role, edge, *key_of(lowering, *encrypted), use.asks);
      break;
    }
  }
}

void report_key(Lowering& lowering, const Node& node, std::string_view why, std::string_view help) {
  const Node* key = key_of(lowering, node);
  if (key == nullptr) return;
  lowering.sink.report(lowering.where(node, "key"), codes::KeyImpossible, node.name, key->name, std::string(why))
      .help(std::string(help));
}

void lower_existing_key(Lowering&, const Node&, cloud::Decision&) {}

void lower_key(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Attributes& asked = lowering.of(node);
  const std::string id = lowering.id(node);
  const bool turns = asked.has("rotate_after");
  cloud::Object properties = cloud::object({{"KeySpec", "SYMMETRIC_DEFAULT"}, {"KeyUsage", "ENCRYPT_DECRYPT"}});
  if (asked.has("description")) properties.set("Description", lowering.value(*asked.find("description")));
  properties.set("EnableKeyRotation", turns);
  if (turns) properties.set("RotationPeriodInDays", lowering.quantity(node, "rotate_after", Unit::days));
  properties.set("PendingWindowInDays", lowering.quantity(node, "deletion_window", Unit::days));
  properties.set("Tags", lowering.tags(node));
  cloud::Resource& made = lowering.add(node, id, "AWS::KMS::Key", std::move(properties));
  made.on_removal = asked.text("when_removed") == "delete" ? cloud::OnRemoval::remove : cloud::OnRemoval::keep;
  made.on_replace = made.on_removal;
  lowering.add(node, lowering.id(node, "Alias"), "AWS::KMS::Alias",
               cloud::object({{"AliasName", alias_of(lowering, node)}, {"TargetKeyId", cloud::Ref{id}}}));
}

cloud::Value key_output(Lowering& lowering, const Node& key, std::string_view output) {
  if (output == "arn" || existing(lowering, key) != nullptr) return key_arn(lowering, key);
  return cloud::Ref{lowering.id(key)};
}

void access_key(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& from = lowering.from(edge);
  const Node& key = lowering.to(edge);
  if (!same_region(lowering, edge)) return;
  RoleDraft& role = lowering.function_role(from);
  if (edge.to.name == "decrypt") lowering.grant(role, edge, {"kms:Decrypt"}, key_arn(lowering, key));
  else lowering.grant(role, edge, {"kms:Encrypt", "kms:GenerateDataKey"}, key_arn(lowering, key));
  lowering.tell(from, key, "KEY_ID", key_arn(lowering, key));
}

void finish_keys(Lowering& lowering) {
  for (const Node& node : lowering.architecture.nodes) {
    if (node.kind != "key" || !lowering.stands(node)) continue;
    const std::vector<KeyUse>& uses = lowering.key_uses[node.id];
    if (existing(lowering, node) != nullptr) {
      // The policy of such a key is somebody else's to write.
      std::string services;
      for (const KeyUse& use : uses) {
        const std::string* known = use.service.get<std::string>();
        const std::string service = known != nullptr ? *known : "logs.<region>.amazonaws.com";
        if (services.find(service) == std::string::npos) services += (services.empty() ? "" : ", ") + service;
      }
      for (cloud::Decision& decision : lowering.out.decisions) {
        if (decision.node != node.id || services.empty()) continue;
        decision.fidelity = std::max(decision.fidelity, catalog::Fidelity::degraded);
        decision.change = "its own policy must let these services use it, or what they deliver is lost: " + services;
      }
      continue;
    }
    const cloud::Value account =
        cloud::concat({"arn:", cloud::Pseudo::partition, ":iam::", cloud::Pseudo::account, ":root"});
    cloud::Values statements{statement(cloud::object({{"AWS", account}}), "kms:*", {})};
    for (const KeyUse& use : uses) {
      cloud::Values actions(use.actions.begin(), use.actions.end());
      statements.push_back(statement(cloud::object({{"Service", use.service}}),
                                     actions.size() == 1 ? actions.front() : cloud::Value(actions), use.condition));
    }
    lowering.find(lowering.id(node))
        ->properties.set("KeyPolicy", cloud::object({{"Version", "2012-10-17"}, {"Statement", std::move(statements)}}));
  }
}

}  // namespace virga::aws
