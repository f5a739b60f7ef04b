#include "compiler/cli/shell.h"

#include <algorithm>

namespace virga::cli {

std::string shell_word(const std::string& text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '/' || c == '_' ||
           c == '-';
  };
  if (!text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), plain)) return text;
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += "'\\''";
    else out += c;
  }
  return out + "'";
}

std::string options_of(const Common& common) {
  std::string out = " " + shell_word(common.path);
  if (!common.stage.empty()) out += " --stage " + shell_word(common.stage);
  if (!common.region.empty()) out += " --region " + shell_word(common.region);
  for (const std::string& target : common.targets) out += " --target " + shell_word(target);
  if (!common.quotas.empty()) out += " --quotas " + shell_word(common.quotas);
  return out;
}

std::string compile_command(const Common& common) { return "virga compile" + options_of(common) + " -o out"; }

}  // namespace virga::cli
