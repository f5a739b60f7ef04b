#include "compiler/diagnostics/snippet.h"

#include "compiler/diagnostics/display.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace virga::diag {
namespace {

// In code points. A line is drawn whole up to the first; of a longer one, a window with some context before the mark.
constexpr std::size_t kLongestLine = 160;
constexpr std::size_t kContext = 40;
// Of a marked place, what must be in the window for two marks to share it.
constexpr std::size_t kEnoughOfMark = 20;

/// The part of a mark that stands on one line, as byte offsets in that line.
struct Segment {
  std::size_t begin, end;
  std::string_view text;
  bool primary;
};

/// A part of a line that is drawn in one row.
struct Window {
  std::size_t begin, end;
};

std::size_t forward(std::string_view line, std::size_t i, std::size_t code_points) {
  for (; code_points > 0 && i < line.size(); --code_points) i += decode_utf8(line, i).length;
  return i;
}

std::size_t backward(std::string_view line, std::size_t i, std::size_t code_points) {
  for (; code_points > 0 && i > 0; --code_points) {
    --i;
    while (i > 0 && continues_utf8(line[i])) --i;
  }
  return i;
}

bool is_short(std::string_view line) { return forward(line, 0, kLongestLine) == line.size(); }

/// A row under a source line: what is underlined and the strokes that lead to hanging texts.
class MarkRow {
 public:
  explicit MarkRow(const Palette& palette) : palette_(&palette) {}

  void fill(std::size_t begin, std::size_t end, std::string_view stroke, bool primary) {
    if (cells_.size() < end) cells_.resize(end);
    for (std::size_t i = begin; i < end; ++i) cells_[i] = {stroke, primary};
  }
  [[nodiscard]] std::size_t width() const { return cells_.size(); }

  void put(std::string& out) const {
    for (std::size_t i = 0; i < cells_.size();) {
      std::size_t run = i;
      std::string text;
      while (run < cells_.size() && cells_[run].stroke == cells_[i].stroke && cells_[run].primary == cells_[i].primary) {
        text += cells_[run].stroke.empty() ? std::string_view(" ") : cells_[run].stroke;
        ++run;
      }
      if (cells_[i].stroke.empty()) {
        out += text;
      } else {
        palette_->paint(out, cells_[i].primary ? palette_->severity : palette_->secondary, text);
      }
      i = run;
    }
  }

 private:
  struct Cell {
    std::string_view stroke;
    bool primary = false;
  };
  std::vector<Cell> cells_;
  const Palette* palette_;
};

/// One drawn row of source with its marks below.
class Row {
 public:
  Row(std::string_view line, Window window, std::vector<Segment> segments, const Gutter& gutter, const Palette& palette)
      : drawn_(line.substr(window.begin, window.end - window.begin)), gutter_(&gutter), palette_(&palette) {
    cut_before_ = window.begin > 0;
    cut_after_ = window.end < line.size();
    for (const Segment& s : segments) {
      const std::size_t begin = column(std::clamp(s.begin, window.begin, window.end) - window.begin);
      const std::size_t end = column(std::clamp(s.end, window.begin, window.end) - window.begin);
      placed_.push_back({begin, std::max(end, begin + 1), s.text, s.primary});
    }
  }

  void put(std::string& out, std::uint32_t number) const {
    put_source(out, number);
    put_marks(out);
  }

  void put_source(std::string& out, std::uint32_t number) const {
    gutter_->put(out, fmt::format("{}", number), "│");
    if (!drawn_.text.empty() || cut_before_ || cut_after_) {
      out += ' ';
      if (cut_before_) out += "…";
      out += drawn_.text;
      if (cut_after_) out += "…";
    }
    while (out.ends_with(' ')) out.pop_back();
    out += '\n';
  }

 private:
  /// A segment, in columns.
  struct Placed {
    std::size_t begin, end;
    std::string_view text;
    bool primary;
  };

