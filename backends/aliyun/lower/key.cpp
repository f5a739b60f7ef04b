// key seal { rotate_after = 180d }     bucket pages { key = seal }
//   → KMS::Key, KMS::Alias, and the bucket's own encryption by it
// sync -> pages.read                   → the role of `sync` may decrypt with it
// log audit { key = seal }             → EncryptConf, and a role in which Simple Log Service asks for the key
#include "backends/aliyun/lower/key.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

const Value* existing(const Lowering& l, const Node& key) {
  const Value* given = l.of(key).find("existing");
  return given == nullptr || given->is_none() ? nullptr : given;
}

cloud::Value key_arn(Lowering& l, const Node& key) {
  // The id of a key is made up where it is made.
  const cloud::Value id = l.stands_here(key) || existing(l, key) != nullptr ? key_id(l, key) : cloud::Value("*");
  return cloud::concat({"acs:kms:", region_of(l, key), ":", account(), ":key/", id});
}

/// An instance of KMS holds the keys that people make; which one, only they know.
cloud::Value instance_of(Lowering& l, const Node& key) {
  if (l.of(key).has("instance")) return to_value(l, *l.of(key).find("instance"));
  cloud::StackParameter parameter;
  parameter.name = cloud::logical_id(key.identity()) + "Instance";
  parameter.description = fmt::format("The instance of KMS that holds the key `{}`, such as kst-….", key.name);
  parameter.min_length = 1;
  return l.own_parameter(std::move(parameter));
}

}  // namespace

const Node* key_of(Lowering& l, const Node& node) {
  const std::optional<NodeId> id = l.of(node).node("key");
  if (!id) return nullptr;
  const Node& key = l.architecture().node(*id);
  if (l.stands_here(key) || !l.stands_here(node)) return &key;
  const Value* said = l.of(node).find("key");
  l.sink()
      .report(said->span.known() ? said->span : node.span, codes::KeyRegion, node.name, key.name)
      .label(key.span, "stands at home alone")
      .help(fmt::format("say `placement = every` in `{}`", key.name));
  return nullptr;
}

cloud::Value key_id(Lowering& l, const Node& key) {
  if (const Value* given = existing(l, key)) return to_value(l, *given);
  return cloud::GetAtt{l.id(key, "Key"), "KeyId"};
}

cloud::Value key_output(Lowering& l, const Node& key, std::string_view output) {
  return output == "arn" ? key_arn(l, key) : key_id(l, key);
}

void grant_key(Lowering& l, const Edge& edge, std::vector<std::string> actions) {
  const std::optional<NodeId> id = l.of(l.to(edge)).node("key");
  if (!id) return;
  const Node& key = l.architecture().node(*id);
  if (!l.stands_here(key) && existing(l, key) == nullptr)
    l.changes(fmt::format("`{}` may use every key of the region of `{}`: no policy knows a key before it is made",
                          l.from(edge).name, key.name));
  l.grant(edge, std::move(actions), {key_arn(l, key)});
}

bool refuses_key(Lowering& l, const Node& node, std::string_view why) {
  const std::optional<NodeId> id = l.of(node).node("key");
  if (!id) return false;
  const Value* said = l.of(node).find("key");
  l.sink()
      .report(said->span.known() ? said->span : node.span, codes::KeyImpossible, node.name, l.architecture().node(*id).name,
              std::string(why))
      .help("leave `key` out here, and say it to other clouds alone: `on aws { key = … }`");
  return true;
}

std::optional<cloud::Object> logstore_encryption(Lowering& l, const Node& node) {
  const Node* key = key_of(l, node);
  if (key == nullptr) return std::nullopt;
  const std::string role = l.id(node, "KeyRole");
  const std::vector<Statement> statements = {
      {actions_of("sls.encryption.role.reads"), {"*"}},
      {actions_of("sls.encryption.role.uses"), {key_arn(l, *key)}},
  };
  add_role(l, role, node, "key", "log.aliyuncs.com", statements);
  return cloud::object({{"Enable", true},
                        {"EncryptType", "default"},
                        {"UserCmkInfo", cloud::object({{"CmkKeyId", key_id(l, *key)},
                                                       {"RegionId", region_of(l, *key)},
                                                       {"Arn", cloud::GetAtt{role, "Arn"}}})}});
}

void lower_existing_key(Lowering&, const Node&) {}

void lower_key(Lowering& l, const Node& node) {
  const Attributes& a = l.of(node);
  const bool turns = a.has("rotate_after");
  cloud::Object p;
  if (a.has("description")) p.set("Description", to_value(l, *a.find("description")));
  p.set("KeySpec", "Aliyun_AES_256").set("KeyUsage", "ENCRYPT/DECRYPT").set("DKMSInstanceId", instance_of(l, node));
  p.set("EnableAutomaticRotation", turns);
  if (turns) p.set("RotationInterval", cloud::concat({measured(l, a, "rotate_after", Unit::days), "d"}));
  p.set("PendingWindowInDays", measured(l, a, "deletion_window", Unit::days));
  p.set("Tags", tag_list(l, &node));
  cloud::Resource& made = l.add(l.id(node, "Key"), "ALIYUN::KMS::Key", std::move(p));
  made.on_removal = a.text("when_removed") == "delete" ? cloud::OnRemoval::remove : cloud::OnRemoval::keep;
  cloud::Object alias;
  alias.set("AliasName",
            cloud::concat({"alias/", name_for(l, "ALIYUN::KMS::Alias", "AliasName", node.identity(), region(l))}));
  alias.set("KeyId", cloud::GetAtt{l.id(node, "Key"), "KeyId"});
  l.add(l.id(node, "Alias"), "ALIYUN::KMS::Alias", std::move(alias));
}

void use_key(Lowering& l, const Edge& edge) {
  const Node& key = l.to(edge);
  if (edge.to.name == "decrypt") l.grant(edge, {"kms:Decrypt"}, {key_arn(l, key)});
  else l.grant(edge, {"kms:Encrypt", "kms:GenerateDataKey"}, {key_arn(l, key)});
  if (!l.stands_here(key) && existing(l, key) == nullptr) {
    l.sink()
        .report(edge.span, codes::KeyRegion, l.from(edge).name, key.name)
        .label(key.span, "stands at home alone")
        .help(fmt::format("say `placement = every` in `{}`", key.name));
    return;
  }
  l.tell(edge, "KEY_ID", key_id(l, key));
  tell_region(l, edge);
}

}  // namespace virga::aliyun
