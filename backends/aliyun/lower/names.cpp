#include "backends/aliyun/lower/names.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/delivery.h"
#include "backends/aliyun/lower/gateway.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/network.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/site.h"
#include "backends/aliyun/lower/stores.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aliyun {
namespace {

using cloud::concat;
using cloud::GetAtt;

const catalog::NameRule& rule_of(std::string_view type, std::string_view property) {
  const catalog::NameRule* rule = catalog().name_rule(type, property);
  if (rule == nullptr)
    throw std::logic_error(fmt::format("this is a bug in virga: no rule for the name {}.{}", type, property));
  return *rule;
}

std::size_t longest_region() {
  std::size_t longest = 0;
  for (const catalog::Region& r : catalog().regions) longest = std::max(longest, r.vendor.size());
  return longest;
}

/// Roles and metric rules belong to the account, not to a region: the stacks of two regions must not make the same one.
bool is_account_wide(std::string_view type) {
  return type.starts_with("ALIYUN::RAM::") || type.starts_with("ALIYUN::CMS::");
}

struct NameProperty {
  std::string_view kind, noun, type, property, attribute;
};

/// The main resource of each kind: its noun in logical ids, its type, the property that holds its name, and the attribute
/// that gives the name back.
constexpr NameProperty kMain[] = {
    {"function", "Function", "ALIYUN::FC3::Function", "FunctionName", "FunctionName"},
    {"layer", "", "ALIYUN::FC3::LayerVersion", "LayerName", ""},
    {"service", "Function", "ALIYUN::FC3::Function", "FunctionName", "FunctionName"},
    {"queue", "Queue", "ALIYUN::MNS::Queue", "QueueName", "QueueName"},
    {"topic", "Topic", "ALIYUN::MNS::Topic", "TopicName", "TopicName"},
    {"bus", "Bus", "ALIYUN::EventBridge::EventBus", "EventBusName", "EventBusName"},
    {"bucket", "Bucket", "ALIYUN::OSS::Bucket", "BucketName", "Name"},
    {"table", "Table", "ALIYUN::OTS::Table", "TableName", "TableName"},
    {"secret", "Secret", "ALIYUN::OOS::SecretParameter", "SecretParameterName", "SecretParameterName"},
    {"config", "Config", "ALIYUN::OOS::Parameter", "Name", "Name"},
    {"stream", "Logstore", "ALIYUN::SLS::Logstore", "LogstoreName", "LogstoreName"},
    {"delivery", "Logstore", "ALIYUN::SLS::Logstore", "LogstoreName", "LogstoreName"},
    {"log", "Logstore", "ALIYUN::SLS::Logstore", "LogstoreName", "LogstoreName"},
    {"alarm", "Rule", "ALIYUN::CMS::ResourceMetricRule", "RuleName", "RuleName"},
    {"workflow", "Flow", "ALIYUN::FNF::Flow", "Name", "Name"},
    {"gateway", "Group", "ALIYUN::ApiGateway::Group", "GroupName", ""},
    {"schedule", "", "ALIYUN::FC3::Trigger", "TriggerName", ""},
};

const NameProperty* main_of(const Node& node) {
  const auto* found =
      std::find_if(std::begin(kMain), std::end(kMain), [&](const NameProperty& p) { return p.kind == node.kind; });
  return found == std::end(kMain) ? nullptr : found;
}

cloud::Value arn(std::string_view service, cloud::Value in_region, cloud::Values rest) {
  cloud::Values parts = {fmt::format("acs:{}:", service), std::move(in_region), ":", account(), ":"};
  parts.insert(parts.end(), rest.begin(), rest.end());
  return concat(std::move(parts));
}

}  // namespace

cloud::Value region(const Lowering& l) {
  if (l.request().region.empty()) return cloud::Pseudo::region;
  return l.request().region;
}

cloud::Value region_of(const Lowering& l, const Node& node) {
  if (l.stands_here(node) || l.request().regions.empty()) return region(l);
  return l.request().regions.front();
}

cloud::Value account() { return cloud::Pseudo::account; }

std::string plain_name(const Lowering& l, std::string_view type, std::string_view property, std::string_view node) {
  const App& app = l.architecture().app;
  return cloud::physical_name(rule_of(type, property), app.name, app.stage, node);
}

