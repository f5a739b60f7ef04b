#include "compiler/driver/migrate.h"

#include "compiler/adopt/runtimes.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/package.h"

#include <algorithm>

namespace virga::driver {
namespace {

/// The program, beside what lies in the folder of the template.
class Overlay final : public FileSystem {
 public:
  Overlay(MemoryFileSystem made, const FileSystem* disk) : made_(std::move(made)), disk_(disk) {}
  [[nodiscard]] Expected<std::string> read(std::string_view path, std::size_t max_bytes) const override {
    return made_.is_file(path) || disk_ == nullptr ? made_.read(path, max_bytes) : disk_->read(path, max_bytes);
  }
  [[nodiscard]] Expected<std::vector<DirectoryEntry>> list(std::string_view path) const override {
    if (disk_ == nullptr || !disk_->is_directory(path)) return made_.list(path);
    auto all = disk_->list(path);
    if (!all || !made_.is_directory(path)) return all;
    const auto made = made_.list(path);
    for (const DirectoryEntry& e : made ? *made : std::vector<DirectoryEntry>()) {
      std::erase_if(*all, [&](const DirectoryEntry& one) { return one.name == e.name; });
      all->push_back(e);
    }
    std::sort(all->begin(), all->end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
  }
  [[nodiscard]] bool is_file(std::string_view path) const override {
    return made_.is_file(path) || (disk_ != nullptr && disk_->is_file(path));
  }
  [[nodiscard]] bool is_directory(std::string_view path) const override {
    return made_.is_directory(path) || (disk_ != nullptr && disk_->is_directory(path));
  }

 private:
  MemoryFileSystem made_;
  const FileSystem* disk_;
};

}  // namespace

Migrated migrate(const MigrateRequest& q, diag::Sink& sink) {
  Migrated out;
  diag::Sink reading;
  Adopted adopted = adopt_template(q.files, q.from, q.app, "", q.named, reading);
  for (const diag::Diagnostic& d : reading.all()) sink.add(d);
  if (adopted.text.empty()) return out;
  adopted.raised.draft.targets = {q.from.name(), q.to.name()};
  adopted.raised.draft.other = q.to.backend->catalog().cloud;
  adopt::replace_runtimes(adopted.raised.draft, q.to.backend->catalog());
  std::vector<std::string> lines;
  const std::string text = adopt::print(adopted.raised.draft, lines);
  out.program = laid_out(text);
  out.beside = adopted.files;
  MemoryFileSystem made;
  made.put(std::string(kProgram), text);
  for (const auto& [path, inner] : adopted.files) made.put(path, inner);
  const Overlay files(std::move(made), q.folder);
  FrontEnd front;
  diag::Sink findings;
  (void)front_end({{files, {std::string(kProgram)}, ""}, ""}, front, findings);
  std::vector<TargetStack> stacks;
  if (!findings.has_errors()) {
    // Code that is not there keeps nothing from being looked at; the report says so, and nothing is written then.
    diag::Sink packing;
    const Packaged code = package(front.architecture, front.project, files, packing);
    for (const diag::Diagnostic& d : packing.all()) findings.add(d);
    diag::Sink back;
    stacks = back_end(front, code, {{q.to}, ""}, back);
    for (const diag::Diagnostic& d : back.all()) findings.add(d);
    if (back.has_errors()) stacks.clear();
    for (const TargetStack& s : stacks) {
      for (const auto& [path, bytes] : s.files) out.files[q.to.name() + "/" + path] = bytes;
    }
  }
  out.report =
      adopt::report({adopted.raised, adopted.given, front.architecture, lines, front.project.sources, kProgram,
                     stacks.empty() ? nullptr : &stacks.front().lowered, findings, reading, q.from.backend->catalog(),
                     q.to.backend->catalog(), q.to.format->family(), q.from.name(), q.to.name(), &files});
  // A template that lacks what the app needs would be deployed by somebody.
  if (!out.report.whole) out.files.clear();
  return out;
}

}  // namespace virga::driver
