#include "compiler/source/source_map.h"

#include "compiler/source/utf8.h"

#include <algorithm>

namespace virga {
namespace {

// Texts may be one line of many megabytes, so columns are not counted from the start of the line: the code points
// before each block are known, and a column is the difference of two such counts.
constexpr std::size_t kBlock = 4096;

std::uint32_t count_code_points(std::string_view text) {
  std::uint32_t count = 0;
  for (const char c : text) count += continues_utf8(c) ? 0u : 1u;
  return count;
}

std::uint32_t code_points_before(const SourceFile& file, std::size_t offset) {
  const std::size_t block = std::min(offset / kBlock, file.block_code_points.size() - 1);
  return file.block_code_points[block] +
         count_code_points(std::string_view(file.text).substr(block * kBlock, offset - block * kBlock));
}

}  // namespace

const SourceFile& SourceMap::add(std::string path, std::string text) {
  auto file = std::make_unique<SourceFile>();
  file->id = FileId{static_cast<std::uint32_t>(files_.size())};
  file->path = std::move(path);
  file->text = std::move(text);
  file->line_starts.push_back(0);
  for (std::size_t end = file->text.find('\n'); end != std::string::npos; end = file->text.find('\n', end + 1)) {
    file->line_starts.push_back(static_cast<std::uint32_t>(end + 1));
  }
  std::uint32_t before = 0;
  for (std::size_t begin = 0; begin == 0 || begin < file->text.size(); begin += kBlock) {
    file->block_code_points.push_back(before);
    before += count_code_points(std::string_view(file->text).substr(begin, kBlock));
  }
  files_.push_back(std::move(file));
  return *files_.back();
}

const SourceFile& SourceMap::file(FileId id) const { return *files_.at(static_cast<std::uint32_t>(id)); }

LineColumn SourceMap::locate(FileId id, std::uint32_t offset) const {
  const SourceFile& f = file(id);
  const auto after = std::upper_bound(f.line_starts.begin(), f.line_starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - f.line_starts.begin());
  const std::size_t stop = std::min<std::size_t>(offset, f.text.size());
  return {line, 1 + code_points_before(f, stop) - code_points_before(f, f.line_starts[line - 1])};
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
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode_utf8(text, i);
    if (!c.valid || c.value == 0) return i;
    i += c.length;
  }
  return std::string_view::npos;
}

}  // namespace virga
