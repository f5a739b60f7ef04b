#include "compiler/partition/parts_file.h"

#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <cctype>

namespace virga::partition {
namespace {

namespace codes = diag::codes;

constexpr std::size_t kLongestPart = 40;
constexpr std::string_view kEquals = " = ";

/// A part's name is the end of a stack's name.
bool is_part(std::string_view name) {
  return !name.empty() && name.size() <= kLongestPart && name.front() != '-' &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace

PartsFile read_parts(const SourceFile& file, diag::Sink& sink, LinePlaces* places) {
  PartsFile out;
  const std::string_view text = file.text;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())) != 0) line.remove_suffix(1);
    const Span span{file.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + line.size())};
    begin = end + 1;
    if (line.empty() || line.front() == '#') continue;
    const auto wrong = [&](const std::string& why) {
      sink.report(span, codes::PartsLine, why)
          .help(
              "write `TARGET WHAT = STACK`, such as `cloud.format orders = 2`; or take the line out, and it is placed anew");
    };
    const std::size_t target = line.find(' '), equals = line.rfind(kEquals);
    if (target == std::string_view::npos || equals == std::string_view::npos || equals <= target) {
      wrong("it has not the form `TARGET WHAT = STACK`");
      continue;
    }
    const std::string what(line.substr(target + 1, equals - target - 1)), part(line.substr(equals + kEquals.size()));
    if (!is_part(part)) {
      wrong("a stack's name is made of small letters, digits and hyphens");
      continue;
    }
    const std::string of(line.substr(0, target));
    if (!out[of].emplace(what, part).second) {
      wrong("`" + what + "` stands here a second time");
      continue;
    }
    if (places != nullptr) places->emplace(std::pair(of, what), span);
  }
  return out;
}

std::string write_parts(const PartsFile& parts) {
  std::string out =
      "# Which stack everything stands in. Made by `virga compile`; commit it. What is written here stays where it is;\n"
      "# to move something, change its line, and look at `virga plan`.\n";
  for (const auto& [target, lines] : parts) {
    for (const auto& [what, part] : lines) out += target + " " + what + std::string(kEquals) + part + "\n";
  }
  return out;
}

}  // namespace virga::partition
