#include "backends/aws/lower/gateway.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/kinds.h"

#include <cmath>

namespace virga::aws {

Route route_of(const Edge& edge) {
  Route route{edge.from.name, edge.from.argument, {}};
  if (route.path.ends_with("*}")) {
    route.path.replace(route.path.size() - 2, 1, "+");
    route.parent = route.path.substr(0, route.path.rfind('/'));
    if (route.parent.empty()) route.parent = "/";
  }
  return route;
}

std::string route_id(const Route& route) {
  std::string id;
  bool start = true;
  for (const char c : route.method + route.path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const bool in_method = id.size() < route.method.size();
    if (!letter) start = true;
    else
      id += in_method && !id.empty()        ? static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c)
            : start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A')
                                            : c;
    if (letter) start = id.size() == route.method.size();
  }
  return id;
}

bool has_route(const Lowering& lowering, const Node& gateway, std::string_view method, std::string_view path) {
  const std::vector<const Edge*> edges = lowering.architecture.edges_from(gateway.id);
  return std::any_of(edges.begin(), edges.end(), [&](const Edge* edge) {
    const Route route = route_of(*edge);
    return route.method == method && route.path == path;
  });
}

const Node* guard_of(const Lowering& lowering, const Edge& route) {
  const Value* own = lowering.of(route).find("auth");
  if (own != nullptr) {
    if (const NodeRef* ref = own->get<NodeRef>()) return &lowering.architecture.node(ref->node);
    const AttributeValue* entry = lowering.of(route).entry("auth");
    if (own->is_none() && entry->origin != Origin::fallback) return nullptr;
  }
  const std::optional<NodeId> general = lowering.of(lowering.from(route)).node("auth");
  return general ? &lowering.architecture.node(*general) : nullptr;
}

bool hands_out_keys(const Lowering& lowering, const Node& authorizer) { return lowering.of(authorizer).has("keys"); }

std::vector<const Node*> guards_of(const Lowering& lowering, const Node& gateway) {
  std::vector<const Node*> guards;
  for (const Edge* edge : lowering.architecture.edges_from(gateway.id)) {
    const Node* guard = guard_of(lowering, *edge);
    if (guard != nullptr && std::find(guards.begin(), guards.end(), guard) == guards.end()) guards.push_back(guard);
  }
  return guards;
}

bool needs_keys(const Lowering& lowering, const Node& gateway) {
  const std::vector<const Node*> guards = guards_of(lowering, gateway);
  return std::any_of(guards.begin(), guards.end(), [&](const Node* guard) { return hands_out_keys(lowering, *guard); });
}

const Edge* asked_function(const Lowering& lowering, const Node& authorizer) {
  const std::vector<const Edge*> edges = lowering.architecture.edges_from(authorizer.id, "self");
  return edges.empty() ? nullptr : edges.front();
}

cloud::Value route_timeout(Lowering& lowering, const Edge& edge, std::string_view most) {
  const Attributes& asked = lowering.of(edge);
  if (asked.has("timeout"))
    return lowering.quantity(*asked.find("timeout"), Unit::milliseconds, lowering.where(edge, "timeout"));
  return static_cast<std::int64_t>(limit(most));
}

cloud::Value call_arn(Lowering& lowering, const Node& gateway, std::string_view rest) {
  return Lowering::arn("execute-api", cloud::Pseudo::region, cloud::Pseudo::account,
                       cloud::concat({cloud::Ref{lowering.id(gateway)}, rest}));
}

cloud::Value invocation_uri(Lowering& lowering, const Node& function) {
  return Lowering::arn("apigateway", cloud::Pseudo::region, "lambda",
                       cloud::concat({"path/2015-03-31/functions/", arn_of(lowering, function), "/invocations"}));
}

/// JSON has no escaped apostrophe, which is what API Gateway writes into text that it escapes.
std::string escaped_json(const std::string& text) {
  return "$util.escapeJavaScript(" + text + R"x().replaceAll("\\'","'"))x";
}

std::string access_log_format(std::string_view route) {
  return fmt::format(
      R"({{"requestId":"$context.requestId","time":"$context.requestTime","ip":"$context.identity.sourceIp","route":"{}",)"
      R"("status":"$context.status","latency":"$context.responseLatency","error":"$context.integrationErrorMessage"}})",
      route);
}

std::optional<std::string> lower_access_log(Lowering& lowering, const Node& gateway) {
  if (!lowering.of(gateway).flag("access_log", true)) return std::nullopt;
  // Each other name would grow the account's one policy for logs that services deliver, which soon is full.
  const std::string name = std::string(catalog().fact("logs.vended.prefix").text) + "apigateway/" +
                           lowering.name("AWS::ApiGatewayV2::Api", "Name", gateway);
  // A gateway has no retention of its own; its requests are kept as long as a function's output is by default.
  constexpr std::int64_t kDays = 30;
  return add_log_group(lowering, gateway, "AccessLog", name, kDays).id;
}

