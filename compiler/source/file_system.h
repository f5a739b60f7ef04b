// The only door to files. Steps get texts, never paths to open; the driver hands them a FileSystem.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace virga {

/// Why the world said no. `message` is lower case, without a full stop, and names the path.
struct IoError {
  enum class Kind { missing, is_directory, not_directory, permission, too_large, outside, other };
  Kind kind = Kind::other;
  std::string message;
};

/// A value or the reason why there is none.
template <class T>
class Expected {
 public:
  Expected(T value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Expected(IoError error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)
  explicit operator bool() const { return value_.has_value(); }
  [[nodiscard]] T& operator*() { return *value_; }
  [[nodiscard]] const T& operator*() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }
  [[nodiscard]] const IoError& error() const { return error_; }

 private:
  std::optional<T> value_;
  IoError error_;
};

struct DirectoryEntry {
  std::string name;
  enum class Type { file, directory, symlink, other } type = Type::file;
  bool executable = false;
};

/// A project's files. Paths are relative to the project's root with `/` between parts; a path that leaves the root,
/// by `..` or by a symbolic link, is an error of kind `outside` and nothing is read.
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  /// The bytes of a file of at most `max_bytes`.
  [[nodiscard]] virtual Expected<std::string> read(std::string_view path, std::size_t max_bytes) const = 0;
  /// The entries of a directory, sorted by name bytewise.
  [[nodiscard]] virtual Expected<std::vector<DirectoryEntry>> list(std::string_view path) const = 0;
  [[nodiscard]] virtual bool is_file(std::string_view path) const = 0;
  [[nodiscard]] virtual bool is_directory(std::string_view path) const = 0;
};

/// `path` with `.` and `..` resolved textually; nothing when it leaves the root or is absolute.
[[nodiscard]] std::optional<std::string> normalize_path(std::string_view path);

/// Files below a directory of the disk.
class DiskFileSystem final : public FileSystem {
 public:
  explicit DiskFileSystem(std::string root);
  [[nodiscard]] Expected<std::string> read(std::string_view path, std::size_t max_bytes) const override;
  [[nodiscard]] Expected<std::vector<DirectoryEntry>> list(std::string_view path) const override;
  [[nodiscard]] bool is_file(std::string_view path) const override;
  [[nodiscard]] bool is_directory(std::string_view path) const override;

 private:
  [[nodiscard]] Expected<std::string> resolve(std::string_view path) const;
  std::string root_;
};

/// Files in memory: what the tests and the fuzzers use.
class MemoryFileSystem final : public FileSystem {
 public:
  MemoryFileSystem() = default;
  explicit MemoryFileSystem(std::map<std::string, std::string, std::less<>> files) : files_(std::move(files)) {}
  void put(std::string path, std::string text) { files_[std::move(path)] = std::move(text); }
  [[nodiscard]] Expected<std::string> read(std::string_view path, std::size_t max_bytes) const override;
  [[nodiscard]] Expected<std::vector<DirectoryEntry>> list(std::string_view path) const override;
  [[nodiscard]] bool is_file(std::string_view path) const override;
  [[nodiscard]] bool is_directory(std::string_view path) const override;

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

/// Writes `files` (path below `directory` → bytes) whole or not at all: every file first beside its place under a
/// temporary name, then renamed. Directories are made as needed. Existing files that are not named stay.
[[nodiscard]] std::optional<IoError> write_files(const std::string& directory,
                                                 const std::map<std::string, std::string>& files);

}  // namespace virga
