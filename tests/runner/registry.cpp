#include "tests/runner/errors.h"

#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/explain.h"
#include "compiler/diagnostics/render.h"

#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace virga::test {
namespace {

namespace fs = std::filesystem;

/// One code that a user can meet, and whose it is.
struct Registered {
  std::string id;
  std::string message;  ///< with its holes
  const cloud::Backend* backend = nullptr;
  bool bound = false;  ///< of a catalogue: the page is made of the fact
  std::string page;
};

std::vector<Registered> registered() {
  std::vector<Registered> out;
  for (const diag::CodeInfo& c : diag::all_codes()) {
    const auto page = diag::page(c.id);
    out.push_back({std::string(c.id), std::string(c.format), nullptr, false, page ? std::string(*page) : ""});
  }
  for (const cloud::Backend* b : cloud::all_backends()) {
    for (const diag::CodeInfo& c : b->codes()) {
      std::string page;
      for (const EmbeddedFile& f : b->pages()) {
        if (f.path == std::string(c.id) + ".md") page = std::string(f.bytes);
      }
      out.push_back({std::string(c.id), std::string(c.format), b, false, page});
    }
    std::set<std::string> bounds;  // one code may bound several attributes
    for (const catalog::Bound& bound : b->catalog().bounds) {
      if (bounds.insert(std::string(bound.code)).second)
        out.push_back({std::string(bound.code), std::string(bound.message), b, true, ""});
    }
    for (const catalog::PackageLimit& limit : b->catalog().packages)
      out.push_back({std::string(limit.code), std::string(limit.message), b, true, ""});
  }
  return out;
}

/// Codes that some program expects: annotations of the error programs and their modules, headlines of the goldens' findings.
std::set<std::string> tested_codes() {
  std::set<std::string> out;
  const auto search = [&](const char* folder, auto wanted, const std::regex& code) {
    for (const auto& entry : fs::recursive_directory_iterator(std::string(VIRGA_SOURCE_DIR) + folder)) {
      if (!entry.is_regular_file() || !wanted(entry.path())) continue;
      const std::string text = read_text(entry.path());
      for (auto it = std::sregex_iterator(text.begin(), text.end(), code); it != std::sregex_iterator(); ++it)
        out.insert((*it)[1]);
    }
  };
  search(
      "/tests/errors", [](const fs::path& p) { return p.extension() == ".virga"; },
      std::regex(R"(// (?:error|warning|note)(?:-nowhere)?\[([^\]\n]+)\])"));
  search(
      "/tests/golden", [](const fs::path& p) { return p.filename() == "expect.diagnostics"; },
      std::regex(R"((?:error|warning|note)\[([^\]\n]+)\]:)"));
  return out;
}

/// Codes that unit tests name: of templates, of files on a disk, and of what is too large to keep as a program.
std::set<std::string> codes_of_unit_tests() {
  std::set<std::string> out;
  static const std::regex quoted(R"RX(["\[]([a-z]+/[a-z0-9-]+)[\]": ])RX");
  for (const auto& entry : fs::directory_iterator(VIRGA_SOURCE_DIR "/tests/unit")) {
    const std::string text = read_text(entry.path());
    for (auto it = std::sregex_iterator(text.begin(), text.end(), quoted); it != std::sregex_iterator(); ++it)
      out.insert((*it)[1]);
  }
  return out;
}

/// Those that golden imports find in templates.
std::set<std::string> codes_of_imports() {
  std::set<std::string> out;
  static const std::regex found(R"RX("code": "([a-z-]+/[a-z0-9-]+)")RX");
  for (const auto& entry : fs::directory_iterator(VIRGA_SOURCE_DIR "/tests/import/golden")) {
    const fs::path report = entry.path() / "expect.json";
    const std::string text = fs::is_regular_file(report) ? read_text(report) : std::string();
    for (auto it = std::sregex_iterator(text.begin(), text.end(), found); it != std::sregex_iterator(); ++it)
      out.insert((*it)[1]);
  }
  return out;
}

struct Block {
  std::string text;
  std::size_t line = 0;  ///< of the page
};

std::vector<Block> examples_of(const std::string& page) {
  std::vector<Block> out;
  std::istringstream lines(page);
  bool inside = false;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.starts_with("```")) {
      inside = !inside && line == "```virga";
      if (inside) out.push_back({"", number + 1});
    } else if (inside) {
      out.back().text += line + "\n";
    }
  }
  return out;
}

/// The errors and warnings of one example. Clouds are asked when the front end has nothing to say: the one that the page
/// belongs to, or all; those that the example names itself, when it does.
std::multiset<std::string> codes_of(const Program& program, const Registered& code, bool says_targets, std::string& text) {
  RunOptions options;
  for (const cloud::Target& t : cloud::all_targets()) {
    if (code.backend != nullptr && t.backend != code.backend) continue;
    if (program.directives.targets.empty() && !says_targets) options.targets.push_back(t.name());
  }
  const auto outcome = run(program, options);
  text = outcome->world + diag::render_text(outcome->sink, outcome->front.project.sources);
  std::multiset<std::string> out;
  for (const std::size_t i : diag::render_order(outcome->sink)) {
    const diag::Diagnostic& d = outcome->sink.all()[i];
    if (d.allowed) continue;
    const std::string_view area = advice_area(std::string(diag::word(d.severity)), d.code);
    if (!area.empty() && !code.id.starts_with(std::string(area) + "/")) continue;
    if (d.severity != diag::Severity::note || d.code == code.id) out.insert(d.code);
  }
  return out;
}

