// external crm { url = "https://…"  api_key = { header = "X-Key"  value = key }  rate = 10rps }    events ~> crm
//   → AWS::Events::Connection       CrmConnection     the credentials, which EventBridge keeps in a secret of its own
//     AWS::Events::ApiDestination   CrmDestination    the address, the method, and how fast it may be called
#include "backends/aws/lower/api_destination.h"

#include "backends/aws/lower/address.h"

namespace virga::aws {
namespace {

/// EventBridge calls nobody without credentials, and only by HTTPS; it waits for no answer for long.
bool refuses(Lowering& lowering, const Edge& edge) {
  const Node& node = lowering.to(edge);
  const Attributes& asked = lowering.of(node);
  const std::size_t before = lowering.sink.errors();
  if (!asked.has("api_key") && !asked.has("basic") && !asked.has("oauth")) {
    lowering.sink.report(node.span, codes::AddressAuth, node.name)
        .label(edge.span, "EventBridge would call it here")
        .source(catalog::cite(catalog().fact("events.connection.auth.enum")))
        .help(
            "give it `api_key = { header = \"…\"  value = … }`, `basic` or `oauth`; an address that asks for nothing "
            "passes over a key");
  }
  const Value* url = asked.find("url");
  const std::string* known = url == nullptr ? nullptr : url->get<std::string>();
  if (known != nullptr && !known->starts_with("https://")) {
    lowering.sink.report(lowering.where(node, "url"), codes::AddressScheme, node.name)
        .label(edge.span, "EventBridge would call it here")
        .source(catalog::cite(catalog().fact("events.api_destination.scheme")))
        .help("let a function call it");
  }
  const std::optional<Quantity> slow = asked.quantity("answers_within");
  const catalog::Fact& waits = catalog().fact("events.api_destination.timeout");
  if (slow && static_cast<double>(slow->amount) > waits.value * amount(Unit::seconds)) {
    lowering.sink
        .report(lowering.where(node, "answers_within"), codes::AddressSlow, node.name, to_text(*slow),
                to_text(Quantity{static_cast<std::int64_t>(waits.value * amount(Unit::seconds)), Dimension::duration}))
        .label(edge.span, "EventBridge would call it here")
        .source(catalog::cite(waits))
        .help("let it answer at once and work afterwards, or let a function call it");
  }
  return lowering.sink.errors() != before;
}

/// The nodes in the order of their edges: what is wrong with an address is said once.
bool first_caller(const Lowering& lowering, const Edge& edge) {
  for (const Edge* other : lowering.architecture.edges_to(edge.to.node)) {
    const std::string& kind = lowering.from(*other).kind;
    const bool calls_itself = kind == "function" || kind == "service" || kind == "gateway" || kind == "topic" ||
                              kind == "external" || kind == "workflow";
    if (!calls_itself) return other == &edge;
  }
  return true;
}

cloud::Values parameters(Lowering& lowering, const Map& map) {
  cloud::Values all;
  for (const MapEntry& entry : map.entries) {
    all.emplace_back(cloud::object({{"Key", entry.key}, {"Value", lowering.value(entry.value)}, {"IsValueSecret", false}}));
  }
  return all;
}

void set_oauth(Lowering& lowering, const Map& oauth, cloud::Object& connection, cloud::Object& auth) {
  // What makes it a request of client credentials, and what the program says besides.
  cloud::Values fields = parameters(lowering, {{{"grant_type", Value{std::string("client_credentials")}, {}}}});
  const Value* body = oauth.find("body");
  if (const Map* more = body == nullptr ? nullptr : body->get<Map>()) {
    for (cloud::Value& field : parameters(lowering, *more)) fields.push_back(std::move(field));
  }
  cloud::Object made =
      cloud::object({{"AuthorizationEndpoint", lowering.value(*oauth.find("endpoint"))},
                     {"HttpMethod", lowering.value(*oauth.find("method"))},
                     {"ClientParameters", cloud::object({{"ClientID", lowering.value(*oauth.find("client"))},
                                                         {"ClientSecret", lowering.value(*oauth.find("secret"))}})}});
  made.set("OAuthHttpParameters", cloud::object({{"BodyParameters", std::move(fields)}}));
  connection.set("AuthorizationType", "OAUTH_CLIENT_CREDENTIALS");
  auth.set("OAuthParameters", std::move(made));
}

void add_connection(Lowering& lowering, const Node& node) {
  const Attributes& asked = lowering.of(node);
  cloud::Object auth;
  cloud::Object connection = cloud::object({{"Name", lowering.name("AWS::Events::Connection", "Name", node)}});
  if (asked.has("description")) connection.set("Description", lowering.value(*asked.find("description")));
  if (const Map* key = asked.map("api_key")) {
    connection.set("AuthorizationType", "API_KEY");
    auth.set("ApiKeyAuthParameters", cloud::object({{"ApiKeyName", lowering.value(*key->find("header"))},
                                                    {"ApiKeyValue", lowering.value(*key->find("value"))}}));
  } else if (const Map* basic = asked.map("basic")) {
    connection.set("AuthorizationType", "BASIC");
    auth.set("BasicAuthParameters", cloud::object({{"Username", lowering.value(*basic->find("user"))},
                                                   {"Password", lowering.value(*basic->find("password"))}}));
  } else if (const Map* oauth = asked.map("oauth")) {
    set_oauth(lowering, *oauth, connection, auth);
  }
  // With the connection they go with every call, whoever it is for.
  if (const Map* headers = asked.map("headers"); headers != nullptr && !headers->entries.empty())
    auth.set("InvocationHttpParameters", cloud::object({{"HeaderParameters", parameters(lowering, *headers)}}));
  connection.set("AuthParameters", std::move(auth));
  lowering.add(node, lowering.id(node, "Connection"), "AWS::Events::Connection", std::move(connection));
}

}  // namespace

std::optional<cloud::Value> api_destination(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& node = lowering.to(edge);
  const Attributes& asked = lowering.of(node);
  const std::string id = lowering.id(node, "Destination");
  if (lowering.find(id) == nullptr) {
    if (first_caller(lowering, edge) && refuses(lowering, edge)) return std::nullopt;
    add_connection(lowering, node);  // whoever calls first: it is the node's own, and so is what `raw` says of it
    cloud::Object properties = cloud::object({{"Name", lowering.name("AWS::Events::ApiDestination", "Name", node)}});
    if (asked.has("description")) properties.set("Description", lowering.value(*asked.find("description")));
    properties.set("ConnectionArn", cloud::GetAtt{lowering.id(node, "Connection"), "Arn"});
    properties.set("InvocationEndpoint", lowering.value(*asked.find("url")));
    properties.set("HttpMethod", lowering.value(*asked.find("method")));
    properties.set("InvocationRateLimitPerSecond",
                   asked.has("rate") ? lowering.quantity(node, "rate", Unit::per_second)
                                     : cloud::Value(static_cast<std::int64_t>(limit("events.api_destination.rate"))));
    lowering.add(node, id, "AWS::Events::ApiDestination", std::move(properties));
  }
  if (!asked.has("answers_within")) {
    decision.fidelity = std::max(decision.fidelity, catalog::Fidelity::emulated);
    const auto waits = static_cast<std::int64_t>(limit("events.api_destination.timeout") * amount(Unit::seconds));
    decision.change = "`" + node.name + "` must answer within " + to_text(Quantity{waits, Dimension::duration}) +
                      ", else it gets the event again: say `answers_within` at it when it does";
  }
  return cloud::GetAtt{id, "Arn"};
}

}  // namespace virga::aws
