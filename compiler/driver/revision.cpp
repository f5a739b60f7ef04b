#include "compiler/driver/revision.h"

#include <git2.h>

#include <algorithm>
#include <filesystem>

namespace virga::driver {
namespace {

namespace fs = std::filesystem;

/// Frees what libgit2 gave.
template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* what) const {
    Free(what);
  }
};
using Repository = std::unique_ptr<git_repository, Freed<git_repository_free>>;
using Object = std::unique_ptr<git_object, Freed<git_object_free>>;
using Tree = std::unique_ptr<git_tree, Freed<git_tree_free>>;
using Entry = std::unique_ptr<git_tree_entry, Freed<git_tree_entry_free>>;
using Blob = std::unique_ptr<git_blob, Freed<git_blob_free>>;

std::string last_message() {
  const git_error* error = git_error_last();
  return error == nullptr || error->message == nullptr ? "unknown reason" : error->message;
}

class TreeFileSystem final : public FileSystem {
 public:
  TreeFileSystem(Repository repository, Tree root) : repository_(std::move(repository)), root_(std::move(root)) {}

  [[nodiscard]] Expected<std::string> read(std::string_view path, std::size_t max_bytes) const override {
    auto found = find(path);
    if (!found) return found.error();
    if (git_tree_entry_type(found->get()) != GIT_OBJECT_BLOB)
      return IoError{IoError::Kind::is_directory, "`" + std::string(path) + "` is a folder"};
    git_blob* raw = nullptr;
    if (git_blob_lookup(&raw, repository_.get(), git_tree_entry_id(found->get())) != 0)
      return IoError{IoError::Kind::other, "`" + std::string(path) + "` cannot be read: " + last_message()};
    const Blob blob(raw);
    const auto size = static_cast<std::size_t>(git_blob_rawsize(raw));
    if (size > max_bytes) return IoError{IoError::Kind::too_large, "`" + std::string(path) + "` is too large"};
    return std::string(static_cast<const char*>(git_blob_rawcontent(raw)), size);
  }

  [[nodiscard]] Expected<std::vector<DirectoryEntry>> list(std::string_view path) const override {
    Tree own;
    const git_tree* tree = root_.get();
    const auto normal = normalize_path(path);
    if (!normal) return outside(path);
    if (!normal->empty() && *normal != ".") {
      auto found = find(path);
      if (!found) return found.error();
      git_tree* raw = nullptr;
      if (git_tree_entry_type(found->get()) != GIT_OBJECT_TREE)
        return IoError{IoError::Kind::not_directory, "`" + std::string(path) + "` is no folder"};
      if (git_tree_lookup(&raw, repository_.get(), git_tree_entry_id(found->get())) != 0)
        return IoError{IoError::Kind::other, "`" + std::string(path) + "` cannot be read: " + last_message()};
      own.reset(raw);
      tree = raw;
    }
    std::vector<DirectoryEntry> out;
    for (std::size_t i = 0; i < git_tree_entrycount(tree); ++i) {
      const git_tree_entry* entry = git_tree_entry_byindex(tree, i);
      const git_filemode_t mode = git_tree_entry_filemode(entry);
      using Type = DirectoryEntry::Type;
      const Type type = mode == GIT_FILEMODE_TREE                                           ? Type::directory
                        : mode == GIT_FILEMODE_LINK                                         ? Type::symlink
                        : mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE ? Type::file
                                                                                            : Type::other;
      out.push_back({git_tree_entry_name(entry), type, mode == GIT_FILEMODE_BLOB_EXECUTABLE});
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return out;
  }

  [[nodiscard]] bool is_file(std::string_view path) const override {
    const auto found = find(path);
    return found && git_tree_entry_type(found->get()) == GIT_OBJECT_BLOB;
  }
  [[nodiscard]] bool is_directory(std::string_view path) const override {
    const auto normal = normalize_path(path);
    if (normal && (normal->empty() || *normal == ".")) return true;
    const auto found = find(path);
    return found && git_tree_entry_type(found->get()) == GIT_OBJECT_TREE;
  }

 private:
  static IoError outside(std::string_view path) {
    return {IoError::Kind::outside, "`" + std::string(path) + "` leaves the project"};
  }

  /// The entry at a path, links followed.
  [[nodiscard]] Expected<std::shared_ptr<git_tree_entry>> find(std::string_view path, int links = 0) const {
    constexpr int kMostLinks = 40;  // as Linux follows at most
    const auto normal = normalize_path(path);
    if (!normal) return outside(path);
    git_tree_entry* raw = nullptr;
    if (git_tree_entry_bypath(&raw, root_.get(), normal->c_str()) != 0) {
      // A folder on the way may be a link.
      const std::size_t slash = normal->rfind('/');
      if (slash != std::string::npos && links < kMostLinks) {
        const auto folder = resolved(normal->substr(0, slash), links);
        if (folder && *folder != normal->substr(0, slash)) return find(*folder + normal->substr(slash), links + 1);
      }
      return IoError{IoError::Kind::missing, "there is no file or folder `" + std::string(path) + "`"};
    }
    std::shared_ptr<git_tree_entry> entry(raw, Freed<git_tree_entry_free>());
    if (git_tree_entry_filemode(raw) != GIT_FILEMODE_LINK) return entry;
    if (links >= kMostLinks)
      return IoError{IoError::Kind::other, "`" + std::string(path) + "` is a link that leads in a circle"};
    const auto target = target_of(*normal, raw);
    if (!target) return outside(path);
    return find(*target, links + 1);
  }

  /// Where a link leads to, from the root.
  [[nodiscard]] std::optional<std::string> target_of(const std::string& path, const git_tree_entry* entry) const {
    git_blob* raw = nullptr;
    if (git_blob_lookup(&raw, repository_.get(), git_tree_entry_id(entry)) != 0) return std::nullopt;
    const Blob blob(raw);
    const std::string text(static_cast<const char*>(git_blob_rawcontent(raw)),
                           static_cast<std::size_t>(git_blob_rawsize(raw)));
    if (text.starts_with('/')) return std::nullopt;
    const std::size_t slash = path.rfind('/');
    return normalize_path((slash == std::string::npos ? "" : path.substr(0, slash + 1)) + text);
  }

  /// A folder's path with every link on it followed.
  [[nodiscard]] std::optional<std::string> resolved(const std::string& folder, int links) const {
    git_tree_entry* raw = nullptr;
    if (git_tree_entry_bypath(&raw, root_.get(), folder.c_str()) == 0) {
      const Entry entry(raw);
      if (git_tree_entry_filemode(raw) != GIT_FILEMODE_LINK) return folder;
      return target_of(folder, raw);
    }
    const std::size_t slash = folder.rfind('/');
    if (slash == std::string::npos || links > 40) return std::nullopt;
    const auto outer = resolved(folder.substr(0, slash), links + 1);
    return outer ? std::optional(*outer + folder.substr(slash)) : std::nullopt;
  }

  Repository repository_;
  Tree root_;
};

/// libgit2 wants to be told when it is used, once.
void start() {
  static const bool started = [] {
    git_libgit2_init();
    // Only objects are read; nothing of a foreign repository runs.
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    return true;
  }();
  (void)started;
}

}  // namespace