  [[nodiscard]] std::size_t column(std::size_t byte) const { return drawn_.columns[byte] + (cut_before_ ? 1 : 0); }

  void begin_row(std::string& out) const {
    gutter_->put(out, "", "│");
    out += ' ';
  }

  void put_marks(std::string& out) const {
    // Wide ones first, so that what stands inside another is seen; of two equal ones the primary.
    std::vector<Placed> by_width = placed_;
    std::stable_sort(by_width.begin(), by_width.end(), [](const Placed& a, const Placed& b) {
      const std::size_t wide = a.end - a.begin, other = b.end - b.begin;
      return wide != other ? wide > other : a.primary < b.primary;
    });
    MarkRow under(*palette_);
    for (const Placed& p : by_width) under.fill(p.begin, p.end, p.primary ? "^" : "-", p.primary);

    // The text of the mark that ends last stands beside it; the others hang below theirs, from right to left.
    std::vector<Placed> hanging;
    for (const Placed& p : placed_) {
      if (!p.text.empty()) hanging.push_back(p);
    }
    std::stable_sort(hanging.begin(), hanging.end(), [](const Placed& a, const Placed& b) {
      return a.begin != b.begin ? a.begin > b.begin : a.primary > b.primary;
    });
    const auto beside =
        std::find_if(hanging.begin(), hanging.end(), [&](const Placed& p) { return p.end == under.width(); });
    begin_row(out);
    under.put(out);
    if (beside != hanging.end()) {
      out += ' ';
      palette_->paint(out, style(*beside), visible(beside->text));
      hanging.erase(beside);
    }
    out += '\n';
    if (!hanging.empty()) put_strokes(out, hanging, std::string_view());
    for (std::size_t i = 0; i < hanging.size(); ++i) {
      put_strokes(out, std::vector(hanging.begin() + static_cast<std::ptrdiff_t>(i), hanging.end()), hanging[i].text);
    }
  }

  /// Strokes down to each of `hanging`; with `text`, the first of them is replaced by it.
  void put_strokes(std::string& out, const std::vector<Placed>& hanging, std::string_view text) const {
    const Placed& first = hanging.front();
    MarkRow strokes(*palette_);
    for (auto p = hanging.rbegin(); p != hanging.rend(); ++p) {
      if (text.empty() || p->begin < first.begin) strokes.fill(p->begin, p->begin + 1, "│", p->primary);
    }
    begin_row(out);
    strokes.put(out);
    if (!text.empty()) {
      out.append(first.begin - strokes.width(), ' ');
      palette_->paint(out, style(first), visible(text));
    }
    out += '\n';
  }

  [[nodiscard]] std::string_view style(const Placed& p) const {
    return p.primary ? palette_->severity : palette_->secondary;
  }

  DrawnText drawn_;
  const Gutter* gutter_;
  const Palette* palette_;
  bool cut_before_ = false;
  bool cut_after_ = false;
  std::vector<Placed> placed_;
};

/// Draws one line; a long one as often as its marks need windows.
void draw_line(std::string& out, std::string_view line, std::uint32_t number, std::vector<Segment> segments,
               const Gutter& gutter, const Palette& palette) {
  if (is_short(line)) {
    Row(line, {0, line.size()}, std::move(segments), gutter, palette).put(out, number);
    return;
  }
  std::stable_sort(segments.begin(), segments.end(), [](const Segment& a, const Segment& b) { return a.begin < b.begin; });
  for (std::size_t i = 0; i < segments.size();) {
    Window window{};
    window.begin = backward(line, segments[i].begin, kContext);
    window.end = forward(line, window.begin, kLongestLine);
    std::size_t next = i + 1;
    while (next < segments.size() && segments[next].begin < window.end &&
           std::min(segments[next].end, forward(line, segments[next].begin, kEnoughOfMark)) <= window.end) {
      ++next;
    }
    const auto at = [&](std::size_t k) { return segments.begin() + static_cast<std::ptrdiff_t>(k); };
    Row(line, window, std::vector<Segment>(at(i), at(next)), gutter, palette).put(out, number);
    i = next;
  }
}

std::size_t first_visible(std::string_view line) {
  const std::size_t i = line.find_first_not_of(" \t");
  return i == std::string_view::npos ? 0 : i;
}

std::uint32_t line_of(const SourceMap& sources, FileId file, std::uint32_t offset) {
  const auto& starts = sources.file(file).line_starts;
  return static_cast<std::uint32_t>(std::upper_bound(starts.begin(), starts.end(), offset) - starts.begin());
}

}  // namespace

