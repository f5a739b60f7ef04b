// Files that are part of the binary: the standard kinds, the pages of the codes.
#pragma once

#include <span>
#include <string_view>

namespace virga {

struct EmbeddedFile {
  std::string_view path;  ///< relative to the folder that was embedded
  std::string_view bytes;
};

}  // namespace virga
