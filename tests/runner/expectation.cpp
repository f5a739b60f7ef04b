#include "tests/runner/expectation.h"

#include "tests/runner/program.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace virga::test {
namespace {

using Lines = std::vector<std::string_view>;

Lines split(std::string_view text) {
  Lines out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

/// One line of the way from one text to the other: ' ', '-' or '+'.
struct Step {
  char sign;
  std::string_view line;
};

/// The shortest way by a table of longest common parts; where that would be too large, all of the one and then the other.
std::vector<Step> way(const Lines& from, const Lines& to) {
  constexpr std::size_t kLargestTable = 16'000'000;
  std::vector<Step> out;
  if (from.size() * to.size() > kLargestTable) {
    for (const auto& line : from) out.push_back({'-', line});
    for (const auto& line : to) out.push_back({'+', line});
    return out;
  }
  const std::size_t width = to.size() + 1;
  std::vector<std::uint32_t> common((from.size() + 1) * width, 0);
  for (std::size_t i = from.size(); i-- > 0;) {
    for (std::size_t j = to.size(); j-- > 0;) {
      common[i * width + j] = from[i] == to[j] ? common[(i + 1) * width + j + 1] + 1
                                               : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < from.size() || j < to.size()) {
    if (i < from.size() && j < to.size() && from[i] == to[j]) {
      out.push_back({' ', from[i]});
      ++i;
      ++j;
    } else if (j == to.size() || (i < from.size() && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      out.push_back({'-', from[i++]});
    } else {
      out.push_back({'+', to[j++]});
    }
  }
  return out;
}

}  // namespace

std::string diff(const std::string& expected, const std::string& actual) {
  if (expected == actual) return {};
  constexpr std::size_t kAround = 3;
  constexpr std::size_t kMostLines = 120;
  const std::vector<Step> steps = way(split(expected), split(actual));
  std::vector<bool> shown(steps.size(), false);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].sign == ' ') continue;
    for (std::size_t k = i < kAround ? 0 : i - kAround; k <= std::min(i + kAround, steps.size() - 1); ++k) shown[k] = true;
  }
  std::string out;
  std::size_t line = 1;  // of the expected text
  std::size_t printed = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (shown[i] && printed++ < kMostLines) {
      if (i == 0 || !shown[i - 1]) out += "@@ line " + std::to_string(line) + "\n";
      out += steps[i].sign;
      out += steps[i].line;
      if (!steps[i].line.ends_with('\n')) out += "\n\\ no line end\n";
    }
    if (steps[i].sign != '+') ++line;
  }
  if (printed > kMostLines) out += "… and " + std::to_string(printed - kMostLines) + " lines more\n";
  return out;
}

void expect_file(const std::filesystem::path& file, const std::string& actual) {
  const std::string expected = std::filesystem::exists(file) ? read_text(file) : std::string();
  if (expected == actual) return;
  const std::string shown = std::filesystem::relative(file, VIRGA_SOURCE_DIR).generic_string();
  if (std::getenv("VIRGA_ACCEPT") != nullptr) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << actual;
    std::printf("accepted %s\n", shown.c_str());
    return;
  }
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  ADD_FAILURE() << shown << " says something else (- expected, + came):\n"
                << diff(expected, actual) << "If the new text is right: VIRGA_ACCEPT=1 ctest --test-dir build -R '"
                << test->test_suite_name() << "." << test->name() << "'";
}

}  // namespace virga::test
