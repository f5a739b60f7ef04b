#include "compiler/diagnostics/render.h"

#include <gtest/gtest.h>

#include <chrono>

namespace virga::diag {
namespace {

/// One text, and spans found in it by what stands there.
struct Fixture {
  explicit Fixture(std::string text, std::string path = "app.virga") { add(std::move(path), std::move(text)); }

  FileId add(std::string path, std::string text) { return sources.add(std::move(path), std::move(text)).id; }

  [[nodiscard]] Span find(std::string_view what, std::size_t nth = 0, std::uint32_t file = 0) const {
    const std::string& text = sources.file(FileId{file}).text;
    std::size_t at = text.find(what);
    for (; nth > 0; --nth) at = text.find(what, at + 1);
    EXPECT_NE(at, std::string::npos) << what;
    return {FileId{file}, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + what.size())};
  }

  Reported report(Span span, std::string message, std::string says = {}, Severity severity = Severity::error) {
    Diagnostic d;
    d.code = "test/case";
    d.severity = severity;
    d.message = std::move(message);
    d.span = span;
    d.span_text = std::move(says);
    return sink.add(std::move(d));
  }

  [[nodiscard]] std::string text(bool color = false) const { return "\n" + render_text(sink, sources, {color}); }

  SourceMap sources;
  Sink sink;
};

TEST(RenderText, DrawsThePlaceTheReasonTheSourceAndTheHelp) {
  Fixture f(std::string(29, '\n') + "function sync {\n  timeout = 2h\n}\n", "docs_site.virga");
  f.report(f.find("2h"), "`sync` may run for 2h, but the cloud stops a function after 15m", "at most 15m")
      .source("function quotas, read 2026-11")
      .note("counted from the first byte")
      .help("make `sync` a `workflow`");
  EXPECT_EQ(f.text(), R"(
error[test/case]: `sync` may run for 2h, but the cloud stops a function after 15m
  ┌─ docs_site.virga:31:13
31│   timeout = 2h
  │             ^^ at most 15m
  = source: function quotas, read 2026-11
  = note: counted from the first byte
  = help: make `sync` a `workflow`
)");
}

TEST(RenderText, AFindingWithoutPlaceIsItsTextAlone) {
  Fixture f("");
  f.report({}, "no target named `moon`", {}, Severity::warning).help("the first line\nand a second");
  EXPECT_EQ(f.text(), R"(
warning[test/case]: no target named `moon`
  = help: the first line
          and a second
)");
}

TEST(RenderText, SeveralLabelsOnOneLineHangBelowEachOther) {
  Fixture f("orders -> worker { batch = 10 }\n");
  f.report(f.find("->"), "a queue cannot wait", "synchronous")
      .label(f.find("orders"), "a queue")
      .label(f.find("worker"), "a function");
  EXPECT_EQ(f.text(), R"(
error[test/case]: a queue cannot wait
  ┌─ app.virga:1:8
 1│ orders -> worker { batch = 10 }
  │ ------ ^^ ------ a function
  │ │      │
  │ │      synchronous
  │ a queue
)");
}

TEST(RenderText, ALabelInsideAnotherIsSeen) {
  Fixture f("timeout = 2h + 3m\n");
  f.report(f.find("2h + 3m"), "too long", "this much").label(f.find("+"), "a sum");
  EXPECT_EQ(f.text(), R"(
error[test/case]: too long
  ┌─ app.virga:1:11
 1│ timeout = 2h + 3m
  │           ^^^-^^^ this much
  │              │
  │              a sum
)");
}

TEST(RenderText, LinesFarApartAreJoinedByAGapAndNearOnesByTheLineBetween) {
  Fixture f("queue a {}\n// between\nqueue a {}\n\n\nuse a\n");
  f.report(f.find("queue a", 1), "two things named `a`", "again").label(f.find("queue a"), "first").label(f.find("use"), "");
  EXPECT_EQ(f.text(), R"(
error[test/case]: two things named `a`
  ┌─ app.virga:3:1
 1│ queue a {}
  │ ------- first
 2│ // between
 3│ queue a {}
  │ ^^^^^^^ again
  ·
 6│ use a
  │ ---
)");
}

TEST(RenderText, ASpanOverSeveralLinesShowsItsEnds) {
  Fixture f("app x {\n  a = 1\n  b = 2\n  c = 3\n}\n");
  f.report(f.find("app x {\n  a = 1\n  b = 2\n  c = 3\n}\n"), "this block", "from the first line to here");
  EXPECT_EQ(f.text(), R"(
error[test/case]: this block
  ┌─ app.virga:1:1
 1│ app x {
  │ ^^^^^^^
  ·
 5│ }
  │ ^ from the first line to here
)");
}

TEST(RenderText, LabelsInOtherFilesFollowUnderTheirOwnPlace) {
  Fixture f("a -> b\n");
  f.add("<std>/core.virga", "\nkind queue {}\n");
  f.report(f.find("b"), "no edge", "here").label(f.find("queue", 0, 1), "declared here").label({}, "from the command line");
  EXPECT_EQ(f.text(), R"(
error[test/case]: no edge
  ┌─ app.virga:1:6
 1│ a -> b
  │      ^ here
  ├─ <std>/core.virga:2:6
 2│ kind queue {}
  │      ----- declared here
  = note: from the command line
)");
}

TEST(RenderText, WideCombiningAndTabulatedTextKeepsItsColumns) {
  Fixture f("\tname = \"数据库👩‍💻e\u0301\" + x\n");
  f.report(f.find("x"), "no", "here").label(f.find("数据库"), "");
  EXPECT_EQ(f.text(),
            "\n"
            "error[test/case]: no\n"
            "  ┌─ app.virga:1:22\n"
            " 1│     name = \"数据库👩‍💻e\u0301\" + x\n"
            "  │             ------       ^ here\n");
}

TEST(RenderText, WhatATerminalWouldObeyIsShownInstead) {
  Fixture f("name = \"\x1b[2J\u202e\"\n", "evil\x1b[31m.virga");
  f.report(f.find("\"", 1), "bad \x1b]0;title\x07 name\r\n", "a\u2066b").help("\x1b[0m").label(f.find("name"), "\x9b");
  EXPECT_EQ(f.text(), R"(
error[test/case]: bad \u{1b}]0;title\u{7} name\r\n
  ┌─ evil\u{1b}[31m.virga:1:14
 1│ name = "\u{1b}[2J\u{202e}"
  │ ----                     ^ a\u{2066}b
  │ │
  │ \x9b
  = help: \u{1b}[0m
)");
}

TEST(RenderText, EmptySpansAndTheEndOfTheFileGetOneMark) {
  Fixture f("app {");
  f.report({FileId{0}, 5, 5}, "expected `}`", "here");
  EXPECT_EQ(f.text(), R"(
error[test/case]: expected `}`
  ┌─ app.virga:1:6
 1│ app {
  │      ^ here
)");
}

TEST(RenderText, AnEmptyLineHasNoTrailingBlanks) {
  Fixture f("\n");
  f.report({FileId{0}, 0, 0}, "empty", "here");
  EXPECT_EQ(f.text(), R"(
error[test/case]: empty
  ┌─ app.virga:1:1
 1│
  │ ^ here
)");
}

TEST(RenderText, LongLinesAreCutAroundWhatIsMarked) {
  Fixture f(std::string(1000, 'a') + " wrong " + std::string(1000, 'b') + " second " + std::string(500, 'c') + "\n");
  f.report(f.find("wrong"), "no", "here").label(f.find("second"), "and here");
  const std::string a(39, 'a'), b(114, 'b'), b2(39, 'b'), c(113, 'c');
  EXPECT_EQ(f.text(),
            "\n"
            "error[test/case]: no\n"
            "  ┌─ app.virga:1:1002\n"
            " 1│ …" +
                a + " wrong " + b +
                "…\n"
                "  │ " +
                std::string(41, ' ') +
                "^^^^^ here\n"
                " 1│ …" +
                b2 + " second " + c +
                "…\n"
                "  │ " +
                std::string(41, ' ') + "------ and here\n");
}

TEST(RenderText, FixesShowTheLinesBeforeAndAfter) {
  Fixture f("a -> pagse.write\nb = 1\n");
  f.report(f.find("pagse"), "no `pagse`", "not found").fix(f.find("pagse"), "pages", Confidence::likely, "write `pages`");
  f.report(f.find("b = 1\n"), "never used").fix(f.find("b = 1\n"), "", Confidence::certain, "remove it");
  EXPECT_EQ(f.text(), R"(
error[test/case]: no `pagse`
  ┌─ app.virga:1:6
 1│ a -> pagse.write
  │      ^^^^^ not found
  = help: write `pages`
 1- a -> pagse.write
 1+ a -> pages.write

error[test/case]: never used
  ┌─ app.virga:2:1
 2│ b = 1
  │ ^^^^^
  = help: remove it
 2- b = 1
)");
}

TEST(RenderText, AHelpThatSaysWhatTheOnlyFixDoesIsEnough) {
  Fixture f("a = 3 m\n");
  f.report(f.find("3 m"), "a space").help("write `3m`").fix(f.find("3 m"), "3m", Confidence::likely, "leave the space out");
  EXPECT_EQ(f.text(), R"(
error[test/case]: a space
  ┌─ app.virga:1:5
 1│ a = 3 m
  │     ^^^
  = help: write `3m`
 1- a = 3 m
 1+ a = 3m
)");
}

TEST(RenderText, FixesWithSeveralEditsAreDrawnTogether) {
  Fixture f("one two\nthree\nfour\n");
  const FileId other = f.add("other.virga", "five\n");
  Diagnostic d;
  d.code = "test/case";
  d.message = "rename";
  d.span = f.find("one");
  d.fixes.push_back({"rename all",
                     {{f.find("four"), "4"}, {f.find("two"), "2\n2.5"}, {f.find("one"), "1"}, {{other, 0, 0}, "5 "}},
                     Confidence::certain});
  f.sink.add(d);
  EXPECT_EQ(f.text(), R"(
error[test/case]: rename
  ┌─ app.virga:1:1
 1│ one two
  │ ^^^
  = help: rename all
 1- one two
 1+ 1 2
 2+ 2.5
 3- four
 3+ 4
  ├─ other.virga:1:1
 1- five
 1+ 5 five
)");
}

TEST(RenderText, ALongFixIsTold) {
  Fixture f(std::string(5000, 'a') + "\n");
  f.report({FileId{0}, 10, 12}, "no").fix({FileId{0}, 10, 12}, "b", Confidence::likely, "write `b`");
  EXPECT_NE(f.text().find("  = help: write `b`\n  = edit: replace `aa` with `b` at 1:11\n"), std::string::npos) << f.text();
}

TEST(RenderText, FindingsAreSortedByPlaceAndEqualOnesShownOnce) {
  Fixture f("a b\n");
  f.report({}, "nowhere");
  f.report(f.find("b"), "second");
  f.report(f.find("a"), "first");
  f.report(f.find("b"), "second");
  EXPECT_EQ(render_order(f.sink), (std::vector<std::size_t>{2, 1, 0}));
}

TEST(RenderText, ColourOnlyWhenAsked) {
  Fixture f("a b\n");
  f.report(f.find("b"), "no", "here").label(f.find("a"), "and");
  EXPECT_EQ(f.text().find('\x1b'), std::string::npos);
  EXPECT_NE(f.text(true).find("\x1b[1;31merror[test/case]\x1b[0m"), std::string::npos);
  EXPECT_NE(f.text(true).find("\x1b[1;34m-\x1b[0m \x1b[1;31m^\x1b[0m \x1b[1;31mhere\x1b[0m"), std::string::npos);
}

TEST(RenderText, SpansOutsideTheTextDoNoHarm) {
  Fixture f("a\n");
  f.report({FileId{0}, 1, 900}, "end").label({FileId{7}, 0, 1}, "no such file");
  EXPECT_EQ(f.text(), "\nerror[test/case]: end\n  = note: no such file\n");
}

TEST(RenderText, ManyFindingsInOneVeryLongLineStayCheap) {
  std::string text;
  while (text.size() < 10'000'000) text += "数据 name = value, ";
  Fixture f(text);
  for (std::uint32_t i = 0; i < 2'000; ++i) {
    const std::uint32_t at = i * 4600 / 23 * 23;
    f.report({FileId{0}, at, at + 6}, "no", "here").label({FileId{0}, at + 7, at + 11}, "label");
  }
  const auto begin = std::chrono::steady_clock::now();
  const std::size_t size = f.text().size();
  const auto spent = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(size, 4'000'000U);
  EXPECT_LT(spent, std::chrono::seconds(10));  // a scan of the line for each finding would take minutes
}

}  // namespace
}  // namespace virga::diag
