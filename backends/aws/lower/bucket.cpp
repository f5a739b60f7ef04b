// bucket pages { versioned = true  expire_after = 30d }
//   → AWS::S3::Bucket         Pages         encrypted, closed to the public; kept when it leaves the architecture
//     AWS::S3::BucketPolicy   PagesPolicy   when everybody may read
#include "backends/aws/lower/bucket.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {
namespace {

cloud::Object lifecycle(Lowering& lowering, const Node& node) {
  const cloud::Value days = lowering.quantity(node, "expire_after", Unit::days);
  cloud::Object rule = cloud::object({{"Id", "expire"}, {"Status", "Enabled"}, {"ExpirationInDays", days}});
  if (lowering.of(node).flag("versioned")) {
    rule.set("NoncurrentVersionExpiration", cloud::object({{"NoncurrentDays", days}}));
  }
  return cloud::object({{"Rules", cloud::Values{std::move(rule)}}});
}

/// S3 knows these methods, and answers preflight requests by itself.
bool s3_serves(const Value& method) {
  const std::string* name = method.get<std::string>();
  return name == nullptr || *name == "GET" || *name == "PUT" || *name == "POST" || *name == "DELETE" || *name == "HEAD";
}

cloud::Object cors_rules(Lowering& lowering, const Node& node, const Map& cors, cloud::Decision& decision) {
  cloud::Object rule;
  const auto list = [&](const char* key, const char* property) {
    const Value* found = cors.find(key);
    if (found == nullptr) return;
    const Values* items = found->get<Values>();
    if (items == nullptr || !items->empty()) rule.set(property, lowering.value(*found));
  };
  list("headers", "AllowedHeaders");
  list("origins", "AllowedOrigins");
  list("expose", "ExposedHeaders");
  if (const Value* age = cors.find("max_age")) rule.set("MaxAge", lowering.quantity(*age, Unit::seconds, node.span));
  cloud::Values methods;
  const Value* wanted = cors.find("methods");
  const Values* items = wanted == nullptr ? nullptr : wanted->get<Values>();
  for (const Value& method : items == nullptr ? Values{} : *items) {
    if (s3_serves(method)) methods.push_back(lowering.value(method));
    else decision.change = "Amazon S3 serves GET, PUT, POST, DELETE and HEAD across origins, and answers OPTIONS by itself";
  }
  rule.set("AllowedMethods", std::move(methods));
  return cloud::object({{"CorsRules", cloud::Values{std::move(rule)}}});
}

/// With a key of the architecture, a key of the bucket stands between it and the objects, so that it is asked seldom.
cloud::Object encryption(Lowering& lowering, const Node& node) {
  cloud::Object by = cloud::object({{"SSEAlgorithm", "AES256"}});
  if (!encrypt(lowering, node, by, "KMSMasterKeyID"))
    return cloud::object({{"ServerSideEncryptionByDefault", std::move(by)}});
  by.set("SSEAlgorithm", "aws:kms");
  return cloud::object({{"ServerSideEncryptionByDefault", std::move(by)}, {"BucketKeyEnabled", true}});
}

}  // namespace

void add_to_policy(Lowering& lowering, const Node& bucket, cloud::Object statement) {
  const std::string id = lowering.id(bucket, "Policy");
  if (cloud::Resource* known = lowering.find(id)) {
    cloud::Object& document = *known->properties.find("PolicyDocument")->get<cloud::Object>();
    document.find("Statement")->get<cloud::Values>()->push_back(std::move(statement));
    return;
  }
  lowering.add(bucket, id, "AWS::S3::BucketPolicy",
               cloud::object({{"Bucket", cloud::Ref{lowering.id(bucket)}},
                              {"PolicyDocument", cloud::object({{"Version", "2012-10-17"},
                                                                {"Statement", cloud::Values{std::move(statement)}}})}}));
}

void lower_bucket(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  const std::string id = lowering.id(node);
  const bool open = asked.flag("public");
  if (open) report_key(lowering, node, "nobody reads such objects without credentials", "leave `public` or `key` out");
  cloud::Object properties;
  properties.set("BucketName", spelt_name(lowering, node));
  properties.set("BucketEncryption",
                 cloud::object({{"ServerSideEncryptionConfiguration", cloud::Values{encryption(lowering, node)}}}));
  properties.set("OwnershipControls",
                 cloud::object({{"Rules", cloud::Values{cloud::object({{"ObjectOwnership", "BucketOwnerEnforced"}})}}}));
  // Even a bucket that everybody may read is opened by its policy alone, never by access lists of single objects.
  properties.set("PublicAccessBlockConfiguration", cloud::object({{"BlockPublicAcls", true},
                                                                  {"IgnorePublicAcls", true},
                                                                  {"BlockPublicPolicy", !open},
                                                                  {"RestrictPublicBuckets", !open}}));
  if (asked.flag("versioned")) properties.set("VersioningConfiguration", cloud::object({{"Status", "Enabled"}}));
  if (asked.has("expire_after")) properties.set("LifecycleConfiguration", lifecycle(lowering, node));
  if (const Map* cors = asked.map("cors")) properties.set("CorsConfiguration", cors_rules(lowering, node, *cors, decision));
  properties.set("Tags", lowering.tags(node));
  cloud::Resource& made = lowering.add(node, id, "AWS::S3::Bucket", std::move(properties));
  made.on_removal = asked.text("when_removed") == "delete" ? cloud::OnRemoval::remove : cloud::OnRemoval::keep;
  made.on_replace = made.on_removal;
  lowering.known_by_name(id, "", spelt_name(lowering, node));
  lowering.known_by_name(id, "Arn", spelt_arn(lowering, node));

  if (!open) return;
  const cloud::Value objects = cloud::concat({cloud::GetAtt{id, "Arn"}, "/*"});
  add_to_policy(lowering, node,
                cloud::object({{"Effect", "Allow"}, {"Principal", "*"}, {"Action", "s3:GetObject"}, {"Resource", objects}}));
}

}  // namespace virga::aws
