#include "compiler/diagnostics/display.h"
#include "compiler/diagnostics/render.h"
#include "compiler/diagnostics/snippet.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::diag {
namespace {

/// A stretch of whole lines before and after the edits in it.
struct Change {
  FileId file{};
  std::uint32_t first_line = 0;
  std::vector<std::string> before, after;
  bool drawable = true;  ///< false: too long to show as lines
  Span span;  ///< the first edit
  std::string text;  ///< what it puts there
};

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

/// Lines that the edit leaves as they are say nothing.
void trim_equal_ends(Change& change) {
  while (!change.before.empty() && !change.after.empty() && change.before.back() == change.after.back()) {
    change.before.pop_back();
    change.after.pop_back();
  }
  std::size_t same = 0;
  while (same < change.before.size() && same < change.after.size() && change.before[same] == change.after[same]) ++same;
  change.before.erase(change.before.begin(), change.before.begin() + static_cast<std::ptrdiff_t>(same));
  change.after.erase(change.after.begin(), change.after.begin() + static_cast<std::ptrdiff_t>(same));
  change.first_line += static_cast<std::uint32_t>(same);
}

class TextRenderer {
 public:
  TextRenderer(std::string& out, const SourceMap& sources, const Diagnostic& d, TextOptions options)
      : out_(out), sources_(sources), d_(d), palette_(options.color, d.severity), gutter_(2, palette_) {
    add_mark(d.span, d.span_text, true);
    for (const Label& label : d.labels) add_mark(label.span, label.text, false);
    for (const Fix& fix : d.fixes) changes_.push_back(changes_of(fix));
    std::uint32_t largest = 1;
    for (const Mark& mark : marks_) largest = std::max(largest, last_line(sources_, mark.span));
    for (const auto& of_fix : changes_) {
      for (const Change& c : of_fix) {
        largest = std::max(largest, c.first_line + static_cast<std::uint32_t>(std::max(c.before.size(), c.after.size())));
      }
    }
    gutter_ = Gutter(std::max<std::size_t>(2, fmt::formatted_size("{}", largest)), palette_);
  }

  void put() {
    put_title();
    put_snippets();
    if (!d_.source.empty()) put_remark("source", d_.source);
    for (const Label& label : d_.labels) {
      if (!inside(label.span)) put_remark("note", label.text);
    }
    for (const std::string& note : d_.notes) put_remark("note", note);
    for (const std::string& help : d_.help) put_remark("help", help);
    for (std::size_t i = 0; i < d_.fixes.size(); ++i) put_fix(d_.fixes[i], changes_[i]);
  }

 private:
  [[nodiscard]] bool inside(Span span) const {
    return span.known() && static_cast<std::size_t>(span.file) < sources_.size() && span.begin <= span.end &&
           span.end <= sources_.file(span.file).text.size();
  }

  void add_mark(Span span, const std::string& text, bool primary) {
    if (inside(span)) marks_.push_back({span, text, primary});
  }

  void put_title() {
    palette_.paint(
        out_, palette_.severity,
        d_.code.empty() ? std::string(word(d_.severity)) : fmt::format("{}[{}]", word(d_.severity), visible(d_.code)));
    palette_.paint(out_, palette_.strong, fmt::format(": {}", visible(d_.message)));
    out_ += '\n';
  }

  /// The file of the primary place first, then the others in the order in which labels name them.
  void put_snippets() {
    std::vector<std::vector<Mark>> by_file;
    for (const Mark& mark : marks_) {
      const auto same = std::find_if(by_file.begin(), by_file.end(),
                                     [&](const auto& group) { return group.front().span.file == mark.span.file; });
      if (same == by_file.end()) {
        by_file.push_back({mark});
      } else {
        same->push_back(mark);
      }
    }
    for (const auto& group : by_file) {
      draw_place(out_, sources_, group.front().span, &group == &by_file.front() ? "┌─" : "├─", gutter_);
      draw_lines(out_, sources_, group, gutter_, palette_);
    }
  }

  /// `  = word: text`; further lines of the text stand below its first.
  void put_remark(std::string_view what, std::string_view text) {
    bool first = true;
    for (const std::string& line : split_lines(text)) {
      if (first) {
        gutter_.put(out_, "", "=");
        out_ += ' ';
        palette_.paint(out_, palette_.strong, fmt::format("{}:", what));
        out_ += fmt::format(" {}\n", visible(line));
      } else {
        const std::string shown = visible(line);
        if (!shown.empty()) out_.append(gutter_.width() + what.size() + 4, ' ').append(shown);
        out_ += '\n';
      }
      first = false;
    }
  }

  void put_fix(const Fix& fix, const std::vector<Change>& changes) {
    // Where a help line says what to do, the lines of the only fix show it; its title, made for the menu of an editor,
    // would say it again.
    const bool said = d_.fixes.size() == 1 && !d_.help.empty() && !changes.empty();
    if (!said) put_remark("help", fix.title.empty() ? "change it so" : fix.title);
    FileId file = marks_.empty() ? Span::kNoFile : marks_.front().span.file;
    for (const Change& change : changes) {
      if (change.file != file) draw_place(out_, sources_, change.span, "├─", gutter_);
      file = change.file;
      if (!change.drawable) {
        put_remark("edit", describe(change));
        continue;
      }
      put_side(change.before, change.first_line, "-", palette_.removed);
      put_side(change.after, change.first_line, "+", palette_.added);
    }
  }

