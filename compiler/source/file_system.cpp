#include "compiler/source/file_system.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace virga {
namespace {

/// What `errno` said about `path`, as people put it.
IoError io_error(int error, std::string_view path) {
  using Kind = IoError::Kind;
  switch (error) {
    case ENOENT: return {Kind::missing, fmt::format("`{}` does not exist", path)};
    case EISDIR: return {Kind::is_directory, fmt::format("`{}` is a directory", path)};
    case ENOTDIR: return {Kind::not_directory, fmt::format("a part of `{}` is no directory", path)};
    case EACCES:
    case EPERM:
    case EROFS: return {Kind::permission, fmt::format("no permission for `{}`", path)};
    default: return {Kind::other, fmt::format("`{}`: {}", path, std::strerror(error))};
  }
}

IoError outside(std::string_view path, std::string_view directory = "the project's directory") {
  return {IoError::Kind::outside, fmt::format("`{}` leaves {}", path, directory)};
}

/// The real place of `path` with every link followed; empty when there is none, with errno saying why.
std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : std::string();
}

bool is_below(std::string_view path, std::string_view directory) {
  if (directory == "/") return true;
  return path.starts_with(directory) && (path.size() == directory.size() || path[directory.size()] == '/');
}

std::string join_path(std::string_view directory, std::string_view path) {
  if (path.empty()) return std::string(directory);
  return fmt::format("{}{}{}", directory, directory.ends_with('/') ? "" : "/", path);
}

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  /// Closes now, for callers who need to know that the bytes arrived.
  bool close() {
    const int fd = std::exchange(fd_, -1);
    return ::close(fd) == 0;
  }

 private:
  int fd_;
};

}  // namespace

std::optional<std::string> normalize_path(std::string_view path) {
  if (path.starts_with('/') || path.find('\0') != std::string_view::npos) return std::nullopt;
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return std::nullopt;
    } else {
      parts.pop_back();
    }
  }
  return fmt::format("{}", fmt::join(parts, "/"));
}

DiskFileSystem::DiskFileSystem(std::string root) : root_(std::move(root)) {
  // Followed once, so that a link *to* the project is fine and only links inside it are judged.
  if (std::string real = real_path(root_.empty() ? "." : root_); !real.empty()) root_ = std::move(real);
}

Expected<std::string> DiskFileSystem::resolve(std::string_view path) const {
  const std::optional<std::string> inside = normalize_path(path);
  if (!inside) return outside(path);
  std::string real = real_path(join_path(root_, *inside));
  if (real.empty()) return io_error(errno, path);
  if (!is_below(real, root_)) return outside(path);
  return real;
}

