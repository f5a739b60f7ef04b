#include "compiler/driver/package.h"

#include "compiler/cloud/naming.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/driver/dependencies.h"
#include "compiler/driver/ignore.h"
#include "stdlib/stdlib.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>

namespace virga::driver {
namespace {

namespace codes = diag::codes;

constexpr std::size_t kLargestFile = 512u << 20;
constexpr std::size_t kMostFiles = 50'000;

struct Entry {
  std::string path;
  std::string bytes;
  bool executable = false;
};
using Entries = std::vector<Entry>;

constexpr std::string_view kIgnoreFile = ".virgaignore";
constexpr std::size_t kLargestIgnoreFile = 1u << 20;

/// The ignore files between the project's root and a folder, outermost first, each with the folder it lies in.
class Ignored {
 public:
  explicit Ignored(const FileSystem& files) : files_(files) {}

  /// Reads the ignore file of `folder` (empty: the root), when there is one. True when it was there.
  bool enter(const std::string& folder) {
    const std::string path = folder.empty() ? std::string(kIgnoreFile) : folder + "/" + std::string(kIgnoreFile);
    if (!files_.is_file(path)) return false;
    auto text = files_.read(path, kLargestIgnoreFile);
    if (!text) return false;
    open_.emplace_back(folder, IgnoreFile(*text));
    return true;
  }
  void leave() { open_.pop_back(); }

  /// The innermost file that has something to say decides.
  [[nodiscard]] bool judge(const std::string& path, bool directory) const {
    for (auto file = open_.rbegin(); file != open_.rend(); ++file) {
      const std::string_view inside =
          file->first.empty() ? std::string_view(path) : std::string_view(path).substr(file->first.size() + 1);
      switch (file->second.judge(inside, directory)) {
        case IgnoreFile::Verdict::ignored: return true;
        case IgnoreFile::Verdict::kept: return false;
        case IgnoreFile::Verdict::nothing: break;
      }
    }
    return false;
  }

