// serverless.yml: which resources of which names a service becomes, what its variables are, and what is refused.
#include "backends/aws/sam/sam.h"
#include "backends/aws/serverless_framework/documents.h"
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/serverless_framework.h"
#include "compiler/cloud/intrinsics.h"
#include "compiler/cloud/json_writer.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

/// A file that was read, with those that it names.
struct Read {
  explicit Read(std::string text, std::map<std::string, std::string, std::less<>> files = {}, Options options = {}) {
    const SourceFile& main = sources.add("serverless.yml", std::move(text));
    stack = read_serverless(
        main,
        [&](std::string_view path) -> const SourceFile* {
          asked.emplace_back(path);
          const auto found = files.find(path);
          return found == files.end() ? nullptr : &sources.add(found->first, found->second);
        },
        sink, options);
  }

  /// `HelloLambdaFunction AWS::Lambda::Function`, one line each, sorted.
  [[nodiscard]] std::string resources() const {
    std::vector<std::string> lines;
    for (const cloud::Resource& r : stack->resources) lines.push_back(r.id + " " + r.type + "\n");
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const std::string& line : lines) out += line;
    return out;
  }

  /// A property as JSON on one line.
  [[nodiscard]] std::string property(std::string_view resource, std::string_view path) const {
    const cloud::Resource* found = stack ? stack->find(resource) : nullptr;
    if (found == nullptr) return "no such resource";
    cloud::Dialect plain = sam::dialect();
    plain.short_tags = false;
    const cloud::Document properties = cloud::to_document(found->properties, plain);
    const cloud::Document* value = at(properties, path);
    return value == nullptr ? "none" : compact_json(*value);
  }

  [[nodiscard]] std::string codes() const {
    std::string out;
    for (const diag::Diagnostic& d : sink.all()) out += d.code + " ";
    return out;
  }

  SourceMap sources;
  diag::Sink sink;
  std::vector<std::string> asked;
  std::optional<cloud::Stack> stack;
};

/// A service with one function, whose events or settings are `more`, indented by four.
std::string service(const std::string& more, const std::string& sections = "", const std::string& provider = "") {
  return "service: shop\nprovider:\n  name: aws\n  runtime: nodejs20.x\n" + provider +
         "functions:\n  hello:\n    handler: handler.hello\n" + more + sections;
}

std::string with_variable(const std::string& value, const std::string& sections = "") {
  return service("    description: " + value + "\n", sections);
}

constexpr const char* kAlways =
    "HelloLambdaFunction AWS::Lambda::Function\n"
    "HelloLambdaVersion AWS::Lambda::Version\n"
    "HelloLogGroup AWS::Logs::LogGroup\n"
    "IamRoleLambdaExecution AWS::IAM::Role\n"
    "ServerlessDeploymentBucket AWS::S3::Bucket\n"
    "ServerlessDeploymentBucketPolicy AWS::S3::BucketPolicy\n";

