// What an `allow` lets stand, and what is told of one that is not needed; which fixes are applied unattended.
#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/render.h"
#include "compiler/driver/check.h"
#include "compiler/driver/fix.h"

#include <gtest/gtest.h>

namespace virga::driver {
namespace {

struct Checked {
  explicit Checked(std::string text, const std::string& as_of = {}, const std::string& target = {},
                   const std::string& region = {})
      : files({{"main.virga", std::move(text)}, {"code/index.py", "def handler(event, context):\n    return {}\n"}}) {
    (void)front_end({{files, {"main.virga"}, ""}, "", {}, {}, as_of}, front, sink);
    std::vector<cloud::Target> targets;
    if (!target.empty()) targets.push_back(cloud::find_target(target));
    check(front, files, {targets, region}, sink);
    check_stages(front, files, {targets, region}, sink);
  }

  /// `code` of what is shown; `-code` of what is allowed.
  [[nodiscard]] std::vector<std::string> codes(std::string_view area) const {
    std::vector<std::string> out;
    for (const std::size_t i : diag::render_order(sink)) {
      const diag::Diagnostic& d = sink.all()[i];
      if (d.code.starts_with(area)) out.push_back((d.allowed ? "-" : "") + d.code);
    }
    return out;
  }
  [[nodiscard]] const diag::Diagnostic* find(std::string_view code) const {
    for (const diag::Diagnostic& d : sink.all()) {
      if (d.code == code) return &d;
    }
    return nullptr;
  }
  [[nodiscard]] std::string text() const { return diag::render_text(sink, front.project.sources); }

