// Terraform: words of the name tables that look past one property: which row, what is left to others, what stands beside it,
// what a stack of the engine makes.
#include "compiler/cloud/backend.h"
#include "compiler/cloud/dump.h"
#include "compiler/diagnostics/render.h"

#include <gtest/gtest.h>

namespace virga::terraform {
namespace {

using cloud::object;
using cloud::Value;
using cloud::Values;

const cloud::Format& format_of(std::string_view target) { return *cloud::find_target(target).format; }

cloud::Stack stack_of(std::string_view cloud, std::vector<cloud::Resource> resources) {
  cloud::Stack stack;
  stack.cloud = cloud;
  stack.resources = std::move(resources);
  return stack;
}

/// What is not said, for want of words.
std::vector<std::string> refused(std::string_view target, const cloud::Stack& stack) {
  std::vector<std::string> out;
  for (const cloud::Unsaid& u : format_of(target).unsaid(stack)) {
    if (u.fidelity == catalog::Fidelity::impossible) out.push_back(u.what);
  }
  return out;
}

/// The blocks with single blanks: the layout lines `=` up.
std::string written(std::string_view target, const cloud::Stack& stack) {
  std::string out;
  const cloud::Files files = format_of(target).emit(stack, "");
  for (const char c : files.at("main.tf")) {
    if (c != ' ' || out.empty() || out.back() != ' ') out += c;
  }
  return out;
}

struct Back {
  SourceMap sources;
  diag::Sink sink;
  cloud::Stack stack;

