// Serverless Devs: how a stack is divided, what is read of files that people wrote, and what is refused.
#include "backends/aliyun/serverless_devs/expressions.h"
#include "backends/aliyun/serverless_devs/layout.h"
#include "backends/aliyun/serverless_devs/parts.h"
#include "backends/aliyun/serverless_devs/table.h"
#include "compiler/cloud/backend.h"
#include "compiler/cloud/dump.h"
#include "tests/support/compiled.h"

#include <gtest/gtest.h>

#include <set>

namespace virga::aliyun::serverless_devs {
namespace {

const cloud::Format& format() { return *cloud::find_target("aliyun.serverless_devs").format; }

cloud::Resource resource(std::string id, std::string type, cloud::Object properties) {
  cloud::Resource r;
  r.id = std::move(id);
  r.type = std::move(type);
  r.properties = std::move(properties);
  return r;
}

cloud::Resource function(const std::string& id, const std::string& name) {
  return resource(
      id, "ALIYUN::FC3::Function",
      cloud::object({{"FunctionName", name}, {"Runtime", "nodejs20"}, {"Handler", "a.b"}, {"Code", "code/a.zip"}}));
}

cloud::Resource asynchronous(const std::string& of, const std::string& destination) {
  return resource(
      of + "Async", "ALIYUN::FC3::AsyncInvokeConfig",
      cloud::object({{"FunctionName", cloud::GetAtt{of, "FunctionName"}},
                     {"DestinationConfig", cloud::object({{"OnSuccess", cloud::object({{"Destination", destination}})}})}}));
}

TEST(ServerlessDevsTable, EveryNameGoesBothWays) {
  std::set<std::pair<std::string_view, std::string_view>> keys;
  for (const Type& type : table().types) {
    EXPECT_EQ(table().find(type.type), &type);
    if (!type.component.empty()) EXPECT_EQ(table().find_component(type.component), &type);
    else EXPECT_TRUE(keys.emplace(type.owner_type, type.part).second) << type.type << ": two types are one key";
    if (type.component.empty()) {
      const Type* owner = table().find(type.owner_type);
      ASSERT_NE(owner, nullptr) << type.type;
      for (const Row& row : owner->rows)
        EXPECT_NE(row.to, type.part) << type.type << ": a property of its owner has its key";
      // What refers to the owner is an attribute that the owner gives.
      EXPECT_TRUE(std::any_of(owner->attributes.begin(), owner->attributes.end(),
                              [&](const Pair& p) { return p.first == type.owner_property; }));
    }
  }
}

TEST(ServerlessDevsNames, OfParametersAndWires) {
  EXPECT_EQ(environment_variable("KeepFor"), "VIRGA_KEEP_FOR");
  EXPECT_EQ(environment_variable("region"), "VIRGA_REGION");
  EXPECT_NE(environment_variable("Region"), environment_variable("region"));
  const cloud::Value plain = "a b", broken = "it's";
  EXPECT_EQ(environment_expression("Greeted", &plain), "${env('VIRGA_GREETED', 'a b')}");
  EXPECT_EQ(environment_expression("Greeted", &broken), std::nullopt);
  EXPECT_EQ(wire_name(cloud::GetAtt{"SyncRole", "Arn"}), "SyncRole_Arn");
  EXPECT_EQ(wire_name(cloud::GetAtt{"Stack", "Outputs.X"}), std::nullopt);
  EXPECT_TRUE(is_wire("SyncRole_Arn", cloud::GetAtt{"SyncRole", "Arn"}));
  EXPECT_FALSE(is_wire("SyncRole_Arn", cloud::GetAtt{"OtherRole", "Arn"}));
}

TEST(ServerlessDevsParts, WhatNeedsAFunctionComesAfterIt) {
  cloud::Stack stack;
  stack.resources = {
      resource("Api", "ALIYUN::ApiGateway::Api", cloud::object({{"Function", cloud::GetAtt{"A", "FunctionName"}}})),
      resource("Deployment", "ALIYUN::ApiGateway::Deployment", cloud::object({{"ApiId", cloud::GetAtt{"Api", "ApiId"}}})),
      resource("Role", "ALIYUN::RAM::Role", cloud::object({{"RoleName", "r"}})), function("A", "a")};
  stack.resources.back().properties.set("Role", cloud::GetAtt{"Role", "Arn"});
  const Division division(stack);
  EXPECT_EQ(division.place("Role"), Place::before);
  EXPECT_EQ(division.place("A"), Place::app);
  EXPECT_EQ(division.place("Api"), Place::after);
  EXPECT_EQ(division.place("Deployment"), Place::after);
  EXPECT_TRUE(format().unsaid(stack).empty());
}

TEST(ServerlessDevsParts, FunctionsStandInTheOrderInWhichTheyNeedEachOther) {
  cloud::Stack stack;
  stack.resources = {function("A", "a"), asynchronous("A", "b"), function("B", "b")};
  stack.resources[1].depends_on = {"B"};
  const Division division(stack);
  ASSERT_EQ(division.units().size(), 2u);
  EXPECT_EQ(division.units()[0].resource->id, "B");
  EXPECT_EQ(division.units()[1].parts.size(), 1u);
}

TEST(ServerlessDevsParts, ACircleIsCutByATemplateAfterBoth) {
  cloud::Stack stack;
  stack.resources = {function("A", "a"), asynchronous("A", "b"), function("B", "b"), asynchronous("B", "a")};
  stack.resources[1].depends_on = {"B"};
  stack.resources[3].depends_on = {"A"};
  const Division division(stack);
  EXPECT_EQ(division.units().size(), 2u);
  EXPECT_NE(division.place("AAsync") == Place::after, division.place("BAsync") == Place::after);
  EXPECT_TRUE(format().unsaid(stack).empty());
}

TEST(ServerlessDevsParts, WhatTheComponentHasNoWordsForIsLeftToRos) {
  cloud::Stack stack;
  stack.resources = {
      function("A", "a"),
      resource(
          "Warm", "ALIYUN::FC3::ProvisionConfig",
          cloud::object({{"FunctionName", cloud::GetAtt{"A", "FunctionName"}}, {"Qualifier", "1"}, {"DefaultTarget", 1}}))};
  EXPECT_EQ(Division(stack).place("Warm"), Place::after);
  stack.resources[1].properties.set("Qualifier", "LATEST");
  EXPECT_EQ(Division(stack).place("Warm"), Place::app);
}

TEST(ServerlessDevsUnsaid, WhatHasNoWordsIsNamed) {
  const auto told = [](const cloud::Stack& stack) {
    std::string out;
    for (const cloud::Unsaid& u : format().unsaid(stack)) out += u.what + "\n";
    return out;
  };
  cloud::Stack stack;
  stack.resources = {function("A", "a")};
  stack.resources[0].properties.set("DisableOndemand", true);
  EXPECT_EQ(told(stack), "the property `DisableOndemand` of `ALIYUN::FC3::Function`\n");
  stack.resources = {function("A", "a")};
  stack.resources[0].properties.set("EnvironmentVariables", cloud::object({{"X", "a ${b} c"}}));
  EXPECT_NE(told(stack).find("a text with `${`"), std::string::npos);
  // A function that needs what comes after it.
  stack.resources = {
      function("A", "a"),
      resource("Flow", "ALIYUN::FNF::Flow", cloud::object({{"Name", "f"}, {"Of", cloud::GetAtt{"A", "FunctionName"}}})),
      function("B", "b")};
  stack.resources[2].properties.set("EnvironmentVariables", cloud::object({{"FLOW", cloud::GetAtt{"Flow", "Name"}}}));
  EXPECT_EQ(told(stack), "`&Flow.Name` at `EnvironmentVariables` of `ALIYUN::FC3::Function`\n");
  // More than a template of ROS holds.
  const double most = cloud::find_target("aliyun.ros").backend->catalog().fact("ros.stack.resources.max").value;
  stack.resources = {function("A", "a")};
  for (int i = 0; i <= most; ++i)
    stack.resources.push_back(resource("R" + std::to_string(i), "ALIYUN::RAM::Role", cloud::object({{"RoleName", "r"}})));
  EXPECT_NE(told(stack).find("resources of `before.yaml`"), std::string::npos);
  cloud::StackParameter parameter;
  parameter.name = "Quote";
  parameter.fallback = cloud::Value("it's");
  stack.resources = {function("A", "a")};
  stack.parameters = {parameter};
  EXPECT_NE(told(stack).find("the default"), std::string::npos);
}

using Files = std::vector<std::pair<std::string, std::string>>;

struct Back {
  SourceMap sources;
  diag::Sink sink;
  cloud::Stack stack;

