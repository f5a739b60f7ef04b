// Events of Alexa, of IoT and of user pools.
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

bool is_off(const Document& said) {
  const Document* enabled = said.find("enabled");
  return enabled != nullptr && enabled->as_boolean() != nullptr && !*enabled->as_boolean();
}

void permit_alexa(Template& made, const Function& function, const Document& said, const std::string& id,
                  const char* principal) {
  Document properties = Document::map({{"FunctionName", function.target()},
                                       {"Action", is_off(said) ? "lambda:DisableInvokeFunction" : "lambda:InvokeFunction"},
                                       {"Principal", principal}});
  set_if(properties, "EventSourceToken", said.as_string() != nullptr ? &said : said.find("appId"));
  made.add(id, "AWS::Lambda::Permission", std::move(properties), function.waits());
}

/// A pool that the service makes, with all functions that it calls.
struct Pool {
  Document name;
  Document triggers = Document::map();
  std::vector<std::string> waits;
};

constexpr std::string_view kSenders[] = {"CustomSMSSender", "CustomEmailSender"};

}  // namespace

void add_alexa(Template& made) {
  each_event(made.service, "alexaSkill", [&](const Function& function, const Document& said, std::size_t number) {
    permit_alexa(made, function, said, normalized(function.key) + "LambdaPermissionAlexaSkill" + std::to_string(number),
                 "alexa-appkit.amazon.com");
  });
  each_event(made.service, "alexaSmartHome", [&](const Function& function, const Document& said, std::size_t number) {
    permit_alexa(made, function, said, normalized(function.key) + "LambdaPermissionAlexaSmartHome" + std::to_string(number),
                 "alexa-connectedhome.amazon.com");
  });
}

void add_iot(Template& made) {
  each_event(made.service, "iot", [&](const Function& function, const Document& said, std::size_t number) {
    const Document action = Document::map({{"Lambda", Document::map({{"FunctionArn", function.target()}})}});
    Document payload = Document::map({{"RuleDisabled", is_off(said)}});
    set_if(payload, "Sql", said.find("sql"));
    payload.set("Actions", Document::list({action}));
    set_if(payload, "Description", said.find("description"));
    set_if(payload, "AwsIotSqlVersion", said.find("sqlVersion"));
    Document properties = Document::map({{"TopicRulePayload", std::move(payload)}});
    set_if(properties, "RuleName", said.find("name"));
    const std::string rule = "IotTopicRule" + std::to_string(number), id = normalized(function.key) + rule;
    made.add(id, "AWS::IoT::TopicRule", std::move(properties), function.waits());
    permit(made, normalized(function.key) + "LambdaPermission" + rule, function.target(), "iot.amazonaws.com",
           text({"arn:", reference("AWS::Partition"), ":iot:", reference("AWS::Region"), ":", reference("AWS::AccountId"),
                 ":rule/", reference(id)}),
           function.waits());
  });
}

void add_user_pools(Template& made) {
  std::map<std::string, Pool> pools;
  each_event(made.service, "cognitoUserPool", [&](const Function& function, const Document& said, std::size_t) {
    const Document *pool = said.find("pool"), *trigger = said.find("trigger");
    // A pool that is there already is told by a helper, which is not read.
    if (pool == nullptr || !pool->is_scalar() || trigger == nullptr || is_true(said.find("existing")))
      return made.wrong(said, function.key + ".events.cognitoUserPool", "a new pool with its trigger");
    const std::string when = trigger->text(), key = alphanumeric(pool->text());
    Pool& known = pools[key];
    known.name = *pool;
    if (std::find(std::begin(kSenders), std::end(kSenders), when) != std::end(kSenders)) {
      const Document* version = said.find("lambdaVersion");
      known.triggers.set(when, Document::map({{"LambdaArn", function.target()},
                                              {"LambdaVersion", is_true(version) ? *version : Document("V1_0")}}));
      set_if(known.triggers, "KMSKeyID", said.find("kmsKeyId"));
    } else {
      known.triggers.set(when, function.target());
    }
    known.waits.push_back(function.alias_id.empty() ? function.id : function.alias_id);
    permit(made, normalized(function.key) + "LambdaPermissionCognitoUserPool" + key + "TriggerSource" + alphanumeric(when),
           function.target(), "cognito-idp.amazonaws.com", get_att("CognitoUserPool" + key), function.waits());
  });
  for (const auto& [key, pool] : pools)
    made.add("CognitoUserPool" + key, "AWS::Cognito::UserPool",
             Document::map({{"UserPoolName", pool.name}, {"LambdaConfig", pool.triggers}}), pool.waits);
}

}  // namespace virga::aws::serverless_framework
