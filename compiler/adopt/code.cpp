#include "compiler/adopt/code.h"

#include <set>

namespace virga::adopt {
namespace {

constexpr std::size_t kFiles = 2'000, kUses = 50, kBytes = 1 << 20;
constexpr int kDeep = 12;

class Search {
 public:
  Search(const FileSystem& files, const catalog::Catalog& catalog) : files_(files), catalog_(catalog) {}

  void folder(const std::string& path, int depth) {
    static const std::set<std::string> others = {"node_modules", "vendor", "target", "dist", "build", "__pycache__", "venv"};
    const auto entries = files_.list(path);
    if (!entries || depth > kDeep) return;
    for (const DirectoryEntry& e : *entries) {
      if (seen_ >= kFiles || out.size() >= kUses) return;
      const std::string inner = path.empty() ? e.name : path + "/" + e.name;
      if (e.type == DirectoryEntry::Type::directory && !others.contains(e.name) && !e.name.starts_with('.'))
        folder(inner, depth + 1);
      if (e.type == DirectoryEntry::Type::file) file(inner);
    }
  }

  void file(const std::string& path) {
    ++seen_;
    const auto text = files_.read(path, kBytes);
    if (!text || text->find('\0') != std::string::npos) return;
    std::size_t number = 0;
    for (std::size_t at = 0; at < text->size() && out.size() < kUses;) {
      const std::size_t end = std::min(text->find('\n', at), text->size());
      const std::string_view line(text->data() + at, end - at);
      ++number;
      for (const catalog::LeavingRow& row : catalog_.leaving) {
        if (row.pattern.empty() || line.find(row.pattern) == std::string_view::npos) continue;
        out.push_back({path + ":" + std::to_string(number), std::string(row.pattern), std::string(row.says)});
        break;
      }
      at = end + 1;
    }
  }

  std::vector<CodeUse> out;

 private:
  const FileSystem& files_;
  const catalog::Catalog& catalog_;
  std::size_t seen_ = 0;
};

}  // namespace

std::vector<CodeUse> uses_of(const FileSystem& files, const std::string& folder, const catalog::Catalog& catalog) {
  const std::optional<std::string> path = normalize_path(folder);
  if (!path || folder.empty()) return {};
  Search search(files, catalog);
  if (files.is_directory(*path)) search.folder(*path, 0);
  else if (files.is_file(*path)) search.file(*path);
  return std::move(search.out);
}

}  // namespace virga::adopt
