// Terraform: names that go both ways, constraints, and what is not understood.
#include "backends/terraform/functions.h"
#include "backends/terraform/hcl/print.h"
#include "backends/terraform/names.h"
#include "compiler/cloud/backend.h"
#include "compiler/cloud/dump.h"
#include "tests/support/compiled.h"

#include <gtest/gtest.h>

#include <set>

namespace virga::terraform {
namespace {

TEST(TerraformNames, GoBothWaysAndNeverCollide) {
  std::set<std::string> names, variables;
  const std::vector<std::string> ids = {
      "Sync",   "SyncRole", "SYNC",  "Sync_role", "Sync_Role", "sync",   "syncRole", "Sync__Role", "_Sync",
      "URL",    "Url",      "U_R_L", "A1",        "A_1",       "1a",     "Version",  "Version_",   "Version__",
      "Source", "version",  "Count", "X-y",       "X-Y",       "ABTest", "AbTest",   "Abtest"};
  for (const std::string& id : ids) {
    EXPECT_EQ(to_id(to_name(id)), id) << to_name(id);
    EXPECT_EQ(from_variable(to_variable(id)), id) << to_variable(id);
    EXPECT_TRUE(names.insert(to_name(id)).second) << id;
    EXPECT_TRUE(variables.insert(to_variable(id)).second) << id;
    EXPECT_TRUE(hcl::is_identifier(to_name(id))) << to_name(id);
  }
  EXPECT_EQ(to_name("OrdersQueue"), "orders_queue");
  EXPECT_EQ(to_variable("Version"), "version_");
}

TEST(TerraformCalculations, GoBothWaysOrAreRefused) {
  const std::optional<hcl::Expr> made = calculate("{0} / 60", 2, {hcl::path("var.wait")});
  ASSERT_TRUE(made);
  EXPECT_EQ(hcl::print(*made), "tonumber(format(\"%.2f\", var.wait / 60))");
  const std::optional<Calculation> back = calculation(*made);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->formula, "{0} / 60");
  EXPECT_EQ(back->digits, 2);
  EXPECT_FALSE(calculate("{0} ** 2", 0, {hcl::path("var.wait")}));
  EXPECT_FALSE(calculate("{1} / 60", 0, {hcl::path("var.wait")}));
}

struct Back {
  SourceMap sources;
  diag::Sink sink;
  cloud::Stack stack;

  explicit Back(std::string text, std::string_view target = "aws.terraform") {
    const SourceFile& source = sources.add("main.tf", std::move(text));
    stack = cloud::find_target(target).format->read(source, sink);
  }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const diag::Diagnostic& d : sink.all()) out.push_back(d.code);
    return out;
  }
  [[nodiscard]] std::string findings() const { return diag::render_text(sink, sources); }
};

using Codes = std::vector<std::string>;

TEST(TerraformReading, WrittenByHandInAnotherOrder) {
  const Back back(R"(
    resource "aws_sqs_queue" "lost" { name = "lost" }
    resource "aws_sqs_queue" "box" {
      tags = { b = 1 }
      redrive_policy = jsonencode({ maxReceiveCount = 3, deadLetterTargetArn = aws_sqs_queue.lost.arn })
      name = "box-${var.stage}"
      depends_on = [aws_sqs_queue.lost]
    }
    variable "stage" {
      validation {
        error_message = "No."
        condition = contains(["a", "b"], var.stage)
      }
    }
  )");
  EXPECT_EQ(back.findings(), "");
  EXPECT_EQ(cloud::dump(back.stack), R"(stack aws

parameter Stage: String
  allowed: ["a", "b"]

resource Lost: AWS::SQS::Queue
  QueueName: "lost"

resource Box: AWS::SQS::Queue
  (after: Lost)
  Tags:
    -
      Key: "b"
      Value: 1
  RedrivePolicy:
    maxReceiveCount: 3
    deadLetterTargetArn: &Lost.Arn
  QueueName: "box-" + $Stage
)");
}

