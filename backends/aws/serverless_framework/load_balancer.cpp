// Rules of load balancers that stand already.
#include "backends/aws/serverless_framework/defaults.h"
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

namespace virga::aws::serverless_framework {
namespace {

Document conditions_of(const Document& said) {
  Document list = Document::list();
  const auto add = [&](const char* key, const char* field, const char* config) {
    if (!is_true(said.find(key))) return;
    Document values(as_items(said.find(key)));
    if (config == nullptr) list.append(Document::map({{"Field", field}, {"Values", std::move(values)}}));
    else list.append(Document::map({{"Field", field}, {config, Document::map({{"Values", std::move(values)}})}}));
  };
  add("path", "path-pattern", nullptr);
  add("host", "host-header", "HostHeaderConfig");
  add("method", "http-request-method", "HttpRequestMethodConfig");
  for (const Document& header : as_items(said.find("header"))) {
    Document config = Document::map();
    set_if(config, "HttpHeaderName", header.find("name"));
    set_if(config, "Values", header.find("values"));
    list.append(Document::map({{"Field", "http-header"}, {"HttpHeaderConfig", std::move(config)}}));
  }
  if (const Document* query = said.find("query"); is_true(query))
    list.append(
        Document::map({{"Field", "query-string"}, {"QueryStringConfig", Document::map({{"Values", tag_list(*query)}})}}));
  add("ip", "source-ip", "SourceIpConfig");
  return list;
}

/// Who has to say who they are before a rule lets them pass.
void add_authorizers(const Service& service, const Document* said, Document& actions) {
  const Document* all = service.setting("alb.authorizers");
  struct Row {
    const char *from, *to;
  };
  constexpr Row kRows[] = {{"userPoolArn", "UserPoolArn"},
                           {"userPoolClientId", "UserPoolClientId"},
                           {"userPoolDomain", "UserPoolDomain"},
                           {"authorizationEndpoint", "AuthorizationEndpoint"},
                           {"clientId", "ClientId"},
                           {"clientSecret", "ClientSecret"},
                           {"issuer", "Issuer"},
                           {"tokenEndpoint", "TokenEndpoint"},
                           {"userInfoEndpoint", "UserInfoEndpoint"},
                           {"requestExtraParams", "AuthenticationRequestExtraParams"},
                           {"scope", "Scope"},
                           {"sessionCookieName", "SessionCookieName"},
                           {"sessionTimeout", "SessionTimeout"}};
  for (const Document& name : as_items(said)) {
    const Document* authorizer = all == nullptr ? nullptr : all->find(name.text());
    if (authorizer == nullptr) continue;
    const bool pool = text_at(*authorizer, "type") == "cognito";
    Document config = Document::map();
    for (const Row& row : kRows) set_if(config, row.to, authorizer->find(row.from));
    const Document* otherwise = authorizer->find("onUnauthenticatedRequest");
    config.set("OnUnauthenticatedRequest", is_true(otherwise) ? *otherwise : Document("deny"));
    if (!pool && config.find("ClientSecret") == nullptr) config.set("UseExistingClientSecret", true);
    actions.append(Document::map({{"Type", pool ? "authenticate-cognito" : "authenticate-oidc"},
                                  {"Order", actions.as_list()->size() + 1},
                                  {pool ? "AuthenticateCognitoConfig" : "AuthenticateOidcConfig", std::move(config)}}));
  }
}

void set_health(const Document* said, Document& properties) {
  properties.set("HealthCheckEnabled", is_true(said));
  if (!is_true(said)) return;
  struct Row {
    const char *from, *to;
    std::string_view usual;
  };
  static constexpr Row kRows[] = {
      {"path", "HealthCheckPath", "serverless_framework.alb.health.path.default"},
      {"intervalSeconds", "HealthCheckIntervalSeconds", "serverless_framework.alb.health.interval.default"},
      {"timeoutSeconds", "HealthCheckTimeoutSeconds", "serverless_framework.alb.health.timeout.default"},
      {"healthyThresholdCount", "HealthyThresholdCount", "serverless_framework.alb.health.healthy.default"},
      {"unhealthyThresholdCount", "UnhealthyThresholdCount", "serverless_framework.alb.health.unhealthy.default"},
  };
  for (const Row& row : kRows) properties.set(row.to, or_usual(said->find(row.from), row.usual));
  const Document* code = at(*said, "matcher.httpCode");
  properties.set("Matcher", Document::map({{"HttpCode", is_true(code) ? *code : Document("200")}}));
}

void add_rule(Template& made, const Function& function, const Document& said) {
  const Service& service = made.service;
  const Document *listener = said.find("listenerArn"), *priority = said.find("priority");
  if (listener == nullptr || priority == nullptr)
    return made.wrong(said, function.key + ".events.alb", "a rule with `listenerArn` and `priority`");
  // `arn:…:listener/app/name/<balancer>/<listener>`
  const Document* name = listener->find("Ref");
  const std::string balancer = name != nullptr ? name->text() : std::string(part_of(listener->text(), '/', 3));
  const bool multi = is_true(said.find("multiValueHeaders"));
  const std::string base = normalized(function.key);
  const std::string group = base + "Alb" + (multi ? "MultiValue" : "") + "TargetGroup" + balancer;
  const std::string permission = base + "LambdaPermissionRegisterTarget";
  const Document label = text({service.name, "-", function.key, "-", balancer, "-", service.stage});
  const Document hashed =
      text({service.name, "-", function.key, "-", balancer, "-", multi ? "multi-value-" : "", service.stage});
  const Document* own_name = said.find("targetGroupName");
  Document properties = Document::map(
      {{"TargetType", "lambda"},
       {"Targets", Document::list({Document::map({{"Id", function.target()}})})},
       {"Name", is_true(own_name) ? *own_name
                                  : Document((text_at(service.provider, "alb.targetGroupPrefix") + md5_hex(in_sub(hashed)))
                                                 .substr(0, length("serverless_framework.alb.name.max")))},
       {"Tags", Document::list({Document::map({{"Key", "Name"}, {"Value", label}})})},
       {"TargetGroupAttributes",
        Document::list({Document::map({{"Key", "lambda.multi_value_headers.enabled"}, {"Value", multi}})})}});
  set_health(said.find("healthCheck"), properties);
  std::vector<std::string> waits = function.waits();
  waits.push_back(permission);
  made.add(group, "AWS::ElasticLoadBalancingV2::TargetGroup", std::move(properties), waits);
  Document actions = Document::list();
  add_authorizers(service, said.find("authorizer"), actions);
  Document forward = Document::map({{"Type", "forward"}, {"TargetGroupArn", reference(group)}});
  if (!actions.as_list()->empty()) forward.set("Order", actions.as_list()->size() + 1);
  actions.append(std::move(forward));
  const Document* conditions = said.find("conditions");
  made.add(base + "AlbListenerRule" + priority->text(), "AWS::ElasticLoadBalancingV2::ListenerRule",
           Document::map({{"Actions", std::move(actions)},
                          {"Conditions", conditions_of(conditions == nullptr ? Document() : *conditions)},
                          {"ListenerArn", *listener},
                          {"Priority", *priority}}));
  permit(made, base + "LambdaPermissionAlb", function.target(), "elasticloadbalancing.amazonaws.com", reference(group),
         function.waits());
  permit(made, permission, function.target(), "elasticloadbalancing.amazonaws.com", std::nullopt, function.waits());
}

}  // namespace

void add_load_balancers(Template& made) {
  each_event(made.service, "alb",
             [&](const Function& function, const Document& said, std::size_t) { add_rule(made, function, said); });
}

}  // namespace virga::aws::serverless_framework
