// sync -> pages.write
//   → a statement in the role of `sync`, and PAGES_BUCKET_NAME in its environment
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"

namespace virga::aws {
namespace {

cloud::Value below(cloud::Value arn, std::string_view rest) { return cloud::concat({std::move(arn), rest}); }

RoleDraft& caller(Lowering& lowering, const Edge& edge) { return lowering.function_role(lowering.from(edge)); }

}  // namespace

void access_function(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  lowering.grant(caller(lowering, edge), edge, {"lambda:InvokeFunction"}, arn_of(lowering, to));
  lowering.tell(lowering.from(edge), to, "FUNCTION_NAME", name_of(lowering, to));
}

void access_queue(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  lowering.grant(caller(lowering, edge), edge, {"sqs:SendMessage"}, arn_of(lowering, to));
  lowering.tell(lowering.from(edge), to, "QUEUE_URL", queue_url(lowering, to));
}

void access_topic(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  lowering.grant(caller(lowering, edge), edge, {"sns:Publish"}, arn_of(lowering, to));
  lowering.tell(lowering.from(edge), to, "TOPIC_ARN", arn_of(lowering, to));
}

void access_messages(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  lowering.grant(caller(lowering, edge), edge,
                 {"sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"},
                 arn_of(lowering, to));
  lowering.tell(lowering.from(edge), to, "QUEUE_URL", queue_url(lowering, to));
}

void access_objects(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  if (lowering.of(edge).has("mount")) {
    lowering.sink.report(lowering.where(edge, "mount"), codes::BucketMount, lowering.from(edge).name, to.name)
        .help("leave `mount` out and ask for the objects by their names, or keep what must be files in `files`");
    return;
  }
  RoleDraft& role = caller(lowering, edge);
  const cloud::Value bucket = arn_of(lowering, to);
  if (edge.to.name == "read") {
    lowering.grant(role, edge, {"s3:GetObject"}, below(bucket, "/*"));
    lowering.grant(role, edge, {"s3:ListBucket"}, bucket);
  } else {
    lowering.grant(role, edge, {"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"}, below(bucket, "/*"));
  }
  lowering.tell(lowering.from(edge), to, "BUCKET_NAME", name_of(lowering, to));
}

void access_rows(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  RoleDraft& role = caller(lowering, edge);
  const cloud::Value table = arn_of(lowering, to);
  if (edge.to.name == "read") {
    const std::vector<std::string> actions = {"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query",
                                              "dynamodb:Scan"};
    lowering.grant(role, edge, actions, table);
    const Values* indexes = lowering.of(to).list("indexes");
    if (indexes != nullptr && !indexes->empty())
      lowering.grant(role, edge, {"dynamodb:Query", "dynamodb:Scan"}, below(table, "/index/*"));
  } else {
    lowering.grant(role, edge,
                   {"dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem",
                    "dynamodb:UpdateItem"},
                   table);
  }
  lowering.tell(lowering.from(edge), to, "TABLE_NAME", name_of(lowering, to));
}

void access_secret(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  lowering.grant(caller(lowering, edge), edge, {"secretsmanager:GetSecretValue"}, arn_of(lowering, to));
  lowering.tell(lowering.from(edge), to, "SECRET_NAME", name_of(lowering, to));
}

void access_setting(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  lowering.grant(caller(lowering, edge), edge, {"ssm:GetParameter"}, arn_of(lowering, to));
  lowering.tell(lowering.from(edge), to, "CONFIG_NAME", name_of(lowering, to));
}

void access_log(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  lowering.grant(caller(lowering, edge), edge, {"logs:CreateLogStream", "logs:PutLogEvents"}, arn_of(lowering, to));
  lowering.tell(lowering.from(edge), to, "LOG_NAME", name_of(lowering, to));
}

void access_address(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  const Value* url = lowering.of(to).find("url");
  if (url != nullptr)
    lowering.environment(lowering.from(edge), cloud::environment_name(to.name, "URL"), lowering.value(*url));
}

void from_outside(Lowering&, const Edge&, cloud::Decision&) {}

}  // namespace virga::aws