TEST(TerraformReading, WhatIsNotUnderstoodIsReported) {
  EXPECT_EQ(Back("resource \"aws_sqs_queue\" \"q\" {\n  colour = 1\n}\n").codes(), Codes{"template/key-ignored"});
  EXPECT_EQ(Back("resource \"aws_sqs_queue\" \"q\" {\n  timeouts {}\n}\n").codes(), Codes{"template/key-ignored"});
  EXPECT_EQ(Back("resource \"aws_nothing\" \"q\" {}\n").codes(), Codes{"template/key-ignored"});
  EXPECT_EQ(Back("resource \"aws_sqs_queue\" \"q\" {\n  lifecycle {\n    ignore_changes = [name]\n  }\n}\n").codes(),
            Codes{"template/key-ignored"});
  EXPECT_EQ(Back("resource \"aws_iam_role_policy_attachment\" \"p\" {\n  role = \"r\"\n}\n").codes(),
            Codes{"template/key-ignored"});
  EXPECT_EQ(Back("data \"aws_vpc\" \"v\" {}\n").codes(), Codes{"template/key-ignored"});
  EXPECT_EQ(Back("module \"m\" {\n  source = \"./m\"\n}\n").codes(), Codes{"template/section-ignored"});
  EXPECT_EQ(Back("provider \"aws\" {\n  profile = \"x\"\n}\n").codes(), Codes{"template/key-ignored"});
  EXPECT_EQ(Back("variable \"v\" {\n  type = map(string)\n}\n").codes(), Codes{"template/shape"});
  EXPECT_EQ(Back("variable \"v\" {\n  validation {\n    condition = var.v != 1\n  }\n}\n").codes(),
            Codes{"template/key-ignored"});
  EXPECT_EQ(Back("resource \"aws_sqs_queue\" \"q\" {}\nresource \"aws_sqs_queue\" \"q\" {}\n").codes(),
            Codes{"template/duplicate-key"});
  for (const char* value :
       {"[for a in b : a]", "aws_sqs_queue.gone.arn", "aws_sqs_queue.q.tags_all", "upper(\"a\")", "a[*].b", "-var.x",
        "local.nothing", "var.a ? 1 : 2", "each.key", "\"%{ if a }b\"", "1 + 2", "data.aws_region.other.name"}) {
    EXPECT_EQ(Back("resource \"aws_sqs_queue\" \"q\" {\n  name = " + std::string(value) + "\n}\n").codes(),
              Codes{"template/expression"})
        << value;
  }
}

TEST(TerraformWriting, SecretsAreSensitive) {
  const test::Compiled made = test::compile(R"(
    param token: secret
    secret keep { value = token }
  )",
                                            "aws.terraform");
  ASSERT_FALSE(made.stacks.empty()) << made.findings();
  const std::string& variables = made.stacks.front().files.at("variables.tf");
  EXPECT_NE(variables.find("sensitive = true"), std::string::npos) << variables;
}

cloud::Stack with_a_gateway() {
  using cloud::GetAtt;
  cloud::Stack stack;
  stack.cloud = "aliyun";
  stack.name = "shop-prod";
  stack.parameters.push_back({.name = "Key", .secret = true});
  stack.parameters.push_back({.name = "Stage"});
  stack.resources.push_back(
      {.id = "Group", .type = "ALIYUN::ApiGateway::Group", .properties = cloud::object({{"GroupName", "shop"}})});
  stack.resources.push_back(
      {.id = "Record",
       .type = "ALIYUN::DNS::DomainRecord",
       .properties =
           cloud::object({{"DomainName", "a.b"}, {"RR", "x"}, {"Type", "CNAME"}, {"Value", GetAtt{"Group", "SubDomain"}}})});
  stack.resources.push_back(
      {.id = "Api",
       .type = "ALIYUN::ApiGateway::Api",
       .properties = cloud::object({{"GroupId", GetAtt{"Group", "GroupId"}}, {"ApiName", cloud::Parameter{"Stage"}}})});
  stack.resources.push_back(
      {.id = "Domain",
       .type = "ALIYUN::ApiGateway::CustomDomain",
       .properties = cloud::object({{"DomainName", cloud::concat({"x-", GetAtt{"Group", "SubDomain"}, GetAtt{"Api", "ApiId"},
                                                                  "/", cloud::Ref{"Api"}})},
                                    {"CertificatePrivateKey", cloud::Parameter{"Key"}}}),
       .depends_on = {"Api", "Record"},
       .on_removal = cloud::OnRemoval::keep});
  return stack;
}

