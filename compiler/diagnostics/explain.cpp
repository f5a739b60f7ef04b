#include "compiler/diagnostics/explain.h"

namespace virga::diag {

std::optional<std::string_view> page(std::string_view code) {
  for (const EmbeddedFile& f : pages()) {
    if (f.path.size() == code.size() + 3 && f.path.starts_with(code) && f.path.ends_with(".md")) return f.bytes;
  }
  return std::nullopt;
}

}  // namespace virga::diag
