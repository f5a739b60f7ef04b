// Documents as YAML that people like to read and every parser reads alike.
#pragma once

#include "compiler/cloud/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace virga::cloud {

struct YamlOptions {
  /// Comment lines on top, without their `#`.
  std::vector<std::string> header;
  /// A blank line around each list or map of the outermost map.
  bool spaced_sections = false;
};

/// `document` in block style: two blanks per level, list items under their key by two more, tags in short form, texts of
/// several lines as literal blocks where that is exact. A string is left without quotes only when parsers of YAML 1.1
/// and of 1.2 both read that string. The same document gives the same bytes.
[[nodiscard]] std::string write_yaml(const Document& document, const YamlOptions& options = {});

/// Whether `text` may stand without quotes in block style, as a value or a key.
[[nodiscard]] bool is_plain_yaml(std::string_view text);

/// Whether `text` without quotes is a string to one parser and a number, a date, a boolean or null to another: `yes`,
/// `012`, `1e3`, `2024-01-01`, `12:30`.
[[nodiscard]] bool is_ambiguous_yaml(std::string_view text);

}  // namespace virga::cloud
