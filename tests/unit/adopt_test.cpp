// Templates that were made elsewhere: the small parts. Whole templates are tests/import/golden.
#include "compiler/driver/adopt.h"
#include "compiler/adopt/clock.h"
#include "compiler/adopt/compare.h"
#include "compiler/adopt/convert.h"
#include "compiler/adopt/items.h"
#include "compiler/adopt/names.h"
#include "compiler/adopt/path.h"
#include "compiler/adopt/table.h"
#include "compiler/cloud/backend.h"
#include "compiler/driver/compile.h"
#include "compiler/source/file_system.h"
#include "compiler/source/source_map.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace virga::adopt {
namespace {

using cloud::Object;
using cloud::object;
using cloud::Value;
using cloud::Values;

TEST(AdoptClock, RatesAreQuantities) {
  for (const auto& [expression, quantity] : std::vector<std::pair<std::string, std::string>>{
           {"rate(1 minute)", "1m"}, {"rate(5 minutes)", "5m"}, {"rate(2 hours)", "2h"}, {"rate(1 day)", "1d"}}) {
    EXPECT_EQ(rate_of(expression), quantity);
  }
  for (const char* none : {"rate(0 minutes)", "rate(5)", "rate(five minutes)", "rate(5 weeks)", "cron(0 3 * * ? *)", "rate(",
                           "rate(99999999999999999999 days)"}) {
    EXPECT_EQ(rate_of(none), std::nullopt) << none;
  }
  EXPECT_EQ(rate_expression({60'000, Dimension::duration}), "rate(1 minute)");
  EXPECT_EQ(rate_expression({7'200'000, Dimension::duration}), "rate(2 hours)");
  EXPECT_EQ(rate_expression({30'000, Dimension::duration}), std::nullopt);  // half a minute
}

TEST(AdoptClock, SixFieldsAreFive) {
  for (const auto& [six, five] :
       std::vector<std::pair<std::string, std::string>>{{"cron(0 3 * * ? *)", "0 3 * * *"},
                                                        {"cron(0/15 * * * ? *)", "0/15 * * * *"},
                                                        {"cron(0 8 ? * MON-FRI *)", "0 8 * * MON-FRI"},
                                                        {"cron(0 8 ? * 1,7 *)", "0 8 * * 0,6"}}) {
    EXPECT_EQ(cron_of(six), five);
    EXPECT_EQ(cron_expression(five), six);
  }
  for (const char* none : {"cron(0 3 L * ? *)", "cron(0 3 ? * 6#3 *)", "cron(0 3 ? * 6L *)", "cron(0 3 * * ? 2030)",
                           "cron(0 3 * *)", "rate(5 minutes)"}) {
    EXPECT_EQ(cron_of(none), std::nullopt) << none;
  }
  EXPECT_EQ(cron_expression("0 3 1 * MON"), std::nullopt);  // either day: six fields know one of them
  EXPECT_EQ(cron_expression("0 3 * * 7"), "cron(0 3 ? * 1 *)");  // 7 is Sunday as well
}

TEST(AdoptClock, SecondsAndEvery) {
  EXPECT_EQ(every_of("@every 60m"), "1h");
  EXPECT_EQ(every_of("@every 1h30m"), std::nullopt);
  EXPECT_EQ(every_expression({3'600'000, Dimension::duration}), "@every 60m");
  EXPECT_EQ(seconds_of("0 0 4 * * *"), "0 4 * * *");
  EXPECT_EQ(seconds_of("30 0 4 * * *"), std::nullopt);
  EXPECT_EQ(seconds_of("CRON_TZ=Asia/Shanghai 0 0 4 * * *"), std::nullopt);
  EXPECT_EQ(seconds_expression("0 4 * * *"), "0 0 4 * * *");
}

TEST(AdoptPath, WhatIsPutIsFoundAndTaken) {
  Object made;
  for (const char* path : {"A", "B.C.D", "Rules[Name=prefix].Value", "F.Rules[Name=suffix].Value"}) put(made, path, path);
  for (const char* path : {"A", "B.C.D", "Rules[Name=prefix].Value", "F.Rules[Name=suffix].Value"}) {
    const Value* found = find(made, path);
    ASSERT_NE(found, nullptr) << path;
    EXPECT_EQ(*found, Value(path));
  }
  EXPECT_EQ(find(made, "Rules[Name=suffix].Value"), nullptr);
  for (const char* path : {"B.C.D", "Rules[Name=prefix].Value", "F.Rules[Name=suffix].Value", "A"}) take(made, path);
  EXPECT_TRUE(made.members.empty());
}

TEST(AdoptPath, TakingLeavesTheRest) {
  Object made = object({{"Rules", Values{object({{"Name", "a"}, {"Value", 1}, {"More", 2}}), object({{"Name", "b"}})}}});
  take(made, "Rules[Name=a].Value");
  EXPECT_EQ(made, object({{"Rules", Values{object({{"Name", "a"}, {"More", 2}}), object({{"Name", "b"}})}}}));
  take(made, "Nothing.There");
  take(made, "Rules.Of.A.List");
  EXPECT_EQ(made.members.size(), 1U);
}

TEST(AdoptPath, ItemsAreKnownByTheirPlace) {
  Object made;
  for (const char* path : {"Keys[1].Name", "Keys[0].Name", "Keys[0].Type"}) put(made, path, path);
  EXPECT_EQ(made, object({{"Keys", Values{object({{"Name", "Keys[0].Name"}, {"Type", "Keys[0].Type"}}),
                                          object({{"Name", "Keys[1].Name"}})}}}));
  EXPECT_EQ(find(made, "Keys[2].Name"), nullptr);
  EXPECT_EQ(find(made, "Keys[0].Name.More"), nullptr);
  for (const char* path : {"Keys[1].Name", "Keys[0].Name"}) take(made, path);
  EXPECT_EQ(made, object({{"Keys", Values{object({{"Type", "Keys[0].Type"}})}}}));
  take(made, "Keys[0].Type");
  EXPECT_TRUE(made.members.empty());
}

/// A text that would be spelt in another way stays as it is: only what an engine makes of it is the same.
TEST(AdoptItems, JsonStaysWhereItIsSpeltInAnotherWay) {
  const catalog::Said says[] = {{"Filter.source", "where.source", "", ""}, {"Filter.type", "where.type", "", ""}};
  const Row row{.json = {}, .says = says};
  const cloud::Dialect dialect;
  const auto kept = [&](const std::string& text, const char* taken) {
    Object made = object({{"Filter", text}});
    const auto open = JsonText::open("Filter", made, dialect);
    if (!open) return made;
    take(made, taken);
    open->close(row, made);
    return made;
  };
  EXPECT_EQ(kept(R"({"source":["a"],"other":["b"]})", "Filter.source"),
            object({{"Filter", object({{"other", Values{"b"}}})}}));
  EXPECT_EQ(kept(R"({"source":["a"]})", "Filter.source"), Object());
  // Nobody would put the rest before what an attribute says.
  EXPECT_EQ(kept(R"({"other":["b"],"source":["a"]})", "Filter.source"),
            object({{"Filter", R"({"other":["b"],"source":["a"]})"}}));
  EXPECT_EQ(kept(R"({ "source": ["a"] })", "Filter.source"), object({{"Filter", R"({ "source": ["a"] })"}}));
  for (const char* text : {"{}", "[]", "{", "plain"}) {
    Object made = object({{"Filter", text}});
    EXPECT_FALSE(JsonText::open("Filter", made, dialect)) << text;
    EXPECT_EQ(made, object({{"Filter", text}}));
  }
}

TEST(AdoptNames, IdsAreSnakeCase) {
  for (const auto& [id, name] : std::vector<std::pair<std::string, std::string>>{{"OrdersTable", "orders_table"},
                                                                                 {"DynamoDBTable", "dynamo_db_table"},
                                                                                 {"S3Bucket", "s3_bucket"},
                                                                                 {"hello-world", "hello_world"},
                                                                                 {"__x__", "x"},
                                                                                 {"2fast", "n2fast"},
                                                                                 {"HTML", "html"}}) {
    EXPECT_EQ(snake_case(id), name);
  }
  Names names;
  EXPECT_EQ(names.take("Orders", "part"), "orders");
  EXPECT_EQ(names.take("orders", "part"), "orders_2");
  EXPECT_EQ(names.take("True", "part"), "true_part");
  EXPECT_EQ(names.take("函数", "part"), "part");
  EXPECT_LE(names.take(std::string(500, 'a'), "part").size(), 64U);
}

TEST(AdoptConvert, PathsLeadFromOneFolderToAnother) {
  EXPECT_EQ(moved_path("src", ""), "src");
  EXPECT_EQ(moved_path("./src/", "../app/"), "../app/src/");
  EXPECT_EQ(moved_path("s3://bucket/key", "../app/"), "s3://bucket/key");
  EXPECT_EQ(moved_path("/opt/code", "../app/"), "/opt/code");
}

/// Rows speak of kinds, ports and attributes that there are: a slip of the pen would cost readability and show nowhere else.
TEST(AdoptTable, RowsSpeakOfWhatThereIs) {
  for (const cloud::Backend* backend : cloud::all_backends()) {
    for (const Row& row : backend->catalog().adopted) {
      const std::string about = std::string(row.kind) + std::string(row.from) + " as " + std::string(row.type);
      const bool beside_node = !row.beside.empty() && row.beside != "edge";
      EXPECT_TRUE(beside_node ? row.kind.empty() && row.from.empty() : row.kind.empty() != row.from.empty()) << about;
      EXPECT_FALSE(row.doc.empty()) << about;
      // Of what a document tells, no row says where it stands.
      const bool told = row.type == adopt::kTold;
      const bool resource = row.kind.empty() && row.within.empty() && !row.type.empty() && !told;
      // A node that no resource stands for is said by the edge that leaves it.
      const bool of_edge = std::any_of(row.says.begin(), row.says.end(),
                                       [](const catalog::Said& said) { return said.attribute.starts_with("from."); });
      const bool ends = (!row.source.empty() || of_edge) && !row.target.empty();
      EXPECT_FALSE(resource && !beside_node && !ends) << about;
      for (const catalog::Said& said : row.says) EXPECT_FALSE(said.attribute.empty()) << about;
    }
  }
}

const AttributeSpec* named(const std::vector<AttributeSpec>& all, std::string_view path, std::string_view cloud) {
  const std::size_t dot = path.find('.');
  for (const AttributeSpec& a : all) {
    if (a.name != path.substr(0, dot) || (!a.cloud.empty() && a.cloud != cloud)) continue;
    return dot == std::string_view::npos ? &a : named(a.type.fields, path.substr(dot + 1), cloud);
  }
  return nullptr;
}

/// What the rows say is what the language has: an attribute of the kind, or a property of one of the edge's ports.
TEST(AdoptTable, RowsSayAttributesThatThereAre) {
  MemoryFileSystem files;
  files.put("app.virga", "app kinds { }\n");
  driver::FrontEnd front;
  diag::Sink nothing;
  (void)driver::front_end({{files, {"app.virga"}, ""}, ""}, front, nothing);
  const auto& kinds = front.architecture.kinds;
  const auto port = [&](std::string_view said, syntax::PortSide side) -> const PortSpec* {
    const auto kind = kinds.find(said.substr(0, said.find('.')));
    const std::string_view name = said.substr(said.find('.') + 1);
    return kind == kinds.end() ? nullptr : kind->second.port(name == "route" ? "GET" : name, side);
  };
  for (const cloud::Backend* backend : cloud::all_backends()) {
    const std::string_view cloud = backend->catalog().cloud;
    for (const Row& row : backend->catalog().adopted) {
      const std::string about = std::string(row.kind) + std::string(row.from) + " as " + std::string(row.type) + ": ";
      const auto kind = kinds.find(row.kind.empty() ? row.from.substr(0, row.from.find('.')) : row.kind);
      for (const catalog::Said& said : row.says) {
        const std::string_view path = said.attribute;
        if (path.starts_with('@') || path.starts_with("where.")) continue;  // a route's, and a pattern of any shape
        ASSERT_NE(kind, kinds.end()) << about;
        const AttributeSpec* found = nullptr;
        if (!row.kind.empty()) found = named(kind->second.attributes, path, cloud);
        else if (path.starts_with("from.")) found = named(kind->second.attributes, path.substr(5), cloud);
        for (const auto& [end, side] :
             {std::pair(row.from, syntax::PortSide::source), std::pair(row.to, syntax::PortSide::target)}) {
          const PortSpec* known = found != nullptr || row.from.empty() ? nullptr : port(end, side);
          if (known != nullptr) found = named(known->properties, path, cloud);
        }
        EXPECT_NE(found, nullptr) << about << path;
      }
    }
  }
}

struct Imported {
  explicit Imported(const std::string& text, const cloud::NamedFiles& named = {}) {
    const SourceFile& file = sources.add("template.yaml", text);
    cloud::Target target = driver::recognise(file);
    if (target.format == nullptr) target = cloud::find_target("aws.sam");
    const SourceFile* const files[] = {&file};
    made = driver::adopt_template(files, target, "app", "", named, sink);
  }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const diag::Diagnostic& d : sink.all()) out.emplace_back(d.code);
    return out;
  }
  SourceMap sources;
  diag::Sink sink;
  driver::Adopted made;
};

using Codes = std::vector<std::string>;

TEST(AdoptImport, FilesThatAreNamedAndNotThereAreSaid) {
  const std::string head =
      "Transform: AWS::Serverless-2016-10-31\nResources: {Pay: {Type: AWS::Serverless::StateMachine, Properties: "
      "{DefinitionUri: ";
  SourceMap beside;
  const SourceFile& there = beside.add("there.json", "{}");
  const cloud::NamedFiles named = [&](std::string_view path) { return path == "there.json" ? &there : nullptr; };
  EXPECT_EQ(Imported(head + "gone.json}}}\n", named).codes(), Codes{"adopt/file"});
  EXPECT_EQ(Imported(head + "there.json}}}\n", named).codes(), Codes{});
  // What lies above, or at an address, nobody can look at from here; nor where there is no folder.
  EXPECT_EQ(Imported(head + "../gone.json}}}\n", named).codes(), Codes{});
  EXPECT_EQ(Imported(head + "'s3://bucket/gone.json'}}}\n", named).codes(), Codes{});
  EXPECT_EQ(Imported(head + "gone.json}}}\n").codes(), Codes{});
}

TEST(AdoptImport, NothingToImportIsSaid) {
  EXPECT_EQ(Imported("AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n").codes(), Codes{"adopt/empty"});
  EXPECT_EQ(Imported("just text").made.text, "");
  EXPECT_EQ(Imported("just text").codes(), Codes{"template/shape"});
}

/// The same function by hand and by import: what comes back is the template, so one change is a difference.
TEST(AdoptImport, WhatDiffersIsSeen) {
  Imported one(
      "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties: "
      "{VisibilityTimeout: 60}\n");
  const cloud::Target target = cloud::find_target("aws.sam");
  cloud::Stack other = one.made.given;
  EXPECT_TRUE(differences(one.made.given, other, target.backend->catalog(), *target.format->family()).empty());
  other.resources[0].properties.set("VisibilityTimeout", "60");
  EXPECT_TRUE(differences(one.made.given, other, target.backend->catalog(), *target.format->family()).empty());
  other.resources[0].properties.set("VisibilityTimeout", 61);
  EXPECT_EQ(differences(one.made.given, other, target.backend->catalog(), *target.format->family()).size(), 1U);
  other = one.made.given;
  other.resources[0].properties.set("DelaySeconds", 0);  // what is meant where it is left out
  EXPECT_TRUE(differences(one.made.given, other, target.backend->catalog(), *target.format->family()).empty());
  other.resources[0].id = "R";
  EXPECT_EQ(differences(one.made.given, other, target.backend->catalog(), *target.format->family()).size(), 2U);
}

/// A route without a method is another one than the same route with any method: an engine may refuse it.
TEST(AdoptImport, PathAndMethodAreLeftOutTogether) {
  Imported one(
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n"
      "      Runtime: python3.12\n      Handler: a.b\n      CodeUri: src\n"
      "      Events: {All: {Type: HttpApi}, Some: {Type: HttpApi, Properties: {Path: /some, Method: ANY}}}\n");
  EXPECT_NE(one.made.text.find("ANY \"/{default*}\" -> f"), std::string::npos) << one.made.text;
  EXPECT_NE(one.made.text.find("ANY \"/some\""), std::string::npos) << one.made.text;
  EXPECT_EQ(one.codes(), Codes{});
  const cloud::Target target = cloud::find_target("aws.sam");
  cloud::Stack other = one.made.given;
  const cloud::Value events =
      cloud::object({{"All", object({{"Type", "HttpApi"}})},
                     {"Some", object({{"Type", "HttpApi"}, {"Properties", object({{"Path", "/some"}})}})}});
  other.resources[0].properties.set("Events", events);
  EXPECT_EQ(differences(one.made.given, other, target.backend->catalog(), *target.format->family()).size(), 1U);
}

/// A key that is written needs its type, although both may be left out together.
TEST(AdoptImport, KeepsTheEntriesOfARecordThatIsWritten) {
  const Imported one(
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  Notes: {Type: 'AWS::Serverless::SimpleTable', Properties: "
      "{PrimaryKey: {Name: note, Type: String}}}\n");
  EXPECT_NE(one.made.text.find("Type = \"String\""), std::string::npos) << one.made.text;
  EXPECT_TRUE(one.codes().empty());
}

/// Whoever wrote it: a finding, or a program, and no crash.
TEST(AdoptImport, HostileTemplates) {
  std::string deep = "AWSTemplateFormatVersion: x\nResources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      X: ";
  for (int i = 0; i < 10'000; ++i) deep += '[';
  std::string wide = "AWSTemplateFormatVersion: x\nResources:\n";
  for (int i = 0; i < 300; ++i)
    wide += "  'Ü" + std::to_string(i) + "': {Type: 'AWS::\"\\${x}', Properties: {'${a': \"$${b}\", c: '\"\"\"'}}\n";
  for (const std::string& text : {
           deep,
           wide,
           std::string("AWSTemplateFormatVersion: x\nResources:\n  A: {Type: AWS::SQS::Queue, Properties: {Fn::Transform: "
                       "{Name: X}}}\n"),
           std::string(
               "AWSTemplateFormatVersion: x\nResources:\n  Fn::ForEach::L: [a, [b], {c: d}]\n  A: {Type: 'AWS::X::Y'}\n"),
           std::string("AWSTemplateFormatVersion: x\nResources:\n  A: {Type: AWS::SQS::Queue, DependsOn: A, Properties: "
                       "{VisibilityTimeout: 1e308, "
                       "DelaySeconds: -5, FifoQueue: [true], Tags: 7, RedrivePolicy: {deadLetterTargetArn: {Fn::GetAtt: "
                       "A.Arn}}}}\n"),
           std::string("AWSTemplateFormatVersion: x\nParameters: {App: {Type: String}, app: {Type: Number, Default: "
                       "x}}\nResources:\n  "
                       "engine: {Type: AWS::SNS::Topic}\n  Engine: {Type: AWS::SNS::Topic}\n"),
           std::string("AWSTemplateFormatVersion: x\nResources:\n  A: {Type: AWS::Serverless::Function, Properties: "
                       "{Events: {E: {Type: Api, "
                       "Properties: {Path: '/{', Method: get}}, F: {Type: Schedule, Properties: {Schedule: rate(}}}, "
                       "Policies: [{}]}}\n"),
       }) {
    const Imported made(text);
    EXPECT_TRUE(!made.made.text.empty() || !made.codes().empty()) << text.substr(0, 200);
    for (const std::string& code : made.codes()) EXPECT_NE(code, "adopt/differs") << text.substr(0, 200);
  }
}

}  // namespace
}  // namespace virga::adopt
