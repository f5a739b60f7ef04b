// The address of a function, and what becomes of calls that nobody waits for.
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

Document once(const Document& list) {
  Document out = Document::list();
  for (const Document& item : items(&list)) {
    if (std::find(out.as_list()->begin(), out.as_list()->end(), item) == out.as_list()->end()) out.append(item);
  }
  return out;
}

Document cors_of(const Document& said) {
  struct Row {
    const char *from, *to;
    Document usual;
  };
  const Row rows[] = {{"allowedOrigins", "AllowOrigins", Document::list({"*"})},
                      {"allowedHeaders", "AllowHeaders",
                       Document::list({"Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Amz-Security-Token",
                                       "X-Amzn-Trace-Id"})},
                      {"allowedMethods", "AllowMethods", Document::list({"*"})},
                      {"exposedResponseHeaders", "ExposeHeaders", Document()}};
  Document cors = Document::map();
  for (const Row& row : rows) {
    const Document* own = said.find(row.from);
    if (is_true(own)) cors.set(row.to, once(*own));
    else if (own == nullptr && !row.usual.is_null()) cors.set(row.to, row.usual);
  }
  if (is_true(said.find("allowCredentials"))) cors.set("AllowCredentials", true);
  set_if(cors, "MaxAge", said.find("maxAge"));
  return cors;
}

/// What a destination may be called with, by what its ARN or its type says.
std::string action_for(const Document& said, const std::string& arn) {
  const std::string type = text_at(said, "type");
  const bool plain = said.is_scalar();
  if (type == "function" || (plain && (!arn.starts_with("arn:") || arn.find(":function:") != std::string::npos)))
    return "lambda:InvokeFunction";
  if (type == "sqs" || (plain && arn.find(":sqs:") != std::string::npos)) return "sqs:SendMessage";
  if (type == "sns" || (plain && arn.find(":sns:") != std::string::npos)) return "sns:Publish";
  if (type == "eventBus" || (plain && arn.find(":event-bus/") != std::string::npos)) return "events:PutEvents";
  return {};
}

std::optional<Document> destination(Template& made, const Function& function, const Document& said) {
  const Service& service = made.service;
  const std::string arn = said.is_scalar() ? said.text() : "";
  Document target = said.find("arn") != nullptr ? *said.find("arn") : said;
  Document allowed = target;
  if (said.is_scalar() && !arn.starts_with("arn:")) {
    const Function* other = service.find(arn);
    if (other == nullptr) {
      made.wrong(said, arn, "the name of a function or an ARN");
      return std::nullopt;
    }
    target = other->target();
    // By its name: the role of both is the same, and would stand in a circle with the function.
    allowed = sub("arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:" + in_sub(other->name));
  }
  const std::string action = action_for(said, arn);
  if (own_role(service, function) == nullptr && !action.empty())
    made.allow(Document::map({{"Effect", "Allow"}, {"Action", action}, {"Resource", std::move(allowed)}}));
  return Document::map({{"Destination", std::move(target)}});
}

}  // namespace

void add_function_url(Template& made, const Function& function) {
  const Document* url = function.said.find("url");
  if (!is_true(url)) return;
  const bool guarded = text_at(*url, "authorizer") == "aws_iam";
  Document properties =
      Document::map({{"AuthType", guarded ? "AWS_IAM" : "NONE"}, {"TargetFunctionArn", function.target()}});
  if (is_true(url->find("cors"))) properties.set("Cors", cors_of(*url->find("cors")));
  if (text_at(*url, "invokeMode") == "RESPONSE_STREAM") properties.set("InvokeMode", "RESPONSE_STREAM");
  const std::string id = function.id + "Url";
  made.add(id, "AWS::Lambda::Url", std::move(properties), function.waits());
  made.output(id, "Lambda Function URL", get_att(id, "FunctionUrl"));
  if (guarded) return;
  made.add(normalized(function.key) + "LambdaPermissionFnUrl", "AWS::Lambda::Permission",
           Document::map({{"FunctionName", function.target()},
                          {"Action", "lambda:InvokeFunctionUrl"},
                          {"Principal", "*"},
                          {"FunctionUrlAuthType", "NONE"}}),
           function.waits());
}

void add_invoke_config(Template& made, const Function& function) {
  const Document& said = function.said;
  const Document *age = said.find("maximumEventAge"), *retries = said.find("maximumRetryAttempts");
  if (!is_true(said.find("destinations")) && !is_true(age) && (retries == nullptr || retries->is_null())) return;
  Document config = Document::map();
  for (const auto& [from, to] :
       {std::pair{"destinations.onSuccess", "OnSuccess"}, {"destinations.onFailure", "OnFailure"}}) {
    if (!is_true(at(said, from))) continue;
    if (std::optional<Document> made_of = destination(made, function, *at(said, from))) config.set(to, std::move(*made_of));
  }
  Document properties = Document::map({{"FunctionName", reference(function.id)},
                                       {"DestinationConfig", std::move(config)},
                                       {"Qualifier", function.alias.empty() ? "$LATEST" : function.alias}});
  set_if(properties, "MaximumEventAgeInSeconds", age);
  set_if(properties, "MaximumRetryAttempts", retries);
  made.add(normalized(function.key) + "LambdaEvConf", "AWS::Lambda::EventInvokeConfig", std::move(properties),
           function.waits());
}

}  // namespace virga::aws::serverless_framework