  MemoryFileSystem files;
  FrontEnd front;
  diag::Sink sink;
};

using Codes = std::vector<std::string>;

const std::string kApp = "app shop { targets = [aws.sam] }\n";
const std::string kWorker = "function worker { code = \"./code\"  runtime = python312  idempotent = true }\n";
const std::string kLost = "allow \"path/lost\" because \"the nightly run repeats it\"";

TEST(Allow, HoldsWhereItStands) {
  const std::string news = "topic news { }\n" + kWorker;
  EXPECT_EQ(Checked(kApp + news + "news ~> worker\n").codes("path/lost"), Codes{"path/lost"});
  EXPECT_EQ(Checked(kApp + news + "news ~> worker { " + kLost + " }\n").codes("path/lost"), Codes{"-path/lost"});
  EXPECT_EQ(Checked(kApp + kLost + "\n" + news + "news ~> worker\n").codes("path/lost"), Codes{"-path/lost"});
  EXPECT_EQ(Checked(kApp + news + "topic other { " + kLost + " }\nnews ~> worker\n").codes("path/lost"), Codes{"path/lost"});
  // A label says that nothing leaves the worker.
  const Checked label(kApp +
                      "topic news { }\nfunction worker { code = \"./code\"  runtime = python312  idempotent = true  " +
                      kLost + " }\nnews ~> worker\n");
  EXPECT_EQ(label.codes("path/lost"), Codes{"-path/lost"});
  EXPECT_EQ(label.codes("allow/"), Codes{});
  EXPECT_EQ(label.find("path/lost")->allowed->because, "the nightly run repeats it");
  EXPECT_EQ(label.text().find("path/lost"), std::string::npos) << "what is allowed is shown";
  EXPECT_EQ(diag::count(label.sink).allowed, 1u);
  EXPECT_EQ(diag::count(label.sink).warnings, 0u);
}

TEST(Allow, HoldsWhereAKindIsUsed) {
  const std::string kind =
      "kind pair { topic news { }\n function worker { code = \"./code\"  runtime = python312  idempotent = true }\n"
      " news ~> worker { @ } }\n";
  const auto with = [&](std::string inside, const std::string& uses) {
    std::string text = kind;
    text.replace(text.find('@'), 1, inside);
    return Checked(kApp + text + uses).codes("path/lost");
  };
  EXPECT_EQ(with("", "pair a { }\npair b { }\n"), (Codes{"path/lost", "path/lost"}));
  EXPECT_EQ(with("", "pair a { " + kLost + " }\npair b { }\n"), (Codes{"-path/lost", "path/lost"}));
  EXPECT_EQ(with(kLost, "pair a { }\npair b { }\n"), (Codes{"-path/lost", "-path/lost"}));
}

TEST(Allow, IsToldWhenNothingNeedsIt) {
  const std::string bare = "queue q { " + kLost + " }\n";
  EXPECT_EQ(Checked(kApp + bare).codes("allow/"), Codes{"allow/unused"});
  // Further in is one that does the same.
  EXPECT_EQ(Checked(kApp + kLost + "\ntopic news { }\n" + kWorker + "news ~> worker { " + kLost + " }\n").codes(""),
            (Codes{"allow/unused", "-path/lost"}));
  // Somebody else may need it: another target, another region, a stage in which it is found, a check that errors stopped.
  const std::string two = "app shop { targets = [aws.sam, aliyun.ros] }\n";
  EXPECT_EQ(Checked(two + bare, "", "aws.sam").codes("allow/"), Codes{});
  EXPECT_EQ(Checked(two + bare).codes("allow/"), Codes{"allow/unused"});
  EXPECT_EQ(Checked(kApp + bare, "", "", "eu_central_1").codes("allow/"), Codes{});
  EXPECT_EQ(Checked(kApp + bare + "queue r { visibility = 24h }\n").codes("allow/"), Codes{});
  const std::string staged = kApp + "topic news { }\n" + kWorker + "stage prod { news ~> worker { " + kLost + " } }\n";
  EXPECT_EQ(Checked(staged).codes(""), Codes{"-path/lost"});
  EXPECT_EQ(Checked(kApp + "stage prod { }\n" + bare).codes("allow/"), Codes{"allow/unused"});
}

TEST(Allow, EndsByTheDayThatIsNamed) {
  const std::string until = kApp + "topic news { }\n" + kWorker + "news ~> worker { " + kLost + " until 2027-01-01 }\n";
  EXPECT_EQ(Checked(until).codes(""), Codes{"-path/lost"});
  EXPECT_EQ(Checked(until, "2027-01-01").codes(""), Codes{"-path/lost"});
  EXPECT_EQ(Checked(until, "2027-01-02").codes(""), (Codes{"path/lost", "allow/expired"}));
  EXPECT_EQ(Checked(until).find("path/lost")->allowed->until, "2027-01-01");
  // Ends of support are looked at only when a day is named.
  const std::string runtime = kApp + "allow \"runtime/ended\" because \"it is moved\"\nqueue q { }\n";
  EXPECT_EQ(Checked(runtime).codes("allow/"), Codes{});
  EXPECT_EQ(Checked(runtime, "2026-11-28").codes("allow/"), Codes{"allow/unused"});
}

TEST(Allow, RefusesErrors) {
  const Checked number(kApp + "allow \"aws/lambda-timeout-max\" because \"we asked\"\nqueue q { }\n");
  ASSERT_EQ(number.codes(""), Codes{"allow/error"});
  EXPECT_NE(number.find("allow/error")->help.front().find("`quotas`"), std::string::npos);
  const Checked slip(kApp + "allow \"path/lots\" because \"x\"\nqueue q { }\n");
  ASSERT_EQ(slip.codes(""), Codes{"allow/unknown"});
  EXPECT_EQ(slip.find("allow/unknown")->help.front(), "did you mean `path/lost`?");
}

std::string without(std::string_view text, std::string_view part) {
  const auto begin = static_cast<std::uint32_t>(text.find(part));
  const diag::Edit edit = removal(text, {FileId{0}, begin, begin + static_cast<std::uint32_t>(part.size())});
  return std::string(text.substr(0, edit.span.begin)) + std::string(text.substr(edit.span.end));
}

TEST(Allow, IsTakenAwayWithItsLine) {
  EXPECT_EQ(without("a {\n  b = 1\n  allow x\n  c = 2\n}\n", "allow x"), "a {\n  b = 1\n  c = 2\n}\n");
  EXPECT_EQ(without("a {\r\n  allow x, \r\n  c = 2\r\n}\r\n", "allow x"), "a {\r\n  c = 2\r\n}\r\n");
  EXPECT_EQ(without("a { allow x  c = 2 }\n", "allow x"), "a { c = 2 }\n");
  EXPECT_EQ(without("a { b = 1  allow x }\n", "allow x"), "a { b = 1  }\n");
  EXPECT_EQ(without("  allow x  b = 1\n", "allow x"), "  b = 1\n");
  EXPECT_EQ(without("b = 1  allow x\nc = 2\n", "allow x"), "b = 1\nc = 2\n");
  EXPECT_EQ(without("a\n  allow x // why\nb\n", "allow x"), "a\n  // why\nb\n");
  EXPECT_EQ(without("allow x", "allow x"), "");
}

/// The text after one round, and how many fixes were made.
std::string mended(const Checked& checked, std::size_t fixes) {
  const Round round = fix_certain(checked.front.project, checked.sink);
  EXPECT_EQ(round.said.size(), fixes) << checked.text();
  return round.texts.empty() ? "" : round.texts.at("main.virga");
}

TEST(Fix, AppliesWhatIsCertain) {
  EXPECT_EQ(mended(Checked(kApp + "queue q { " + kLost + "  visibility = 1m }\n"), 1),
            kApp + "queue q { visibility = 1m }\n");
  EXPECT_EQ(mended(Checked(kApp + "queue a { };\nqueue b { } ;\n"), 2), kApp + "queue a { }\nqueue b { } \n");
  EXPECT_EQ(mended(Checked(kApp + "# a\nqueue a { }\n"), 1), kApp + "// a\nqueue a { }\n");
  EXPECT_EQ(mended(Checked(kApp + "queue a { retention: long }\nlet long = 1d\n"), 1),
            kApp + "queue a { retention = long }\nlet long = 1d\n");
  EXPECT_EQ(mended(Checked(kApp + "let m = { a: 1, \"b\" : 2  c = 3  d:4 }\n"), 1),
            kApp + "let m = { a = 1, \"b\"  = 2  c = 3  d =4 }\n");
  EXPECT_EQ(mended(Checked(kApp + "queue a { visibilty = 1m }\n"), 0), "") << "what is only likely was applied";
}

TEST(Fix, HidesMessagesForLongEnough) {
  const std::string lost = "queue lost { retention = 14d }\nalarm filled { of = lost  metric = depth  above = 0 }\n";
  const std::string worker =
      "function worker { code = \"./code\"  runtime = python312  timeout = 30s  idempotent = true }\norders ~> worker\n";
  const auto with = [&](const std::string& hidden) {
    return kApp + lost + worker + "let short = 40s\nqueue orders { visibility = " + hidden + "  dead ~> lost }\n";
  };
  EXPECT_EQ(mended(Checked(with("40s")), 1), with("3m"));
  EXPECT_EQ(mended(Checked(with("short")), 0), "") << "a name was replaced by what it stands for";
  EXPECT_EQ(mended(Checked(with("20s * 2")), 0), "");
  EXPECT_EQ(mended(Checked(with("3m")), 0), "");
  // What is allowed stays as it is.
  EXPECT_EQ(mended(Checked("allow \"path/hidden-short\" because \"it is quick\"\n" + with("40s")), 0), "");
}

TEST(Fix, LeavesTheStandardLibraryAndOtherTextsAlone) {
  const Checked checked(kApp + "queue q { }\n");
  const Project& project = checked.front.project;
  for (std::size_t i = 0; i < project.sources.size(); ++i) {
    const FileId file{static_cast<std::uint32_t>(i)};
    const std::string& shown = project.sources.file(file).path;
    EXPECT_EQ(path_of(project, file), shown.starts_with("<") ? "" : shown);
  }
  diag::Sink sink;
  sink.report({FileId{0}, 0, 1}, diag::codes::AllowUnused, "x")
      .fix(Span{FileId{0}, 0, 1}, "y", diag::Confidence::certain, "z");
  EXPECT_TRUE(fix_certain(project, sink).texts.empty());
}

TEST(Fix, DoesNotMixEdits) {
  const Checked checked("app shop { }\nqueue q { }\n");
  const FileId file = checked.front.project.program.app.front().file->id;
  diag::Sink sink;
  const auto edit = [&](std::uint32_t begin, std::uint32_t end, std::string text) {
    sink.report({file, begin, begin}, diag::codes::AllowUnused, text)
        .fix(Span{file, begin, end}, text, diag::Confidence::certain, text);
  };
  edit(0, 3, "one");
  edit(2, 5, "touches the first");
  edit(3, 4, "-");
  edit(5, 5, "here");
  edit(5, 5, "or here");
  const Round round = fix_certain(checked.front.project, sink);
  EXPECT_EQ(round.said, (std::vector<std::string>{"main.virga:1:1: one", "main.virga:1:4: -", "main.virga:1:6: here"}));
  EXPECT_EQ(round.texts.at("main.virga"), "one-sherehop { }\nqueue q { }\n");
}

}  // namespace
}  // namespace virga::driver
