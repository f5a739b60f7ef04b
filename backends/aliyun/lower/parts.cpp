#include "backends/aliyun/lower/parts.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/values.h"
#include "backends/aliyun/lower/versions.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace virga::aliyun {
namespace {

std::string described(const Param& param) {
  const std::string_view unit = unit_of_parameter(param.type);
  if (unit.empty()) return param.doc;
  return param.doc.empty() ? fmt::format("In {}.", unit) : fmt::format("{} (In {}.)", param.doc, unit);
}

std::string type_of(const Type& type) {
  using Tag = Type::Tag;
  switch (type.tag) {
    case Tag::boolean: return "Boolean";
    case Tag::integer:
    case Tag::number:
    case Tag::quantity: return "Number";
    case Tag::list:
    case Tag::map:
    case Tag::record:
    case Tag::any: return "Json";
    default: return "String";
  }
}

std::optional<double> bound(Lowering& l, const std::optional<Value>& value) {
  if (!value) return std::nullopt;
  const cloud::Value v = to_value(l, *value);
  if (const auto* n = v.get<std::int64_t>()) return static_cast<double>(*n);
  if (const auto* n = v.get<double>()) return *n;
  return std::nullopt;
}

}  // namespace

cloud::StackParameter stack_parameter(Lowering& l, const Param& param) {
  cloud::StackParameter out;
  out.type = type_of(param.type);
  out.description = described(param);
  if (param.fallback) out.fallback = to_value(l, *param.fallback);
  out.secret = param.secret();
  for (const std::string& word : param.allowed) out.allowed.emplace_back(word);
  out.pattern = param.pattern;
  const bool counted = out.type == "Number";
  const std::optional<double> low = bound(l, param.min), high = bound(l, param.max);
  if (counted) {
    out.min = low;
    out.max = high;
  } else {
    if (low) out.min_length = static_cast<std::int64_t>(*low);
    if (high) out.max_length = static_cast<std::int64_t>(*high);
  }
  return out;
}

bool can_be_said_here(const Lowering& l, const Value& value) {
  const auto here = [&](NodeId node) { return l.stands_here(l.architecture().node(node)); };
  if (const auto* r = value.get<OutputRef>()) return here(r->node);
  if (const auto* r = value.get<NodeRef>()) return here(r->node);
  const auto all = [&](const Values& items) {
    return std::all_of(items.begin(), items.end(), [&](const Value& v) { return can_be_said_here(l, v); });
  };
  if (const auto* list = value.get<Values>()) return all(*list);
  if (const auto* c = value.get<Box<Concat>>()) return all((*c)->parts);
  if (const auto* c = value.get<Box<Choice>>()) {
    return can_be_said_here(l, (*c)->left) && can_be_said_here(l, (*c)->right) && can_be_said_here(l, (*c)->then) &&
           can_be_said_here(l, (*c)->otherwise);
  }
  if (const auto* map = value.get<Map>()) {
    return std::all_of(map->entries.begin(), map->entries.end(),
                       [&](const MapEntry& e) { return can_be_said_here(l, e.value); });
  }
  return true;
}

// ---- roles

cloud::Object policy(const std::vector<Statement>& statements) {
  cloud::Values list;
  for (const Statement& s : statements) {
    list.emplace_back(cloud::object(
        {{"Effect", "Allow"}, {"Action", cloud::Values(s.actions.begin(), s.actions.end())}, {"Resource", s.resources}}));
  }
  return cloud::object(
      {{"Version", std::string(catalog().fact("ram.policy.version").members.front())}, {"Statement", std::move(list)}});
}

