// Code that cannot be packed: what only a disk can hold, an empty folder or a symbolic link, told as a program's mistake.
#include "compiler/driver/compile.h"

#include <gtest/gtest.h>

namespace virga::driver {
namespace {

/// One folder `code` that holds these entries.
class OneFolder final : public FileSystem {
 public:
  explicit OneFolder(std::vector<DirectoryEntry> entries) : entries_(std::move(entries)) {
    files_.put("main.virga", "app shop { }\nfunction worker { code = \"./code\"  runtime = nodejs20 }\n");
  }
  Expected<std::string> read(std::string_view path, std::size_t most) const override { return files_.read(path, most); }
  Expected<std::vector<DirectoryEntry>> list(std::string_view path) const override {
    if (path == "code") return entries_;
    return files_.list(path);
  }
  bool is_file(std::string_view path) const override { return files_.is_file(path); }
  bool is_directory(std::string_view path) const override { return path == "code" || files_.is_directory(path); }

 private:
  MemoryFileSystem files_;
  std::vector<DirectoryEntry> entries_;
};

std::vector<std::string> findings_of(const OneFolder& files) {
  FrontEnd front;
  diag::Sink sink;
  EXPECT_TRUE(front_end({{files, {"main.virga"}, ""}, ""}, front, sink));
  (void)package(front.architecture, front.project, files, sink);
  std::vector<std::string> out;
  for (const diag::Diagnostic& d : sink.all()) out.push_back(d.code + ": " + d.message);
  return out;
}

TEST(Package, AnEmptyFolderIsNoCode) {
  EXPECT_EQ(findings_of(OneFolder({})), std::vector<std::string>{"code/empty: there is no code in `./code`"});
}

TEST(Package, LinksAndDevicesAreNotFollowed) {
  EXPECT_EQ(findings_of(OneFolder({{"secrets", DirectoryEntry::Type::symlink, false}})),
            std::vector<std::string>{"code/unreadable: the code at `./code` cannot be packed: `secrets` is a symbolic link"});
  EXPECT_EQ(findings_of(OneFolder({{"pipe", DirectoryEntry::Type::other, false}})),
            std::vector<std::string>{"code/unreadable: the code at `./code` cannot be packed: `pipe` is neither a file nor a folder"});
}

}  // namespace
}  // namespace virga::driver
