// cloud ~> crm                an EventBridge rule that posts to the address; with credentials through
//                             EventBridge::Connection CrmConnection and ::ApiDestination CrmDestination
// cloud ~> audit.write        a rule that puts records into the logstore, with a role that may; the same of a stream
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/delivery.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/event_rule.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"
#include "compiler/cloud/json_text.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

constexpr std::string_view kEvents = "eventbridge.aliyuncs.com";

cloud::Object body(const Lowering& l, const Edge& edge) {
  return l.of(edge).flag("raw") ? rule_parameter("Body", "JSONPATH", "$.data") : rule_parameter("Body", "ORIGINAL", "");
}

/// What EventBridge here can't be told of an address.
bool refuses(Lowering& l, const Edge& edge) {
  const Node& node = l.to(edge);
  const Value* rate = l.of(node).find("rate");
  if (!l.of(node).has("rate")) return false;
  l.sink()
      .report(rate->span, codes::AddressRate, node.name)
      .label(edge.span, "EventBridge would call it here")
      .source(catalog::cite(catalog().fact("eventbridge.api_destination.properties")))
      .help("put a queue in between, and let a function with a `concurrency` call the address");
  return true;
}

/// `{"a":"b"}` as a template: the service takes keys and values of headers and bodies in no other form.
cloud::Object template_of(std::string_view key, cloud::Object value, std::string text) {
  cloud::Object made = rule_parameter(key, "TEMPLATE", cloud::json_text(value));
  made.set("Template", std::move(text));
  return made;
}

cloud::Object headers_of(Lowering& l, const Map& headers) {
  cloud::Object value;
  std::string text;
  for (std::size_t i = 0; i < headers.entries.size(); ++i) {
    const std::string n = std::to_string(i + 1);
    value.set("key" + n, headers.entries[i].key).set("value" + n, to_value(l, headers.entries[i].value));
    text += fmt::format("{}\"${{key{}}}\":\"${{value{}}}\"", i == 0 ? "{" : ",", n, n);
  }
  return template_of("HeaderParameters", std::move(value), text + "}");
}

/// The fields that every event has. The data is an object, so no quotes stand around it.
cloud::Object body_of(bool raw) {
  if (raw) return template_of("BodyParameters", cloud::object({{"data", "$.data"}}), "${data}");
  cloud::Object value;
  std::string text = "{";
  for (const char* field : {"id", "source", "type", "subject", "time"}) {
    value.set(field, "$." + std::string(field));
    text += fmt::format("\"{}\":\"${{{}}}\",", field, field);
  }
  value.set("data", "$.data");
  return template_of("BodyParameters", std::move(value), text + "\"data\":${data}}");
}

cloud::Values parameters(Lowering& l, const Map& map) {
  cloud::Values all;
  for (const MapEntry& entry : map.entries) {
    all.emplace_back(cloud::object({{"Key", entry.key}, {"Value", to_value(l, entry.value)}, {"IsValueSecret", false}}));
  }
  return all;
}

cloud::Object credentials(Lowering& l, const Attributes& a) {
  if (const Map* key = a.map("api_key")) {
    return cloud::object({{"AuthorizationType", "API_KEY_AUTH"},
                          {"ApiKeyAuthParameters", cloud::object({{"ApiKeyName", to_value(l, *key->find("header"))},
                                                                  {"ApiKeyValue", to_value(l, *key->find("value"))}})}});
  }
  if (const Map* basic = a.map("basic")) {
    return cloud::object({{"AuthorizationType", "BASIC_AUTH"},
                          {"BasicAuthParameters", cloud::object({{"Username", to_value(l, *basic->find("user"))},
                                                                 {"Password", to_value(l, *basic->find("password"))}})}});
  }
  const Map* oauth = a.map("oauth");
  if (oauth == nullptr) return {};
  cloud::Object made =
      cloud::object({{"AuthorizationEndpoint", to_value(l, *oauth->find("endpoint"))},
                     {"HttpMethod", to_value(l, *oauth->find("method"))},
                     {"ClientParameters", cloud::object({{"ClientId", to_value(l, *oauth->find("client"))},
                                                         {"ClientSecret", to_value(l, *oauth->find("secret"))}})}});
  // What makes it a request of client credentials, and what the program says besides.
  cloud::Values fields = parameters(l, {{{"grant_type", Value{std::string("client_credentials")}, {}}}});
  const Value* body = oauth->find("body");
  if (const Map* more = body == nullptr ? nullptr : body->get<Map>()) {
    for (cloud::Value& field : parameters(l, *more)) fields.push_back(std::move(field));
  }
  made.set("OauthHttpParameters", cloud::object({{"BodyParameters", std::move(fields)}}));
  return cloud::object({{"AuthorizationType", "OAUTH_AUTH"}, {"OauthParameters", std::move(made)}});
}