void add_role(Lowering& l, std::string id, const Node& node, std::string_view suffix, std::string_view service,
              const std::vector<Statement>& statements) {
  const std::string whose = node.identity() + (suffix.empty() ? "" : "." + std::string(suffix));
  const cloud::Value name = name_for(l, "ALIYUN::RAM::Role", "RoleName", whose, region(l));
  const cloud::Value version = std::string(catalog().fact("ram.policy.version").members.front());
  cloud::Object trust = cloud::object(
      {{"Version", version},
       {"Statement", cloud::Values{cloud::object({{"Effect", "Allow"},
                                                  {"Action", "sts:AssumeRole"},
                                                  {"Principal", cloud::object({{"Service", cloud::Values{service}}})}})}}});
  cloud::Object properties;
  properties.set("RoleName", name).set("AssumeRolePolicyDocument", std::move(trust));
  properties.set("Policies", cloud::Values{cloud::object({{"PolicyName", name}, {"PolicyDocument", policy(statements)}})});
  // Its policy goes with it; without this the engine refuses to delete a role that has one.
  properties.set("DeletionForce", true);
  properties.set("Tags", tag_list(l, &node));
  l.add(std::move(id), "ALIYUN::RAM::Role", std::move(properties));
}

void add_invoker_role(Lowering& l, const Node& source, const InvokerParts& parts) {
  Statement invoke{{"fc:InvokeFunction"}, {}};
  for (const NodeId id : parts.functions) invoke.resources.push_back(function_arn(l, l.architecture().node(id)));
  std::vector<Statement> statements = {std::move(invoke)};
  statements.insert(statements.end(), parts.statements.begin(), parts.statements.end());
  add_role(l, l.id(source, "InvokerRole"), source, "invoker", parts.service, statements);
}

// ---- code

/// The zip lies in a bucket that is named at deployment, under a key that changes with its content: new code is a new key,
/// and the engine sees that there is something to do.
std::optional<cloud::Object> code_of(Lowering& l, const Node& node) {
  const auto code = l.request().code.find(node.id);
  if (code == l.request().code.end()) return std::nullopt;
  const std::string& path = code->second.path;
  cloud::StackParameter bucket;
  bucket.name = "CodeBucket";
  bucket.description =
      "The OSS bucket of this region into which the files of the folder `code/` were copied, below the prefix `" +
      l.architecture().app.name + "/`.";
  bucket.min_length = Lowering::least("oss.bucket.name.length");
  return cloud::object({{"OssBucketName", l.own_parameter(std::move(bucket))},
                        {"OssObjectName", l.architecture().app.name + "/" + path.substr(path.rfind('/') + 1)}});
}

// ---- logs

void add_logstore(Lowering& l, const std::string& id, const cloud::Value& name, const cloud::Value& days,
                  const Node* encrypted) {
  std::optional<cloud::Object> encryption = encrypted == nullptr ? std::nullopt : logstore_encryption(l, *encrypted);
  cloud::Object store;
  store.set("ProjectName", log_project(l)).set("LogstoreName", name).set("TTL", days).set("PreserveStorage", false);
  store.set("ShardCount", Lowering::number("sls.shard_count.default"));
  store.set("AutoSplit", true).set("MaxSplitShard", Lowering::number("sls.max_split.ros_max"));
  if (encryption) store.set("EncryptConf", std::move(*encryption));
  l.add(id, "ALIYUN::SLS::Logstore", std::move(store));

  // Without an index nothing can be searched.
  cloud::Object index;
  index.set("ProjectName", log_project(l)).set("LogstoreName", cloud::GetAtt{id, "LogstoreName"});
  index.set("FullTextIndex", cloud::object({{"Enable", true},
                                            {"CaseSensitive", false},
                                            {"IncludeChinese", true},
                                            {"Delimiter", ", '\";=()[]{}?@&<>/:\n\t\r"}}));
  l.add(id + "Index", "ALIYUN::SLS::Index", std::move(index));
}

// ---- triggers

std::vector<std::string> actions_of(std::string_view fact) {
  const std::span<const std::string_view> members = catalog().fact(fact).members;
  return {members.begin(), members.end()};
}

void add_trigger(Lowering& l, std::string id, const Node& function, Trigger trigger) {
  std::set<std::string>& taken = l.function(function.id).triggers;
  std::string name;
  for (const char c : trigger.name) name += c == '.' ? '-' : c;
  if (!taken.insert(name).second) {
    name += "-" + cloud::short_hash(id);
    taken.insert(name);
  }
  cloud::Object properties;
  properties.set("FunctionName", cloud::GetAtt{l.id(function, "Function"), "FunctionName"});
  properties.set("TriggerName", name).set("TriggerType", trigger.type).set("Qualifier", qualifier_of(l, function));
  if (trigger.description) properties.set("Description", *trigger.description);
  if (trigger.source_arn) properties.set("SourceArn", *trigger.source_arn);
  if (trigger.invocation_role) properties.set("InvocationRole", *trigger.invocation_role);
  properties.set("TriggerConfig", std::move(trigger.config));
  l.add(std::move(id), "ALIYUN::FC3::Trigger", std::move(properties));
}