TEST(TerraformWriting, AStackOfTheEngineMakesWhatTheProviderCannot) {
  const cloud::Format& format = *cloud::find_target("aliyun.terraform").format;
  const cloud::Stack stack = with_a_gateway();
  std::set<std::string> who;
  for (const cloud::Unsaid& u : format.unsaid(stack)) {
    EXPECT_EQ(u.fidelity, catalog::Fidelity::emulated) << u.what;
    who.insert(u.resource);
  }
  EXPECT_EQ(who, (std::set<std::string>{"Api", "Domain"}));
  const std::string text = format.emit(stack, "").at("main.tf");
  for (const char* part :
       {"stack_name = \"shop-prod\"", "GroupId = alicloud_api_gateway_group.group.id", "NoEcho = true", "Ref = \"Key\"",
        "\"Fn::Join\" = [", "\"x-${alicloud_api_gateway_group.group.sub_domain}\",", "parameter_value = var.key",
        "\"virga:after\" = [alicloud_alidns_record.record.id]", "DependsOn = [\"Api\"]", "DeletionPolicy = \"Retain\""}) {
    std::string even;  // the formatter lines `=` up
    for (const char c : text) {
      if (c != ' ' || even.empty() || even.back() != ' ') even += c;
    }
    EXPECT_NE(even.find(part), std::string::npos) << part << " is not in\n" << text;
  }
  EXPECT_EQ(text.find("var.key", text.find("var.key") + 1), std::string::npos) << "the secret stands in the template:\n"
                                                                               << text;
  std::string all;
  for (const auto& [name, bytes] : format.emit(stack, "")) all += bytes;
  const Back back(all, "aliyun.terraform");
  EXPECT_EQ(back.findings(), "");
  EXPECT_EQ(cloud::difference(stack, back.stack), "");
  EXPECT_EQ(format.emit(back.stack, ""), format.emit(stack, ""));
}

TEST(TerraformWriting, NothingOutsideRefersIntoAStackOfTheEngine) {
  const cloud::Format& format = *cloud::find_target("aliyun.terraform").format;
  const auto refused = [&](const cloud::Stack& stack) {
    std::size_t count = 0;
    for (const cloud::Unsaid& u : format.unsaid(stack)) count += u.fidelity == catalog::Fidelity::impossible ? 1 : 0;
    return count;
  };
  cloud::Stack stack = with_a_gateway();
  EXPECT_EQ(refused(stack), 0u);
  stack.outputs.push_back({.name = "Id", .value = cloud::GetAtt{"Api", "ApiId"}});
  EXPECT_EQ(refused(stack), 1u);
  stack.find("Record")->depends_on = {"Api"};
  EXPECT_EQ(refused(stack), 2u);
  stack.find("Api")->properties.set(
      "Description", Box<cloud::Call>(cloud::Call{"Fn::Select", cloud::Values{0, cloud::Values{cloud::Ref{"Domain"}}}}));
  EXPECT_EQ(refused(stack), 3u);
}

TEST(TerraformWriting, ExportsAndConditionsHaveNoWords) {
  const cloud::Format& format = *cloud::find_target("aws.terraform").format;
  cloud::Stack stack;
  stack.cloud = "aws";
  stack.resources.push_back({.id = "Q", .type = "AWS::SQS::Queue", .condition = "IsProd"});
  stack.resources.push_back({.id = "R",
                             .type = "AWS::SQS::Queue",
                             .on_removal = cloud::OnRemoval::snapshot,
                             .on_replace = cloud::OnRemoval::snapshot});
  stack.resources.push_back({.id = "S", .type = "AWS::SQS::Queue", .metadata = cloud::object({{"a", 1}})});
  stack.resources.push_back(
      {.id = "T", .type = "AWS::SQS::Queue", .properties = cloud::object({{"QueueName", cloud::Pseudo::stack_name}})});
  stack.resources.push_back({.id = "U", .type = "AWS::SQS::Queue", .depends_on = {"Nobody"}});
  stack.outputs.push_back({.name = "O", .value = "x", .export_name = "shared"});
  stack.outputs.push_back({.name = "P", .value = cloud::GetAtt{"Q", "Colour"}});
  stack.parameters.push_back({.name = "L", .type = "List<Number>"});
  EXPECT_EQ(format.unsaid(stack).size(), 8u);
}

}  // namespace
}  // namespace virga::terraform