  Back(std::string_view target, std::string text) {
    stack = format_of(target).read(sources.add("main.tf", std::move(text)), sink);
  }
  [[nodiscard]] std::string findings() const { return diag::render_text(sink, sources); }
};

/// What is written is read back as the same stack, in both syntaxes.
void expect_back(std::string_view target, const cloud::Stack& stack) {
  const Back back(target, format_of(target).emit(stack, "").at("main.tf"));
  EXPECT_EQ(back.findings(), "");
  EXPECT_EQ(cloud::difference(stack, back.stack), "");
  SourceMap sources;
  diag::Sink sink;
  const SourceFile& json = sources.add("main.tf.json", format_of(target).emit_json(stack, "").at("main.tf.json"));
  EXPECT_EQ(cloud::difference(stack, format_of(target).read(json, sink)), "");
  EXPECT_EQ(diag::render_text(sink, sources), "");
}

void expect_parts(const std::string& text, std::initializer_list<const char*> parts) {
  for (const char* part : parts) EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
}

// ---- having

cloud::Stack instances() {
  return stack_of(
      "aws", {{.id = "Group",
               .type = "AWS::RDS::DBCluster",
               .properties = object({{"Engine", "aurora-mysql"}}),
               .on_removal = cloud::OnRemoval::remove,
               .on_replace = cloud::OnRemoval::remove},
              {.id = "Part",
               .type = "AWS::RDS::DBInstance",
               .properties = object({{"DBClusterIdentifier", cloud::Ref{"Group"}}, {"DBInstanceClass", "db.serverless"}})},
              {.id = "Alone",
               .type = "AWS::RDS::DBInstance",
               .properties = object({{"DBInstanceClass", "db.t4g.micro"}, {"AllocatedStorage", "20"}}),
               .on_removal = cloud::OnRemoval::snapshot,
               .on_replace = cloud::OnRemoval::snapshot},
              {.id = "Keeper",
               .type = "AWS::SSM::Parameter",
               .properties = object({{"Name", "a"},
                                     {"Type", "String"},
                                     {"Value", cloud::concat({cloud::GetAtt{"Part", "Endpoint.Address"}, " ",
                                                              cloud::GetAtt{"Alone", "Endpoint.Address"}, " ",
                                                              cloud::GetAtt{"Alone", "MasterUserSecret.SecretArn"}})}})}});
}

TEST(TerraformTable, APropertyChoosesTheRow) {
  const cloud::Stack stack = instances();
  EXPECT_EQ(refused("aws.terraform", stack), std::vector<std::string>());
  expect_parts(written("aws.terraform", stack),
               {"resource \"aws_rds_cluster_instance\" \"part\"", "resource \"aws_db_instance\" \"alone\"",
                "final_snapshot_identifier = \"alone-last\"", "${aws_rds_cluster_instance.part.endpoint}",
                "${aws_db_instance.alone.address}", "${aws_db_instance.alone.master_user_secret[0].secret_arn}"});
  expect_back("aws.terraform", stack);
}

TEST(TerraformTable, EachRowHasItsOwnProperties) {
  cloud::Stack stack = instances();
  stack.find("Part")->properties.set("AllocatedStorage", "20");
  EXPECT_EQ(refused("aws.terraform", stack),
            std::vector<std::string>{"the property `AllocatedStorage` of `AWS::RDS::DBInstance`"});
}

// ---- left_to

cloud::Stack scaled() {
  return stack_of("aws",
                  {{.id = "Shop", .type = "AWS::ECS::Service", .properties = object({{"ServiceName", "shop"}})},
                   {.id = "Scale",
                    .type = "AWS::ApplicationAutoScaling::ScalableTarget",
                    .properties = object({{"ServiceNamespace", "ecs"},
                                          {"ScalableDimension", "ecs:service:DesiredCount"},
                                          {"ResourceId", cloud::concat({"service/all/", cloud::GetAtt{"Shop", "Name"}})},
                                          {"MinCapacity", 2},
                                          {"MaxCapacity", 4}})},
                   {.id = "Scaling",
                    .type = "AWS::ApplicationAutoScaling::ScalingPolicy",
                    .properties = object({{"PolicyName", "shop"}, {"ScalingTargetId", cloud::Ref{"Scale"}}})}});
}

TEST(TerraformTable, WhatAnotherResourceSetsIsLeftToIt) {
  cloud::Stack stack = scaled();
  EXPECT_EQ(refused("aws.terraform", stack), std::vector<std::string>());
  expect_parts(written("aws.terraform", stack), {"desired_count = 1\n", "ignore_changes = [desired_count]",
                                                 "resource_id = aws_appautoscaling_target.scale.resource_id",
                                                 "scalable_dimension = aws_appautoscaling_target.scale.scalable_dimension",
                                                 "service_namespace = aws_appautoscaling_target.scale.service_namespace"});
  expect_back("aws.terraform", stack);
  // A number that is said is meant.
  stack.find("Shop")->properties.set("DesiredCount", 1);
  EXPECT_EQ(written("aws.terraform", stack).find("ignore_changes"), std::string::npos);
  expect_back("aws.terraform", stack);
  // A service alone is left to nobody.
  stack = stack_of("aws", {scaled().resources.front()});
  EXPECT_EQ(written("aws.terraform", stack).find("desired_count"), std::string::npos);
  expect_back("aws.terraform", stack);
}

TEST(TerraformTable, OnlyWhatIsLeftToAnotherMayChange) {
  const std::string service = "resource \"aws_ecs_service\" \"shop\" {\n  name = \"shop\"\n  desired_count = ";
  const std::string target =
      "resource \"aws_appautoscaling_target\" \"scale\" {\n  resource_id = aws_ecs_service.shop.name\n}\n";
  const auto changes = [](const char* which) {
    return "\n  lifecycle {\n    ignore_changes = [" + std::string(which) + "]\n  }\n}\n";
  };
  EXPECT_TRUE(Back("aws.terraform", service + "1" + changes("desired_count") + target).sink.all().empty());
  for (const std::string& text :
       {service + "1" + changes("desired_count"), service + "7" + changes("desired_count") + target,
        service + "1" + changes("name") + target, service + "1" + changes("desired_count, name") + target}) {
    const Back back("aws.terraform", text);
    ASSERT_EQ(back.sink.all().size(), 1u) << text << back.findings();
    EXPECT_EQ(back.sink.all().front().code, "template/key-ignored");
  }
}

TEST(TerraformTable, ATargetOfScalingIsAReferenceOrNothing) {
  cloud::Stack stack = scaled();
  stack.find("Scaling")->properties.set("ScalingTargetId", "service/a/b|ecs:service:DesiredCount|ecs");
  EXPECT_EQ(refused("aws.terraform", stack).size(), 1u);
}

// ---- pivot, each

TEST(TerraformTable, APivotLeadsIntoBlocks) {
  const cloud::Stack stack = stack_of(
      "aws", {{.id = "Doors",
               .type = "AWS::ElasticLoadBalancingV2::TargetGroup",
               .properties = object(
                   {{"TargetGroupAttributes", Values{object({{"Key", "slow_start.duration_seconds"}, {"Value", "30"}}),
                                                     object({{"Key", "stickiness.enabled"}, {"Value", "true"}}),
                                                     object({{"Key", "stickiness.type"}, {"Value", "lb_cookie"}})}}})}});
  EXPECT_EQ(refused("aws.terraform", stack), std::vector<std::string>());
  expect_parts(written("aws.terraform", stack),
               {"slow_start = \"30\"", "stickiness {\n enabled = \"true\"\n type = \"lb_cookie\"\n }"});
  expect_back("aws.terraform", stack);
}

TEST(TerraformTable, AListOfAFewIsAnArgumentForEach) {
  const auto with = [](std::vector<const char*> zones) {
    Values list;
    for (const char* zone : zones) list.emplace_back(zone);
    return stack_of("aliyun", {{.id = "Books",
                                .type = "ALIYUN::RDS::DBInstance",
                                .properties = object({{"Engine", "MySQL"},
                                                      {"DBInstanceNetType", "Intranet"},
                                                      {"InstanceNetworkType", "VPC"},
                                                      {"SlaveZoneIds", std::move(list)}})}});
  };
  expect_parts(written("aliyun.terraform", with({"b", "c"})), {"zone_id_slave_a = \"b\"", "zone_id_slave_b = \"c\""});
  for (const cloud::Stack& stack : {with({"b"}), with({"b", "c"})}) {
    const Back back("aliyun.terraform", format_of("aliyun.terraform").emit(stack, "").at("main.tf"));
    EXPECT_EQ(back.findings(), "");
    EXPECT_EQ(*back.stack.find("Books")->properties.find("SlaveZoneIds"),
              *stack.find("Books")->properties.find("SlaveZoneIds"));
  }
  EXPECT_EQ(refused("aliyun.terraform", with({"b", "c", "d"})).size(), 1u);
  const Back gap("aliyun.terraform", "resource \"alicloud_db_instance\" \"books\" {\n  zone_id_slave_b = \"c\"\n}\n");
  EXPECT_EQ(gap.sink.all().size(), 1u) << gap.findings();
}

// ---- implied, unless

cloud::Stack delivering(std::string_view type, bool from_a_stream) {
  cloud::Object p = object({{"DeliveryStreamName", "clicks"}, {"DeliveryStreamType", type}});
  if (from_a_stream)
    p.set("KinesisStreamSourceConfiguration", object({{"KinesisStreamARN", "arn:a"}, {"RoleARN", "arn:b"}}));
  return stack_of("aws", {{.id = "Clicks", .type = "AWS::KinesisFirehose::DeliveryStream", .properties = std::move(p)}});
}

TEST(TerraformTable, WhatIsImpliedDependsOnWhatStandsBesideIt) {
  for (const cloud::Stack& stack : {delivering("DirectPut", false), delivering("KinesisStreamAsSource", true)}) {
    EXPECT_EQ(refused("aws.terraform", stack), std::vector<std::string>());
    expect_back("aws.terraform", stack);
  }
  EXPECT_EQ(refused("aws.terraform", delivering("DirectPut", true)).size(), 1u);
  EXPECT_EQ(refused("aws.terraform", delivering("KinesisStreamAsSource", false)).size(), 1u);
}

TEST(TerraformTable, WhatCannotStandBesideAnotherIsNotReadBesideIt) {
  const auto custom = object({{"OriginProtocolPolicy", "https-only"}, {"OriginSSLProtocols", Values{"TLSv1.2"}}});
  const auto files = object({{"OriginAccessIdentity", ""}});
  const auto with = [](cloud::Object origin) {
    return stack_of("aws",
                    {{.id = "Front",
                      .type = "AWS::CloudFront::Distribution",
                      .properties = object({{"DistributionConfig", object({{"Origins", Values{std::move(origin)}}})}})}});
  };
  for (const cloud::Stack& stack : {with(object({{"Id", "a"}, {"S3OriginConfig", files}})),
                                    with(object({{"Id", "b"}, {"CustomOriginConfig", custom}}))}) {
    EXPECT_EQ(refused("aws.terraform", stack), std::vector<std::string>());
    expect_back("aws.terraform", stack);
  }
  EXPECT_EQ(refused("aws.terraform", with(object({{"Id", "c"}, {"S3OriginConfig", files}, {"CustomOriginConfig", custom}})))
                .size(),
            1u);
}

// ---- nested_when

cloud::Stack waiting(std::int64_t seconds) {
  return stack_of(
      "aliyun", {{.id = "Sync", .type = "ALIYUN::FC3::Function", .properties = object({{"FunctionName", "sync"}})},
                 {.id = "Ages",
                  .type = "ALIYUN::FC3::AsyncInvokeConfig",
                  .properties = object(
                      {{"FunctionName", cloud::GetAtt{"Sync", "FunctionName"}}, {"MaxAsyncEventAgeInSeconds", seconds}})}});
}

TEST(TerraformTable, OnlyANumberAboveThatOfTheTableNeedsAStackOfTheEngine) {
  const std::string day = written("aliyun.terraform", waiting(86400));
  expect_parts(day, {"resource \"alicloud_fcv3_async_invoke_config\"", "max_async_event_age_in_seconds = 86400"});
  EXPECT_EQ(day.find("alicloud_ros_stack"), std::string::npos) << day;
  const std::string longer = written("aliyun.terraform", waiting(86401));
  expect_parts(longer, {"resource \"alicloud_ros_stack\"", "MaxAsyncEventAgeInSeconds = 86401",
                        "FunctionName = alicloud_fcv3_function.sync.function_name"});
  EXPECT_EQ(longer.find("alicloud_fcv3_async_invoke_config"), std::string::npos) << longer;
  for (const std::int64_t seconds : {86400, 86401}) {
    EXPECT_EQ(refused("aliyun.terraform", waiting(seconds)), std::vector<std::string>());
    expect_back("aliyun.terraform", waiting(seconds));
  }
}

}  // namespace
}  // namespace virga::terraform
