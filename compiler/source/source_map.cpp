#include "compiler/source/source_map.h"

#include <algorithm>

namespace virga {

const SourceFile& SourceMap::add(std::string path, std::string text) {
  auto file = std::make_unique<SourceFile>();
  file->id = FileId{static_cast<std::uint32_t>(files_.size())};
  file->path = std::move(path);
  file->text = std::move(text);
  file->line_starts.push_back(0);
  for (std::uint32_t i = 0; i < file->text.size(); ++i) {
    if (file->text[i] == '\n') file->line_starts.push_back(i + 1);
  }
  files_.push_back(std::move(file));
  return *files_.back();
}

const SourceFile& SourceMap::file(FileId id) const { return *files_.at(static_cast<std::uint32_t>(id)); }

LineColumn SourceMap::locate(FileId id, std::uint32_t offset) const {
  const SourceFile& f = file(id);
  const auto after = std::upper_bound(f.line_starts.begin(), f.line_starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - f.line_starts.begin());
  std::uint32_t column = 1;
  const auto stop = std::min<std::size_t>(offset, f.text.size());
  for (std::size_t i = f.line_starts[line - 1]; i < stop; ++i) {
    if ((static_cast<unsigned char>(f.text[i]) & 0xC0u) != 0x80u) ++column;
  }
  return {line, column};
}

std::string_view SourceMap::line(FileId id, std::uint32_t line) const {
  const SourceFile& f = file(id);
  if (line == 0 || line > f.line_starts.size()) return {};
  const std::size_t begin = f.line_starts[line - 1];
  std::size_t end = line < f.line_starts.size() ? f.line_starts[line] - 1 : f.text.size();
  if (end > begin && f.text[end - 1] == '\r') --end;
  return std::string_view(f.text).substr(begin, end - begin);
}

std::string_view SourceMap::text(Span span) const {
  if (!span.known()) return {};
  return std::string_view(file(span.file).text).substr(span.begin, span.end - span.begin);
}

std::size_t first_bad_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  std::size_t i = 0;
  while (i < text.size()) {
    const unsigned char lead = byte(i);
    if (lead == 0) return i;
    if (lead < 0x80) {
      ++i;
      continue;
    }
    std::size_t length = 0;
    std::uint32_t value = 0;
    if ((lead & 0xE0u) == 0xC0u) {
      length = 2;
      value = lead & 0x1Fu;
    } else if ((lead & 0xF0u) == 0xE0u) {
      length = 3;
      value = lead & 0x0Fu;
    } else if ((lead & 0xF8u) == 0xF0u) {
      length = 4;
      value = lead & 0x07u;
    } else {
      return i;
    }
    if (i + length > text.size()) return i;
    for (std::size_t k = 1; k < length; ++k) {
      if ((byte(i + k) & 0xC0u) != 0x80u) return i;
      value = value << 6 | (byte(i + k) & 0x3Fu);
    }
    // Overlong forms, surrogates and values past Unicode's end are how hostile texts hide characters.
    const std::uint32_t least = length == 2 ? 0x80u : length == 3 ? 0x800u : 0x10000u;
    if (value < least || value > 0x10FFFFu || (value >= 0xD800u && value <= 0xDFFFu)) return i;
    i += length;
  }
  return std::string_view::npos;
}

}  // namespace virga
