#include "compiler/driver/workspace.h"

#include "compiler/diagnostics/codes.h"
#include "compiler/syntax/parse.h"

#include <algorithm>
#include <functional>
#include <set>

namespace virga::driver {
namespace {

namespace codes = diag::codes;

constexpr std::size_t kLargestFile = 1u << 20;

struct Listed {
  std::string folder;
  Span span;
};

std::nullopt_t ill_formed(diag::Sink& sink, Span span, const std::string& why) {
  sink.report(span, codes::WorkspaceForm, why).help("`workspace NAME { apps = [\"./orders\", \"./web\"] }`");
  return std::nullopt;
}

std::optional<std::string> plain_text(const syntax::Expr& e) {
  const auto* text = std::get_if<syntax::StringExpr>(&e.data);
  if (text == nullptr || text->parts.size() != 1) return std::nullopt;
  const auto* plain = std::get_if<std::string>(&text->parts.front());
  return plain == nullptr ? std::nullopt : std::optional(*plain);
}

std::vector<Listed> listed(const syntax::File& file, Workspace& out, diag::Sink& sink) {
  std::vector<Listed> apps;
  const syntax::NodeDecl* found = nullptr;
  for (const syntax::Statement& s : file.statements) {
    const auto* node = std::get_if<syntax::NodeDecl>(&s.data);
    if (node == nullptr || node->kind.size() != 1 || node->kind[0].text != "workspace" || node->computed_name ||
        found != nullptr) {
      (void)ill_formed(sink, span_of(s), "it holds one `workspace` and nothing else");
      continue;
    }
    found = node;
    out.name = node->name.text;
    for (const syntax::Statement& inner : node->body) {
      const auto* a = std::get_if<syntax::Attribute>(&inner.data);
      const auto* list = a == nullptr || a->value == nullptr ? nullptr : std::get_if<syntax::ListExpr>(&a->value->data);
      if (a == nullptr || a->name.text != "apps" || list == nullptr) {
        (void)ill_formed(sink, span_of(inner), "a workspace has `apps`, a list of folders");
        continue;
      }
      for (const auto& item : list->items) {
        if (const auto text = plain_text(*item)) apps.push_back({*text, item->span});
        else (void)ill_formed(sink, item->span, "an app is named by its folder, as text");
      }
    }
  }
  if (found == nullptr && file.complete) (void)ill_formed(sink, {file.id, 0, 0}, "there is no `workspace` in it");
  return apps;
}

/// The folders that the files of an app name in their `use`s.
std::vector<std::string> used_by(const FileSystem& files, const std::string& folder) {
  std::vector<std::string> out;
  auto paths = program_files(files, folder);
  if (!paths) return out;
  for (const std::string& path : *paths) {
    auto text = files.read(path, kLargestFile);
    if (!text || first_bad_utf8(*text) != std::string_view::npos) continue;
    SourceMap sources;
    diag::Sink silent;  // the app's own check tells what is wrong with it
    const syntax::File file = syntax::parse(sources.add(path, std::move(*text)), silent);
    for (const syntax::Statement& s : file.statements) {
      const auto* use = std::get_if<syntax::UseDecl>(&s.data);
      if (use == nullptr || !use->path) continue;
      if (auto other = normalize_path(folder + "/" + use->path->text)) out.push_back(std::move(*other));
    }
  }
  return out;
}

}  // namespace

Expected<bool> read_workspace(const FileSystem& files, const std::string& shown_prefix, Workspace& out, diag::Sink& sink) {
  auto text = files.read(kWorkspaceFile, kLargestFile);
  if (!text) return text.error();
  const std::string shown = shown_prefix + std::string(kWorkspaceFile);
  if (const std::size_t bad = first_bad_utf8(*text); bad != std::string_view::npos) {
    text->resize(bad);
    const SourceFile& source = out.sources.add(shown, std::move(*text));
    const auto at = static_cast<std::uint32_t>(bad);
    sink.report({source.id, at, at}, codes::FileEncoding, "`" + shown + "`").help("save the file as UTF-8 text");
    return true;
  }
  const syntax::File file = syntax::parse(out.sources.add(shown, std::move(*text)), sink);
  std::vector<std::string> folders;
  std::map<std::string, Span> seen;
  for (const Listed& app : listed(file, out, sink)) {
    const auto folder = normalize_path(app.folder);
    if (!folder) {
      sink.report(app.span, codes::ModulePath, app.folder).help("keep the apps in the workspace's folder");
    } else if (const auto [first, fresh] = seen.emplace(*folder, app.span); !fresh) {
      sink.report(app.span, codes::AppListedTwice, app.folder).label(first->second, "listed here first");
    } else if (!program_files(files, *folder)) {
      sink.report(app.span, codes::ModuleMissing, app.folder).help("an app is a folder with `.virga` files");
    } else {
      folders.push_back(*folder);
    }
  }
  // Depth first, in the order written; a circle is told by the apps themselves.
  std::set<std::string> placed, open;
  const std::function<void(const std::string&)> place = [&](const std::string& folder) {
    if (placed.contains(folder) || !open.insert(folder).second) return;
    for (const std::string& other : used_by(files, folder)) {
      if (std::find(folders.begin(), folders.end(), other) != folders.end()) place(other);
    }
    placed.insert(folder);
    out.apps.push_back(folder);
  };
  for (const std::string& folder : folders) place(folder);
  return true;
}

}  // namespace virga::driver
