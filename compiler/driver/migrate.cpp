#include "compiler/driver/migrate.h"

#include "compiler/adopt/loads.h"
#include "compiler/adopt/runtimes.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/package.h"
#include "compiler/syntax/parse.h"

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

/// What the file of loads says and the program does not bear, at its place in the file; whether there was anything.
bool tell_loads(const std::vector<adopt::Laid>& laid, const std::string& program, const FrontEnd& front,
                const diag::Sink& findings, diag::Sink& sink) {
  if (laid.empty() || !findings.has_errors()) return false;
  SourceMap sources;
  diag::Sink nothing;
  const syntax::File tree = syntax::parse(sources.add(std::string(kProgram), program), nothing);
  bool any = false;
  for (const diag::Diagnostic& d : findings.all()) {
    if (d.severity != diag::Severity::error || !d.span.known()) continue;
    if (front.project.sources.file(d.span.file).path != kProgram) continue;
    const Span there = adopt::place_of_load(laid, tree, d.span);
    if (!there.known()) continue;
    diag::Diagnostic moved = d;
    moved.span = there;
    moved.labels.clear();  // places of a program that nobody has seen
    moved.fixes.clear();
    sink.add(std::move(moved));
    any = true;
  }
  return any;
}

/// Of a stack, or why there is none.
std::optional<TargetCost> cost_of(const FrontEnd& front, const std::vector<TargetStack>& stacks) {
  std::vector<TargetCost> all = costs(front, stacks, "", "");
  return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

std::string first_error(const diag::Sink& sink) {
  for (const diag::Diagnostic& d : sink.all()) {
    if (d.severity == diag::Severity::error) return d.message;
  }
  return {};
}

/// Whether all that comes is known: somebody says it, or clocks do.
bool says_all(const TargetCost& cost) {
  const cost::Estimate& e = cost.estimate;
  return !e.lines.empty() && e.without_load.empty() && e.uncalled.empty();
}

}  // namespace

Migrated migrate(const MigrateRequest& q, diag::Sink& sink) {
  Migrated out;
  diag::Sink reading;
  Adopted adopted = adopt_template(q.files, q.from, q.app, "", q.named, reading);
  for (const diag::Diagnostic& d : reading.all()) sink.add(d);
  if (adopted.text.empty()) return out;
  std::vector<adopt::Laid> laid;
  if (q.loads != nullptr) {
    diag::Sink said;
    const syntax::File file = syntax::parse(*q.loads, said);
    if (!said.has_errors()) laid = adopt::lay_loads(adopted.raised.draft, *q.loads, file, said);
    for (const diag::Diagnostic& d : said.all()) sink.add(d);
    if (said.has_errors()) return out;
  }
  adopted.raised.draft.targets = {q.from.name(), q.to.name()};
  adopted.raised.draft.other = q.to.backend->catalog().cloud;
  adopt::replace_runtimes(adopted.raised.draft, q.to.backend->catalog());
  std::vector<std::string> lines;
  const std::string text = adopt::print(adopted.raised.draft, lines);
  MemoryFileSystem made;
  made.put(std::string(kProgram), text);
  for (const auto& [path, inner] : adopted.files) made.put(path, inner);
  const Overlay files(std::move(made), q.folder);
  out.costs.front = std::make_unique<FrontEnd>();
  FrontEnd& front = *out.costs.front;
  diag::Sink findings;
  (void)front_end({{files, {std::string(kProgram)}, ""}, ""}, front, findings);
  if (tell_loads(laid, text, front, findings, sink)) return out;
  out.program = laid_out(text);
  out.beside = adopted.files;
  std::vector<TargetStack> stacks;
  out.costs.no_before = out.costs.no_after = first_error(findings);
  if (!findings.has_errors()) {
    // Code that is not there keeps nothing from being looked at; the report says so, and nothing is written then.
    diag::Sink packing;
    const Packaged code = package(front.architecture, front.project, files, packing);
    for (const diag::Diagnostic& d : packing.all()) findings.add(d);
    diag::Sink back, here;
    stacks = back_end(front, code, {{q.to}, ""}, back);
    for (const diag::Diagnostic& d : back.all()) findings.add(d);
    if (back.has_errors()) stacks.clear();
    for (const TargetStack& s : stacks) {
      for (const auto& [path, bytes] : s.files) out.files[q.to.name() + "/" + path] = bytes;
    }
    out.costs.before = cost_of(front, back_end(front, code, {{q.from}, ""}, here));
    out.costs.no_before = first_error(here);
  }
  out.report =
      adopt::report({adopted.raised, adopted.given, front.architecture, lines, front.project.sources, kProgram,
                     stacks.empty() ? nullptr : &stacks.front().lowered, findings, reading, q.from.backend->catalog(),
                     q.to.backend->catalog(), q.to.format->family(), q.from.name(), q.to.name(), &files, q.nested});
  // A template that lacks what the app needs would be deployed by somebody.
  if (!out.report.whole) out.files.clear();
  else out.costs.after = cost_of(front, stacks);
  out.costs.loads = q.loads != nullptr || (out.costs.before && says_all(*out.costs.before));
  return out;
}

}  // namespace virga::driver
