// Events of buckets: of those that the framework makes, and of those that are there already.
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

constexpr const char* kUsualEvent = "s3:ObjectCreated:*";

struct Bucket {
  std::string said;  ///< as events name it
  Document name;
  Document configurations = Document::list();
  std::vector<std::string> waits;
};

/// The name of a bucket, or of its settings at the provider.
std::string bucket_id(const std::string& said) { return "S3Bucket" + alphanumeric(said); }

Document configuration(const Function& function, const Document& said) {
  const Document* event = said.find("event");
  Document out =
      Document::map({{"Event", is_true(event) ? *event : Document(kUsualEvent)}, {"Function", function.target()}});
  if (!is_true(said.find("rules"))) return out;
  Document rules = Document::list();
  for (const Document& rule : items(said.find("rules"))) {
    if (!entries(&rule).empty())
      rules.append(Document::map({{"Name", rule.as_map()->front().key}, {"Value", rule.as_map()->front().value}}));
  }
  out.set("Filter", Document::map({{"S3Key", Document::map({{"Rules", std::move(rules)}})}}));
  return out;
}

void add_bucket(Template& made, Bucket& bucket) {
  Document notifications = Document::map({{"LambdaConfigurations", std::move(bucket.configurations)}});
  Document properties = Document::map({{"BucketName", bucket.name}, {"NotificationConfiguration", Document()}});
  const Document* all = made.service.setting("s3");
  const Document* own = all == nullptr ? nullptr : all->find(bucket.said);
  for (const Document::Entry& entry : entries(own)) {
    if (entry.key == "notificationConfiguration") {
      for (const Document::Entry& more : entries(&entry.value)) notifications.set(more.key, more.value);
    } else if (entry.key != "name") {
      properties.set(upper_first(entry.key), entry.value);
    }
  }
  properties.set("NotificationConfiguration", std::move(notifications));
  made.add(bucket_id(bucket.said), "AWS::S3::Bucket", std::move(properties), bucket.waits);
}

void add_new_buckets(Template& made) {
  std::vector<Bucket> buckets;
  std::map<std::string, std::size_t> places;
  std::vector<std::pair<const Function*, std::size_t>> calls;
  each_event(made.service, "s3", [&](const Function& function, const Document& said, std::size_t) {
    if (is_true(said.find("existing"))) return;
    const Document* name = said.is_scalar() ? &said : said.find("bucket");
    if (name == nullptr || !name->is_scalar()) return made.wrong(said, function.key + ".events.s3", "the name of a bucket");
    const std::string key = name->text();
    const auto [place, is_new] = places.emplace(key, buckets.size());
    if (is_new) {
      const Document* all = made.service.setting("s3");
      const Document* own = all == nullptr ? nullptr : all->find(key);
      const Document* real = own == nullptr ? nullptr : own->find("name");
      Bucket bucket;
      bucket.said = key;
      bucket.name = is_true(real) ? *real : *name;
      buckets.push_back(std::move(bucket));
    }
    Bucket& bucket = buckets[place->second];
    bucket.configurations.append(configuration(function, said));
    const std::string permission = normalized(function.key) + "LambdaPermission" + alphanumeric(key) + "S3";
    bucket.waits.push_back(permission);
    for (const std::string& id : function.waits()) bucket.waits.push_back(id);
    calls.emplace_back(&function, place->second);
  });
  for (Bucket& bucket : buckets) {
    std::sort(bucket.waits.begin(), bucket.waits.end());
    bucket.waits.erase(std::unique(bucket.waits.begin(), bucket.waits.end()), bucket.waits.end());
    add_bucket(made, bucket);
  }
  for (const auto& [function, index] : calls) {
    const std::string id = normalized(function->key) + "LambdaPermission" + alphanumeric(buckets[index].said) + "S3";
    permit(made, id, function->target(), "s3.amazonaws.com",
           text({"arn:", reference("AWS::Partition"), ":s3:::", buckets[index].name}), function->waits());
    made.find(id)->find("Properties")->set("SourceAccount", reference("AWS::AccountId"));
  }
}

/// Buckets that are there already are told by a helper which functions to call.
void add_existing_buckets(Template& made) {
  Document::List statements;
  std::vector<std::pair<Document, std::vector<std::string>>> together;
  each_event(made.service, "s3", [&](const Function& function, const Document& said, std::size_t) {
    if (!is_true(said.find("existing")) || said.find("bucket") == nullptr) return;
    const Document& bucket = *said.find("bucket");
    Document rules = Document::list();
    for (const Document& rule : items(said.find("rules"))) {
      if (!entries(&rule).empty())
        rules.append(Document::map({{start_case(rule.as_map()->front().key), rule.as_map()->front().value}}));
    }
    const Document* event = said.find("event");
    Document config =
        Document::map({{"Event", is_true(event) ? *event : Document(kUsualEvent)}, {"Rules", std::move(rules)}});
    const std::string id = normalized(function.key) + "CustomS31";
    if (Document* known = made.find(id)) {
      (*known->find("Properties"))["BucketConfigs"].append(std::move(config));
      return;
    }
    made.add(id, "Custom::S3",
             Document::map({{"ServiceToken", get_att(helper_id(Helper::bucket))},
                            {"FunctionName", function.name},
                            {"BucketName", bucket},
                            {"BucketConfigs", Document::list({std::move(config)})}}),
             {function.id, helper_id(Helper::bucket)});
    statements.push_back(statement({"s3:PutBucketNotification", "s3:GetBucketNotification"},
                                   text({"arn:", reference("AWS::Partition"), ":s3:::", bucket})));
    const auto same = std::find_if(together.begin(), together.end(), [&](const auto& t) { return t.first == bucket; });
    if (same == together.end()) together.push_back({bucket, {id}});
    else same->second.push_back(id);
  });
  if (statements.empty()) return;
  // One after the other: a bucket has one list of notifications, and each of them writes all of it.
  for (const auto& [bucket, ids] : together) {
    for (std::size_t i = 1; i < ids.size(); ++i) (*made.find(ids[i]))["DependsOn"].append(ids[i - 1]);
  }
  statements.push_back(statement({"lambda:AddPermission", "lambda:RemovePermission"},
                                 text({"arn:", reference("AWS::Partition"), ":lambda:", reference("AWS::Region"), ":",
                                       reference("AWS::AccountId"), ":function:*"})));
  add_helper(made, Helper::bucket, statements);
}

}  // namespace

void add_buckets(Template& made) {
  add_new_buckets(made);
  add_existing_buckets(made);
}

}  // namespace virga::aws::serverless_framework