 private:
  const FileSystem& files_;
  std::vector<std::pair<std::string, IgnoreFile>> open_;
};

/// A path below a folder; either may be empty, which is the folder itself.
std::string joined(const std::string& folder, const std::string& path) {
  return folder.empty() || path.empty() ? folder + path : folder + "/" + path;
}

/// Everything below a directory of the project; the reason when it cannot be packed.
std::optional<std::string> collect(const FileSystem& files, Ignored& ignored, const std::string& root,
                                   const std::string& below, Entries& out) {
  const std::string folder = joined(root, below);
  auto list = files.list(folder);
  if (!list) return list.error().message;
  const bool entered = ignored.enter(folder);
  for (const DirectoryEntry& e : *list) {
    const std::string path = joined(below, e.name);
    if (e.name == kIgnoreFile || ignored.judge(joined(root, path), e.type == DirectoryEntry::Type::directory)) continue;
    switch (e.type) {
      case DirectoryEntry::Type::symlink: return "`" + path + "` is a symbolic link";
      case DirectoryEntry::Type::other: return "`" + path + "` is neither a file nor a folder";
      case DirectoryEntry::Type::directory:
        if (e.name == ".git" || e.name == "__pycache__") continue;  // what tools leave behind
        if (auto why = collect(files, ignored, root, path, out)) return why;
        break;
      case DirectoryEntry::Type::file: {
        auto bytes = files.read(joined(root, path), kLargestFile);
        if (!bytes) return bytes.error().message;
        out.push_back({path, std::move(*bytes), e.executable});
        if (out.size() > kMostFiles) return "it holds more than " + std::to_string(kMostFiles) + " files";
        break;
      }
    }
  }
  if (entered) ignored.leave();
  return std::nullopt;
}

/// The same from a folder of the project, with the ignore files above it.
std::optional<std::string> collect(const FileSystem& files, const std::string& root, Entries& out) {
  Ignored ignored(files);
  std::string above;
  for (std::size_t at = 0; at != std::string::npos;) {
    if (above != root) (void)ignored.enter(above);
    const std::size_t slash = root.find('/', at);
    if (slash == std::string::npos) break;
    above = root.substr(0, slash);
    at = slash + 1;
  }
  return collect(files, ignored, root, "", out);
}

/// What the code says that it needs and does not hold.
void report_dependencies(const Entries& entries, const std::string& written, Span span, diag::Sink& sink) {
  std::vector<std::string_view> paths;
  paths.reserve(entries.size());
  for (const Entry& e : entries) paths.emplace_back(e.path);
  const auto text = [&](std::string_view path) -> std::optional<std::string_view> {
    for (const Entry& e : entries) {
      if (e.path == path) return e.bytes;
    }
    return std::nullopt;
  };
  for (const MissingDependencies& m : missing_dependencies(paths, text)) {
    std::string all;
    for (const std::string& name : m.names) all += (all.empty() ? "`" : ", `") + name + "`";
    sink.report(span, codes::CodeDependencies, written, all)
        .note("`" + m.manifest + "` names what is not in the folder")
        .help("run `" + m.install + "` in it first; what the runtime brings along need not stand there");
  }
}

void collect_standard(const std::string& root, Entries& out) {
  for (const EmbeddedFile& f : stdlib::files()) {
    if (f.path.starts_with(root + "/"))
      out.push_back({std::string(f.path.substr(root.size() + 1)), std::string(f.bytes), false});
  }
}

std::string content_hash(const Entries& entries) {
  std::string all;
  for (const Entry& e : entries) {
    all += e.path + '\0' + (e.executable ? "x" : "-") + std::to_string(e.bytes.size()) + '\0' + e.bytes;
  }
  return cloud::short_hash(all, 64);
}

la_ssize_t append(struct archive*, void* to, const void* bytes, size_t size) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

/// Stored, not deflated: deflate's bytes differ between versions of zlib, and the cloud does not care.
std::string zip(const Entries& entries) {
  std::string out;
  struct archive* a = archive_write_new();
  archive_write_set_format_zip(a);
  archive_write_zip_set_compression_store(a);
  archive_write_set_bytes_in_last_block(a, 1);
  archive_write_open(a, &out, nullptr, append, nullptr);
  for (const Entry& e : entries) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, e.path.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(e.bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, e.executable ? 0755 : 0644);
    archive_write_header(a, entry);
    archive_write_data(a, e.bytes.data(), e.bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
  return out;
}

}  // namespace

Packaged package(const Architecture& architecture, const Project& project, const FileSystem& files, diag::Sink& sink) {
  Packaged out;
  std::map<std::string, std::pair<std::string, Entries>> packed;  // one folder used twice is read once
  for (const Node& node : architecture.nodes) {
    const auto kind = architecture.kinds.find(node.kind);
    if (kind == architecture.kinds.end()) continue;
    for (const AttributeSpec& spec : kind->second.attributes) {
      if (spec.type.tag != Type::Tag::path) continue;
      const Value* value = node.attributes.find(spec.name);
      const auto* written = value == nullptr ? nullptr : value->get<std::string>();
      if (written == nullptr) continue;
      const Span span = value->span.known() ? value->span : node.span;
      // A pattern hands a path on: it is relative to the file in which the text stands, which the span remembers.
      const Span origin = value->origin.known() ? value->origin : value->span;
      const auto home_of = project.homes.find(origin.file);
      const Home home = home_of == project.homes.end() ? Home{} : home_of->second;
      const auto path = normalize_path(home.directory.empty() ? *written : home.directory + "/" + *written);
      if (!path) {
        sink.report(span, codes::ModulePath, *written).help("keep the code in the project's folder");
        continue;
      }
      Entries entries;
      bool ready_made = false;
      if (home.standard) {
        collect_standard(*path, entries);
      } else if (files.is_file(*path) && path->ends_with(".zip")) {
        auto bytes = files.read(*path, kLargestFile);
        if (!bytes) {
          sink.report(span, codes::CodeUnreadable, *written, bytes.error().message);
          continue;
        }
        entries.push_back({*path, std::move(*bytes), false});
        ready_made = true;
      } else {
        auto probe = files.list(*path);
        if (!probe) {
          if (probe.error().kind == IoError::Kind::outside) {
            sink.report(span, codes::ModulePath, *written)
                .note(probe.error().message)
                .help("keep the code in the project's folder");
          } else {
            sink.report(span, codes::CodeMissing, *written)
                .note(probe.error().message)
                .help("give a folder, or a `.zip`, relative to the file that names it");
          }
          continue;
        }
        if (auto why = collect(files, *path, entries)) {
          sink.report(span, codes::CodeUnreadable, *written, *why);
          continue;
        }
      }
      if (entries.empty()) {
        sink.report(span, codes::CodeEmpty, *written);
        continue;
      }
      if (!ready_made && !home.standard) report_dependencies(entries, *written, span, sink);
      std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.path < b.path; });
      cloud::CodeArtifact artifact;
      artifact.hash = content_hash(entries);
      std::string bytes = ready_made ? entries[0].bytes : zip(entries);
      for (const Entry& e : entries) artifact.unpacked += e.bytes.size();
      artifact.size = bytes.size();
      std::string name = node.name;
      std::replace(name.begin(), name.end(), '.', '-');
      artifact.path = "code/" + name + "-" + artifact.hash.substr(0, 12) + ".zip";
      out.files[artifact.path] = std::move(bytes);
      out.artifacts[node.id] = std::move(artifact);
    }
  }
  return out;
}

Packaged package_for(const std::vector<cloud::Target>& targets, const Architecture& architecture, const Project& project,
                     const FileSystem& files, diag::Sink& sink) {
  const bool wanted = std::any_of(targets.begin(), targets.end(), [&](const cloud::Target& t) {
    return !architecture.app.adopted.contains(t.backend->catalog().cloud);
  });
  return wanted ? package(architecture, project, files, sink) : Packaged();
}

}  // namespace virga::driver