/// A page shows the mistake in a block whose comments name the code, and then how it is mended.
void check_page(const Registered& code) {
  ASSERT_NE(code.page, "") << code.id << " has no page: write …/explain/" << code.id << ".md";
  EXPECT_TRUE(code.page.starts_with("# " + code.id + "\n")) << "the page of " << code.id << " does not start with its name";
  std::size_t wrong = 0;
  std::size_t right = 0;
  for (const Block& block : examples_of(code.page)) {
    const std::vector<Expected> wanted = annotations("main.virga", block.text);
    // A fragment is enough for a page; the app that it would stand in is put below, where it moves no line.
    const bool whole = block.text.find("app ") != std::string::npos || code.id.starts_with("app/");
    std::string findings;
    const auto found = codes_of(program_of_text(code.id, block.text + (whole ? "" : "app example { }\n")), code,
                                block.text.find("targets = [") != std::string::npos, findings);
    const std::string where = code.id + ".md:" + std::to_string(block.line);
    std::multiset<std::string> codes;
    for (const Expected& e : wanted) codes.insert(e.code);
    // What one cloud cannot do is no concern of a page about the language.
    const auto of_a_cloud = [&](const std::string& c) {
      bool other = c.starts_with("target/");
      for (const cloud::Backend* b : cloud::all_backends()) {
        other = other || (code.backend == nullptr && c.starts_with(std::string(b->catalog().cloud) + "/"));
      }
      return other;
    };
    if (codes.empty()) {
      ++right;
      EXPECT_FALSE(found.contains(code.id)) << where << " is not mended:\n" << findings;
      EXPECT_TRUE(std::all_of(found.begin(), found.end(), of_a_cloud)) << where << " has other mistakes:\n" << findings;
    } else {
      ++wrong;
      EXPECT_TRUE(codes.contains(code.id)) << where << " shows another code";
      std::multiset<std::string> own;
      for (const std::string& c : found) {
        if (codes.contains(c) || !of_a_cloud(c)) own.insert(c);
      }
      EXPECT_EQ(codes, own) << where << ":\n" << findings;
    }
  }
  // A mistake of files, of the command line or of a template cannot stand in one program: its page tells of it, and an
  // error program or a unit test holds the code to its word.
  if (wrong + right == 0) {
    constexpr std::size_t kAParagraph = 200;
    EXPECT_GT(code.page.size(), kAParagraph) << "the page of " << code.id << " says too little";
    return;
  }
  EXPECT_GE(wrong, 1u) << "the page of " << code.id << " shows no example of the mistake";
  EXPECT_GE(right, 1u) << "the page of " << code.id << " does not show how it is mended";
}

class Page : public testing::Test {
 public:
  explicit Page(Registered code) : code_(std::move(code)) {}
  void TestBody() override { check_page(code_); }

 private:
  Registered code_;
};

}  // namespace

void register_registry_tests() {
  for (Registered& code : registered()) {
    if (code.bound) continue;
    std::string name = code.id;
    testing::RegisterTest("Page", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [code = std::move(code)]() -> testing::Test* { return new Page(code); });
  }
}

TEST(Codes, AreUniqueAndWellWritten) {
  std::map<std::string, int> seen;
  static const std::regex id(R"([a-z]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*)");
  for (const Registered& code : registered()) {
    EXPECT_EQ(seen[code.id]++, 0) << code.id << " is registered twice";
    EXPECT_TRUE(std::regex_match(code.id, id)) << code.id;
    EXPECT_FALSE(code.message.empty()) << code.id;
    EXPECT_EQ(code.message.find('\n'), std::string::npos) << code.id;
    EXPECT_FALSE(code.message.ends_with('.')) << code.id << ": no full stop at the end";
    // An upper-case first word is a name of the user's or a vendor's; those come in a hole or in backticks.
    EXPECT_FALSE(!code.bound && code.backend == nullptr && std::isupper(static_cast<unsigned char>(code.message[0])))
        << code.id << ": lower case";
  }
}

/// Codes for rows that a table may hold but, today, does not: a kind or a runtime that a cloud cannot have at all. As soon
/// as such a row is written, the code needs a program.
bool guards_an_empty_table(const Registered& code) {
  bool kinds = false, runtimes = false;
  for (const cloud::Backend* b : cloud::all_backends()) {
    for (const catalog::KindRow& row : b->catalog().kinds) kinds = kinds || row.fidelity == catalog::Fidelity::impossible;
    if (b != code.backend) continue;
    for (const catalog::Runtime& row : b->catalog().runtimes)
      runtimes = runtimes || row.fidelity == catalog::Fidelity::impossible;
  }
  return (code.id == "target/kind-impossible" && !kinds) || (code.id.ends_with("/runtime-missing") && !runtimes);
}

TEST(Codes, AreEachMetByATest) {
  std::set<std::string> tested = tested_codes();
  tested.merge(codes_of_unit_tests());
  tested.merge(codes_of_imports());
  std::string missing;
  std::size_t count = 0;
  for (const Registered& code : registered()) {
    if (tested.contains(code.id) || guards_an_empty_table(code)) continue;
    missing += "  " + code.id + "\n";
    ++count;
  }
  EXPECT_EQ(count, 0u) << "no program of tests/errors, no golden, no import and no unit test expects these:\n" << missing;
}

TEST(Codes, OfTestsAreRegistered) {
  std::set<std::string> all;
  for (const Registered& code : registered()) all.insert(code.id);
  for (const std::string& code : tested_codes())
    EXPECT_TRUE(all.contains(code)) << "a test expects " << code << ", which nothing reports";
}

}  // namespace virga::test
