// What the readers of YAML and of JSON share. Used by template_*.cpp only.
#pragma once

#include "compiler/cloud/template_reader.h"

#include <string>
#include <string_view>
#include <unordered_set>

namespace virga::cloud {

/// A map in the making: keeps the first value of a key, and reports the second.
class MapBuilder {
 public:
  /// Whether `key` stands already.
  [[nodiscard]] bool contains(std::string_view key) const;
  void add(Document::Entry entry);
  /// As `add`, but a key that stands already is reported and left out.
  void add_once(Document::Entry entry, diag::Sink& sink);
  [[nodiscard]] Document::Map take() { return std::move(entries_); }

 private:
  Document::Map entries_;
  std::unordered_set<std::string> keys_;  // filled once a map is long: most are short, and faster searched than hashed
};

/// A number as JSON and the core schema of YAML spell it in decimal; nothing when `text` is none. Keeps the spelling
/// where it is not ours.
[[nodiscard]] std::optional<Document> decimal_number(std::string_view text);

/// `kind` in an article-less word: "list", "map", "string", …
[[nodiscard]] std::string_view kind_word(Document::Kind kind);

[[nodiscard]] std::optional<Document> read_yaml(const SourceFile& file, diag::Sink& sink, const ReadLimits& limits);

}  // namespace virga::cloud
