#include "compiler/picture/text.h"

#include "compiler/diagnostics/display.h"

namespace virga::picture {
namespace {

/// As it may be shown; and what no character is, and XML does not know, is the character that stands for such.
std::string shown(std::string_view text) {
  const std::string all = diag::visible_whole(text);
  std::string out;
  for (std::size_t at = 0; at < all.size();) {
    const CodePoint c = decode_utf8(all, at);
    if ((c.value & 0xfffe) == 0xfffe) out += "\ufffd";
    else out += all.substr(at, c.length);
    at += c.length;
  }
  return out;
}

}  // namespace

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : shown(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::size_t columns(std::string_view text) {
  const std::string all = shown(text);
  std::size_t sum = 0;
  for (std::size_t at = 0; at < all.size();) {
    const CodePoint c = decode_utf8(all, at);
    at += c.length;
    sum += static_cast<std::size_t>(diag::code_point_width(c.value));
  }
  return sum;
}

std::string shortened(std::string_view text, std::size_t most) {
  if (columns(text) <= most) return std::string(text);
  const std::string all = shown(text);
  std::size_t sum = 0, at = 0;
  while (at < all.size()) {
    const CodePoint c = decode_utf8(all, at);
    sum += static_cast<std::size_t>(diag::code_point_width(c.value));
    if (sum + 1 > most) break;
    at += c.length;
  }
  return all.substr(0, at) + "…";
}

}  // namespace virga::picture
