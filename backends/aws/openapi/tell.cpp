#include "backends/aws/openapi/tell.h"

#include "backends/aws/documents.h"
#include "backends/aws/openapi/routes.h"
#include "compiler/adopt/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace virga::aws::openapi {
namespace {

using cloud::Object;
using cloud::Value;

constexpr std::string_view kIntegration = "x-amazon-apigateway-integration", kAny = "x-amazon-apigateway-any-method";

/// The method of a route by the key of an operation; empty for keys of other things.
std::string port_of(const std::string& key) {
  static constexpr std::array<std::string_view, 7> kMethods = {"get", "post", "put", "patch", "delete", "head", "options"};
  if (key == kAny) return "ANY";
  const std::string method = adopt::changed_case(key, std::tolower);
  return std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end() ? std::string()
                                                                               : adopt::changed_case(method, std::toupper);
}

cloud::Told told_by(const Object& api) {
  Routes routes;
  const Object* paths = object(api, "paths");
  for (std::size_t i = 0; paths != nullptr && i < paths->members.size(); ++i) {
    const auto& [path, said] = paths->members[i];
    const auto* operations = said.get<Object>();
    for (std::size_t k = 0; operations != nullptr && k < operations->members.size(); ++k) {
      const auto& [key, value] = operations->members[k];
      const auto* operation = value.get<Object>();
      Route route{port_of(key), path, "", nullptr, false, false};
      const Object* integration = operation == nullptr ? nullptr : object(*operation, kIntegration);
      if (route.port.empty() || integration == nullptr) continue;  // what answers it, an event of a function says
      route.type = adopt::changed_case(text(*integration, "type"), std::tolower);
      route.uri = integration->find("uri");
      if (route.uri == nullptr) route.uri = integration->find("integrationUri");
      route.secured = operation->find("security") != nullptr;
      route.looked_at = operation->find("x-amazon-apigateway-request-validator") != nullptr;
      routes.add(route);
    }
  }
  return routes.told();
}

struct Place {
  std::string_view type;
  std::string_view whole, file;  ///< the properties that hold the description, and that name its file
};
constexpr std::array<Place, 4> kPlaces = {{{"AWS::Serverless::Api", "DefinitionBody", "DefinitionUri"},
                                           {"AWS::Serverless::HttpApi", "DefinitionBody", "DefinitionUri"},
                                           {"AWS::ApiGateway::RestApi", "Body", ""},
                                           {"AWS::ApiGatewayV2::Api", "Body", ""}}};

/// The file of `{Fn::Transform: {Name: AWS::Include, Parameters: {Location: api.yaml}}}`; null for anything else.
const Value* included(const Value& said) {
  const auto* call = said.get<Box<cloud::Call>>();
  const auto* argument = call == nullptr || (*call)->function != "Fn::Transform" ? nullptr : (*call)->argument.get<Object>();
  const Object* parameters =
      argument == nullptr || text(*argument, "Name") != "AWS::Include" ? nullptr : object(*argument, "Parameters");
  return parameters == nullptr ? nullptr : parameters->find("Location");
}

cloud::Told lacking(std::string why, std::string missing = {}) {
  cloud::Told out;
  out.lacks = std::move(why);
  out.missing = std::move(missing);
  return out;
}

}  // namespace

std::optional<cloud::Told> tell(const cloud::Resource& resource, const cloud::NamedText& files) {
  const auto place = std::find_if(kPlaces.begin(), kPlaces.end(), [&](const Place& p) { return p.type == resource.type; });
  if (place == kPlaces.end()) return std::nullopt;
  const Value* whole = resource.properties.find(place->whole);
  const Value* file = place->file.empty() ? nullptr : resource.properties.find(place->file);
  if (whole != nullptr && whole->get<Object>() == nullptr) {
    file = included(*whole);
    if (file == nullptr) return lacking("its description is one that only the engine puts together");
    whole = nullptr;
  }
  if (whole == nullptr && file == nullptr) return std::nullopt;
  NamedDocument named;
  if (whole != nullptr) named.said = *whole;
  else named = read_named(*file, files);
  if (named.said && named.said->get<Object>() != nullptr) return told_by(*named.said->get<Object>());
  const std::string why = named.missing.empty()
                              ? "its description is not here"
                              : fmt::format("its description, `{}`, is not beside the template", named.missing);
  return lacking(why, named.missing);
}

}  // namespace virga::aws::openapi