bool is_revision(const std::string& path, const std::string& revision) {
  start();
  git_repository* raw_repository = nullptr;
  if (git_repository_open_ext(&raw_repository, path.c_str(), 0, nullptr) != 0) return false;
  const Repository repository(raw_repository);
  git_object* raw_object = nullptr;
  if (git_revparse_single(&raw_object, raw_repository, revision.c_str()) != 0) return false;
  const Object named(raw_object);
  return true;
}

Expected<Revision> open_revision(const std::string& folder, const std::string& revision) {
  start();
  git_repository* raw_repository = nullptr;
  if (git_repository_open_ext(&raw_repository, folder.c_str(), 0, nullptr) != 0)
    return IoError{IoError::Kind::missing, "`" + folder + "` lies in no Git repository"};
  Repository repository(raw_repository);
  const char* top = git_repository_workdir(raw_repository);
  if (top == nullptr) return IoError{IoError::Kind::other, "the repository of `" + folder + "` has no working tree"};
  git_object* raw_object = nullptr;
  if (git_revparse_single(&raw_object, raw_repository, revision.c_str()) != 0)
    return IoError{IoError::Kind::missing, "there is no revision `" + revision + "`"};
  const Object named(raw_object);
  git_object* raw_commit = nullptr;
  if (git_object_peel(&raw_commit, raw_object, GIT_OBJECT_COMMIT) != 0)
    return IoError{IoError::Kind::other, "`" + revision + "` names no commit"};
  const Object commit(raw_commit);
  git_tree* raw_tree = nullptr;
  if (git_commit_tree(&raw_tree, reinterpret_cast<const git_commit*>(raw_commit)) != 0)
    return IoError{IoError::Kind::other, "`" + revision + "` cannot be read: " + last_message()};
  Tree tree(raw_tree);
  std::error_code error;
  const std::string below =
      fs::weakly_canonical(folder, error).lexically_relative(fs::weakly_canonical(top, error)).generic_string();
  if (!below.empty() && below != ".") {
    git_tree_entry* raw_entry = nullptr;
    if (git_tree_entry_bypath(&raw_entry, raw_tree, below.c_str()) != 0)
      return IoError{IoError::Kind::missing, "there is no `" + below + "` at `" + revision + "`"};
    const Entry entry(raw_entry);
    git_tree* raw_inner = nullptr;
    if (git_tree_lookup(&raw_inner, raw_repository, git_tree_entry_id(raw_entry)) != 0)
      return IoError{IoError::Kind::missing, "there is no folder `" + below + "` at `" + revision + "`"};
    tree.reset(raw_inner);
  }
  constexpr std::size_t kDigits = 12;
  char digits[kDigits + 1] = {};
  git_oid_tostr(digits, sizeof digits, git_object_id(raw_commit));
  Revision out;
  out.name = revision == std::string_view(digits).substr(0, revision.size()) ? digits : revision + " (" + digits + ")";
  out.files = std::make_unique<TreeFileSystem>(std::move(repository), std::move(tree));
  return out;
}

}  // namespace virga::driver