cloud::Value name_for(const Lowering& l, std::string_view type, std::string_view property, std::string_view node,
                      const cloud::Value& in_region) {
  const catalog::NameRule& rule = rule_of(type, property);
  if (!rule.global && !is_account_wide(type)) return plain_name(l, type, property, node);
  const App& app = l.architecture().app;
  std::size_t reserve = 1 + longest_region();
  if (rule.global) reserve += 1 + static_cast<std::size_t>(Lowering::number("account.id.length"));
  cloud::Values parts = {cloud::physical_name(rule, app.name, app.stage, node, reserve), "-"};
  if (rule.global) {
    parts.push_back(account());
    parts.emplace_back("-");
  }
  parts.push_back(in_region);
  return concat(std::move(parts));
}

cloud::Value name_text(const Lowering& l, const Node& node) {
  const NameProperty* main = main_of(node);
  if (node.kind == "bus" && l.of(node).flag("default")) return "default";
  if (main == nullptr) return node.identity();
  return name_for(l, main->type, main->property, node.identity(), region_of(l, node));
}

cloud::Value name_of(Lowering& l, const Node& node) {
  const NameProperty* main = main_of(node);
  const bool is_there = node.kind == "bus" && l.of(node).flag("default");
  if (main == nullptr || main->attribute.empty() || node.kind == "function" || is_there || !l.stands_here(node))
    return name_text(l, node);
  return GetAtt{l.id(node, main->noun), std::string(main->attribute)};
}

cloud::Value function_arn(const Lowering& l, const Node& node) {
  return arn("fc", region_of(l, node), {"functions/", name_text(l, node)});
}

cloud::Value function_arn(const Lowering& l, const Node& node, const std::string& copy) {
  return arn("fc", region_of(l, node), {"functions/", copy});
}

cloud::Value queue_arn(Lowering& l, const Node& node) {
  return arn("mns", region_of(l, node), {"queues/", name_of(l, node)});
}

cloud::Value bus_arn(Lowering& l, const Node& node) {
  return arn("eventbridge", region_of(l, node), {"eventbus/", name_of(l, node)});
}

cloud::Value topic_arn(Lowering& l, const Node& node) {
  return arn("mns", region_of(l, node), {"/topics/", name_of(l, node)});
}

cloud::Value messages_arn(Lowering& l, const Node& node) {
  return arn("mns", region_of(l, node), {node.kind == "topic" ? "/topics/" : "/queues/", name_of(l, node), "/messages"});
}

cloud::Value bucket_arn(Lowering& l, const Node& node) { return arn("oss", region_of(l, node), {name_of(l, node)}); }

cloud::Value bucket_in_policy(Lowering& l, const Node& node) {
  return arn("oss", std::string(catalog().fact("oss.ram.region").members.front()), {name_of(l, node)});
}

cloud::Value table_arn(Lowering& l, const Node& node) {
  return arn("ots", region_of(l, node), {"instance/", table_instance(l, node), "/table/", name_of(l, node)});
}

cloud::Value table_arn(Lowering& l, const Node& node, const std::string& index) {
  return arn("ots", region_of(l, node), {"instance/", table_instance(l, node), "/table/", index});
}

cloud::Value instance_arn(Lowering& l, const Node& table) {
  return arn("ots", region_of(l, table), {"instance/", table_instance(l, table)});
}

cloud::Value logstore_arn(Lowering& l, const Node& node) {
  return arn("log", region_of(l, node), {"project/", log_project(l), "/logstore/", name_of(l, node)});
}

cloud::Value logstore_named(Lowering& l, const cloud::Value& name) {
  return arn("log", region(l), {"project/", log_project(l), "/logstore/", name});
}

namespace {

/// An instance takes fewer tags than other resources.
cloud::Value instance_tags(Lowering& l) {
  const auto most = static_cast<std::size_t>(Lowering::number("ots.instance.tags.max"));
  cloud::Value all = tag_list(l, nullptr);
  auto& tags = *all.get<cloud::Values>();
  if (tags.size() > most) {
    l.changes(fmt::format("the instance of the app's tables takes {} tags: the last {} of the app's are left out of it",
                          most, tags.size() - most));
    tags.resize(most);
  }
  return all;
}

}  // namespace

cloud::Value table_instance(Lowering& l, const Node& table) {
  const std::string given = l.of(table).text("instance");
  if (!given.empty()) return given;
  const std::string name = plain_name(l, "ALIYUN::OTS::Instance", "InstanceName", "");
  if (!l.stands_here(table)) return name;
  const std::string id = l.shared_id("TableInstance");
  if (l.first_use(id)) {
    cloud::Object properties;
    properties.set("InstanceName", name).set("ClusterType", "SSD").set("Network", "NORMAL");
    properties.set("Tags", instance_tags(l));
    l.add_shared(id, "ALIYUN::OTS::Instance", std::move(properties));
  }
  return GetAtt{id, "InstanceName"};
}

