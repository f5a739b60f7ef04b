#include "compiler/driver/dependencies.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace virga::driver {
namespace {

bool letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// `Foo.Bar-baz` and `foo_bar_baz` are one package (PEP 503).
std::string normal(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == '.') {
      if (!out.ends_with('_')) out += '_';
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return out;
}

bool any_below(const std::vector<std::string_view>& paths, const std::string& folder) {
  return std::any_of(paths.begin(), paths.end(), [&](std::string_view p) { return p.starts_with(folder); });
}

MissingDependencies of_node(const std::vector<std::string_view>& paths, std::string_view manifest) {
  MissingDependencies out{"package.json", {}, "npm install --omit=dev"};
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  if (!json.is_object() || !json.contains("dependencies") || !json["dependencies"].is_object()) return out;
  for (const auto& [name, version] : json["dependencies"].items()) {
    if (!any_below(paths, "node_modules/" + name + "/")) out.names.push_back(name);
  }
  return out;
}

/// The package that a line of requirements.txt names; empty for options, comments and addresses.
std::string_view named_in(std::string_view line) {
  while (line.starts_with(' ') || line.starts_with('\t')) line.remove_prefix(1);
  std::size_t end = 0;
  while (end < line.size() && (letter_or_digit(line[end]) || line[end] == '-' || line[end] == '_' || line[end] == '.'))
    ++end;
  if (end == 0 || line.front() == '-' || line.front() == '.') return {};
  if (line.substr(end).find("://") != std::string_view::npos && line.substr(end).starts_with(':')) return {};
  return line.substr(0, end);
}

MissingDependencies of_python(const std::vector<std::string_view>& paths, std::string_view manifest) {
  MissingDependencies out{"requirements.txt", {}, "pip install --target . -r requirements.txt"};
  std::vector<std::string> installed;
  for (const std::string_view path : paths) {
    const std::string_view folder = path.substr(0, path.find('/'));
    if (folder.ends_with(".dist-info")) installed.push_back(normal(folder.substr(0, folder.find('-'))));
  }
  while (!manifest.empty()) {
    const std::size_t end = manifest.find('\n');
    const std::string_view name = named_in(manifest.substr(0, end));
    manifest.remove_prefix(end == std::string_view::npos ? manifest.size() : end + 1);
    if (name.empty() || std::find(installed.begin(), installed.end(), normal(name)) != installed.end()) continue;
    out.names.emplace_back(name);
  }
  return out;
}

}  // namespace

std::vector<MissingDependencies> missing_dependencies(
    const std::vector<std::string_view>& paths,
    const std::function<std::optional<std::string_view>(std::string_view)>& text) {
  std::vector<MissingDependencies> out;
  if (const auto manifest = text("package.json")) out.push_back(of_node(paths, *manifest));
  if (const auto manifest = text("requirements.txt")) out.push_back(of_python(paths, *manifest));
  std::erase_if(out, [](const MissingDependencies& m) { return m.names.empty(); });
  return out;
}

}  // namespace virga::driver
