// What requests have to look like.
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/rest_api.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

bool any_required(const Document& parameters) {
  const auto& all = entries(&parameters);
  return std::any_of(all.begin(), all.end(), [](const Document::Entry& entry) {
    return entry.value.as_boolean() == nullptr || *entry.value.as_boolean();
  });
}

}  // namespace

std::string RestApi::validator() {
  const std::string id = "ApiGateway" + alphanumeric(service_.name.text()) + "RequestValidator";
  if (made_.find(id) == nullptr)
    made_.add(id, "AWS::ApiGateway::RequestValidator",
              Document::map({{"RestApiId", api_},
                             {"ValidateRequestBody", true},
                             {"ValidateRequestParameters", true},
                             {"Name", text({service_.prefix(), " | Validate request body and querystring parameters"})}}));
  return id;
}

std::string RestApi::model(const HttpEvent& event, const std::string& type, const Document& said) {
  const Document* shared = said.is_scalar() ? setting("request.schemas") : nullptr;
  shared = shared == nullptr ? nullptr : shared->find(said.text());
  const Document& from = shared != nullptr ? *shared : said;
  const Document* schema = from.find("schema");
  std::string id = method_id(event) + start_case(type) + "Model";
  if (shared != nullptr) id = "ApiGateway" + start_case(said.text()) + "Model";
  Document properties = Document::map({{"RestApiId", api_},
                                       {"ContentType", shared != nullptr ? "application/json" : type},
                                       {"Schema", is_true(schema) ? *schema : from}});
  if (is_true(schema) || shared != nullptr) {
    set_if(properties, "Name", from.find("name"));
    set_if(properties, "Description", from.find("description"));
  }
  made_.add(id, "AWS::ApiGateway::Model", std::move(properties));
  return id;
}

void RestApi::add_validator(const HttpEvent& event) {
  const Document* schemas = event.find("request.schemas");
  const bool parameters = any_required(request_parameters(event));
  if (!parameters && !is_true(schemas)) return;
  // Models first: adding a resource moves those that are there.
  Document models = Document::map();
  for (const Document::Entry& entry : entries(schemas))
    models.set(entry.key, reference(model(event, entry.key, entry.value)));
  const std::string id = parameters || !models.as_map()->empty() ? validator() : "";
  Document* properties = made_.find(method_id(event))->find("Properties");
  if (!id.empty()) properties->set("RequestValidatorId", reference(id));
  if (!models.as_map()->empty()) properties->set("RequestModels", std::move(models));
}

}  // namespace virga::aws::serverless_framework
