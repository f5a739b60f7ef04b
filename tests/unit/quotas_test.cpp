// The numbers of an account, from their file to the facts that code asks for.
#include "compiler/driver/compile.h"
#include "tests/support/compiled.h"

#include <gtest/gtest.h>

namespace virga::driver {
namespace {

struct Read {
  SourceMap sources;
  diag::Sink sink;
  Catalogs catalogs;

  explicit Read(const std::string& yaml) {
    const SourceFile& file = sources.add("quotas.yaml", yaml);
    catalogs = resolve_catalogs({&file, nullptr, nullptr}, sources, sink);
  }
  const catalog::Catalog& aws() const { return catalogs.of(*cloud::find_backend("aws")); }
  std::string codes() const {
    std::string out;
    for (const diag::Diagnostic& d : sink.all()) {
      out += (out.empty() ? "" : " ") + d.code;
      if (d.span.known()) out += ":" + std::to_string(sources.locate(d.span.file, d.span.begin).line);
    }
    return out;
  }
};

TEST(Quotas, StandInPlaceOfTheVendorsNumbers) {
  const Read read("aws:\n  lambda.concurrency.account.default: 5000\n  sqs.receive_wait: {max: 30s}\n");
  EXPECT_EQ(read.aws().fact("lambda.concurrency.account.default").value, 5000);
  EXPECT_EQ(
      catalog::cite(read.aws().fact("lambda.concurrency.account.default")).find("your quotas.yaml:2, instead of 1000 "), 0u);
  EXPECT_EQ(read.aws().fact("sqs.receive_wait").min, 0) << "what is left out stays";
  EXPECT_EQ(read.aws().fact("sqs.receive_wait").max, 30);
  EXPECT_EQ(read.codes(), "quotas/hard:3");
  // Nobody else sees them, and the catalogue itself is as it was.
  EXPECT_EQ(cloud::find_backend("aws")->catalog().fact("lambda.concurrency.account.default").value, 1000);
}

TEST(Quotas, AreSeenByWhatRunsWhileTheyAreInUse) {
  const Read read("aws: {lambda.concurrency.account.default: 7}\n");
  const auto now = [] { return cloud::find_backend("aws")->catalog().fact("lambda.concurrency.account.default").value; };
  EXPECT_EQ(now(), 1000);
  {
    const catalog::Use facts(read.catalogs.laid());
    EXPECT_EQ(now(), 7);
    {
      const catalog::Use nothing(std::span<const catalog::Catalog* const>{});
      EXPECT_EQ(now(), 1000);
    }
    EXPECT_EQ(now(), 7);
  }
  EXPECT_EQ(now(), 1000);
}

TEST(Quotas, RulesOfNamesFollowTheirFacts) {
  const Read read("aws: {lambda.function_name.length.max: 32}\n");
  EXPECT_EQ(read.aws().name_rule("AWS::Lambda::Function", "FunctionName")->max, 32u);
  EXPECT_EQ(read.aws().name_rule("AWS::SQS::Queue", "QueueName")->max, 80u);
}

TEST(Quotas, CasesAreSaidOneByOneOrAllAtOnce) {
  const Read one("aws:\n  scheduler.invocation_rate: {eu-central-1: 800, others: {min: 500, max: 600}}\n");
  const catalog::Fact& fact = one.aws().fact("scheduler.invocation_rate");
  EXPECT_EQ(fact.in("eu-central-1")->value, 800);
  EXPECT_EQ(fact.in("us-east-1")->max, 600);
  const Read all("aws: {scheduler.invocation_rate: 900}\n");
  EXPECT_EQ(all.aws().fact("scheduler.invocation_rate").value, 900);
  EXPECT_TRUE(all.aws().fact("scheduler.invocation_rate").cases.empty());
}

TEST(Quotas, MayBeNewFacts) {
  const Read read(
      "aws:\n  rds.proxy.connections.max: {subject: our proxy, value: 400, unit: connections, kind: hard, source: measured, "
      "as_of: 2026-11-01, informs: [database]}\n");
  EXPECT_EQ(read.codes(), "");
  const catalog::Fact& fact = read.aws().fact("rds.proxy.connections.max");
  EXPECT_EQ(fact.value, 400);
  EXPECT_EQ(fact.informs.front(), "database");
  EXPECT_EQ(catalog::cite(fact), "measured, as of 2026-11-01");
}

TEST(Quotas, WrongOnesAreTold) {
  const auto codes = [](const char* yaml) { return Read(yaml).codes(); };
  EXPECT_EQ(codes(""), "");
  EXPECT_EQ(codes("aws:\n"), "");
  EXPECT_EQ(codes("[1]"), "quotas/form:1");
  EXPECT_EQ(codes("aws: 3"), "quotas/form:1");
  EXPECT_EQ(codes("awz:\n  sqs.delay: 3"), "cloud/unknown:1");
  EXPECT_EQ(codes("aws:\n  sqs.dealy: {min: 1}"), "quotas/unknown:2");
  EXPECT_EQ(codes("aws:\n  sqs.delay: {min: -.inf}"), "quotas/form:2");
  EXPECT_EQ(codes("aws:\n  sqs.delay: {least: 3}"), "quotas/form:2");
  EXPECT_EQ(codes("aws:\n  sqs.delay: [1, 2]"), "quotas/form:2");
  EXPECT_EQ(codes("aws:\n  logs.retention.enum: 3"), "quotas/form:2");
  EXPECT_EQ(codes("aws:\n  logs.retention.enum: []"), "quotas/form:2");
  EXPECT_EQ(codes("aws:\n  lambda.timeout.max: 30MB"), "quotas/form:2");
  EXPECT_EQ(codes("aws:\n  lambda.timeout.max: {value: 900, colour: red}"), "quotas/form:2");
  EXPECT_EQ(codes("aws:\n  a.new.fact: {subject: x, value: 1, kind: soft, source: y, as_of: z}"), "quotas/form:2");
  EXPECT_EQ(codes("aws: {sqs.delay: {min: 1"), "template/syntax:1");
}

TEST(Quotas, HoldPerStage) {
  test::Compiled plain = test::compile(
      "app shop { targets = [aws.sam] }\nfunction f { code = \"./code\" runtime = python312 concurrency = 3000 }\n"
      "stage large { app { quotas = { aws = { \"lambda.concurrency.account.default\" = 5000 } } } }\n",
      "aws.sam", "large");
  for (const diag::Diagnostic& d : plain.sink.all()) EXPECT_NE(d.code, "aws/lambda-concurrency-max") << d.message;
}

}  // namespace
}  // namespace virga::driver