cloud::Value log_project(Lowering& l) {
  const std::string id = l.shared_id("LogProject");
  if (l.first_use(id)) {
    cloud::Object properties;
    properties.set("Name", name_for(l, "ALIYUN::SLS::Project", "Name", "", region(l)));
    properties.set("Tags", tag_list(l, nullptr));
    l.add_shared(id, "ALIYUN::SLS::Project", std::move(properties));
  }
  return GetAtt{id, "Name"};
}

cloud::Value output_of(Lowering& l, const Node& node, std::string_view output, Span span) {
  const std::string& kind = node.kind;
  if (kind == "network" && l.stands_here(node)) return vpc_id(l, node);
  if (kind == "cache" && l.stands_here(node)) return output == "url" ? cache_url(l, node) : cache_address(l, node);
  if (kind == "service" && l.stands_here(node)) return service_url(l, node);
  if (kind == "users") return std::string();  // refused as a node
  if (kind == "database" && l.stands_here(node)) return database_address(l, node);
  const bool reads_alone = kind == "delivery" && !takes_puts(l, node);
  if (output == "name" && !reads_alone) return name_of(l, node);
  if (output == "arn") {
    if (kind == "function") return function_arn(l, node);
    if (kind == "queue") return messages_arn(l, node);
    if (kind == "topic") return topic_arn(l, node);
    if (kind == "bucket") return bucket_arn(l, node);
    if (kind == "bus") return bus_arn(l, node);
    if (kind == "layer" && l.stands_here(node)) return layer_arn(l, node);
    if (kind == "stream" || (kind == "delivery" && !reads_alone)) return logstore_arn(l, node);
    if (kind == "table") return table_arn(l, node);
    if (kind == "workflow") return arn("fnf", region_of(l, node), {"flow/", name_text(l, node)});
    if (kind == "secret") return arn("oos", region_of(l, node), {"secretparameter/", name_of(l, node)});
  }
  if (output == "url") {
    if (kind == "external") return to_value(l, *l.of(node).find("url"));
    if (kind == "function" && l.of(node).has("http") && l.stands_here(node)) {
      return GetAtt{l.id(node, "HttpTrigger"), "UrlInternet"};
    }
    if (kind == "queue")
      return l.stands_here(node)
                 ? cloud::Value(GetAtt{l.id(node, "Queue"), "QueueUrl"})
                 : concat({"http://", account(), ".mns.", region_of(l, node), ".aliyuncs.com/queues/", name_of(l, node)});
    if (kind == "bucket") return concat({"https://", name_of(l, node), ".oss-", region_of(l, node), ".aliyuncs.com"});
    if (kind == "site") return site_url(l, node);
    if (kind == "gateway" && l.stands_here(node)) return gateway_url(l, node);
  }
  if (kind == "key" && l.stands_here(node)) return key_output(l, node, output);
  if (output == "id" && kind == "gateway" && l.stands_here(node)) return gateway_id(l, node);
  l.sink()
      .report(span, codes::OutputImpossible, node.name, std::string(output), std::string(catalog().title))
      .help(kind == "function" ? "give the function an `http` block, and it has an address of its own"
                               : "take its `name`, which every stack knows");
  return std::string();
}

// ---- tags

namespace {

void add_tags(Lowering& l, cloud::Object& tags, const Map& map) {
  for (const MapEntry& e : map.entries) tags.set(e.key, to_value(l, e.value));
}

}  // namespace

cloud::Object tag_map(Lowering& l, const Node* node) {
  const App& app = l.architecture().app;
  cloud::Object tags;
  tags.set("virga:app", app.name).set("virga:stage", app.stage);
  if (node != nullptr) tags.set("virga:node", node->name);
  add_tags(l, tags, app.tags);
  if (const Map* own = node == nullptr ? nullptr : l.of(*node).map("tags")) add_tags(l, tags, *own);
  return tags;
}

cloud::Value tag_list(Lowering& l, const Node* node) {
  cloud::Values list;
  for (cloud::Member& m : tag_map(l, node).members) {
    list.emplace_back(cloud::object({{"Key", m.key}, {"Value", m.value}}));
  }
  return list;
}

}  // namespace virga::aliyun