namespace {

/// By which API Gateway writes logs, of the whole account and region. Both stay when the app goes: other APIs write by them.
std::string add_log_role(Lowering& lowering, const Node& gateway) {
  const std::string role = lowering.id(gateway, "LogRole");
  const std::string account = lowering.id(gateway, "LogAccount");
  cloud::Object trust = cloud::object({{"Effect", "Allow"},
                                       {"Principal", cloud::object({{"Service", "apigateway.amazonaws.com"}})},
                                       {"Action", "sts:AssumeRole"}});
  const cloud::Value policy = cloud::concat({"arn:", cloud::Pseudo::partition, ":iam::aws:policy/",
                                             std::string(catalog().fact("apigw.rest.log_role.policy").text)});
  cloud::Object trusted = cloud::object({{"Version", "2012-10-17"}, {"Statement", cloud::Values{std::move(trust)}}});
  cloud::Resource& made = lowering.add(gateway, role, "AWS::IAM::Role",
                                       cloud::object({{"AssumeRolePolicyDocument", std::move(trusted)},
                                                      {"ManagedPolicyArns", cloud::Values{policy}},
                                                      {"Tags", lowering.tags(gateway)}}));
  made.on_removal = made.on_replace = cloud::OnRemoval::keep;
  cloud::Resource& set = lowering.add(gateway, account, "AWS::ApiGateway::Account",
                                      cloud::object({{"CloudWatchRoleArn", cloud::GetAtt{role, "Arn"}}}));
  set.on_removal = set.on_replace = cloud::OnRemoval::keep;
  return account;
}

}  // namespace

void log_by_account_role(Lowering& lowering, const Node& gateway, bool logs, cloud::Resource& stage,
                         cloud::Decision& decision) {
  std::string says;
  if (lowering.of(gateway).flag("account_log_role")) {
    stage.depends_on.push_back(add_log_role(lowering, gateway));
    says = "it sets the role by which API Gateway writes the logs of the whole account in this region";
  } else if (logs) {
    says =
        "requests are logged by the role that the account gives API Gateway in this region, and without one the "
        "deployment is refused: one app may set it with `on aws { account_log_role = true }`";
  }
  if (!says.empty()) decision.change += (decision.change.empty() ? "" : "; ") + says;
}

cloud::Object throttling(Lowering& lowering, const Value& rate, const Value* burst, Span place) {
  const cloud::Value per_second = lowering.quantity(rate, Unit::per_second, place);
  cloud::Value at_once = per_second;
  if (burst != nullptr && !burst->is_none()) at_once = lowering.value(*burst);
  else if (const double* fraction = per_second.get<double>()) at_once = static_cast<std::int64_t>(std::ceil(*fraction));
  return cloud::object({{"ThrottlingRateLimit", per_second}, {"ThrottlingBurstLimit", at_once}});
}

cloud::Value Lowering::gateway_url(const Node& gateway) {
  const Map* domain = of(gateway).map("domain");
  if (domain != nullptr && domain->find("name") != nullptr) return cloud::concat({"https://", value(*domain->find("name"))});
  if (!needs_keys(*this, gateway)) return cloud::GetAtt{id(gateway), "ApiEndpoint"};
  return cloud::concat({"https://", cloud::Ref{id(gateway)}, ".execute-api.", cloud::Pseudo::region, ".",
                        cloud::Pseudo::url_suffix, "/" + std::string(kRestStage)});
}

void lower_domain(Lowering& lowering, const Node& gateway) {
  const Map* domain = lowering.of(gateway).map("domain");
  if (domain == nullptr) return;
  const Value* name = domain->find("name");
  const Value* certificate = domain->find("certificate");
  const Value* zone = domain->find("zone");
  if (certificate == nullptr || certificate->is_none()) {
    lowering.sink.report(name->span.known() ? name->span : gateway.span, codes::DomainCertificate, gateway.name)
        .help(
            "name the certificate of AWS Certificate Manager: `param certificate: string`, and `certificate = certificate` "
            "in `domain`");
    return;
  }
  const cloud::Value spelt = lowering.value(*name);
  const std::string id = lowering.id(gateway, "Domain");
  lowering.add(gateway, id, "AWS::ApiGatewayV2::DomainName",
               cloud::object({{"DomainName", spelt},
                              {"DomainNameConfigurations",
                               cloud::Values{cloud::object({{"CertificateArn", lowering.value(*certificate)},
                                                            {"EndpointType", "REGIONAL"},
                                                            {"SecurityPolicy", "TLS_1_2"}})}},
                              {"Tags", lowering.tag_map(gateway)}}));
  lowering.add(gateway, lowering.id(gateway, "Mapping"), "AWS::ApiGatewayV2::ApiMapping",
               cloud::object({{"ApiId", cloud::Ref{lowering.id(gateway)}},
                              {"DomainName", cloud::Ref{id}},
                              {"Stage", cloud::Ref{lowering.id(gateway, "Stage")}}}));
  if (zone == nullptr || zone->is_none()) return;

  cloud::Object record;
  const std::string* zone_text = zone->get<std::string>();
  if (zone_text != nullptr && zone_text->find('.') != std::string::npos) {
    record.set("HostedZoneName", zone_text->ends_with('.') ? *zone_text : *zone_text + ".");
  } else {
    record.set("HostedZoneId", lowering.value(*zone));
  }
  record.set("Name", spelt);
  record.set("Type", "A");
  record.set("AliasTarget", cloud::object({{"DNSName", cloud::GetAtt{id, "RegionalDomainName"}},
                                           {"HostedZoneId", cloud::GetAtt{id, "RegionalHostedZoneId"}},
                                           {"EvaluateTargetHealth", lowering.several_regions()}}));
  if (lowering.several_regions()) {  // each caller gets the nearest region
    record.set("Region", cloud::Pseudo::region);
    record.set("SetIdentifier", cloud::Pseudo::region);
  }
  lowering.add(gateway, lowering.id(gateway, "Record"), "AWS::Route53::RecordSet", std::move(record));
}

}  // namespace virga::aws
