#include "compiler/driver/load.h"

#include "compiler/cloud/backend.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/syntax/parse.h"
#include "stdlib/stdlib.h"

#include <deque>
#include <set>

namespace virga::driver {
namespace {

namespace codes = diag::codes;

constexpr std::size_t kLargestFile = 64u << 20;

std::string directory_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
}

class Loader {
 public:
  Loader(const LoadRequest& request, Project& project, diag::Sink& sink)
      : request_(request), project_(project), sink_(sink) {}

  Expected<bool> run() {
    project_.program.core.push_back({"", parse("<std>/core.virga", std::string(standard("core.virga")->bytes), {true, ""})});
    for (const cloud::Backend* backend : cloud::all_backends()) {
      for (const EmbeddedFile& f : backend->kinds()) {
        project_.program.core.push_back({"", parse("<" + std::string(backend->catalog().cloud) + ">/" + std::string(f.path),
                                                   std::string(f.bytes), {true, ""})});
      }
    }
    for (const std::string& path : request_.paths) {
      auto text = request_.files.read(path, kLargestFile);
      if (!text) return text.error();
      auto file = add(request_.shown(path), std::move(*text), {false, directory_of(path)});
      if (!file) {
        project_.program.complete = false;
        continue;
      }
      project_.program.app.push_back({"", file, directory_of(path)});
    }
    while (!open_.empty()) {
      const Wanted w = open_.front();
      open_.pop_front();
      follow(w);
    }
    return true;
  }

 private:
  struct Wanted {
    std::string name;  ///< as the text says it, and as the program knows the module
    Span span;
    Home from;
    bool standard;
  };

  static const EmbeddedFile* standard(std::string_view path) {
    for (const EmbeddedFile& f : stdlib::files()) {
      if (f.path == path) return &f;
    }
    return nullptr;
  }

  std::shared_ptr<const syntax::File> parse(std::string shown, std::string text, Home home) {
    const SourceFile& source = project_.sources.add(std::move(shown), std::move(text));
    project_.homes[source.id] = home;
    auto file = std::make_shared<const syntax::File>(syntax::parse(source, sink_));
    for (const auto& s : file->statements) {
      const auto* use = std::get_if<syntax::UseDecl>(&s.data);
      if (use == nullptr) continue;
      if (use->path) {
        open_.push_back({use->path->text, use->path->span, home, false});
      } else if (!use->module.empty()) {
        std::string name;
        for (const auto& n : use->module) name += (name.empty() ? "" : ".") + n.text;
        open_.push_back({name, join(use->module.front().span, use->module.back().span), home, true});
      }
    }
    return file;
  }

  /// Text of the user's: checked before anything looks at it.
  std::shared_ptr<const syntax::File> add(std::string shown, std::string text, Home home) {
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    const std::size_t bad = first_bad_utf8(text);
    if (bad != std::string_view::npos) {
      const bool nul = text[bad] == '\0';
      // What stands before the bad byte is fine, so the place can be shown.
      text.resize(bad);
      const SourceFile& source = project_.sources.add(shown, std::move(text));
      const auto at = static_cast<std::uint32_t>(bad);
      sink_.report({source.id, at, at}, codes::FileEncoding, "`" + shown + "`")
          .says(nul ? "a NUL byte stands here" : "the bytes from here on are not UTF-8")
          .help("save the file as UTF-8 text");
      return nullptr;
    }
    return parse(std::move(shown), std::move(text), std::move(home));
  }

  void follow(const Wanted& w) {
    if (!seen_.insert((w.standard ? "std:" : "file:" + w.from.directory + ":") + w.name).second) return;
    if (w.standard) {
      const std::string path = w.name.starts_with("std.") ? w.name.substr(4) + ".virga" : "";
      const EmbeddedFile* f = path.empty() || path == "core.virga" ? nullptr : standard(path);
      if (f == nullptr) {
        std::vector<std::string> names;
        for (const EmbeddedFile& e : stdlib::files()) {
          if (e.path.ends_with(".virga") && e.path != "core.virga")
            names.push_back("std." + std::string(e.path.substr(0, e.path.size() - 6)));
        }
        auto r = sink_.report(w.span, codes::ModuleMissing, w.name);
        if (const std::string near = diag::nearest(w.name, names); !near.empty()) {
          r.help("did you mean `" + near + "`?").fix(w.span, near, diag::Confidence::likely, "write `" + near + "`");
        } else {
          std::string all;
          for (const std::string& n : names) all += (all.empty() ? "`" : ", `") + n + "`";
          r.help("the standard modules are " + all + "; a file of your own is named in quotes: `use \"./queues.virga\"`");
        }
        return;
      }
      project_.program.modules.push_back(
          {w.name, parse("<std>/" + std::string(f->path), std::string(f->bytes), {true, ""})});
      return;
    }
    const auto path = normalize_path(w.from.directory.empty() ? w.name : w.from.directory + "/" + w.name);
    if (!path || w.from.standard) {
      sink_.report(w.span, codes::ModulePath, w.name).help("keep the module in the project's folder");
      return;
    }
    if (!modules_.insert(*path).second) return;
    if (request_.files.is_directory(*path)) {
      project_.imports.push_back({*path, w.name, w.span});
      return;
    }
    auto text = request_.files.read(*path, kLargestFile);
    if (!text) {
      if (text.error().kind == IoError::Kind::outside) {
        sink_.report(w.span, codes::ModulePath, w.name)
            .note(text.error().message)
            .help("keep the module in the project's folder");
      } else {
        sink_.report(w.span, codes::ModuleMissing, w.name)
            .note(text.error().message)
            .help("the path is relative to the file that names it");
      }
      return;
    }
    auto file = add(request_.shown(*path), std::move(*text), {false, directory_of(*path)});
    if (!file) return;
    project_.program.modules.push_back({*path, file, directory_of(*path)});
  }

  const LoadRequest& request_;
  Project& project_;
  diag::Sink& sink_;
  std::deque<Wanted> open_;
  std::set<std::string> seen_, modules_;
};

}  // namespace

std::string LoadRequest::shown(const std::string& path) const {
  if (folder.empty()) return shown_prefix + path;
  return path.starts_with(folder + "/") ? shown_prefix + path.substr(folder.size() + 1) : shown_root + path;
}

Expected<bool> load(const LoadRequest& request, Project& project, diag::Sink& sink) {
  return Loader(request, project, sink).run();
}

Expected<std::vector<std::string>> program_files(const FileSystem& files, std::string_view directory) {
  auto entries = files.list(directory);
  if (!entries) return entries.error();
  std::vector<std::string> out;
  for (const DirectoryEntry& e : *entries) {
    if (e.type == DirectoryEntry::Type::file && e.name.ends_with(".virga") && e.name != kWorkspaceFile) {
      out.push_back(directory.empty() || directory == "." ? e.name : std::string(directory) + "/" + e.name);
    }
  }
  if (out.empty())
    return IoError{IoError::Kind::missing,
                   "there is no .virga file in " +
                       (directory.empty() ? std::string("this folder") : "`" + std::string(directory) + "`")};
  return out;
}

}  // namespace virga::driver
