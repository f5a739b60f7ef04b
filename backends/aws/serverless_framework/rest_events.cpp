// `http` events as they are said in several ways, and who may call.
#include "backends/aws/serverless_framework/defaults.h"
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/rest_api.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

const Document& usual_headers() {
  static const Document headers = Document::list({"Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key",
                                                  "X-Amz-Security-Token", "X-Amz-User-Agent", "X-Amzn-Trace-Id"});
  return headers;
}

void add_once(Document& list, const Document& value) {
  if (list.as_list() == nullptr) list = Document::list();
  const auto& all = *list.as_list();
  if (std::find(all.begin(), all.end(), value) == all.end()) list.append(value);
}

Document cors_of(const Document& said, const std::string& method) {
  Document cors = Document::map({{"origin", "*"},
                                 {"methods", Document::list({"OPTIONS"})},
                                 {"headers", usual_headers()},
                                 {"allowCredentials", false}});
  if (said.as_map() != nullptr) {
    if (is_true(said.find("origins"))) cors.erase("origin");
    for (const Document::Entry& entry : *said.as_map()) cors.set(entry.key, entry.value);
    const Document* headers = cors.find("headers");
    cors.set("headers", is_true(headers) ? Document(as_items(headers)) : usual_headers());
  }
  cors.set("allowCredentials", is_true(cors.find("allowCredentials")));
  add_once(cors["methods"], "OPTIONS");
  add_once(cors["methods"], method);
  return cors;
}

std::string integration_type(const Document& said) {
  const std::string word = replaced(upper(text_at(said, "integration")), "-", "_");
  if (word == "LAMBDA") return "AWS";
  if (word == "LAMBDA_PROXY") return "AWS_PROXY";
  if (!word.empty()) return word;
  return is_true(said.find("async")) ? "AWS" : "AWS_PROXY";
}

constexpr std::ptrdiff_t kMostParts = 256;  // of a path: each becomes a resource below the one before it

std::string_view without_slashes(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

bool is_user_pool_arn(const Document& arn) {
  const auto* text = arn.as_string();
  return text != nullptr && text->starts_with("arn:") && part_of(*text, ':', 2) == "cognito-idp";
}

/// `arn:…:function:shop-dev-auth` → `auth`
std::string name_in(const std::string& arn) { return std::string(after_last(after_last(arn, ':'), '-')); }

/// What a request is told of with a proxy: its parameters and schemas, and an address to pass it on to.
void forget_request(Document& said, const std::string& integration) {
  said.erase("response");
  Document* request = said.find("request");
  if (request == nullptr || request->as_map() == nullptr) return;
  std::erase_if(*request->as_map(), [&](const Document::Entry& entry) {
    return entry.key != "parameters" && entry.key != "schema" && entry.key != "schemas" &&
           (entry.key != "uri" || integration != "HTTP_PROXY");
  });
}

}  // namespace

bool HttpAuthorizer::is_user_pool() const { return upper(type) == "COGNITO_USER_POOLS" || is_user_pool_arn(arn); }

void RestApi::find_events() {
  each_event(service_, "http", [&](const Function& function, const Document& said, std::size_t) {
    HttpEvent event;
    event.function = &function;
    event.said = said.as_map() != nullptr ? said : Document::map();
    std::string path = text_at(said, "path"), method = text_at(said, "method");
    if (said.is_scalar()) {
      method = part_of(said.text(), ' ', 0);
      path = part_of(said.text(), ' ', 1);
    }
    if (method.empty() || (said.is_scalar() && path.empty()))
      return made_.wrong(said, function.key + ".events.http", "a method with a path");
    if (std::count(path.begin(), path.end(), '/') >= kMostParts)
      return made_.wrong(said, function.key + ".events.http", "a path of fewer parts");
    event.path = without_slashes(path);
    event.method = upper(method);
    event.integration = integration_type(said);
    if (const Document* authorizer = event.find("authorizer"); is_true(authorizer))
      event.authorizer = authorizer_of(*authorizer);
    if (const Document* cors = event.find("cors"); is_true(cors)) event.cors = cors_of(*cors, event.method);
    if (event.is_proxy()) forget_request(event.said, event.integration);
    events_.push_back(std::move(event));
  });
}

