// log audit { retention = 90d }
//   → AWS::Logs::LogGroup   Audit
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"

#include <charconv>

namespace virga::aws {

cloud::Value retention_days(Lowering& lowering, const Node& node, std::string_view attribute, cloud::Decision& decision) {
  const cloud::Value days = lowering.quantity(node, attribute, Unit::days);
  const std::int64_t* wanted = days.get<std::int64_t>();
  if (wanted == nullptr) return days;
  for (const std::string_view member : catalog().fact("logs.retention.enum").members) {
    std::int64_t allowed = 0;
    (void)std::from_chars(member.data(), member.data() + member.size(), allowed);
    if (allowed < *wanted) continue;
    if (allowed > *wanted) {
      decision.fidelity = std::max(decision.fidelity, catalog::Fidelity::degraded);
      decision.change += (decision.change.empty() ? "" : "; ") +
                         fmt::format("its log is kept for {}d instead of {}d, the next longer time that CloudWatch knows",
                                     allowed, *wanted);
    }
    return allowed;
  }
  decision.fidelity = std::max(decision.fidelity, catalog::Fidelity::degraded);
  decision.change += (decision.change.empty() ? "" : "; ") +
                     std::string("its log is kept for ever, because CloudWatch has no time that is long enough");
  return cloud::Pseudo::no_value;
}

cloud::Resource& add_log_group(Lowering& lowering, const Node& node, std::string_view suffix, std::string name,
                               cloud::Value days) {
  const std::string id = lowering.id(node, suffix);
  cloud::Object properties = cloud::object({{"LogGroupName", name}});
  if (!(days == cloud::Value(cloud::Pseudo::no_value))) properties.set("RetentionInDays", std::move(days));
  const cloud::Value arn =
      Lowering::arn("logs", cloud::Pseudo::region, cloud::Pseudo::account, cloud::Value("log-group:" + name));
  if (encrypt(lowering, node, properties, "KmsKeyId")) {
    const cloud::Value service = cloud::concat({"logs.", cloud::Pseudo::region, ".", cloud::Pseudo::url_suffix});
    let_service_use_key(lowering, node, service,
                        {"kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"},
                        cloud::object({{"ArnEquals", cloud::object({{"kms:EncryptionContext:aws:logs:arn", arn}})}}));
  }
  properties.set("Tags", lowering.tags(node));
  cloud::Resource& made = lowering.add(node, id, "AWS::Logs::LogGroup", std::move(properties));
  lowering.known_by_name(id, "", name);
  lowering.known_by_name(id, "Arn", cloud::concat({arn, ":*"}));
  return made;
}

void lower_log(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  add_log_group(lowering, node, "", lowering.name("AWS::Logs::LogGroup", "LogGroupName", node),
                retention_days(lowering, node, "retention", decision));
}

}  // namespace virga::aws