  void put_side(const std::vector<std::string>& lines, std::uint32_t number, std::string_view sign, std::string_view style) {
    constexpr std::size_t kMostLines = 12;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool last_shown = i + 1 == kMostLines && lines.size() > kMostLines;
      gutter_.put(out_, fmt::format("{}", number + i), sign);
      const std::string shown = last_shown ? "…" : draw_plain(lines[i]);
      if (!shown.empty()) out_ += ' ';
      palette_.paint(out_, style, shown);
      out_ += '\n';
      if (last_shown) return;
    }
  }

  static std::string clip(std::string_view text) {
    constexpr std::size_t kLongest = 80;
    std::size_t end = std::min(kLongest, text.size());
    while (end < text.size() && end > 0 && continues_utf8(text[end])) --end;
    return end < text.size() ? fmt::format("{}…", text.substr(0, end)) : std::string(text);
  }

  [[nodiscard]] std::string describe(const Change& change) const {
    const std::string old = clip(sources_.text(change.span));
    const std::string text = clip(change.text);
    const LineColumn at = sources_.locate(change.span.file, change.span.begin);
    if (old.empty()) return fmt::format("insert `{}` at {}:{}", text, at.line, at.column);
    if (text.empty()) return fmt::format("remove `{}` at {}:{}", old, at.line, at.column);
    return fmt::format("replace `{}` with `{}` at {}:{}", old, text, at.line, at.column);
  }

  /// The lines that `fix` changes; none when its edits are not about texts we have, or contradict each other.
  [[nodiscard]] std::vector<Change> changes_of(const Fix& fix) const {
    std::vector<const Edit*> edits;
    for (const Edit& edit : fix.edits) {
      if (!inside(edit.span)) return {};
      edits.push_back(&edit);
    }
    std::stable_sort(edits.begin(), edits.end(), [](const Edit* a, const Edit* b) { return a->span < b->span; });

    std::vector<Change> changes;
    for (std::size_t i = 0; i < edits.size();) {
      const FileId file = edits[i]->span.file;
      const auto& starts = sources_.file(file).line_starts;
      Change change;
      change.file = file;
      change.span = edits[i]->span;
      change.text = edits[i]->text;
      change.first_line = sources_.locate(file, edits[i]->span.begin).line;
      std::uint32_t last = sources_.locate(file, edits[i]->span.end).line;
      std::size_t next = i + 1;
      for (; next < edits.size() && edits[next]->span.file == file; ++next) {
        if (edits[next]->span.begin < edits[next - 1]->span.end) return {};
        if (sources_.locate(file, edits[next]->span.begin).line > last) break;
        last = sources_.locate(file, edits[next]->span.end).line;
      }
      const std::uint32_t begin = starts[change.first_line - 1];
      const auto end = static_cast<std::uint32_t>(starts[last - 1] + sources_.line(file, last).size());
      // Beyond a few lines nobody compares by eye, and a text may be one line of megabytes.
      constexpr std::size_t kMostBytes = 2000;
      std::size_t added = 0;
      for (std::size_t k = i; k < next; ++k) added += edits[k]->text.size();
      change.drawable = end - begin <= kMostBytes && added <= kMostBytes;
      if (change.drawable) {
        std::string after;
        std::uint32_t copied = begin;
        for (std::size_t k = i; k < next; ++k) {
          after += sources_.text({file, copied, edits[k]->span.begin});
          after += edits[k]->text;
          copied = edits[k]->span.end;
        }
        if (copied < end) after += sources_.text({file, copied, end});
        change.before = split_lines(sources_.text({file, begin, end}));
        change.after = split_lines(after);
        trim_equal_ends(change);
      }
      changes.push_back(std::move(change));
      i = next;
    }
    return changes;
  }

  std::string& out_;
  const SourceMap& sources_;
  const Diagnostic& d_;
  Palette palette_;
  Gutter gutter_;
  std::vector<Mark> marks_;
  std::vector<std::vector<Change>> changes_;  ///< one list per fix
};

}  // namespace

std::string render_text(const Sink& sink, const SourceMap& sources, TextOptions options) {
  // Nobody reads on; JSON and SARIF hold them all.
  constexpr std::size_t kMost = 200;
  std::string out;
  std::vector<std::size_t> order = render_order(sink);
  std::erase_if(order, [&](std::size_t i) { return sink.all()[i].allowed.has_value(); });
  for (std::size_t i = 0; i < order.size() && i < kMost; ++i) {
    if (!out.empty()) out += '\n';
    TextRenderer(out, sources, sink.all()[order[i]], options).put();
  }
  if (order.size() > kMost) out += fmt::format("\nand {} more\n", order.size() - kMost);
  return out;
}

}  // namespace virga::diag
