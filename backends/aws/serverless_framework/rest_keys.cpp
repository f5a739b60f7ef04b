// Keys of API Gateway, and the plans that limit what is done with them.
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/rest_api.h"

namespace virga::aws::serverless_framework {
namespace {

constexpr const char* kDeployment = "ApiGatewayDeployment";

/// `free: [a, b]` where a plan is called `free`.
const Document::Entry* of_plan(const Document& said, const Document* plans) {
  if (said.as_map() == nullptr || said.as_map()->empty()) return nullptr;
  const Document::Entry& first = said.as_map()->front();
  for (const Document& plan : items(plans)) {
    if (plan.find(first.key) != nullptr && first.value.as_list() != nullptr) return &first;
  }
  return nullptr;
}

}  // namespace

void RestApi::add_keys() {
  const Document *keys = setting("apiKeys"), *plans = setting("usagePlan");
  std::size_t number = 0;
  const auto add = [&](const Document& said, const std::string& plan) {
    const std::string place = upper_first(plan) + std::to_string(++number);
    const Document *name = said.is_scalar() ? &said : said.find("name"), *enabled = said.find("enabled");
    Document properties =
        Document::map({{"Enabled", enabled != nullptr && !enabled->is_null() ? *enabled : Document(true)}});
    set_if(properties, "Name", name);
    if (is_true(said.find("value"))) properties.set("Value", *said.find("value"));
    set_if(properties, "Description", said.find("description"));
    set_if(properties, "CustomerId", said.find("customerId"));
    properties.set("StageKeys", Document::list({Document::map({{"RestApiId", api_}, {"StageName", service_.stage}})}));
    made_.add("ApiGatewayApiKey" + place, "AWS::ApiGateway::ApiKey", std::move(properties), {kDeployment});
    made_.add("ApiGatewayUsagePlanKey" + place, "AWS::ApiGateway::UsagePlanKey",
              Document::map({{"KeyId", reference("ApiGatewayApiKey" + place)},
                             {"KeyType", "API_KEY"},
                             {"UsagePlanId", reference("ApiGatewayUsagePlan" + upper_first(plan))}}));
  };
  for (const Document& said : items(keys)) {
    if (const Document::Entry* group = of_plan(said, plans)) {
      number = 0;
      for (const Document& key : *group->value.as_list()) add(key, group->key);
    } else {
      add(said, "");
    }
  }
}

void RestApi::add_plan(const std::string& name, const Document& said) {
  const Document part = name.empty() ? Document("") : Document("-" + name);
  Document properties =
      Document::map({{"ApiStages", Document::list({Document::map({{"ApiId", api_}, {"Stage", service_.stage}})})},
                     {"Description", text({name.empty() ? "Usage plan for " : "Usage plan \"" + name + "\" for ",
                                           service_.name, " ", service_.stage, " stage"})},
                     {"UsagePlanName", text({service_.name, part, "-", service_.stage})}});
  const auto set = [&](const char* section, const char* to,
                       std::initializer_list<std::pair<const char*, const char*>> rows) {
    const Document* from = said.find(section);
    if (!is_true(from)) return;
    Document out = Document::map();
    for (const auto& [key, property] : rows) set_if(out, property, from->find(key));
    properties.set(to, std::move(out));
  };
  set("quota", "Quota", {{"limit", "Limit"}, {"offset", "Offset"}, {"period", "Period"}});
  set("throttle", "Throttle", {{"burstLimit", "BurstLimit"}, {"rateLimit", "RateLimit"}});
  made_.add("ApiGatewayUsagePlan" + upper_first(name), "AWS::ApiGateway::UsagePlan", std::move(properties), {kDeployment});
}

void RestApi::add_plans() {
  const Document* plans = setting("usagePlan");
  if (!is_true(plans)) {
    if (is_true(setting("apiKeys"))) add_plan("", Document::map());
    return;
  }
  if (plans->as_list() == nullptr) return add_plan("", *plans);
  for (const Document& plan : *plans->as_list()) {
    if (!entries(&plan).empty()) add_plan(plan.as_map()->front().key, plan.as_map()->front().value);
  }
}

}  // namespace virga::aws::serverless_framework