  explicit Back(Files files) {
    std::vector<const SourceFile*> all;
    for (auto& [name, text] : files) all.push_back(&sources.add(name, std::move(text)));
    stack = format().read_all(all, sink);
  }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const diag::Diagnostic& d : sink.all()) out.push_back(d.code);
    return out;
  }
};

constexpr const char* kByHand = R"(
edition: 3.0.0
name: demo
access: default
vars:
  region: cn-hangzhou
  service: { name: shop }
resources:
  before_it:
    component: ros
    props: { region: "${vars.region}", name: demo-infra, template: ./infra/base.yaml, parameters: { Stage: dev } }
  hello:
    component: devsapp/fc3@0.1.22
    props:
      region: ${vars.region}
      functionName: ${vars.service.name}-hello
      description: '${this.props.functionName}'
      runtime: custom
      code: ./code
      timeout: 30
      role: ${resources.before_it.output.RoleArn}
      environmentVariables:
        KEY: ${env("API_KEY")}
        WHO: acs:ram::${config("AccountID")}:user/x
      triggers:
        - triggerName: web
          triggerType: http
          triggerConfig: { authType: anonymous, methods: [GET] }
)";

TEST(ServerlessDevsReading, WrittenByHand) {
  const Back back(Files{{"x/s.yaml", kByHand}, {"x/infra/base.yaml", R"(
ROSTemplateFormatVersion: "2015-09-01"
Parameters: { Stage: { Type: String } }
Resources: { Role: { Type: "ALIYUN::RAM::Role", Properties: { RoleName: { Ref: Stage } } } }
Outputs: { RoleArn: { Value: { "Fn::GetAtt": [Role, Arn] } } }
)"}});
  EXPECT_EQ(diag::render_text(back.sink, back.sources), "");
  EXPECT_EQ(back.stack.region, "cn-hangzhou");
  const cloud::Resource* role = back.stack.find("Role");
  ASSERT_NE(role, nullptr);
  EXPECT_EQ(*role->properties.find("RoleName"), cloud::Value("dev"));
  const auto found = std::find_if(back.stack.resources.begin(), back.stack.resources.end(),
                                  [](const cloud::Resource& r) { return r.type == "ALIYUN::FC3::Function"; });
  ASSERT_NE(found, back.stack.resources.end());
  EXPECT_EQ(*found->properties.find("FunctionName"), cloud::Value("shop-hello"));
  EXPECT_EQ(*found->properties.find("Description"), cloud::Value("shop-hello"));
  EXPECT_EQ(*found->properties.find("Role"), cloud::Value(cloud::GetAtt{"Role", "Arn"}));
  EXPECT_EQ(*found->properties.find("Timeout"), cloud::Value(30));
  EXPECT_EQ(cloud::to_text(*found->properties.find("EnvironmentVariables")),
            "{KEY: $ApiKey, WHO: \"acs:ram::\" + @account + \":user/x\"}");
  ASSERT_EQ(back.stack.parameters.size(), 1u);
  EXPECT_EQ(back.stack.parameters[0].name, "ApiKey");
}

TEST(ServerlessDevsReading, ExtendsATemplateOfTheApplication) {
  const Back back(Files{{"s.yaml", R"(
template:
  base: { timeout: 3, memorySize: 128, logConfig: { project: p, logstore: a } }
resources:
  f:
    component: fc3
    extend: { name: base, ignore: [timeout] }
    props: { functionName: f, logConfig: { logstore: b } }
)"}});
  EXPECT_EQ(diag::render_text(back.sink, back.sources), "");
  ASSERT_EQ(back.stack.resources.size(), 1u);
  EXPECT_EQ(cloud::to_text(back.stack.resources[0].properties),
            "{MemorySize: 128, LogConfig: {Project: \"p\", Logstore: \"b\"}, FunctionName: \"f\"}");
}

TEST(ServerlessDevsReading, ReportsWhatItDoesNotUnderstand) {
  using Codes = std::vector<std::string>;
  const auto read = [](const std::string& props) {
    return Back(Files{{"s.yaml", "edition: 3.0.0\nname: x\nresources:\n  f:\n    component: fc3\n    props:\n" + props}})
        .codes();
  };
  EXPECT_EQ(read("      functionName: a\n      instanceType: e1\n"), Codes{"template/key-ignored"});
  EXPECT_EQ(read("      functionName: ${vars.gone}\n"), Codes{"template/expression"});
  EXPECT_EQ(read("      functionName: ${secret('x')}\n"), Codes{"template/expression"});
  EXPECT_EQ(read("      logConfig: auto\n"), Codes{"template/key-ignored"});
  EXPECT_EQ(read("      triggers: [3]\n"), Codes{"template/shape"});
  EXPECT_EQ(read("      triggers: 3\n"), Codes{"template/shape"});
  EXPECT_EQ(Back(Files{{"s.yaml", "resources: { f: { component: website, props: { } } }"}}).codes(),
            Codes{"template/expression"});
  EXPECT_EQ(Back(Files{{"s.yaml", "resources: { b: { component: ros, props: { template: b.yaml } } }"}}).codes(),
            Codes{"template/shape"});
  EXPECT_EQ(Back(Files{{"s.yaml",
                        "vars: { a: '${vars.b}', b: '${vars.a}' }\nresources: { f: { component: fc3, props: { handler: "
                        "'${vars.a}' } } }"}})
                .codes(),
            Codes{"template/expression"});
}

}  // namespace
}  // namespace virga::aliyun::serverless_devs
