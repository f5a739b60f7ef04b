// uploads.created ~> thumbnail { prefix = "raw/" }
//   → a notification of the bucket, and AWS::Lambda::Permission ThumbnailFromUploadsPermission
//
// S3 checks the permission when it is told whom to notify. So the bucket waits for the permission, and the permission
// names the bucket without referring to it.
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/intake.h"

#include "compiler/architecture/key_filter.h"

namespace virga::aws {
namespace {

/// S3 refuses two notifications of the same event whose filters let the same key through.
void check_overlap(Lowering& lowering, const Edge& edge) {
  for (const Edge* other : lowering.architecture.edges_from(edge.from.node, edge.from.name)) {
    if (other->id >= edge.id) return;
    if (!filters_meet(lowering.of(edge), lowering.of(*other))) continue;
    lowering.sink.report(edge.span, codes::BucketEvents, lowering.from(edge).name + "." + edge.from.name)
        .label(other->span, "the other one")
        .help("let them differ in `prefix` or `suffix`, or send the events to a `topic` that both hang on");
    return;
  }
}

cloud::Object configuration(Lowering& lowering, const Edge& edge) {
  const Attributes& asked = lowering.of(edge);
  cloud::Object made = cloud::object({{"Event", edge.from.name == "created" ? "s3:ObjectCreated:*" : "s3:ObjectRemoved:*"}});
  cloud::Values rules;
  for (const char* name : {"prefix", "suffix"}) {
    if (asked.has(name)) rules.emplace_back(cloud::object({{"Name", name}, {"Value", lowering.value(*asked.find(name))}}));
  }
  if (!rules.empty()) made.set("Filter", cloud::object({{"S3Key", cloud::object({{"Rules", std::move(rules)}})}}));
  return made;
}

/// Adds to the bucket's notifications, and lets the bucket wait for `permission`.
void notify(Lowering& lowering, const Edge& edge, const char* list, const char* key, cloud::Value target,
            const std::string& permission) {
  check_overlap(lowering, edge);
  cloud::Resource& bucket = *lowering.find(lowering.id(lowering.from(edge)));
  cloud::Object made = configuration(lowering, edge);
  made.set(key, std::move(target));
  if (bucket.properties.find("NotificationConfiguration") == nullptr)
    bucket.properties.set("NotificationConfiguration", cloud::Object{});
  cloud::Object& all = *bucket.properties.find("NotificationConfiguration")->get<cloud::Object>();
  if (all.find(list) == nullptr) all.set(list, cloud::Values{});
  all.find(list)->get<cloud::Values>()->emplace_back(std::move(made));
  if (std::find(bucket.depends_on.begin(), bucket.depends_on.end(), permission) == bucket.depends_on.end())
    bucket.depends_on.push_back(permission);
}

void report_fifo(Lowering& lowering, const Edge& edge) {
  lowering.sink
      .report(edge.span, codes::Fifo, describe(lowering.architecture, edge),
              "a bucket notifies standard queues and topics only")
      .source(catalog::cite(catalog().fact("s3.notification.target.types")))
      .help("leave `fifo` out at `" + lowering.to(edge).name + "`");
}

}  // namespace

void notify_function(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& bucket = lowering.from(edge);
  const Node& function = lowering.to(edge);
  Intake* intake = lowering.intake(edge);
  if (intake == nullptr) return;
  realise_intake(lowering, *intake);
  explain_intake(lowering, *intake, decision);
  if (intake->way == Intake::Way::queue) {
    const std::string policy =
        lowering.admit(function, intake_queue(lowering, *intake), true, "s3.amazonaws.com", spelt_arn(lowering, bucket));
    return notify(lowering, edge, "QueueConfigurations", "Queue", intake_arn(lowering, *intake), policy);
  }
  const std::string permission = lowering
                                     .admit_caller(function, edge, "From" + lowering.id(bucket) + "Permission",
                                                   "s3.amazonaws.com", spelt_arn(lowering, bucket), true)
                                     .id;
  notify(lowering, edge, "LambdaConfigurations", "Function", arn_of(lowering, function), permission);
}

void notify_queue(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& queue = lowering.to(edge);
  if (lowering.of(queue).flag("fifo")) report_fifo(lowering, edge);
  const std::string policy =
      lowering.admit(queue, lowering.id(queue), true, "s3.amazonaws.com", spelt_arn(lowering, lowering.from(edge)));
  notify(lowering, edge, "QueueConfigurations", "Queue", arn_of(lowering, queue), policy);
}

void notify_topic(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& topic = lowering.to(edge);
  if (lowering.of(topic).flag("fifo")) report_fifo(lowering, edge);
  const std::string policy =
      lowering.admit(topic, lowering.id(topic), false, "s3.amazonaws.com", spelt_arn(lowering, lowering.from(edge)));
  notify(lowering, edge, "TopicConfigurations", "Topic", arn_of(lowering, topic), policy);
}

void subscribe_to_log(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& log = lowering.from(edge);
  const Node& function = lowering.to(edge);
  if (Intake* intake = lowering.intake(edge)) realise_intake(lowering, *intake);
  cloud::Resource& permission = lowering.admit_caller(function, edge, "From" + lowering.id(log) + "Permission",
                                                      "logs.amazonaws.com", arn_of(lowering, log), true);
  const Attributes& asked = lowering.of(edge);
  cloud::Resource& made = lowering.add(
      function, edge, lowering.id(function, "From" + lowering.id(log)), "AWS::Logs::SubscriptionFilter",
      cloud::object({{"LogGroupName", name_of(lowering, log)},
                     {"FilterPattern", asked.has("where") ? lowering.value(*asked.find("where")) : cloud::Value("")},
                     {"DestinationArn", arn_of(lowering, function)}}));
  made.depends_on.push_back(permission.id);
}

void subscribe_service(Lowering& lowering, const Edge& edge, const Node& owner, cloud::Value target,
                       std::vector<std::string> actions) {
  const Node& log = lowering.from(edge);
  const Attributes& asked = lowering.of(edge);
  RoleDraft& role = lowering.role(log, "logs.amazonaws.com");
  lowering.grant(role, edge, std::move(actions), target);
  lowering.add(
      owner, edge, lowering.id(owner, "From" + lowering.id(log) + "Filter"), "AWS::Logs::SubscriptionFilter",
      cloud::object({{"LogGroupName", name_of(lowering, log)},
                     {"FilterPattern", asked.has("where") ? lowering.value(*asked.find("where")) : cloud::Value("")},
                     {"DestinationArn", std::move(target)},
                     {"RoleArn", cloud::GetAtt{role.id, "Arn"}}}));
}

void subscribe_stream(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const Node& stream = lowering.to(edge);
  decision.change = "a record holds several lines, in the form of CloudWatch Logs, packed by gzip";
  subscribe_service(lowering, edge, stream, arn_of(lowering, stream), {"kinesis:PutRecord"});
}

namespace {

void add_action(Lowering& lowering, const Edge& edge, cloud::Value action) {
  cloud::Object& alarm = lowering.find(lowering.id(lowering.from(edge)))->properties;
  if (alarm.find("AlarmActions") == nullptr) alarm.set("AlarmActions", cloud::Values{});
  alarm.find("AlarmActions")->get<cloud::Values>()->push_back(std::move(action));
}

}  // namespace

void alarm_to_topic(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const Node& topic = lowering.to(edge);
  add_action(lowering, edge, arn_of(lowering, topic));
  lowering.admit(topic, lowering.id(topic), false, "cloudwatch.amazonaws.com", arn_of(lowering, lowering.from(edge)));
}

void alarm_to_function(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const Node& function = lowering.to(edge);
  if (Intake* intake = lowering.intake(edge)) realise_intake(lowering, *intake);
  add_action(lowering, edge, arn_of(lowering, function));
  lowering.admit_caller(function, edge, "From" + lowering.id(lowering.from(edge)) + "Permission",
                        "lambda.alarms.cloudwatch.amazonaws.com", arn_of(lowering, lowering.from(edge)), true);
}

}  // namespace virga::aws
