#include "tests/runner/errors.h"

#include "compiler/diagnostics/render.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <sstream>

namespace virga::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = VIRGA_SOURCE_DIR "/tests/errors";

/// A finding as an expectation would describe it, with the whole message as text.
Expected describe(const diag::Diagnostic& d, const SourceMap& sources) {
  Expected out{std::string(diag::word(d.severity)), d.code, d.message, "", 0, 0};
  if (!d.span.known()) return out;
  out.file = sources.file(d.span.file).path;
  if (!out.file.starts_with("<")) out.line = sources.locate(d.span.file, d.span.begin).line;
  return out;
}

bool meets(const Expected& wanted, const Expected& found) {
  if (wanted.severity != found.severity || wanted.code != found.code) return false;
  if (wanted.line != found.line && (wanted.alone == 0 || wanted.alone != found.line)) return false;
  return (wanted.line == 0 || wanted.file == found.file) && found.text.find(wanted.text) != std::string::npos;
}

}  // namespace

std::string Expected::say() const {
  return (line == 0 ? "nowhere" : file + ":" + std::to_string(line)) + ": " + severity + "[" + code + "]" +
         (text.empty() ? "" : ": " + text);
}

std::string_view advice_area(const std::string& severity, std::string_view code) {
  const std::string_view area = code.substr(0, code.find('/'));
  return severity != "error" && (area == "path" || area == "load" || area == "exposure") ? area : std::string_view{};
}

std::vector<Expected> annotations(const std::string& file, const std::string& text) {
  static const std::regex one(R"((error|warning|note)(-nowhere)?\[([a-z0-9/_.-]+)\](?:: *([^\n]*))?)");
  std::vector<Expected> out;
  std::vector<std::size_t> waiting;  // annotations alone on their line, for the next line
  std::istringstream lines(text);
  std::uint32_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    std::size_t begin = line.find("// ");
    bool any = false;
    // Each annotation reaches to the next `//`.
    for (std::size_t at = begin; at != std::string::npos; at = begin) {
      begin = line.find("// ", at + 3);
      const std::string comment = line.substr(at + 3, begin == std::string::npos ? begin : begin - at - 3);
      std::smatch m;
      if (!std::regex_search(comment, m, one, std::regex_constants::match_continuous)) continue;
      any = true;
      std::string said = m[4];
      while (said.ends_with(' ')) said.pop_back();
      const bool alone = !m[2].matched && line.find_first_not_of(" \t") == line.find("// ");
      out.push_back({m[1], m[3], said, file, m[2].matched ? 0 : number, alone ? number : 0});
      if (alone) waiting.push_back(out.size() - 1);
    }
    if (any && line.find_first_not_of(" \t") == line.find("// ")) continue;
    for (const std::size_t w : waiting) out[w].line = number;
    waiting.clear();
  }
  for (const std::size_t w : waiting) out[w].line = number + 1;
  return out;
}

std::vector<fs::path> error_programs() {
  std::vector<fs::path> out;
  if (!fs::exists(kFolder)) return out;
  for (auto it = fs::recursive_directory_iterator(kFolder); it != fs::recursive_directory_iterator(); ++it) {
    if (it->is_directory() && fs::exists(it->path() / "main.virga")) {
      out.push_back(it->path());
      it.disable_recursion_pending();
    } else if (it->is_regular_file() && it->path().extension() == ".virga") {
      out.push_back(it->path());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

Program error_program(const fs::path& path) {
  const std::string name = fs::relative(path, kFolder).replace_extension().generic_string();
  return fs::is_directory(path) ? program_in_folder(name, path) : program_of_file(name, path);
}

void check_errors(const Program& program) {
  const auto outcome =
      run(program, {.files = nullptr, .shown_prefix = "", .lower = !program.directives.targets.empty(), .targets = {}});
  ASSERT_EQ(outcome->world, "");
  std::vector<Expected> wanted;
  const auto& sources = outcome->front.project.sources;
  // A text that is not UTF-8 is cut at the bad byte, so the annotations are read from the file itself.
  std::vector<std::string> paths = program.paths;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::string& path = sources.file(FileId{static_cast<std::uint32_t>(i)}).path;
    if (!path.starts_with("<") && std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
  }
  for (const std::string& path : paths) {
    const auto text = program.files.read(path, std::size_t{64} << 20);
    if (!text) continue;
    for (Expected& e : annotations(path, *text)) wanted.push_back(std::move(e));
  }
  EXPECT_FALSE(wanted.empty()) << program.name << " says nothing about what must be found";
  const bool about_advice =
      std::any_of(wanted.begin(), wanted.end(), [](const Expected& e) { return !advice_area(e.severity, e.code).empty(); });
  std::string wrong;
  std::vector<bool> met(wanted.size(), false);  // an expectation may meet several: one per region, say
  for (const std::size_t i : diag::render_order(outcome->sink)) {
    if (outcome->sink.all()[i].allowed) continue;  // what nobody is shown
    const Expected found = describe(outcome->sink.all()[i], sources);
    bool expected = !about_advice && !advice_area(found.severity, found.code).empty();
    for (std::size_t w = 0; w < wanted.size(); ++w) {
      if (!meets(wanted[w], found)) continue;
      expected = true;
      met[w] = true;
    }
    if (!expected) wrong += "found, but not expected:   " + found.say() + "\n";
  }
  for (std::size_t w = 0; w < wanted.size(); ++w) {
    if (!met[w]) wrong += "expected, but not found:   " + wanted[w].say() + "\n";
  }
  EXPECT_EQ(wrong, "") << diag::render_text(outcome->sink, sources);
}

}  // namespace virga::test