TEST(ServerlessRead, NamesAreThoseOfTheFramework) {
  EXPECT_EQ(normalized("my-fn_1"), "MyDashfnUnderscore1");
  EXPECT_EQ(normalized_path("users/{user-id}/{proxy+}"), "UsersUserDashidVarProxyVar");
  EXPECT_EQ(normalized_path("GET /users/allUsers"), "GetUsersAllusers");
  EXPECT_EQ(normalized_route("$connect"), "Sconnect");
  EXPECT_EQ(start_case("application/x-www-form-urlencoded"), "ApplicationXWwwFormUrlencoded");
  EXPECT_EQ(md5_hex(""), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(md5_hex("The quick brown fox jumps over the lazy dog"), "9e107d9d372bb6826bd81d3542a419d6");
}

TEST(ServerlessRead, AFunctionBringsItsLogsAndRole) {
  const Read read(service(""));
  ASSERT_TRUE(read.stack);
  EXPECT_EQ(read.codes(), "");
  EXPECT_EQ(read.resources(), kAlways);
  EXPECT_EQ(read.property("HelloLambdaFunction", "FunctionName"), "\"shop-dev-hello\"");
  EXPECT_EQ(read.property("HelloLambdaFunction", "MemorySize"), "1024");
  EXPECT_EQ(read.property("HelloLambdaFunction", "Timeout"), "6");
  EXPECT_EQ(read.property("HelloLogGroup", "LogGroupName"), "\"/aws/lambda/shop-dev-hello\"");
  std::string outputs;
  for (const cloud::StackOutput& output : read.stack->outputs) outputs += output.name + "=" + output.export_name + " ";
  EXPECT_EQ(outputs,
            "ServerlessDeploymentBucketName=sls-shop-dev-ServerlessDeploymentBucketName "
            "HelloLambdaFunctionQualifiedArn=sls-shop-dev-HelloLambdaFunctionQualifiedArn ");
}

struct Event {
  const char *said, *made;
};

TEST(ServerlessRead, EventsBecomeTheirResources) {
  const Event events[] = {
      {"- http: GET users/{id}",
       "ApiGatewayDeployment AWS::ApiGateway::Deployment\nApiGatewayMethodUsersIdVarGet AWS::ApiGateway::Method\n"
       "ApiGatewayResourceUsers AWS::ApiGateway::Resource\nApiGatewayResourceUsersIdVar AWS::ApiGateway::Resource\n"
       "ApiGatewayRestApi AWS::ApiGateway::RestApi\nHelloLambdaPermissionApiGateway AWS::Lambda::Permission\n"},
      {"- http: { path: /, method: post, cors: true }",
       "ApiGatewayDeployment AWS::ApiGateway::Deployment\nApiGatewayMethodOptions AWS::ApiGateway::Method\n"
       "ApiGatewayMethodPost AWS::ApiGateway::Method\nApiGatewayRestApi AWS::ApiGateway::RestApi\n"
       "HelloLambdaPermissionApiGateway AWS::Lambda::Permission\n"},
      {"- httpApi: 'GET /a'",
       "HelloLambdaPermissionHttpApi AWS::Lambda::Permission\nHttpApi AWS::ApiGatewayV2::Api\n"
       "HttpApiIntegrationHello AWS::ApiGatewayV2::Integration\nHttpApiRouteGetA AWS::ApiGatewayV2::Route\n"
       "HttpApiStage AWS::ApiGatewayV2::Stage\n"},
      {"- httpApi: '*'",
       "HelloLambdaPermissionHttpApi AWS::Lambda::Permission\nHttpApi AWS::ApiGatewayV2::Api\n"
       "HttpApiIntegrationHello AWS::ApiGatewayV2::Integration\nHttpApiRouteDefault AWS::ApiGatewayV2::Route\n"
       "HttpApiStage AWS::ApiGatewayV2::Stage\n"},
      {"- schedule: rate(1 hour)",
       "HelloEventsRuleSchedule1 AWS::Events::Rule\n"
       "HelloLambdaPermissionEventsRuleSchedule1 AWS::Lambda::Permission\n"},
      {"- schedule: { rate: [rate(1 hour)], method: scheduler }", "HelloSchedulerSchedule1 AWS::Scheduler::Schedule\n"},
      {"- sqs: arn:aws:sqs:us-east-1:1:my-queue", "HelloEventSourceMappingSQSMyqueue AWS::Lambda::EventSourceMapping\n"},
      {"- sns: my-topic", "HelloLambdaPermissionMytopicSNS AWS::Lambda::Permission\nSNSTopicMytopic AWS::SNS::Topic\n"},
      {"- sns: arn:aws:sns:us-east-1:1:orders",
       "HelloLambdaPermissionOrdersSNS AWS::Lambda::Permission\nHelloSnsSubscriptionOrders AWS::SNS::Subscription\n"},
      {"- stream: { type: dynamodb, arn: !GetAtt Table.StreamArn }",
       "HelloEventSourceMappingDynamodbTable AWS::Lambda::EventSourceMapping\n"},
      {"- stream: { arn: 'arn:aws:kinesis:us-east-1:1:stream/s', consumer: true }",
       "HelloEventSourceMappingKinesisS AWS::Lambda::EventSourceMapping\n"
       "HellosConsumerStreamConsumer AWS::Kinesis::StreamConsumer\n"},
      {"- s3: photos", "HelloLambdaPermissionPhotosS3 AWS::Lambda::Permission\nS3BucketPhotos AWS::S3::Bucket\n"},
      {"- s3: { bucket: photos, existing: true }",
       "CustomDashresourceDashexistingDashs3LambdaFunction AWS::Lambda::Function\nHelloCustomS31 Custom::S3\n"
       "IamRoleCustomResourcesLambdaExecution AWS::IAM::Role\n"},
      {"- eventBridge: { pattern: { source: [a] } }",
       "HelloEventBridgeLambdaPermission1 AWS::Lambda::Permission\n"
       "Shopdevhellorule1EventBridgeRule AWS::Events::Rule\n"},
      {"- cloudwatchEvent: { event: { source: [a] } }",
       "HelloEventsRuleCloudWatchEvent1 AWS::Events::Rule\n"
       "HelloLambdaPermissionEventsRuleCloudWatchEvent1 AWS::Lambda::Permission\n"},
      {"- cloudwatchLog: /aws/x",
       "HelloLambdaPermissionLogsSubscriptionFilterCloudWatchLog AWS::Lambda::Permission\n"
       "HelloLogsSubscriptionFilterCloudWatchLog1 AWS::Logs::SubscriptionFilter\n"},
      {"- websocket: $connect",
       "HelloLambdaPermissionWebsockets AWS::Lambda::Permission\n"
       "HelloWebsocketsIntegration AWS::ApiGatewayV2::Integration\nSconnectWebsocketsRoute AWS::ApiGatewayV2::Route\n"
       "WebsocketsApi AWS::ApiGatewayV2::Api\nWebsocketsDeployment AWS::ApiGatewayV2::Deployment\n"
       "WebsocketsDeploymentStage AWS::ApiGatewayV2::Stage\n"},
      {"- iot: { sql: select }",
       "HelloIotTopicRule1 AWS::IoT::TopicRule\nHelloLambdaPermissionIotTopicRule1 AWS::Lambda::Permission\n"},
      {"- cognitoUserPool: { pool: users, trigger: PreSignUp }",
       "CognitoUserPoolUsers AWS::Cognito::UserPool\n"
       "HelloLambdaPermissionCognitoUserPoolUsersTriggerSourcePreSignUp AWS::Lambda::Permission\n"},
  };
  for (const Event& event : events) {
    const Read read(service(std::string("    events:\n      ") + event.said + "\n"));
    ASSERT_TRUE(read.stack);
    EXPECT_EQ(read.codes(), "") << event.said;
    std::string own;
    const std::string all = read.resources(), usual = kAlways;
    for (std::size_t begin = 0; begin < all.size();) {
      const std::size_t end = all.find('\n', begin) + 1;
      const std::string line = all.substr(begin, end - begin);
      if (usual.find(line) == std::string::npos) own += line;
      begin = end;
    }
    EXPECT_EQ(own, event.made) << event.said;
  }
}

TEST(ServerlessRead, AnAddressOfAFunctionIsOpenUnlessItSaysOtherwise) {
  const Read open(service("    url: true\n"));
  EXPECT_EQ(open.property("HelloLambdaFunctionUrl", "AuthType"), "\"NONE\"");
  EXPECT_EQ(open.property("HelloLambdaPermissionFnUrl", "Principal"), "\"*\"");
  const Read guarded(service("    url: { authorizer: aws_iam }\n"));
  EXPECT_EQ(guarded.property("HelloLambdaFunctionUrl", "AuthType"), "\"AWS_IAM\"");
  EXPECT_EQ(guarded.property("HelloLambdaPermissionFnUrl", "Principal"), "no such resource");
}

TEST(ServerlessRead, EventsReachTheAliasThatIsKeptWarm) {
  const Read read(service("    provisionedConcurrency: 2\n    events:\n      - sns: topic\n"));
  EXPECT_EQ(read.property("HelloProvConcLambdaAlias", "Name"), "\"provisioned\"");
  EXPECT_EQ(read.property("HelloLambdaPermissionTopicSNS", "FunctionName"),
            R"({"Fn::Sub":"${HelloLambdaFunction.Arn}:provisioned"})");
}

TEST(ServerlessRead, SettingsOfTheProviderHoldForFunctionsThatSayNothing) {
  const Read read(service("    environment: { B: own }\n    tags: { t: own }\n", "",
                          "  memorySize: 256\n  environment: { A: all, B: all }\n  tags: { s: all }\n"
                          "  iam: { role: { statements: [{ Effect: Allow, Action: [s3:Get*], Resource: '*' }] } }\n"));
  EXPECT_EQ(read.property("HelloLambdaFunction", "MemorySize"), "256");
  EXPECT_EQ(read.property("HelloLambdaFunction", "Environment.Variables"), R"({"A":"all","B":"own"})");
  EXPECT_EQ(read.property("HelloLambdaFunction", "Tags"), R"([{"Key":"s","Value":"all"},{"Key":"t","Value":"own"}])");
  EXPECT_NE(read.property("IamRoleLambdaExecution", "Policies").find("s3:Get*"), std::string::npos);
  const Read other(service("", "", "  iam: { role: arn:aws:iam::1:role/r }\n"));
  EXPECT_EQ(other.property("HelloLambdaFunction", "Role"), "\"arn:aws:iam::1:role/r\"");
  EXPECT_EQ(other.property("IamRoleLambdaExecution", "Path"), "no such resource");
}

TEST(ServerlessRead, ResourcesAreMergedAndExtensionsLaidOver) {
  const Read read(service("",
                          "resources:\n"
                          "  - Resources: { Queue: { Type: AWS::SQS::Queue } }\n"
                          "  - Resources: { HelloLogGroup: { Properties: { RetentionInDays: 7 } } }\n"
                          "    Outputs: { Url: { Value: !Ref Queue } }\n"
                          "  - extensions: { HelloLambdaFunction: { Properties: { Timeout: 30 } } }\n"));
  EXPECT_EQ(read.codes(), "");
  EXPECT_NE(read.stack->find("Queue"), nullptr);
  EXPECT_EQ(read.property("HelloLogGroup", "RetentionInDays"), "7");
  EXPECT_EQ(read.property("HelloLogGroup", "LogGroupName"), "\"/aws/lambda/shop-dev-hello\"");
  EXPECT_EQ(read.property("HelloLambdaFunction", "Timeout"), "30");
  EXPECT_EQ(read.stack->outputs.back().value, cloud::Value(cloud::Ref{"Queue"}));
}

TEST(ServerlessRead, VariablesThatFilesKnow) {
  const std::string custom =
      "custom:\n  a: { b: x }\n  dev: { c: y }\n  list: [p, q]\n  all: ${file(config/all.yml)}\n"
      "params:\n  default: { size: big }\n  dev: { color: red }\n";
  const std::map<std::string, std::string, std::less<>> files = {
      {"config/all.yml", "name: n\ndeep: { er: \"${self:custom.a.b}\" }\n"},
      {"a.json", "{\"k\": 5}"},
      {"text.txt", "words"}};
  const std::pair<const char*, const char*> variables[] = {
      {"${self:custom.a.b}", "x"},
      {"${self:custom.${sls:stage}.c}", "y"},
      {"${self:custom.list.1}", "q"},
      {"${self:custom.all.deep.er}", "x"},
      {"${file(./config/all.yml):name}", "n"},
      {"${file(a.json):k}", "5"},
      {"${file(text.txt)}", "words"},
      {"${file(none.yml):x, 'other'}", "other"},
      {"${opt:color, self:custom.a.b}", "x"},
      {"${env:HOME, 'home'}", "home"},
      {"${opt:stage, 'prod'}-${sls:stage}", "prod-dev"},
      {"${param:color}-${param:size}", "red-big"},
      {"${self:provider.stage}", "dev"},
      {"${self:custom.none, \"a b\"}", "a b"},
      {"${strToBool(true)}", "true"},
      {"\\${self:custom.a.b}", "${self:custom.a.b}"},
  };
  for (const auto& [said, meant] : variables) {
    const Read read(with_variable(said, custom), files);
    ASSERT_TRUE(read.stack) << said;
    const std::string found = read.property("HelloLambdaFunction", "Description");
    EXPECT_TRUE(found == "\"" + std::string(meant) + "\"" || found == meant)
        << said << " is " << found << " " << read.codes();
  }
}

TEST(ServerlessRead, VariablesThatOnlyTheWorldKnowsAreParameters) {
  const Read read(
      service("    environment:\n      A: ${env:API_TOKEN}\n      B: ${ssm:/shop/url, 'none'}\n"
              "      C: ${env:API_TOKEN}-x\n      D: !Sub '${AWS::Region}/${env:API_TOKEN}'\n"
              "      E: ${aws:accountId}\n      F: ${cf:net.VpcId}\n"));
  EXPECT_EQ(read.codes(), "aws/serverless-variable aws/serverless-variable aws/serverless-variable ");
  EXPECT_FALSE(read.sink.has_errors());
  EXPECT_EQ(read.property("HelloLambdaFunction", "Environment.Variables"),
            R"({"A":{"Ref":"ApiToken"},"B":{"Ref":"ShopUrl"},"C":{"Fn::Sub":"${ApiToken}-x"},)"
            R"("D":{"Fn::Sub":"${AWS::Region}/${ApiToken}"},"E":{"Ref":"AWS::AccountId"},"F":{"Ref":"NetVpcId"}})");
  ASSERT_EQ(read.stack->parameters.size(), 3u);
  EXPECT_EQ(read.stack->parameters[1].fallback, cloud::Value("none"));
  EXPECT_TRUE(read.stack->parameters[1].secret);
}

TEST(ServerlessRead, VariablesThatNobodyKnowsAreFindings) {
  const char* wrong[] = {"${self:custom.none}",    "${file(../x.yml):a}", "${file(/etc/passwd)}", "${file(a/../../b.yml)}",
                         "${file(settings.js):x}", "${self:custom.a}",    "${nobody:knows}",      "${self:custom.x",
                         "a ${self:custom.map} b", "${file(~/x.yml)}"};
  for (const char* said : wrong) {
    const Read read(
        with_variable(std::string("'") + said + "'", "custom:\n  a: ${self:custom.b}\n  b: ${self:custom.a}\n  map: {}\n"));
    ASSERT_TRUE(read.stack) << said;
    EXPECT_NE(read.codes().find("template/expression "), std::string::npos) << said;
    EXPECT_TRUE(read.asked.empty()) << said;
    EXPECT_NE(read.stack->find("HelloLambdaFunction"), nullptr);
  }
}

TEST(ServerlessRead, StageAndRegionAreThoseOfTheCommandLineThenOfTheFile) {
  const std::string text = with_variable("${self:provider.region}/${sls:stage}");
  const Read usual(text);
  EXPECT_EQ(usual.property("HelloLambdaFunction", "Description"), R"({"Fn::Sub":"${AWS::Region}/dev"})");
  EXPECT_EQ(usual.stack->region, "");
  const Read told(text, {}, {.stage = "prod", .region = "eu-west-1"});
  EXPECT_EQ(told.property("HelloLambdaFunction", "Description"), "\"eu-west-1/prod\"");
  EXPECT_EQ(told.property("HelloLambdaFunction", "FunctionName"), "\"shop-prod-hello\"");
  EXPECT_EQ(told.stack->region, "eu-west-1");
  const Read said(service("", "", "  stage: test\n  region: us-west-2\n"));
  EXPECT_EQ(said.property("HelloLambdaFunction", "FunctionName"), "\"shop-test-hello\"");
  EXPECT_EQ(said.stack->region, "us-west-2");
}

TEST(ServerlessRead, APathOfThousandsOfPartsIsRefused) {
  std::string path = "/a";
  while (path.size() < 40'000) path += path;
  const Read read(service("    events:\n      - http: GET " + path + "\n"));
  EXPECT_EQ(read.codes(), "template/shape ");
  EXPECT_EQ(read.resources(), kAlways);
}

TEST(ServerlessRead, HostileVariablesEnd) {
  std::string bomb = "custom:\n  v0: 'xxxxxxxxxxxxxxxx'\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "${self:custom.v" + std::to_string(i - 1) + "}";
    bomb += "  v" + std::to_string(i) + ": '" + before + before + "'\n";
  }
  std::string tree = "custom:\n  t0: [1]\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "${self:custom.t" + std::to_string(i - 1) + "}";
    tree += "  t" + std::to_string(i) + ": [ '" + before + "', '" + before + "' ]\n";
  }
  std::string nest = "${self:x, ";
  for (int i = 0; i < 12; ++i) nest += nest;
  for (const auto& [said, custom] : {std::pair<std::string, std::string>{"${self:custom.v59}", bomb},
                                     {"${self:custom.t59}", tree},
                                     {"${self:}", ""},
                                     {"${self:custom}", "custom:\n  a: ${self:custom}\n"},
                                     {nest, ""}}) {
    const Read read(with_variable("'" + said + "'", custom));
    ASSERT_TRUE(read.stack);
    EXPECT_TRUE(read.sink.has_errors()) << said.substr(0, 40);
  }
}

TEST(ServerlessRead, WhatIsNotUnderstoodIsSaidAndTheRestIsRead) {
  const Read read(
      service("    color: red\n    events:\n      - carrier: pigeon\n      - schedule: { rate: rate(1 day), hue: blue }\n",
              "plugins:\n  - serverless-offline\nconstructs: {}\n", "  shape: round\n"));
  EXPECT_EQ(read.codes(),
            "template/key-ignored template/section-ignored template/key-ignored template/key-ignored template/key-ignored "
            "template/key-ignored ");
  EXPECT_NE(read.stack->find("HelloEventsRuleSchedule1"), nullptr);
  const Read twice("service: a\nservice: b\nprovider: { name: aws }\n");
  EXPECT_EQ(twice.codes(), "template/duplicate-key ");
  const Read tagged(service("    description: !Nonsense x\n"));
  EXPECT_EQ(tagged.codes(), "template/expression ");
  for (const char* text :
       {"", "[]", "a", "service: a\nprovider: google\n", "service: a\nprovider: { name: azure }\n", "provider: ["})
    EXPECT_FALSE(Read(text).stack) << text;
}

}  // namespace
}  // namespace virga::aws::serverless_framework
