#include "compiler/diagnostics/json_text.h"

#include "compiler/source/utf8.h"

#include <fmt/format.h>

#include <iterator>

namespace virga::diag {

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain = 0;  // start of what can be copied as it is
  std::size_t i = 0;
  const auto flush = [&] { out.append(text, plain, i - plain); };
  while (i < text.size()) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\' && byte < 0x7F) {
      ++i;
      continue;
    }
    const CodePoint c = decode_utf8(text, i);
    if (c.valid && c.value > 0x7F) {
      i += c.length;
      continue;
    }
    flush();
    switch (byte) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      default:
        if (c.valid) {
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
        } else {
          out += "\xEF\xBF\xBD";
        }
    }
    i += c.length;
    plain = i;
  }
  flush();
  out += '"';
}

void JsonText::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!first_) out_ += ',';
  if (depth_ > 0) {
    out_ += '\n';
    out_.append(2 * depth_, ' ');
  }
  first_ = false;
}

JsonText& JsonText::open(char bracket) {
  before_value();
  out_ += bracket;
  ++depth_;
  first_ = true;
  return *this;
}

JsonText& JsonText::close(char bracket) {
  --depth_;
  if (!first_) {
    out_ += '\n';
    out_.append(2 * depth_, ' ');
  }
  out_ += bracket;
  first_ = false;
  return *this;
}

JsonText& JsonText::key(std::string_view name) {
  before_value();
  append_json_string(out_, name);
  out_ += ": ";
  after_key_ = true;
  return *this;
}

JsonText& JsonText::string(std::string_view text) {
  before_value();
  append_json_string(out_, text);
  return *this;
}

JsonText& JsonText::number(std::uint64_t value) {
  before_value();
  fmt::format_to(std::back_inserter(out_), "{}", value);
  return *this;
}

JsonText& JsonText::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
  return *this;
}

}  // namespace virga::diag
