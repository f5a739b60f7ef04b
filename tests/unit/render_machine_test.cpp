// The renderings that programs read.
#include "compiler/diagnostics/json_text.h"
#include "compiler/diagnostics/render.h"

#include <gtest/gtest.h>

namespace virga::diag {
namespace {

struct Machine : testing::Test {
  Machine() {
    const FileId file = sources.add("dir/my app.virga", "é = \"x\"\nb -> c\n").id;
    sink.add({.code = "name/unknown",
              .severity = Severity::error,
              .message = "no \"c\"",
              .span = {file, 14, 15},
              .span_text = "here",
              .labels = {{{file, 0, 2}, "a label"}, {{}, "placeless"}},
              .source = "a page, read 2026-11",
              .notes = {"n"},
              .help = {"h"},
              .fixes = {{"write `d`", {{{file, 14, 15}, "d"}}, Confidence::certain}, {"nothing", {}, Confidence::likely}}});
    sink.add({.code = "app/none",
              .severity = Severity::warning,
              .message = "nowhere",
              .span = {},
              .span_text = {},
              .labels = {},
              .source = {},
              .notes = {},
              .help = {},
              .fixes = {}});
  }
  SourceMap sources;
  Sink sink;
};

TEST_F(Machine, Json) {
  EXPECT_EQ(render_json(sink, sources), R"({
  "version": 1,
  "diagnostics": [
    {
      "code": "name/unknown",
      "severity": "error",
      "message": "no \"c\"",
      "place": {
        "path": "dir/my app.virga",
        "begin": {
          "offset": 14,
          "line": 2,
          "column": 6
        },
        "end": {
          "offset": 15,
          "line": 2,
          "column": 7
        }
      },
      "says": "here",
      "labels": [
        {
          "place": {
            "path": "dir/my app.virga",
            "begin": {
              "offset": 0,
              "line": 1,
              "column": 1
            },
            "end": {
              "offset": 2,
              "line": 1,
              "column": 2
            }
          },
          "text": "a label"
        },
        {
          "text": "placeless"
        }
      ],
      "source": "a page, read 2026-11",
      "notes": [
        "n"
      ],
      "help": [
        "h"
      ],
      "fixes": [
        {
          "title": "write `d`",
          "confidence": "certain",
          "edits": [
            {
              "place": {
                "path": "dir/my app.virga",
                "begin": {
                  "offset": 14,
                  "line": 2,
                  "column": 6
                },
                "end": {
                  "offset": 15,
                  "line": 2,
                  "column": 7
                }
              },
              "text": "d"
            }
          ]
        },
        {
          "title": "nothing",
          "confidence": "likely",
          "edits": []
        }
      ]
    },
    {
      "code": "app/none",
      "severity": "warning",
      "message": "nowhere",
      "labels": [],
      "notes": [],
      "help": [],
      "fixes": []
    }
  ],
  "summary": {
    "errors": 1,
    "warnings": 1,
    "notes": 0,
    "allowed": 0
  }
}
)");
}

TEST_F(Machine, Sarif) {
  const std::string sarif = render_sarif(sink, sources, "1.2.3");
  for (const char* part :
       {R"("version": "2.1.0")", R"("name": "virga")", R"("version": "1.2.3")", R"("columnKind": "unicodeCodePoints")",
        R"("uri": "dir/my%20app.virga")", R"("ruleId": "name/unknown",
          "ruleIndex": 1,
          "level": "error")",
        R"("startLine": 2,
                  "startColumn": 6,
                  "endLine": 2,
                  "endColumn": 7,
                  "byteOffset": 14,
                  "byteLength": 1)",
        R"("text": "no \"c\"\nhere\nsource: a page, read 2026-11\nnote: n\nhelp: h")",
        R"("insertedContent": {
                        "text": "d")"}) {
    EXPECT_NE(sarif.find(part), std::string::npos) << part << "\n" << sarif;
  }
  EXPECT_EQ(sarif.find("nothing"), std::string::npos) << "a fix without a change is none";
}

// What the program lets stand is in every form for machines, and counts as nothing else.
TEST_F(Machine, Allowed) {
  const FileId file = sources.file(FileId{0}).id;
  sink.allow(1, {"a \"b\"", "2027-01-01", {file, 7, 10}});
  const std::string json = render_json(sink, sources);
  for (const char* part : {R"("allowed": {
        "because": "a \"b\"",
        "until": "2027-01-01",
        "place": {)",
                           R"("errors": 1,
    "warnings": 0,
    "notes": 0,
    "allowed": 1)"}) {
    EXPECT_NE(json.find(part), std::string::npos) << part << "\n" << json;
  }
  const std::string sarif = render_sarif(sink, sources, "1");
  for (const char* part : {R"("kind": "inSource",
              "justification": "a \"b\"",
              "location": {)",
                           R"("until": "2027-01-01")"}) {
    EXPECT_NE(sarif.find(part), std::string::npos) << part << "\n" << sarif;
  }
  EXPECT_EQ(render_text(sink, sources).find("nowhere"), std::string::npos);
  sink.allow(1, {"b", "", {}});
  EXPECT_EQ(render_json(sink, sources).find("until"), std::string::npos);
  EXPECT_EQ(render_sarif(sink, sources, "1").find("properties"), std::string::npos);
}

// Of two that say the same about the same place, the one that is not allowed is shown.
TEST_F(Machine, AllowedBesideNotAllowed) {
  Diagnostic again = sink.all()[1];
  sink.allow(1, {"a", "", {}});
  sink.add(std::move(again));
  EXPECT_EQ(count(sink).warnings, 1u);
  EXPECT_EQ(count(sink).allowed, 0u);
}

TEST(JsonText, EscapesWhatMustBeAndNothingElse) {
  std::string out;
  append_json_string(out, std::string_view("a\"\\/\n\t\x01\x7f\0é\U0001F600\xff\u2028", 19));
  EXPECT_EQ(out, "\"a\\\"\\\\/\\n\\t\\u0001\\u007f\\u0000é\U0001F600\xEF\xBF\xBD\u2028\"");
}

}  // namespace
}  // namespace virga::diag
