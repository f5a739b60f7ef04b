// What a function may do with the things that it uses, and how its code learns their names.
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"

namespace virga::aliyun {
namespace {

cloud::Value parameter_arn(Lowering& l, const Node& node, std::string_view what) {
  return cloud::concat({"acs:oos:", region_of(l, node), ":", account(), ":", what, "/", name_of(l, node)});
}

std::vector<std::string> index_names(Lowering& l, const Node& table) {
  std::vector<std::string> names;
  const Values* indexes = l.of(table).list("indexes");
  for (const Value& index : indexes == nullptr ? Values{} : *indexes) {
    const Map* map = index.get<Map>();
    const Value* name = map == nullptr ? nullptr : map->find("name");
    if (name != nullptr && name->get<std::string>() != nullptr) names.push_back(*name->get<std::string>());
  }
  return names;
}

void tell_bucket(Lowering& l, const Edge& edge) {
  const Node& bucket = l.to(edge);
  l.tell(edge, "BUCKET_NAME", name_of(l, bucket));
  l.tell(edge, "BUCKET_ENDPOINT", cloud::concat({"https://oss-", region_of(l, bucket), ".aliyuncs.com"}));
  tell_region(l, edge);
}

void tell_table(Lowering& l, const Edge& edge) {
  const Node& table = l.to(edge);
  l.tell(edge, "TABLE_NAME", name_of(l, table));
  l.tell(edge, "TABLE_INSTANCE", table_instance(l, table));
  l.tell(edge, "TABLE_ENDPOINT",
         cloud::concat({"https://", table_instance(l, table), ".", region_of(l, table), ".ots.aliyuncs.com"}));
  tell_region(l, edge);
}

}  // namespace

void send(Lowering& l, const Edge& edge) {
  const Node& queue = l.to(edge);
  l.grant(edge, {"mns:SendMessage"}, {messages_arn(l, queue)});
  l.tell(edge, "QUEUE_NAME", name_of(l, queue));
  l.tell(edge, "QUEUE_URL", output_of(l, queue, "url", edge.span));
  tell_region(l, edge);
}

void take(Lowering& l, const Edge& edge) {
  const Node& queue = l.to(edge);
  l.grant(edge, {"mns:ChangeMessageVisibility", "mns:DeleteMessage", "mns:ReceiveMessage"}, {messages_arn(l, queue)});
  l.tell(edge, "QUEUE_NAME", name_of(l, queue));
  l.tell(edge, "QUEUE_URL", output_of(l, queue, "url", edge.span));
  tell_region(l, edge);
}

void publish(Lowering& l, const Edge& edge) {
  const Node& topic = l.to(edge);
  l.grant(edge, {"mns:PublishMessage"}, {messages_arn(l, topic)});
  l.tell(edge, "TOPIC_NAME", name_of(l, topic));
  l.tell(edge, "TOPIC_ENDPOINT", cloud::concat({"https://", account(), ".mns.", region_of(l, topic), ".aliyuncs.com"}));
  tell_region(l, edge);
}

void read_objects(Lowering& l, const Edge& edge) {
  const cloud::Value bucket = bucket_in_policy(l, l.to(edge));
  l.grant(edge, {"oss:GetObject"}, {cloud::concat({bucket, "/*"})});
  l.grant(edge, {"oss:ListObjects"}, {bucket});
  tell_bucket(l, edge);
}

void write_objects(Lowering& l, const Edge& edge) {
  l.grant(edge, {"oss:PutObject", "oss:DeleteObject", "oss:AbortMultipartUpload"},
          {cloud::concat({bucket_in_policy(l, l.to(edge)), "/*"})});
  tell_bucket(l, edge);
}

void read_rows(Lowering& l, const Edge& edge) {
  const Node& table = l.to(edge);
  cloud::Values resources = {table_arn(l, table)};
  // An index is read as if it were a table.
  for (const std::string& index : index_names(l, table)) resources.push_back(table_arn(l, table, index));
  l.grant(edge, {"ots:GetRow", "ots:GetRange", "ots:BatchGetRow"}, std::move(resources));
  tell_table(l, edge);
}

void write_rows(Lowering& l, const Edge& edge) {
  l.grant(edge, {"ots:PutRow", "ots:UpdateRow", "ots:DeleteRow", "ots:BatchWriteRow"}, {table_arn(l, l.to(edge))});
  tell_table(l, edge);
}

void read_secret(Lowering& l, const Edge& edge) {
  const Node& secret = l.to(edge);
  l.grant(edge, {"oos:GetSecretParameter"}, {parameter_arn(l, secret, "secretparameter")});
  // The value lies in Key Management Service, and whoever asks for the parameter must be allowed to read it there too.
  l.grant(edge, {"kms:GetSecretValue"},
          {cloud::concat({"acs:kms:", region_of(l, secret), ":", account(), ":secret/oos/", name_of(l, secret)})});
  l.tell(edge, "SECRET_NAME", name_of(l, secret));
  tell_region(l, edge);
}

void read_config(Lowering& l, const Edge& edge) {
  const Node& config = l.to(edge);
  l.grant(edge, {"oos:GetParameter"}, {parameter_arn(l, config, "parameter")});
  l.tell(edge, "CONFIG_NAME", name_of(l, config));
  tell_region(l, edge);
}

void write_log(Lowering& l, const Edge& edge) {
  const Node& log = l.to(edge);
  l.grant(edge, {"log:PostLogStoreLogs"}, {logstore_arn(l, log)});
  l.tell(edge, "LOG_NAME", name_of(l, log));
  l.tell(edge, "LOG_PROJECT", log_project(l));
  tell_region(l, edge);
}

}  // namespace virga::aliyun
