#include "compiler/plan/html_parts.h"

#include "compiler/picture/text.h"

#include <fmt/format.h>

namespace virga::plan {

using picture::xml;

std::string code(std::string_view text) { return "<code>" + xml(text) + "</code>"; }

std::string prose(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find('`', at);
    const std::size_t close = open == std::string_view::npos ? open : text.find('`', open + 1);
    if (close == std::string_view::npos) return out + xml(text.substr(at));
    out += xml(text.substr(at, open - at)) + code(text.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  return out;
}

std::string badge(std::string_view kind, std::string_view text) {
  return fmt::format("<span class=\"badge {}\">{}</span>", kind, xml(text));
}

std::string list(const std::vector<std::string>& items, std::string_view kind) {
  if (items.empty()) return "";
  std::string out = kind.empty() ? "<ul>\n" : fmt::format("<ul class=\"{}\">\n", kind);
  for (const std::string& item : items) out += "<li>" + item + "</li>\n";
  return out + "</ul>\n";
}

}  // namespace virga::plan
