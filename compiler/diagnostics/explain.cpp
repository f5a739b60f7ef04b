#include "compiler/diagnostics/explain.h"

#include "compiler/source/embedded.h"

namespace virga::diag {

/// The folder explain/, compiled in.
std::span<const EmbeddedFile> explain_pages();

std::optional<std::string_view> page(std::string_view code) {
  for (const EmbeddedFile& file : explain_pages()) {
    std::string_view name = file.path;
    if (!name.ends_with(".md")) continue;
    name.remove_suffix(3);
    if (name == code) return file.bytes;
  }
  return std::nullopt;
}

}  // namespace virga::diag