/// The name of the destination, made once for an address.
cloud::Value destination_of(Lowering& l, const Node& node) {
  const Attributes& a = l.of(node);
  const std::string id = l.id(node, "Destination");
  if (l.first_use("destination " + node.name)) {
    const std::string connection = l.id(node, "Connection");
    cloud::Object p;
    p.set("ConnectionName", plain_name(l, "ALIYUN::EventBridge::Connection", "ConnectionName", node.identity()));
    p.set("NetworkParameters", cloud::object({{"NetworkType", "PublicNetwork"}}));
    if (cloud::Object auth = credentials(l, a); !auth.members.empty()) p.set("AuthParameters", std::move(auth));
    l.add(connection, "ALIYUN::EventBridge::Connection", std::move(p));
    cloud::Object q;
    q.set("ApiDestinationName", plain_name(l, "ALIYUN::EventBridge::ApiDestination", "ApiDestinationName", node.identity()));
    q.set("ConnectionName", cloud::GetAtt{connection, "ConnectionName"});
    q.set("HttpApiParameters",
          cloud::object({{"Endpoint", to_value(l, *a.find("url"))}, {"Method", to_value(l, *a.find("method"))}}));
    if (a.has("description")) q.set("Description", to_value(l, *a.find("description")));
    l.add(id, "ALIYUN::EventBridge::ApiDestination", std::move(q));
  }
  return cloud::GetAtt{id, "ApiDestinationName"};
}

void add_bus_rule(Lowering& l, const Edge& edge, cloud::Object target) {
  const std::optional<cloud::Object> pattern = pattern_of(l, edge);
  if (!pattern) return;
  if (const auto dead = dead_letters_of(l, l.from(edge))) target.set("DeadLetterQueue", *dead);
  add_rule(l, edge, rule_name(l, edge), *pattern, std::move(target));
}

/// A role that the rule of this edge takes on, and its name.
cloud::Value role_of(Lowering& l, const Edge& edge, Statement statement) {
  const std::string id = l.id(edge, "Role");
  const Node& bus = l.from(edge);
  add_role(l, id, bus, rule_name(l, edge).substr(bus.identity().size() + 1), kEvents, {std::move(statement)});
  return cloud::GetAtt{id, "RoleName"};
}

cloud::Object target_of(std::string_view type, cloud::Value endpoint, cloud::Values parameters) {
  cloud::Object target;
  target.set("Type", type).set("Endpoint", std::move(endpoint)).set("ParamList", std::move(parameters));
  return target;
}

}  // namespace

bool needs_no_destination(const Lowering& l, const Edge& edge) {
  const Attributes& a = l.of(l.to(edge));
  const Map* headers = a.map("headers");
  return !a.has("api_key") && !a.has("basic") && !a.has("oauth") && a.text("method") == "POST" &&
         (headers == nullptr || headers->entries.empty());
}

void rule_to_address(Lowering& l, const Edge& edge) {
  const bool here = same_region(l, edge), refused = refuses(l, edge);
  if (!here || refused) return;
  const Value& url = *l.of(l.to(edge)).find("url");
  const std::string* known = url.get<std::string>();
  const cloud::Value to = to_value(l, url);
  add_bus_rule(l, edge,
               target_of(known != nullptr && known->starts_with("http://") ? "http" : "https", to,
                         {rule_parameter("url", "CONSTANT", to), body(l, edge),
                          rule_parameter("Network", "CONSTANT", "PublicNetwork")}));
}

void rule_to_destination(Lowering& l, const Edge& edge) {
  const bool here = same_region(l, edge), refused = refuses(l, edge);
  if (!here || refused) return;
  const Node& node = l.to(edge);
  const cloud::Value name = destination_of(l, node);
  cloud::Values list = {rule_parameter("Name", "CONSTANT", name)};
  if (const Map* headers = l.of(node).map("headers"); headers != nullptr && !headers->entries.empty())
    list.emplace_back(headers_of(l, *headers));
  list.emplace_back(body_of(l.of(edge).flag("raw")));
  const cloud::Value endpoint = cloud::concat({"acs:api-destination:", region_of(l, node), ":", account(), ":name/", name});
  add_bus_rule(l, edge, target_of("acs.api.destination", endpoint, std::move(list)));
}

void rule_to_records(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  const Node& store = l.to(edge);
  const cloud::Value name = store.kind == "delivery" ? delivery_store(l, store) : name_of(l, store);
  const cloud::Value endpoint =
      cloud::concat({"acs:sls:", region_of(l, store), ":", account(), ":project/", log_project(l), "/logstore/", name});
  const cloud::Value role = role_of(l, edge, {{"log:PostLogStoreLogs"}, {logstore_named(l, name)}});
  add_bus_rule(l, edge,
               target_of("acs.sls", endpoint,
                         {rule_parameter("Project", "CONSTANT", log_project(l)),
                          rule_parameter("LogStore", "CONSTANT", name), body(l, edge),
                          rule_parameter("ContentType", "CONSTANT", "JSON"), rule_parameter("RoleName", "CONSTANT", role)}));
}

}  // namespace virga::aliyun
