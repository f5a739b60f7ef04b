// A REST API of API Gateway, made of all `http` events. Used by this folder only.
#pragma once

#include "backends/aws/serverless_framework/service.h"

namespace virga::aws::serverless_framework {

struct HttpAuthorizer {
  std::string type, name;
  Document arn, id, identity_source, expression, claims, scopes, ttl;
  std::string waits;  ///< the alias of the function that it is
  bool foreign = false;  ///< somebody else lets it be called
  [[nodiscard]] bool is_user_pool() const;
};

struct HttpEvent {
  const Function* function = nullptr;
  Document said;
  std::string path;  ///< without slashes at its ends
  std::string method;  ///< `GET`
  std::string integration;  ///< `AWS_PROXY`
  std::optional<HttpAuthorizer> authorizer;
  Document cors;  ///< null without

  [[nodiscard]] bool is_proxy() const { return integration == "AWS_PROXY" || integration == "HTTP_PROXY"; }
  [[nodiscard]] const Document* find(std::string_view key) const { return at(said, key); }
};

class RestApi {
 public:
  explicit RestApi(Template& made);

  void add();

 private:
  // rest_api.cpp
  void add_api();
  void add_deployment();
  void add_stage_logs();
  void add_permissions(const HttpEvent& event);

  // rest_events.cpp
  void find_events();
  [[nodiscard]] std::optional<HttpAuthorizer> authorizer_of(const Document& said);
  void add_authorizer(const HttpAuthorizer& authorizer);

  // rest_resources.cpp
  void add_resources();
  [[nodiscard]] Document resource(const std::string& path);
  [[nodiscard]] std::string resource_name(const std::string& path);
  void add_preflights();
  void add_preflight(const std::string& path, const Document& cors);

  // rest_methods.cpp
  void add_method(const HttpEvent& event);
  [[nodiscard]] std::string method_id(const HttpEvent& event);

  // rest_models.cpp
  void add_validator(const HttpEvent& event);
  [[nodiscard]] std::string validator();
  [[nodiscard]] std::string model(const HttpEvent& event, const std::string& type, const Document& schema);

  // rest_keys.cpp
  void add_keys();
  void add_plans();
  void add_plan(const std::string& name, const Document& said);

  [[nodiscard]] const Document* setting(std::string_view key) const;

  Template& made_;
  const Service& service_;
  Document settings_;  ///< `provider.apiGateway`
  Document api_, root_;
  std::vector<HttpEvent> events_;
  std::map<std::string, Document> known_;  ///< paths that stand already
  std::vector<std::string> methods_;
};

/// What an integration and a method say of responses and requests; in rest_integration.cpp.
[[nodiscard]] Document integration_of(const HttpEvent& event);
[[nodiscard]] Document method_responses(const HttpEvent& event);
[[nodiscard]] Document request_parameters(const HttpEvent& event);
[[nodiscard]] Document request_templates(const HttpEvent& event);  ///< in rest_templates.cpp

}  // namespace virga::aws::serverless_framework
