#include "compiler/driver/fix.h"

#include "compiler/diagnostics/render.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::driver {
namespace {

bool touch(const diag::Edit& a, const diag::Edit& b) {
  if (a.span.file != b.span.file) return false;
  // Two insertions at one place have no order.
  return (a.span.begin < b.span.end && b.span.begin < a.span.end) || a.span.begin == b.span.begin;
}

bool same(const diag::Edit& a, const diag::Edit& b) { return a.span == b.span && a.text == b.text; }

bool can_be_made(const Project& project, const diag::Edit& edit) {
  if (!edit.span.known() || path_of(project, edit.span.file).empty()) return false;
  return edit.span.begin <= edit.span.end && edit.span.end <= project.sources.file(edit.span.file).text.size();
}

/// The edits of one round, by file and place.
class Edits {
 public:
  /// A fix as a whole, or nothing of it. Whether it was taken.
  bool take(const std::vector<diag::Edit>& edits) {
    std::vector<diag::Edit> fresh;
    for (const diag::Edit& e : edits) {
      const auto& there = by_file_[e.span.file];
      // Those that are taken do not touch each other, so only the neighbours can touch this one.
      auto near = there.lower_bound(e.span.begin);
      if (near != there.begin()) --near;
      bool known = false;
      for (; near != there.end() && near->first <= e.span.end; ++near) {
        known = known || same(near->second, e);
        if (!same(near->second, e) && touch(near->second, e)) return false;
      }
      const bool clash = std::any_of(fresh.begin(), fresh.end(), [&](const diag::Edit& f) { return touch(f, e); });
      if (clash) return false;
      if (!known) fresh.push_back(e);
    }
    for (diag::Edit& e : fresh) by_file_[e.span.file].emplace(e.span.begin, std::move(e));
    return !fresh.empty();
  }

  [[nodiscard]] std::map<std::string, std::string> texts(const Project& project) const {
    std::map<std::string, std::string> out;
    for (const auto& [file, edits] : by_file_) {
      if (edits.empty()) continue;
      const std::string& text = project.sources.file(file).text;
      std::string changed;
      std::size_t copied = 0;
      for (const auto& [begin, edit] : edits) {
        changed.append(text, copied, begin - copied).append(edit.text);
        copied = edit.span.end;
      }
      out[path_of(project, file)] = changed.append(text, copied);
    }
    return out;
  }

 private:
  std::map<FileId, std::map<std::uint32_t, diag::Edit>> by_file_;
};

}  // namespace

std::string path_of(const Project& project, FileId file) {
  const auto home = project.homes.find(file);
  if (home == project.homes.end() || home->second.standard) return {};
  const std::string& shown = project.sources.file(file).path;
  const std::string name = shown.substr(shown.rfind('/') + 1);
  return home->second.directory.empty() ? name : home->second.directory + "/" + name;
}

Round fix_certain(const Project& project, const diag::Sink& sink) {
  Round out;
  Edits taken;
  for (const std::size_t i : diag::render_order(sink)) {
    const diag::Diagnostic& d = sink.all()[i];
    if (d.allowed) continue;
    const auto fix = std::find_if(d.fixes.begin(), d.fixes.end(), [](const diag::Fix& f) {
      return f.confidence == diag::Confidence::certain && !f.edits.empty();
    });
    if (fix == d.fixes.end()) continue;
    const bool ours =
        std::all_of(fix->edits.begin(), fix->edits.end(), [&](const diag::Edit& e) { return can_be_made(project, e); });
    if (!ours || !taken.take(fix->edits)) continue;
    const Span first = fix->edits.front().span;
    const LineColumn at = project.sources.locate(first.file, first.begin);
    out.said.push_back(fmt::format("{}:{}:{}: {}", project.sources.file(first.file).path, at.line, at.column, fix->title));
  }
  out.texts = taken.texts(project);
  return out;
}

Expected<std::string> ChangedFileSystem::read(std::string_view path, std::size_t max_bytes) const {
  const auto normal = normalize_path(path);
  const auto found = normal ? changed_.find(*normal) : changed_.end();
  return found == changed_.end() ? below_.read(path, max_bytes) : Expected<std::string>(found->second);
}

}  // namespace virga::driver