std::optional<HttpAuthorizer> RestApi::authorizer_of(const Document& said) {
  HttpAuthorizer made;
  made.type = text_at(said, "type");
  const Document* arn = said.find("arn");
  std::string function_name;
  if (said.is_scalar()) {
    const std::string plain = said.text();
    made.type.clear();
    if (upper(plain) == "AWS_IAM") {
      made.type = "AWS_IAM";
    } else if (plain.find(':') == std::string::npos) {
      function_name = made.name = plain;
    } else {
      made.arn = said;
      made.name = name_in(plain);
    }
  } else if (!made.type.empty() && is_true(said.find("authorizerId"))) {
    made.id = *said.find("authorizerId");
  } else if (upper(made.type) == "AWS_IAM") {
    made.type = "AWS_IAM";
  } else if (is_true(arn)) {
    made.arn = *arn;
    made.name = text_at(said, "name");
    if (made.name.empty()) made.name = name_in(arn->text());
  } else {
    function_name = made.name = text_at(said, "name");
  }
  if (said.as_map() != nullptr) {
    made.ttl = or_usual(said.find("resultTtlInSeconds"), "serverless_framework.authorizer.ttl.default");
    for (const auto& [key, to] : {std::pair{"claims", &made.claims},
                                  {"scopes", &made.scopes},
                                  {"identitySource", &made.identity_source},
                                  {"identityValidationExpression", &made.expression}}) {
      if (is_true(said.find(key))) *to = *said.find(key);
    }
    made.foreign = is_true(said.find("managedExternally"));
  }
  if (!function_name.empty()) {
    const Function* function = service_.find(function_name);
    if (function == nullptr) {
      made_.wrong(said, function_name, "the name of a function");
      return std::nullopt;
    }
    made.arn = function->target();
    made.waits = function->alias_id;
  }
  if (made.name.empty() && made.type.empty()) {
    made_.wrong(said, "authorizer", "a name, an ARN or a type with an id");
    return std::nullopt;
  }
  const bool by_request = upper(made.type) == "REQUEST" && made.ttl.as_integer() != nullptr && *made.ttl.as_integer() == 0;
  if (made.identity_source.is_null() && !by_request) made.identity_source = "method.request.header.Authorization";
  return made;
}

void RestApi::add_authorizer(const HttpAuthorizer& authorizer) {
  Document properties = Document::map();
  set_if(properties, "AuthorizerResultTtlInSeconds", &authorizer.ttl);
  set_if(properties, "IdentitySource", &authorizer.identity_source);
  properties.set("Name", authorizer.name);
  properties.set("RestApiId", api_);
  set_if(properties, "IdentityValidationExpression", &authorizer.expression);
  if (authorizer.is_user_pool()) {
    properties.set("Type", "COGNITO_USER_POOLS");
    properties.set("ProviderARNs", Document::list({authorizer.arn}));
  } else {
    properties.set("AuthorizerUri", text({"arn:", reference("AWS::Partition"), ":apigateway:", reference("AWS::Region"),
                                          ":lambda:path/2015-03-31/functions/", authorizer.arn, "/invocations"}));
    properties.set("Type", authorizer.type.empty() ? "TOKEN" : upper(authorizer.type));
  }
  std::vector<std::string> waits;
  if (!authorizer.waits.empty()) waits.push_back(authorizer.waits);
  made_.add(normalized(authorizer.name) + "ApiGatewayAuthorizer", "AWS::ApiGateway::Authorizer", std::move(properties),
            waits);
}

}  // namespace virga::aws::serverless_framework
