// delivery archive { prefix = "clicks/" }   till ~> archive   archive ~> lake.write
//   → SLS::Logstore   ArchiveLogstore     into which records are put
//     SLS::OssExport  ArchiveExport       writes what it gets into the bucket
//     RAM::Role       ArchiveExportRole   may read the logstores and write into the bucket
// clicks ~> archive (a stream, a log)
//   → SLS::OssExport  of the logstore that the stream is
#include "backends/aliyun/lower/delivery.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aliyun {
namespace {

/// Our own choice: how long records wait in the logstore for a job that stands still.
constexpr std::int64_t kKeptDays = 3;

bool is_logstore(const Node& source) { return source.kind == "stream" || source.kind == "log"; }

const Edge* bucket_edge(const Lowering& l, const Node& delivery) {
  for (const Edge* edge : l.architecture().edges_from(delivery.id, "self"))
    if (edge->delivery == Delivery::hand_over) return edge;
  return nullptr;
}

bool ends_are_right(Lowering& l, const Node& delivery) {
  const Edge* first = bucket_edge(l, delivery);
  if (first == nullptr) {
    l.sink()
        .report(delivery.span, codes::DeliveryEnds, delivery.name, "no bucket")
        .help(fmt::format("draw an edge to one: `{} ~> pages.write`", delivery.name));
    return false;
  }
  for (const Edge* edge : l.architecture().edges_from(delivery.id, "self")) {
    if (edge == first || edge->delivery == Delivery::call) continue;
    l.sink()
        .report(edge->span, codes::DeliveryEnds, delivery.name, "two buckets")
        .help("let a second `delivery` write into the other one");
    return false;
  }
  return l.stands_here(l.to(*first));
}

std::string_view folders(const std::string& by) {
  if (by == "year") return "%Y";
  if (by == "month") return "%Y/%m";
  return by == "day" ? "%Y/%m/%d" : "%Y/%m/%d/%H";
}

/// What a job can't be told; only what somebody said is worth a word.
void say_what_changes(Lowering& l, const Node& delivery) {
  const Attributes& a = l.of(delivery);
  const auto said = [&](std::string_view name) {
    const AttributeValue* entry = a.entry(name);
    return entry != nullptr && entry->origin != Origin::fallback;
  };
  if (said("errors")) l.changes("nothing is written below `errors`: a job tries what failed again");
  if (said("lines") && !a.flag("lines", true)) l.changes("each record stands on a line of its own all the same");
  if (said("log_retention")) l.changes("a job writes down how it fares in the log project, for as long as that keeps it");
}

/// `source`: the stream or log that is written away; null for what is put into the delivery itself.
void add_export(Lowering& l, const Node& delivery, const Node* source, std::string id, cloud::Value store) {
  const Attributes& a = l.of(delivery);
  const Node& bucket = l.to(*bucket_edge(l, delivery));
  const std::string name = plain_name(l, "ALIYUN::SLS::OssExport", "ExportName",
                                      delivery.identity() + (source == nullptr ? "" : "." + source->identity()));
  const cloud::Value role = cloud::GetAtt{l.id(delivery, "ExportRole"), "Arn"};
  cloud::Object sink;
  sink.set("Bucket", name_of(l, bucket)).set("RoleArn", role);
  sink.set("Endpoint", cloud::concat({"http://oss-", region_of(l, bucket), "-internal.aliyuncs.com"}));
  sink.set("Prefix", to_value(l, *a.find("prefix"))).set("PathFormat", folders(a.text("folders")));
  sink.set("PathFormatType", "time").set("TimeZone", "+0000");
  sink.set("ContentType", "json").set("ContentDetail", cloud::object({{"enableTag", false}}));
  sink.set("CompressionType", to_value(l, *a.find("compress")));
  sink.set("BufferSize", measured(l, a, "buffer", Unit::megabytes));
  sink.set("BufferInterval", measured(l, a, "interval", Unit::seconds));
  cloud::Object job;
  job.set("Logstore", std::move(store)).set("RoleArn", role).set("Sink", std::move(sink));
  // From the first record that is there, and without an end.
  job.set("FromTime", 1).set("ToTime", 0);
  cloud::Object p;
  p.set("ProjectName", log_project(l)).set("ExportName", name).set("DisplayName", name);
  p.set("Configuration", std::move(job));
  l.add(std::move(id), "ALIYUN::SLS::OssExport", std::move(p));
}

std::vector<cloud::Value> stores_of(Lowering& l, const Node& delivery) {
  std::vector<cloud::Value> all;
  const auto add = [&](const cloud::Value& store) {
    const cloud::Value arn = logstore_named(l, store);
    if (std::find(all.begin(), all.end(), arn) != all.end()) return;
    all.push_back(arn);
    all.push_back(cloud::concat({arn, "/*"}));
  };
  if (takes_puts(l, delivery)) add(delivery_store(l, delivery));
  for (const Edge* edge : l.architecture().edges_to(delivery.id, "self"))
    if (is_logstore(l.from(*edge))) add(name_of(l, l.from(*edge)));
  return all;
}

}  // namespace

bool takes_puts(const Lowering& l, const Node& delivery) {
  const std::vector<const Edge*> in = l.architecture().edges_to(delivery.id, "self");
  return in.empty() || std::any_of(in.begin(), in.end(), [&](const Edge* e) { return !is_logstore(l.from(*e)); });
}

cloud::Value delivery_store(Lowering& l, const Node& delivery) { return name_of(l, delivery); }

void lower_delivery(Lowering& l, const Node& node) {
  if (!ends_are_right(l, node)) return;
  say_what_changes(l, node);
  const cloud::Value bucket = bucket_in_policy(l, l.to(*bucket_edge(l, node)));
  add_role(l, l.id(node, "ExportRole"), node, "export", "log.aliyuncs.com",
           {{{"log:GetCursorOrData", "log:ListShards"}, stores_of(l, node)},
            {{"oss:PutObject"}, {bucket, cloud::concat({bucket, "/*"})}}});
  if (!takes_puts(l, node)) return;
  add_logstore(l, l.id(node, "Logstore"), name_text(l, node), kKeptDays);
  add_export(l, node, nullptr, l.id(node, "Export"), name_of(l, node));
}

void put_into_delivery(Lowering& l, const Edge& edge) {
  const Node& to = l.to(edge);
  const cloud::Value store = delivery_store(l, to);
  l.grant(edge, {"log:PostLogStoreLogs"}, {logstore_named(l, store)});
  l.tell(edge, "DELIVERY_NAME", store);
  l.tell(edge, "DELIVERY_PROJECT", log_project(l));
  tell_region(l, edge);
}

void export_records(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  const Attributes& a = l.of(edge);
  for (const AttributeValue& entry : a.all) {
    if (entry.origin == Origin::fallback || entry.value.is_none() || entry.name == "load" || entry.name == "payload")
      continue;
    l.sink()
        .report(entry.value.span.known() ? entry.value.span : edge.span, codes::DeliverySetting, entry.name,
                describe(l.architecture(), edge))
        .source(catalog::cite(catalog().fact("sls.oss_export.properties")))
        .help("leave it out: a job writes away all records, in the order of each shard");
  }
  if (bucket_edge(l, l.to(edge)) == nullptr) return;  // reported with the delivery
  add_export(l, l.to(edge), &l.from(edge), l.id(edge, "Export"), name_of(l, l.from(edge)));
}

void deliver_objects(Lowering& l, const Edge& edge) { (void)same_region(l, edge); }  // each job reads this edge for itself

}  // namespace virga::aliyun
