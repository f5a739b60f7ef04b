// JSON as text, written front to back. For renderers and writers; reading JSON is another matter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace virga::diag {

/// Appends `text` as a JSON string: quotes, backslashes and controls escaped, everything else as it is. Bytes that are
/// no UTF-8 become U+FFFD, since a JSON text has no other way to hold them.
void append_json_string(std::string& out, std::string_view text);

/// Writes one JSON document with two blanks of indentation per level. Calls must nest as JSON does.
class JsonText {
 public:
  JsonText& begin_object() { return open('{'); }
  JsonText& end_object() { return close('}'); }
  JsonText& begin_array() { return open('['); }
  JsonText& end_array() { return close(']'); }
  JsonText& key(std::string_view name);
  JsonText& string(std::string_view text);
  JsonText& number(std::uint64_t value);
  JsonText& boolean(bool value);

  JsonText& field(std::string_view name, std::string_view text) { return key(name).string(text); }
  JsonText& field(std::string_view name, std::uint64_t value) { return key(name).number(value); }

  /// The document, with a line end.
  [[nodiscard]] std::string finish() && { return std::move(out_ += '\n'); }

 private:
  JsonText& open(char bracket);
  JsonText& close(char bracket);
  void before_value();

  std::string out_;
  std::size_t depth_ = 0;
  bool first_ = true;  ///< nothing stands yet in the innermost bracket
  bool after_key_ = false;
};

}  // namespace virga::diag
