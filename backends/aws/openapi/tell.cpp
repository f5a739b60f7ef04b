#include "backends/aws/openapi/tell.h"

#include "backends/aws/documents.h"
#include "compiler/adopt/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace virga::aws::openapi {
namespace {

using cloud::Object;
using cloud::Value;

constexpr std::string_view kIntegration = "x-amazon-apigateway-integration", kAny = "x-amazon-apigateway-any-method";

const Object* object(const Object& of, std::string_view name) {
  const Value* said = of.find(name);
  return said == nullptr ? nullptr : said->get<Object>();
}

std::string text(const Object& of, std::string_view name) {
  const Value* said = of.find(name);
  const auto* text = said == nullptr ? nullptr : said->get<std::string>();
  return text == nullptr ? std::string() : *text;
}

/// The method of a route by the key of an operation; empty for keys of other things.
std::string port_of(const std::string& key) {
  static constexpr std::array<std::string_view, 7> kMethods = {"get", "post", "put", "patch", "delete", "head", "options"};
  if (key == kAny) return "ANY";
  const std::string method = adopt::changed_case(key, std::tolower);
  return std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end() ? std::string()
                                                                               : adopt::changed_case(method, std::toupper);
}

/// `/files/{proxy+}` → `/files/{proxy*}`, and what takes all that no other route takes.
std::string path_of(const std::string& path) {
  if (path == "$default" || path == "/$default") return "/{default*}";
  return adopt::replaced(path, "+}", "*}");
}

class Teller {
 public:
  cloud::Told run(const Object& api) {
    out_.each_alone = true;
    const Object* paths = object(api, "paths");
    for (std::size_t i = 0; paths != nullptr && i < paths->members.size(); ++i) {
      const auto& [path, said] = paths->members[i];
      const auto* operations = said.get<Object>();
      for (std::size_t k = 0; operations != nullptr && k < operations->members.size(); ++k) {
        const auto& [key, operation] = operations->members[k];
        const std::string port = port_of(key);
        if (!port.empty() && operation.get<Object>() != nullptr) route(port, path, *operation.get<Object>());
      }
    }
    if (answers_browsers_)
      change("", "degraded", "it answers what browsers ask before they call (CORS) by itself: say `cors` at the gateway");
    return std::move(out_);
  }

 private:
  void change(const std::string& part, std::string_view fate, std::string says) {
    out_.changes.push_back({part, fate, std::move(says)});
  }

  void route(const std::string& port, const std::string& path, const Object& operation) {
    const std::string part = port + " " + path;
    const Object* integration = object(operation, kIntegration);
    if (integration == nullptr) return;  // what answers it, an event of a function says
    const std::string type = adopt::changed_case(text(*integration, "type"), std::tolower);
    if (type == "mock" && port == "OPTIONS") {
      answers_browsers_ = true;
      return;
    }
    const Value* uri = integration->find("uri");
    if (uri == nullptr) uri = integration->find("integrationUri");
    if (!is_function(uri)) {
      const std::string what = type == "mock"             ? "answers by itself"
                               : type.starts_with("http") ? "leads to an address"
                                                          : "asks a service of the cloud";
      change(part, "impossible", fmt::format("it {}: let a function do that", what));
      return;
    }
    if (!path.starts_with('/') && path != "$default") {
      change(part, "impossible", "its path is none of the language");
      return;
    }
    cloud::ToldEdge edge{part, port, path_of(path), false, *uri, "function", "", {}};
    if (type != "aws_proxy")
      change(part, "code", "nothing is made of the request before the function gets it, nor of its answer");
    if (operation.find("security") != nullptr)
      change(part, "impossible", "who may call it only the description says: say `auth` at the gateway or the route");
    if (operation.find("x-amazon-apigateway-request-validator") != nullptr)
      change(part, "degraded", "requests are not looked at before the function gets them");
    out_.edges.push_back(std::move(edge));
  }

  /// The address by which API Gateway calls a function holds its ARN; of an HTTP API the ARN does as well.
  static bool is_function(const Value* uri) {
    if (uri == nullptr) return false;
    if (uri->get<cloud::GetAtt>() != nullptr) return true;
    const auto* joined = uri->get<Box<cloud::Concat>>();
    if (joined == nullptr) return false;
    return std::any_of((*joined)->parts.begin(), (*joined)->parts.end(), [](const Value& part) {
      const auto* text = part.get<std::string>();
      return text != nullptr &&
             (text->find(":lambda:path/") != std::string::npos || text->find(":function:") != std::string::npos);
    });
  }

  cloud::Told out_;
  bool answers_browsers_ = false;
};

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
  if (named.said && named.said->get<Object>() != nullptr) return Teller().run(*named.said->get<Object>());
  const std::string why = named.missing.empty()
                              ? "its description is not here"
                              : fmt::format("its description, `{}`, is not beside the template", named.missing);
  return lacking(why, named.missing);
}

}  // namespace virga::aws::openapi