Expected<std::string> DiskFileSystem::read(std::string_view path, std::size_t max_bytes) const {
  const Expected<std::string> real = resolve(path);
  if (!real) return real.error();
  // O_NOFOLLOW: the links are resolved, one that appears now was put there after the check. O_NONBLOCK: a pipe without
  // a writer must not hold us.
  const FileDescriptor fd(::open(real->c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (fd.get() < 0) return io_error(errno, path);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return io_error(errno, path);
  if (S_ISDIR(status.st_mode)) return io_error(EISDIR, path);
  if (!S_ISREG(status.st_mode)) return IoError{IoError::Kind::other, fmt::format("`{}` is no regular file", path)};

  const auto too_large = [&] {
    return IoError{IoError::Kind::too_large, fmt::format("`{}` is larger than {} bytes", path, max_bytes)};
  };
  const auto expected = static_cast<std::size_t>(status.st_size);
  if (expected > max_bytes) return too_large();
  std::string bytes;
  bytes.resize(expected);
  std::size_t filled = 0;
  for (;;) {
    // One byte more than said shows a file that grew since.
    if (filled == bytes.size()) {
      std::array<char, 4096> more{};
      const ssize_t n = ::read(fd.get(), more.data(), more.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return io_error(errno, path);
      if (n == 0) break;
      bytes.append(more.data(), static_cast<std::size_t>(n));
      filled = bytes.size();
      if (filled > max_bytes) return too_large();
      continue;
    }
    const ssize_t n = ::read(fd.get(), bytes.data() + filled, bytes.size() - filled);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return io_error(errno, path);
    if (n == 0) break;
    filled += static_cast<std::size_t>(n);
  }
  bytes.resize(filled);
  return bytes;
}

Expected<std::vector<DirectoryEntry>> DiskFileSystem::list(std::string_view path) const {
  const Expected<std::string> real = resolve(path);
  if (!real) return real.error();
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(real->c_str()), &::closedir);
  if (!directory) {
    if (errno == ENOTDIR) return IoError{IoError::Kind::not_directory, fmt::format("`{}` is no directory", path)};
    return io_error(errno, path);
  }
  std::vector<DirectoryEntry> entries;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(directory.get());
    if (entry == nullptr) {
      if (errno != 0) return io_error(errno, path);
      break;
    }
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    struct stat status {};
    if (::fstatat(::dirfd(directory.get()), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno == ENOENT) continue;  // removed while we were reading
      return io_error(errno, join_path(path, name));
    }
    using Type = DirectoryEntry::Type;
    const Type type = S_ISREG(status.st_mode)   ? Type::file
                      : S_ISDIR(status.st_mode) ? Type::directory
                      : S_ISLNK(status.st_mode) ? Type::symlink
                                                : Type::other;
    entries.push_back({std::string(name), type, type == Type::file && (status.st_mode & S_IXUSR) != 0});
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

bool DiskFileSystem::is_file(std::string_view path) const {
  const Expected<std::string> real = resolve(path);
  struct stat status {};
  return real && ::stat(real->c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool DiskFileSystem::is_directory(std::string_view path) const {
  const Expected<std::string> real = resolve(path);
  struct stat status {};
  return real && ::stat(real->c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Expected<std::string> MemoryFileSystem::read(std::string_view path, std::size_t max_bytes) const {
  const std::optional<std::string> inside = normalize_path(path);
  if (!inside) return outside(path);
  const auto found = files_.find(*inside);
  if (found == files_.end()) return io_error(is_directory(*inside) ? EISDIR : ENOENT, path);
  if (found->second.size() > max_bytes) {
    return IoError{IoError::Kind::too_large, fmt::format("`{}` is larger than {} bytes", path, max_bytes)};
  }
  return found->second;
}

Expected<std::vector<DirectoryEntry>> MemoryFileSystem::list(std::string_view path) const {
  const std::optional<std::string> inside = normalize_path(path);
  if (!inside) return outside(path);
  if (is_file(*inside)) return IoError{IoError::Kind::not_directory, fmt::format("`{}` is no directory", path)};
  if (!is_directory(*inside)) return io_error(ENOENT, path);
  const std::string prefix = inside->empty() ? "" : *inside + "/";
  std::map<std::string, DirectoryEntry::Type> found;
  for (auto it = files_.lower_bound(prefix); it != files_.end() && it->first.starts_with(prefix); ++it) {
    const std::string_view rest = std::string_view(it->first).substr(prefix.size());
    const std::size_t slash = rest.find('/');
    const bool below = slash != std::string_view::npos;
    found.emplace(rest.substr(0, slash), below ? DirectoryEntry::Type::directory : DirectoryEntry::Type::file);
  }
  std::vector<DirectoryEntry> entries;
  for (const auto& [name, type] : found) entries.push_back({name, type, false});
  return entries;
}

bool MemoryFileSystem::is_file(std::string_view path) const {
  const std::optional<std::string> inside = normalize_path(path);
  return inside && files_.contains(*inside);
}

bool MemoryFileSystem::is_directory(std::string_view path) const {
  const std::optional<std::string> inside = normalize_path(path);
  if (!inside) return false;
  if (inside->empty()) return true;
  const std::string prefix = *inside + "/";
  const auto first = files_.lower_bound(prefix);
  return first != files_.end() && first->first.starts_with(prefix);
}

namespace {

/// The undoing of a write that did not get through: removes what it made, newest first.
class WriteJournal {
 public:
  WriteJournal() = default;
  WriteJournal(const WriteJournal&) = delete;
  WriteJournal& operator=(const WriteJournal&) = delete;
  ~WriteJournal() {
    if (done_) return;
    for (auto it = temporary_.rbegin(); it != temporary_.rend(); ++it) ::unlink(it->c_str());
    // Only empty ones go: a directory that holds something by now is not ours alone.
    for (auto it = directories_.rbegin(); it != directories_.rend(); ++it) ::rmdir(it->c_str());
  }
  void made_directory(std::string path) { directories_.push_back(std::move(path)); }
  void made_file(std::string path) { temporary_.push_back(std::move(path)); }
  /// How many files were made: a first guess at a free name for the next.
  [[nodiscard]] std::size_t files() const { return temporary_.size(); }
  void done() { done_ = true; }

 private:
  std::vector<std::string> directories_, temporary_;
  bool done_ = false;
};

/// Makes `path` and what is missing above it.
std::optional<IoError> make_directories(const std::string& path, WriteJournal& journal) {
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    if (::mkdir(part.c_str(), 0777) == 0) {
      journal.made_directory(part);
    } else if (errno != EEXIST) {
      // A parent that we may not write to can still hold the directory.
      const int error = errno;
      struct stat status {};
      if (::stat(part.c_str(), &status) != 0) return io_error(error, part);
    }
    if (end == std::string::npos) break;
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return io_error(errno, path);
  if (!S_ISDIR(status.st_mode)) {
    return IoError{IoError::Kind::not_directory, fmt::format("`{}` is no directory", path)};
  }
  return std::nullopt;
}

std::optional<IoError> write_all(FileDescriptor& fd, std::string_view bytes, std::string_view shown) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return io_error(errno, shown);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  if (!fd.close()) return io_error(errno, shown);
  return std::nullopt;
}

/// A new file in `directory` that holds `bytes`: its path. `shown` is how an error names it.
Expected<std::string> write_temporary(const std::string& directory, std::string_view bytes, std::string_view shown,
                                      WriteJournal& journal) {
  for (std::size_t number = journal.files();; ++number) {
    // Short, since the target's own name may be as long as names can be.
    std::string path = join_path(directory, fmt::format(".virga-{}-{}.tmp", ::getpid(), number));
    FileDescriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (fd.get() < 0 && errno == EEXIST) continue;
    if (fd.get() < 0) return io_error(errno, shown);
    journal.made_file(path);
    if (auto error = write_all(fd, bytes, shown)) return *error;
    return path;
  }
}

struct Planned {
  std::string temporary, target, shown;
};

}  // namespace

std::optional<IoError> write_files(const std::string& directory, const std::map<std::string, std::string>& files) {
  constexpr std::string_view kTarget = "the directory that is written to";
  std::map<std::string, std::string_view> inside;
  for (const auto& [path, bytes] : files) {
    const std::optional<std::string> normal = normalize_path(path);
    if (!normal || normal->empty()) return outside(path, kTarget);
    if (!inside.emplace(*normal, bytes).second) {
      return IoError{IoError::Kind::other, fmt::format("`{}` would be written twice", path)};
    }
  }
  for (const auto& [path, bytes] : inside) {
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
      const std::string above = path.substr(0, slash);
      if (inside.contains(above)) {
        return IoError{IoError::Kind::not_directory, fmt::format("`{}` would be both a file and a directory", above)};
      }
    }
  }

  WriteJournal journal;
  if (auto error = make_directories(directory.empty() ? "." : directory, journal)) return error;
  const std::string root = real_path(directory.empty() ? "." : directory);
  if (root.empty()) return io_error(errno, directory);

  std::vector<Planned> planned;
  planned.reserve(inside.size());
  for (const auto& [path, bytes] : inside) {
    const std::string shown = join_path(directory, path);
    // Part by part, so that nothing is made behind a link that leads out.
    std::string parent = root;
    for (std::size_t begin = 0, slash = path.find('/'); slash != std::string::npos;
         begin = slash + 1, slash = path.find('/', begin)) {
      const std::string next = join_path(parent, std::string_view(path).substr(begin, slash - begin));
      if (auto error = make_directories(next, journal)) return error;
      parent = real_path(next);
      if (parent.empty()) return io_error(errno, shown);
      if (!is_below(parent, root)) return outside(shown, kTarget);
    }
    const std::size_t last = path.rfind('/');
    std::string target = join_path(parent, std::string_view(path).substr(last == std::string::npos ? 0 : last + 1));
    struct stat status {};
    if (::lstat(target.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return io_error(EISDIR, shown);
    Expected<std::string> temporary = write_temporary(parent, bytes, shown, journal);
    if (!temporary) return temporary.error();
    planned.push_back({std::move(*temporary), std::move(target), shown});
  }
  // Same directory, checked targets, bytes on their way: from here on a failure means that someone else interferes.
  for (const Planned& file : planned) {
    if (::rename(file.temporary.c_str(), file.target.c_str()) != 0) return io_error(errno, file.shown);
  }
  journal.done();
  return std::nullopt;
}

}  // namespace virga
