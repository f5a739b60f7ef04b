// secret token { value = dingtalk_token }   → AWS::SecretsManager::Secret   Token, with a value or one made up
// config limits { value = "..." }           → AWS::SSM::Parameter           Limits
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {
namespace {

cloud::Object common(Lowering& lowering, const Node& node) {
  cloud::Object properties = cloud::object({{"Name", spelt_name(lowering, node)}});
  const Attributes& asked = lowering.of(node);
  if (asked.has("description")) properties.set("Description", lowering.value(*asked.find("description")));
  return properties;
}

void add_secret(Lowering& lowering, const Node& node, cloud::Object properties) {
  (void)encrypt(lowering, node, properties, "KmsKeyId");
  properties.set("Tags", lowering.tags(node));
  const std::string id = lowering.id(node);
  lowering.add(node, id, "AWS::SecretsManager::Secret", std::move(properties));
  lowering.known_by_name(id, "", spelt_arn(lowering, node));
}

}  // namespace

void lower_given_secret(Lowering& lowering, const Node& node, cloud::Decision&) {
  cloud::Object properties = common(lowering, node);
  properties.set("SecretString", lowering.value(*lowering.of(node).find("value")));
  add_secret(lowering, node, std::move(properties));
}

void lower_generated_secret(Lowering& lowering, const Node& node, cloud::Decision&) {
  cloud::Object properties = common(lowering, node);
  const Attributes& asked = lowering.of(node);
  properties.set(
      "GenerateSecretString",
      cloud::object({{"PasswordLength", asked.has("length") ? lowering.value(*asked.find("length")) : cloud::Value()},
                     {"ExcludePunctuation", true}}));
  add_secret(lowering, node, std::move(properties));
}

void lower_config(Lowering& lowering, const Node& node, cloud::Decision&) {
  cloud::Object properties = common(lowering, node);
  properties.set("Type", "String");
  properties.set("Value",
                 lowering.of(node).has("value") ? lowering.value(*lowering.of(node).find("value")) : cloud::Value(""));
  properties.set("Tags", lowering.tag_map(node));
  const std::string id = lowering.id(node);
  lowering.add(node, id, "AWS::SSM::Parameter", std::move(properties));
  lowering.known_by_name(id, "", spelt_name(lowering, node));
}

}  // namespace virga::aws
