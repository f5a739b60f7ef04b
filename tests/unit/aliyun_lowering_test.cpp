#include "compiler/cloud/dump.h"
#include "compiler/cloud/references.h"
#include "tests/support/compiled.h"

#include <gtest/gtest.h>

namespace virga::aliyun {
namespace {

using cloud::to_text;
using test::Compiled;

Compiled compiled(const std::string& text) {
  Compiled out = test::compile(text, "aliyun.ros");
  EXPECT_FALSE(out.sink.has_errors()) << out.findings();
  return out;
}

std::string property(const Compiled& c, std::string_view id, std::string_view name) {
  const cloud::Resource* r = c.stack().find(id);
  if (r == nullptr) return "no " + std::string(id) + " in\n" + cloud::dump(c.stack());
  const cloud::Value* v = r->properties.find(name);
  return v == nullptr ? "no " + std::string(name) : to_text(*v);
}

constexpr const char* kFunction = R"(function sync { code = "./sync"  runtime = nodejs20 })";

TEST(AliyunLowering, AFunctionHasARoleAndALog) {
  const Compiled c = compiled(kFunction);
  EXPECT_EQ(property(c, "SyncFunction", "FunctionName"), R"("shop-default-sync")");
  EXPECT_EQ(property(c, "SyncFunction", "Runtime"), R"("nodejs20")");
  EXPECT_EQ(property(c, "SyncFunction", "MemorySize"), "512");
  EXPECT_EQ(property(c, "SyncFunction", "Cpu"), "0.15");  // the least that 512 MB allow, in steps of 0.05
  EXPECT_EQ(property(c, "SyncFunction", "Role"), "&SyncRole.Arn");
  EXPECT_NE(c.stack().find("SyncLogstoreIndex"), nullptr);
  EXPECT_EQ(c.stack().find("SyncAsyncConfig"), nullptr);
}

TEST(AliyunLowering, ReferencesAllStandAndCloseNoCircle) {
  const Compiled c = compiled(R"(
    param keep: duration = 30d
    function a { code = "./a"  runtime = nodejs20 }
    function b { code = "./b"  runtime = nodejs20 }
    queue q { }  queue lost { }  topic t { }  bucket p { expire_after = keep }  table k { partition = { name = "id" } }
    secret s { }  config g { value = "1" }  log l { }
    a ~> b
    a -> q  a -> t  a -> p.read  a -> p.write  a -> k.read  a -> k.write  a -> s.read  a -> g.read  a -> l.write
    q ~> b { batch = 5  window = 3s }  q.dead ~> lost  t ~> b  t ~> q  p.created ~> b { prefix = "in/" }  p.removed ~> q
    b.failure ~> lost  b.success ~> done  queue done { })");
  EXPECT_TRUE(cloud::dangling(c.stack()).empty());
  EXPECT_TRUE(cloud::find_circle(c.stack()).empty());
}

TEST(AliyunLowering, AnAsynchronousEdgeSetsTheFunctionsOwnRetries) {
  const Compiled c = compiled(std::string(kFunction) + R"(
    function hook { code = "./hook"  runtime = nodejs20 }
    hook ~> sync)");
  EXPECT_EQ(property(c, "SyncAsyncConfig", "MaxAsyncRetryAttempts"), "2");
  EXPECT_EQ(property(c, "SyncAsyncConfig", "MaxAsyncEventAgeInSeconds"), "21600");
  EXPECT_EQ(property(c, "HookFunction", "EnvironmentVariables"), R"({SYNC_FUNCTION_NAME: "shop-default-sync"})");
  EXPECT_NE(property(c, "HookRole", "Policies").find("fc:InvokeFunction"), std::string::npos);
  EXPECT_EQ(property(c, "SyncRole", "Policies").find("fc:InvokeFunction"), std::string::npos);
}

TEST(AliyunLowering, AQueuesDeadLettersAreThoseOfItsTriggersToo) {
  const Compiled c = compiled(std::string(kFunction) + R"(
    queue orders { }  queue lost { }
    orders ~> sync { batch = 7 }
    orders.dead ~> lost { after = 3 })");
  const std::string config = property(c, "OrdersToSyncTrigger", "TriggerConfig");
  EXPECT_NE(config.find(R"(sourceMNSParameters: {RegionId: @region, QueueName: &OrdersQueue.QueueName)"), std::string::npos)
      << config;
  EXPECT_NE(config.find(R"(errorsTolerance: "ALL")"), std::string::npos) << config;
  EXPECT_NE(config.find(R"(PushRetryStrategy: "BACKOFF_RETRY")"), std::string::npos) << config;
  EXPECT_NE(config.find("/queues/"), std::string::npos) << config;
  EXPECT_NE(config.find("CountBasedWindow: 7"), std::string::npos) << config;
  EXPECT_EQ(property(c, "OrdersQueue", "DlqPolicy"),
            R"({Enabled: true, DeadLetterTargetQueue: &LostQueue.QueueName, MaxReceiveCount: 3})");
}

TEST(AliyunLowering, RemovalsAreSingleEvents) {
  const Compiled c = compiled(std::string(kFunction) + "bucket pages { } pages.removed ~> sync");
  EXPECT_NE(property(c, "PagesRemovedToSyncTrigger", "TriggerConfig").find("oss:ObjectRemoved:DeleteObjects"),
            std::string::npos);
  EXPECT_EQ(property(c, "PagesRemovedToSyncTrigger", "InvocationRole"), "&PagesInvokerRole.Arn");
  EXPECT_EQ(c.stack().find("PagesBucket")->on_removal, cloud::OnRemoval::keep);
}

TEST(AliyunLowering, AGatewayWithADomainAndPlainPathsIsNone) {
  const std::string rest = std::string(kFunction) + R"(
    gateway public { domain = { name = "www.example.com" }  GET "/a" -> sync  POST "/a" -> sync  GET "/b/{rest*}" -> sync )";
  const Compiled plain = compiled(rest + "}");
  EXPECT_EQ(plain.decision("public")->strategy, "fc_custom_domain");
  EXPECT_NE(
      property(plain, "PublicDomain", "RouteConfig")
          .find(R"(Path: "/a", FunctionName: &SyncFunction.FunctionName, Qualifier: "LATEST", Methods: ["GET", "POST"])"),
      std::string::npos)
      << property(plain, "PublicDomain", "RouteConfig");
  const Compiled parameters = compiled(rest + R"(GET "/c/{id}" -> sync })");
  EXPECT_EQ(parameters.decision("public")->strategy, "api_gateway");
  EXPECT_NE(property(parameters, "PublicGetCIdToSyncApi", "RequestConfig").find(R"(RequestPath: "/c/[id]")"),
            std::string::npos);
  EXPECT_NE(
      property(parameters, "PublicGetCIdToSyncApi", "RequestParameters").find(R"(ApiParameterName: "id", Location: "PATH")"),
      std::string::npos);
}

TEST(AliyunLowering, ThrottlingCountsByTheMinuteAndSaysSo) {
  const Compiled c = compiled(std::string(kFunction) + R"(gateway public { throttle = 50rps  GET "/" -> sync })");
  EXPECT_EQ(property(c, "PublicTraffic", "ApiDefault"), "3000");
  EXPECT_EQ(c.decision("public")->fidelity, catalog::Fidelity::degraded);
  EXPECT_NE(c.decision("public")->change.find("3000"), std::string::npos);
}

TEST(AliyunLowering, AParameterOfAnotherUnitIsConvertedAtDeployment) {
  const Compiled c = compiled(
      "param keep: duration = 30d { min = 1d }  bucket pages { expire_after = keep }  queue q { retention = keep }");
  EXPECT_NE(property(c, "PagesBucket", "LifecycleConfiguration").find(R"(Fn::Calculate(["{0} / 86400", 0, [$Keep]]))"),
            std::string::npos);
  EXPECT_EQ(property(c, "QQueue", "MessageRetentionPeriod"), "$Keep");
  ASSERT_EQ(c.stack().parameters.size(), 1u);
  EXPECT_EQ(c.stack().parameters.front().min, 86400);
  EXPECT_EQ(to_text(*c.stack().parameters.front().fallback), "2592000");
}

TEST(AliyunLowering, AChoiceAtDeploymentIsACondition) {
  const Compiled c = compiled(R"(param size: string = "small"
    queue q { visibility = if size == "small" then 30s else 2m })");
  EXPECT_EQ(c.stack().conditions.size(), 1u);
  EXPECT_NE(property(c, "QQueue", "VisibilityTimeout").find("then 30 else 120"), std::string::npos);
}

TEST(AliyunLowering, ADiskBetweenTheSizesIsTheLargerOne) {
  const Compiled c = compiled(R"(function f { code = "./f"  runtime = nodejs20  disk = 2GB })");
  EXPECT_EQ(property(c, "FFunction", "DiskSize"), "10240");
  EXPECT_EQ(c.decision("f")->fidelity, catalog::Fidelity::emulated);
}

TEST(AliyunLowering, StateStandsAtHomeAndIsAddressedByName) {
  const Compiled c = compiled(R"(app shop { on aliyun { regions = [cn_hangzhou, ap_southeast_1] } }
    function f { code = "./f"  runtime = nodejs20 }
    table k { partition = { name = "id" } }
    f -> k.read)");
  ASSERT_EQ(c.stacks.size(), 2u);
  EXPECT_EQ(c.stacks[0].region, "cn-hangzhou");
  EXPECT_NE(c.stacks[0].lowered.stack.find("KTable"), nullptr);
  const cloud::Stack& far = c.stacks[1].lowered.stack;
  EXPECT_EQ(far.find("KTable"), nullptr);
  const std::string environment = to_text(*far.find("FFunction")->properties.find("EnvironmentVariables"));
  EXPECT_NE(environment.find(R"(K_TABLE_NAME: "shop__default__k")"), std::string::npos) << environment;
  EXPECT_NE(environment.find(R"(K_REGION: "cn-hangzhou")"), std::string::npos) << environment;
  EXPECT_TRUE(cloud::dangling(far).empty());
}

TEST(AliyunLowering, RolesOfTwoRegionsAreTwo) {
  const Compiled c = compiled(R"(app shop { on aliyun { regions = [cn_hangzhou, ap_southeast_1] } }
    function f { code = "./f"  runtime = nodejs20 })");
  EXPECT_NE(to_text(*c.stacks[0].lowered.stack.find("FRole")->properties.find("RoleName")),
            to_text(*c.stacks[1].lowered.stack.find("FRole")->properties.find("RoleName")));
}

TEST(AliyunLowering, AnEdgeWithoutARowIsAnErrorThatSaysWhatIsPossible) {
  const Compiled c = test::compile("schedule s { every = 5m }  queue q { }  s ~> q", "aliyun.ros");
  ASSERT_TRUE(c.reports("target/edge-impossible")) << c.findings();
  EXPECT_NE(c.findings().find("put a function in between"), std::string::npos) << c.findings();
}

TEST(AliyunRos, ReadingATemplateGivesTheSameStack) {
  const Compiled c = compiled(R"(param keep: duration = 30d
    param token: secret
    function f { code = "./f"  runtime = nodejs20  environment = { A = "no"  B = "012"  C = "\${x}"  D = "1e3"  E = "2026-01-01" } }
    secret s { value = token }
    bucket p { expire_after = keep }
    gateway g { cors = { origins = ["*"] }  GET "/{id}" -> f }
    f -> s.read
    resource aliyun "ALIYUN::MNS::Topic" raw { TopicName = "t-${p.name}" }
    output where = "https://${p.name}/")");
  SourceMap sources;
  diag::Sink sink;
  const cloud::Format& format = *c.stacks.front().target.format;
  const SourceFile& file = sources.add("template.yaml", format.emit(c.stack(), "").at("template.yaml"));
  EXPECT_EQ(cloud::difference(c.stack(), format.read(file, sink)), "");
  EXPECT_TRUE(sink.all().empty());
}

}  // namespace
}  // namespace virga::aliyun
