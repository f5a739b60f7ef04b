#include "backends/aws/openapi/resources.h"

#include "backends/aws/openapi/routes.h"
#include "compiler/adopt/words.h"

#include <cctype>

namespace virga::aws::openapi {
namespace {

using cloud::Object;
using cloud::Resource;
using cloud::Value;

/// The resource that a property refers to, by its main value.
const Resource* referred(const cloud::Stack& stack, const Object& of, std::string_view property) {
  const Value* said = of.find(property);
  const auto* ref = said == nullptr ? nullptr : said->get<cloud::Ref>();
  return ref == nullptr ? nullptr : stack.find(ref->resource);
}

bool is_of(const cloud::Stack& stack, const Resource& r, std::string_view property, const Resource& gateway) {
  return referred(stack, r.properties, property) == &gateway;
}

/// Whether both are the root of one gateway, in two spellings of the attribute.
bool is_root(const Value& a, const Value& b) {
  const auto *one = a.get<cloud::GetAtt>(), *other = b.get<cloud::GetAtt>();
  return one != nullptr && other != nullptr && one->resource == other->resource;
}

bool asks_who_calls(const Object& route) {
  const std::string type = text(route, "AuthorizationType");
  const Value* key = route.find("ApiKeyRequired");
  const bool keyed = key != nullptr && !(*key == Value(false)) && !(*key == Value("false"));
  return (route.find("AuthorizationType") != nullptr && type != "NONE") || keyed;
}

/// `/orders/{id}`, from the resource up to the root; empty where a part of it is no text, or leads in a circle.
std::string path_of(const cloud::Stack& stack, const Object& method, const Resource& gateway) {
  constexpr int kDeepest = 32;
  std::string path;
  const Object* at = &method;
  std::string_view property = "ResourceId";
  for (int depth = 0; depth < kDeepest; ++depth) {
    const Value* said = at->find(property);
    const auto* root = said == nullptr ? nullptr : said->get<cloud::GetAtt>();
    if (root != nullptr) {
      const bool whole = root->resource == gateway.id && root->attribute == "RootResourceId";
      return whole ? (path.empty() ? "/" : path) : std::string();
    }
    const Resource* above = referred(stack, *at, property);
    const std::string part = above == nullptr ? std::string() : text(above->properties, "PathPart");
    if (part.empty()) return {};
    path = "/" + part + path;
    at = &above->properties;
    property = "ParentId";
  }
  return {};
}

/// The integration of a method that is a resource of its own, as Terraform has them; null when there is none.
const Resource* integration_beside(const cloud::Stack& stack, const Resource& method, const Resource& gateway) {
  const Value* place = method.properties.find("ResourceId");
  const Value* word = method.properties.find("HttpMethod");
  for (const Resource& r : stack.resources) {
    if (r.type != "aws_api_gateway_integration" || !is_of(stack, r, "rest_api_id", gateway)) continue;
    const Value* at = r.properties.find("resource_id");
    const Value* name = r.properties.find("http_method");
    if (at == nullptr || name == nullptr || place == nullptr || word == nullptr) continue;
    const auto *from = at->get<cloud::GetAtt>(), *of = name->get<cloud::GetAtt>();
    // What the method itself says is said again, or referred to.
    const bool same_place = *at == *place || (from != nullptr && from->resource == method.id) || is_root(*at, *place);
    const bool same_word = *name == *word || (of != nullptr && of->resource == method.id);
    if (same_place && same_word) return &r;
  }
  return nullptr;
}

Route method(const cloud::Stack& stack, const Resource& r, const Resource& gateway) {
  Route out{text(r.properties, "HttpMethod"), path_of(stack, r.properties, gateway), "", nullptr, false, false};
  if (const Object* within = object(r.properties, "Integration")) {
    out.type = adopt::changed_case(text(*within, "Type"), std::tolower);
    out.uri = within->find("Uri");
  } else if (const Resource* beside = integration_beside(stack, r, gateway)) {
    out.type = adopt::changed_case(text(beside->properties, "type"), std::tolower);
    out.uri = beside->properties.find("uri");
  }
  out.secured = asks_who_calls(r.properties);
  out.looked_at = r.properties.find("RequestValidatorId") != nullptr;
  return out;
}

/// `integrations/${Integration}`
const Resource* integration_of(const cloud::Stack& stack, const Object& route) {
  const Value* target = route.find("Target");
  const auto* joined = target == nullptr ? nullptr : target->get<Box<cloud::Concat>>();
  const auto* ref = joined == nullptr ? nullptr : (*joined)->parts.back().get<cloud::Ref>();
  return ref == nullptr ? nullptr : stack.find(ref->resource);
}

Route route(const cloud::Stack& stack, const Resource& r) {
  const std::string key = text(r.properties, "RouteKey");
  const std::size_t space = key.find(' ');
  Route out{"ANY", key, "", nullptr, false, false};
  if (space != std::string::npos) {
    out.port = key.substr(0, space);
    out.path = key.substr(space + 1);
  }
  if (const Resource* integration = integration_of(stack, r.properties)) {
    out.type = adopt::changed_case(text(integration->properties, "IntegrationType"), std::tolower);
    out.uri = integration->properties.find("IntegrationUri");
  }
  out.secured = asks_who_calls(r.properties);
  return out;
}

}  // namespace

std::optional<cloud::Told> tell_resources(const Resource& gateway, const cloud::Stack& stack) {
  const bool rest = gateway.type == "AWS::ApiGateway::RestApi" || gateway.type == "AWS::Serverless::Api";
  const bool http = gateway.type == "AWS::ApiGatewayV2::Api" && text(gateway.properties, "ProtocolType") == "HTTP";
  if (!rest && !http) return std::nullopt;
  Routes routes;
  bool any = false;
  for (const Resource& r : stack.resources) {
    const bool is_method = rest && r.type == "AWS::ApiGateway::Method" && is_of(stack, r, "RestApiId", gateway);
    const bool is_route = http && r.type == "AWS::ApiGatewayV2::Route" && is_of(stack, r, "ApiId", gateway);
    if (is_method) routes.add(method(stack, r, gateway));
    if (is_route) routes.add(route(stack, r));
    any = any || is_method || is_route;
  }
  return any ? std::optional(routes.told()) : std::nullopt;
}

}  // namespace virga::aws::openapi