Palette::Palette(bool color, Severity level) {
  if (!color) return;
  severity = level == Severity::error ? "\x1b[1;31m" : level == Severity::warning ? "\x1b[1;33m" : "\x1b[1;36m";
  secondary = "\x1b[1;34m";
  gutter = "\x1b[34m";
  strong = "\x1b[1m";
  removed = "\x1b[31m";
  added = "\x1b[32m";
  reset = "\x1b[0m";
}

void Gutter::put(std::string& out, std::string_view label, std::string_view rule) const {
  palette_->paint(out, palette_->gutter, fmt::format("{:>{}}{}", label, width_, rule));
}

std::uint32_t last_line(const SourceMap& sources, Span span) {
  return line_of(sources, span.file, span.end > span.begin ? span.end - 1 : span.end);
}

std::string draw_plain(std::string_view line) {
  const std::size_t end = forward(line, 0, kLongestLine);
  std::string text = DrawnText(line.substr(0, end)).text;
  if (end < line.size()) text += "…";
  return text;
}

void draw_place(std::string& out, const SourceMap& sources, Span span, std::string_view corner, const Gutter& gutter) {
  const LineColumn at = sources.locate(span.file, span.begin);
  gutter.put(out, "", corner);
  out += fmt::format(" {}:{}:{}\n", visible(sources.file(span.file).path), at.line, at.column);
}

void draw_lines(std::string& out, const SourceMap& sources, const std::vector<Mark>& marks, const Gutter& gutter,
                const Palette& palette) {
  if (marks.empty()) return;
  const FileId file = marks.front().span.file;
  std::map<std::uint32_t, std::vector<Segment>> lines;
  for (const Mark& mark : marks) {
    const std::uint32_t first = line_of(sources, file, mark.span.begin);
    const std::uint32_t last = last_line(sources, mark.span);
    const auto offset_in = [&](std::uint32_t line, std::uint32_t offset) {
      // A span may end at or after the line end, which is not drawn.
      return std::min<std::size_t>(offset - sources.file(file).line_starts[line - 1], sources.line(file, line).size());
    };
    if (first == last) {
      lines[first].push_back({offset_in(first, mark.span.begin), offset_in(first, mark.span.end), mark.text, mark.primary});
      continue;
    }
    const std::string_view end_line = sources.line(file, last);
    lines[first].push_back({offset_in(first, mark.span.begin), sources.line(file, first).size(), {}, mark.primary});
    const std::size_t end = offset_in(last, mark.span.end);
    lines[last].push_back({std::min(first_visible(end_line), end), end, mark.text, mark.primary});
  }

  std::uint32_t previous = 0;
  for (auto& [number, segments] : lines) {
    const bool one_between = previous != 0 && number == previous + 2 && is_short(sources.line(file, previous + 1));
    if (one_between) {
      Row(sources.line(file, previous + 1), {0, sources.line(file, previous + 1).size()}, {}, gutter, palette)
          .put_source(out, previous + 1);
    } else if (previous != 0 && number > previous + 1) {
      gutter.put(out, "", "·");
      out += '\n';
    }
    draw_line(out, sources.line(file, number), number, std::move(segments), gutter, palette);
    previous = number;
  }
}

}  // namespace virga::diag
