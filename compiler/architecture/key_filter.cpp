#include "compiler/architecture/key_filter.h"

namespace virga {
namespace {

std::string text_or_empty(const Attributes& asked, std::string_view name) { return asked.has(name) ? asked.text(name) : ""; }

bool meet(const std::string& a, const std::string& b, bool at_end) {
  return at_end ? a.ends_with(b) || b.ends_with(a) : a.starts_with(b) || b.starts_with(a);
}

}  // namespace

bool filters_meet(const Attributes& one, const Attributes& other) {
  return meet(text_or_empty(one, "prefix"), text_or_empty(other, "prefix"), false) &&
         meet(text_or_empty(one, "suffix"), text_or_empty(other, "suffix"), true);
}

}  // namespace virga
