#include "backends/terraform/tool/arrays.h"

#include <fmt/format.h>

namespace virga::terraform_tool {

std::string cpp_text(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += std::string("\\") + c;
    else if (byte < 0x20 || byte > 0x7e) out += fmt::format("\\{:03o}", byte);
    else out += c;
  }
  return out + "\"";
}

std::string Arrays::add(const std::string& type, const std::vector<std::string>& elements) {
  if (elements.empty()) return "{}";
  std::string body;
  for (const std::string& element : elements) body += "    " + element + ",\n";
  const auto [place, is_new] = names_.emplace(type + "\n" + body, fmt::format("array_{}", names_.size()));
  if (is_new) text_ += fmt::format("constexpr {} {}[] = {{\n{}}};\n", type, place->second, body);
  return place->second;
}

}  // namespace virga::terraform_tool