void add_log_trigger(Lowering& l, const Edge& edge, cloud::Value retries, cloud::Value interval) {
  const Node& log = l.from(edge);
  const Node& function = l.to(edge);
  const std::optional<NodeId> own_log = l.of(function).node("log");
  cloud::Object config;
  config.set("sourceConfig", cloud::object({{"logstore", name_of(l, log)}}));
  config.set("jobConfig", cloud::object({{"maxRetryTime", std::move(retries)}, {"triggerInterval", std::move(interval)}}));
  config.set("functionParameter", cloud::Object());
  // Where the trigger itself writes: to the function's own log. In the log that it reads, each line would start it again.
  const cloud::Value store = own_log ? name_of(l, l.architecture().node(*own_log))
                                     : cloud::Value(cloud::GetAtt{l.id(function, "Logstore"), "LogstoreName"});
  config.set("logConfig", cloud::object({{"project", log_project(l)}, {"logstore", store}}));
  config.set("enable", true);
  l.function(edge.to.node).statements.push_back({{"log:GetCursorOrData", "log:ListShards"}, {logstore_arn(l, log)}});
  const cloud::Value role = l.invoker(log, "log.aliyuncs.com", l.to(edge));
  const cloud::Value read = logstore_arn(l, log);
  l.let_invoker(log, actions_of("fc3.trigger.log.role.read"), {read, cloud::concat({read, "/*"})});
  l.let_invoker(log, actions_of("fc3.trigger.log.role.write"), {logstore_named(l, store)});
  const cloud::Value source = cloud::concat({"acs:log:", region_of(l, log), ":", account(), ":project/", log_project(l)});
  add_trigger(l, l.id(edge, "Trigger"), l.to(edge), {"log", log.identity(), std::move(config), source, role});
}

void check_trigger_timeout(Lowering& l, const Edge& edge, std::string_view fact_id, std::string_view source) {
  const catalog::Fact& fact = catalog().fact(fact_id);
  const Node& function = l.to(edge);
  const std::optional<Quantity> timeout = l.of(function).quantity("timeout");
  const Quantity most{static_cast<std::int64_t>(fact.value) * 1000, Dimension::duration};
  if (!timeout || timeout->amount <= most.amount) return;
  const Value* written = l.of(function).find("timeout");
  l.sink()
      .report(edge.span, codes::TriggerTimeout, function.name, to_text(*timeout), std::string(source), to_text(most))
      .label(written->span, "its time limit")
      .source(catalog::cite(fact))
      .help(fmt::format("let a short function take the events and hand them over: `taker ~> {}`", function.name));
}

std::string regions_for_people(const std::vector<std::string>& vendor_names) {
  std::vector<std::string> names;
  for (const std::string& vendor : vendor_names) {
    const auto found = std::find_if(catalog().regions.begin(), catalog().regions.end(),
                                    [&](const catalog::Region& r) { return r.vendor == vendor; });
    names.push_back(found == catalog().regions.end() ? vendor : std::string(found->name));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

bool same_region(Lowering& l, const Edge& edge) {
  const Node& target = l.to(edge);
  if (l.stands_here(target)) return true;
  // The same in every region but the first: one finding that names them all.
  const std::vector<std::string>& regions = l.request().regions;
  const std::vector<std::string> others(regions.begin() + 1, regions.end());
  l.sink()
      .report(edge.span, codes::OtherRegion, describe(l.architecture(), edge), regions_for_people(others), target.name,
              regions_for_people({regions.front()}))
      .label(target.span, "stands only in the home region")
      .help(fmt::format("let `{}` stand in every region: `placement = every`", target.name));
  return false;
}

}  // namespace virga::aliyun
