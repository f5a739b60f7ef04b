// What a function may do with the things that it uses, and how its code learns their names.
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/order.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"

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

void mount_bucket(Lowering& l, const Edge& edge, bool read_only) {
  const Value* path = l.of(edge).find("mount");
  if (path == nullptr || path->is_none()) return;
  const Node& bucket = l.to(edge);
  if (l.from(edge).kind != "function") {
    l.sink()
        .report(edge.span, codes::BucketMount, l.from(edge).name, bucket.name)
        .help("let a function mount it, or ask for the objects by their names");
    return;
  }
  cloud::Values& mounts = l.function(l.from(edge).id).bucket_mounts;
  cloud::Object mount;
  mount.set("BucketName", name_of(l, bucket)).set("BucketPath", "/").set("MountDir", to_value(l, *path));
  mount.set("Endpoint", cloud::concat({"https://oss-", region_of(l, bucket), "-internal.aliyuncs.com"}));
  // One place that is read and written is one mount.
  for (cloud::Value& known : mounts) {
    cloud::Object& other = *known.get<cloud::Object>();
    if (!(*other.find("BucketName") == *mount.find("BucketName")) || !(*other.find("MountDir") == *mount.find("MountDir")))
      continue;
    if (!read_only) other.set("ReadOnly", false);
    return;
  }
  mount.set("ReadOnly", read_only);
  mounts.emplace_back(std::move(mount));
  const auto most = static_cast<std::size_t>(Lowering::number("fc3.oss.mounts.max"));
  if (mounts.size() > most) {
    l.sink()
        .report(edge.span, codes::BucketMounts, l.from(edge).name, std::to_string(most))
        .source(catalog::cite(catalog().fact("fc3.oss.mounts.max")))
        .help("ask for the objects of the others by their names");
  }
  // A mount lists what it shows, also when it writes alone.
  l.grant(edge, {"oss:ListObjects"}, {bucket_in_policy(l, bucket)});
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
  tell_order(l, edge);
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
  tell_order(l, edge);
  tell_region(l, edge);
}

void read_objects(Lowering& l, const Edge& edge) {
  const cloud::Value bucket = bucket_in_policy(l, l.to(edge));
  l.grant(edge, {"oss:GetObject"}, {cloud::concat({bucket, "/*"})});
  l.grant(edge, {"oss:ListObjects"}, {bucket});
  grant_key(l, edge, {"kms:Decrypt"});
  tell_bucket(l, edge);
  mount_bucket(l, edge, true);
}

void write_objects(Lowering& l, const Edge& edge) {
  l.grant(edge, {"oss:PutObject", "oss:DeleteObject", "oss:AbortMultipartUpload"},
          {cloud::concat({bucket_in_policy(l, l.to(edge)), "/*"})});
  grant_key(l, edge, {"kms:Decrypt", "kms:GenerateDataKey"});
  tell_bucket(l, edge);
  mount_bucket(l, edge, false);
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
