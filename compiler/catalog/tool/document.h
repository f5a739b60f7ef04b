// Strict reading of YAML: every mistake is a line `file:line: message`, and a key that nobody asked for is one.
#pragma once

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace virga::catalog_tool {

/// The mistakes of all files.
class Problems {
 public:
  void add(const std::string& file, const YAML::Mark& mark, const std::string& message);
  void add(const std::string& file, const std::string& message) { lines_.push_back(file + ": " + message); }
  [[nodiscard]] bool any() const { return !lines_.empty(); }
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

/// One mapping of a file. Call `finish` when everything that may stand there was asked for.
class Entry {
 public:
  Entry(std::string file, YAML::Node node, Problems& problems);

  [[nodiscard]] std::string required(const char* key);
  [[nodiscard]] std::string optional(const char* key, std::string otherwise = {});
  [[nodiscard]] bool flag(const char* key, bool otherwise);
  [[nodiscard]] unsigned count(const char* key, unsigned otherwise);
  [[nodiscard]] std::vector<std::string> list(const char* key);
  /// A word or a list of words; one empty word when there is none.
  [[nodiscard]] std::vector<std::string> words(const char* key);
  /// One of the words, or a problem.
  [[nodiscard]] std::string word(const char* key, const std::vector<std::string>& allowed);
  [[nodiscard]] YAML::Node raw(const char* key);
  void problem(const std::string& message) const { problems_->add(file_, node_.Mark(), message); }
  void finish() const;

 private:
  std::string file_;
  YAML::Node node_;
  Problems* problems_;
  std::set<std::string> asked_;
};

/// The mappings of a list within an entry; none when there is no such key. What is something else is a problem.
[[nodiscard]] std::vector<Entry> nested(Entry& entry, const char* key, const std::string& file, Problems& problems);

/// A number, when the node is one as a whole: `12`, `0.5`, not `12 MB`.
[[nodiscard]] std::optional<double> as_number(const YAML::Node& node);

/// The entries of a file that holds a list of mappings; none when there is no such file.
[[nodiscard]] std::vector<Entry> entries(const std::filesystem::path& path, Problems& problems);

}  // namespace virga::catalog_tool
