// Arrays of the generated file, each written once however often it is needed.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace virga::terraform_tool {

/// `text` as a C++ literal.
[[nodiscard]] std::string cpp_text(const std::string& text);

class Arrays {
 public:
  /// The name of an array of `type` with these elements; `{}` for none.
  std::string add(const std::string& type, const std::vector<std::string>& elements);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::map<std::string, std::string> names_;
  std::string text_;
};

}  // namespace virga::terraform_tool
