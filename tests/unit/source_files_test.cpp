#include "compiler/source/file_system.h"
#include "compiler/source/source_map.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

namespace virga {
namespace {

namespace fs = std::filesystem;
using Kind = IoError::Kind;

/// A fresh directory that goes with the test.
struct Disk : testing::Test {
  Disk() {
    std::string name = (fs::temp_directory_path() / "virga-test-XXXXXX").string();
    root = ::mkdtemp(name.data());
    project = root / "project";
    fs::create_directory(project);
  }
  ~Disk() override { fs::remove_all(root); }

  static void write(const fs::path& path, std::string_view text) { std::ofstream(path) << text; }
  static std::string read(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::recursive_directory_iterator(project), {}));
  }
  [[nodiscard]] DiskFileSystem disk() const { return DiskFileSystem(project.string()); }

  fs::path root, project;
};

TEST(NormalizePath, ResolvesDotsAndStaysInside) {
  EXPECT_EQ(normalize_path("a/./b//c/"), "a/b/c");
  EXPECT_EQ(normalize_path("a/../b"), "b");
  EXPECT_EQ(normalize_path("./"), "");
  EXPECT_EQ(normalize_path(""), "");
  EXPECT_EQ(normalize_path("..."), "...");
  EXPECT_EQ(normalize_path("a/../../b"), std::nullopt);
  EXPECT_EQ(normalize_path(".."), std::nullopt);
  EXPECT_EQ(normalize_path("/etc/passwd"), std::nullopt);
  EXPECT_EQ(normalize_path(std::string_view("a\0b", 3)), std::nullopt);
}

TEST_F(Disk, ReadsBytesUpToTheLimit) {
  write(project / "a.virga", "12345");
  EXPECT_EQ(*disk().read("./a.virga", 5), "12345");
  const auto large = disk().read("a.virga", 4);
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().kind, Kind::too_large);
  EXPECT_EQ(large.error().message, "`a.virga` is larger than 4 bytes");
}

TEST_F(Disk, TellsFailuresApart) {
  write(project / "file", "");
  fs::create_directory(project / "dir");
  EXPECT_EQ(disk().read("none", 9).error().kind, Kind::missing);
  EXPECT_EQ(disk().read("dir", 9).error().kind, Kind::is_directory);
  EXPECT_EQ(disk().read("file/x", 9).error().kind, Kind::not_directory);
  EXPECT_EQ(disk().list("file").error().kind, Kind::not_directory);
  EXPECT_EQ(disk().list("none").error().kind, Kind::missing);
  EXPECT_EQ(disk().read("../x", 9).error().kind, Kind::outside);
  EXPECT_EQ(disk().read("/etc/passwd", 9).error().kind, Kind::outside);
  EXPECT_EQ(disk().read("none", 9).error().message, "`none` does not exist");
}

TEST_F(Disk, SaysWhenPermissionIsMissing) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  write(project / "locked", "x");
  fs::permissions(project / "locked", fs::perms::none);
  EXPECT_EQ(disk().read("locked", 9).error().kind, Kind::permission);
}

TEST_F(Disk, FollowsLinksInsideAndRefusesThoseThatLeave) {
  write(root / "secret", "s");
  write(project / "real", "r");
  fs::create_symlink("real", project / "inside");
  fs::create_symlink("../secret", project / "out");
  fs::create_symlink(root, project / "up");
  fs::create_symlink("loop", project / "loop");
  EXPECT_EQ(*disk().read("inside", 9), "r");
  EXPECT_EQ(disk().read("out", 9).error().kind, Kind::outside);
  EXPECT_EQ(disk().read("up/secret", 9).error().kind, Kind::outside);
  EXPECT_EQ(disk().list("up").error().kind, Kind::outside);
  EXPECT_EQ(disk().read("loop", 9).error().kind, Kind::other);
  EXPECT_FALSE(disk().is_file("out"));
  EXPECT_FALSE(disk().is_directory("up"));
}

TEST_F(Disk, ASiblingWhoseNameBeginsLikeTheRootIsOutside) {
  fs::create_directory(root / "project-2");
  write(root / "project-2" / "x", "x");
  fs::create_symlink("../project-2/x", project / "x");
  EXPECT_EQ(disk().read("x", 9).error().kind, Kind::outside);
}

TEST_F(Disk, DoesNotHangOnAPipe) {
  ASSERT_EQ(::mkfifo((project / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(disk().read("pipe", 9).error().kind, Kind::other);
}

TEST_F(Disk, ListsEntriesSorted) {
  write(project / "b", "");
  write(project / "B", "");
  write(project / "run", "");
  fs::permissions(project / "run", fs::perms::owner_exec, fs::perm_options::add);
  fs::create_directory(project / "a");
  fs::create_symlink("b", project / "link");
  const auto entries = disk().list("");
  ASSERT_TRUE(entries);
  std::string seen;
  for (const DirectoryEntry& e : *entries) seen += e.name + (e.executable ? "*" : "") + " ";
  EXPECT_EQ(seen, "B a b link run* ");
  EXPECT_EQ((*entries)[1].type, DirectoryEntry::Type::directory);
  EXPECT_EQ((*entries)[3].type, DirectoryEntry::Type::symlink);
}

TEST_F(Disk, WritesFilesAndMakesDirectories) {
  write(project / "kept", "k");
  write(project / "old", "old");
  EXPECT_FALSE(write_files(project.string(), {{"old", "new"}, {"a/b/c", "deep"}, {"a/d", std::string("\0x", 2)}}));
  EXPECT_EQ(read(project / "old"), "new");
  EXPECT_EQ(read(project / "a/b/c"), "deep");
  EXPECT_EQ(read(project / "a/d"), std::string("\0x", 2));
  EXPECT_EQ(read(project / "kept"), "k");
  EXPECT_EQ(entries(), 6U) << "nothing temporary stays";
  EXPECT_FALSE(write_files((project / "new" / "place/").string(), {{"x", ""}}));
  EXPECT_TRUE(fs::exists(project / "new/place/x"));
}

TEST_F(Disk, AFailedWriteLeavesNothingBehind) {
  write(project / "old", "old");
  fs::create_directory(project / "z");
  const auto error = write_files(project.string(), {{"old", "new"}, {"made/x", "x"}, {"z", "a directory stands here"}});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, Kind::is_directory);
  EXPECT_EQ(read(project / "old"), "old");
  EXPECT_EQ(entries(), 2U);
}

TEST_F(Disk, WritingNeverLeavesTheDirectory) {
  fs::create_directory(root / "elsewhere");
  fs::create_symlink(root / "elsewhere", project / "link");
  write(root / "target", "untouched");
  fs::create_symlink(root / "target", project / "file");
  EXPECT_EQ(write_files(project.string(), {{"../x", ""}})->kind, Kind::outside);
  EXPECT_EQ(write_files(project.string(), {{"/tmp/x", ""}})->kind, Kind::outside);
  EXPECT_EQ(write_files(project.string(), {{"link/deep/x", ""}})->kind, Kind::outside);
  EXPECT_TRUE(fs::is_empty(root / "elsewhere"));
  EXPECT_FALSE(write_files(project.string(), {{"file", "replaced"}})) << "the link is replaced, not followed";
  EXPECT_EQ(read(root / "target"), "untouched");
  EXPECT_EQ(read(project / "file"), "replaced");
}

TEST_F(Disk, RefusesContradictingNames) {
  EXPECT_EQ(write_files(project.string(), {{"a", ""}, {"./a", ""}})->kind, Kind::other);
  EXPECT_EQ(write_files(project.string(), {{"a", ""}, {"a/b", ""}})->kind, Kind::not_directory);
  EXPECT_EQ(entries(), 0U);
}

TEST(MemoryFileSystem, BehavesLikeADisk) {
  MemoryFileSystem files({{"a/b.virga", "b"}, {"a/c/d", ""}, {"ab", "x"}});
  EXPECT_EQ(*files.read("a/./b.virga", 9), "b");
  EXPECT_EQ(files.read("a", 9).error().kind, Kind::is_directory);
  EXPECT_EQ(files.read("b", 9).error().kind, Kind::missing);
  EXPECT_EQ(files.read("../b", 9).error().kind, Kind::outside);
  EXPECT_EQ(files.read("a/b.virga", 0).error().kind, Kind::too_large);
  EXPECT_TRUE(files.is_directory(""));
  EXPECT_TRUE(files.is_directory("a/c"));
  EXPECT_FALSE(files.is_directory("ab"));
  EXPECT_TRUE(files.is_file("ab"));
  const auto entries = files.list("a");
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 2U);
  EXPECT_EQ((*entries)[0].name, "b.virga");
  EXPECT_EQ((*entries)[1].type, DirectoryEntry::Type::directory);
  EXPECT_EQ(files.list("")->size(), 2U);
}

TEST(SourceMap, LocatesInLongLinesAsInShortOnes) {
  SourceMap sources;
  std::string text = "é\n";
  while (text.size() < 20'000) text += "aé数😀";
  const FileId file = sources.add("x", text).id;
  std::uint32_t column = 1;
  for (std::uint32_t i = 3; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0u) == 0x80u) continue;
    const LineColumn at = sources.locate(file, i);
    ASSERT_EQ(at.line, 2U);
    ASSERT_EQ(at.column, column++) << i;
  }
  EXPECT_EQ(sources.locate(file, 2).column, 2U) << "the line end";
  EXPECT_EQ(sources.locate(file, static_cast<std::uint32_t>(text.size())).column, column);
  EXPECT_EQ(sources.locate(sources.add("empty", "").id, 0).line, 1U);
}

TEST(Utf8, FindsTheFirstBadByte) {
  EXPECT_EQ(first_bad_utf8("aé数😀"), std::string_view::npos);
  EXPECT_EQ(first_bad_utf8("a\xff"), 1U);
  EXPECT_EQ(first_bad_utf8("\xc0\x80"), 0U) << "overlong";
  EXPECT_EQ(first_bad_utf8("ab\xed\xa0\x80"), 2U) << "surrogate";
  EXPECT_EQ(first_bad_utf8("\xf4\x90\x80\x80"), 0U) << "past the end";
  EXPECT_EQ(first_bad_utf8("a\xe6\x95"), 1U) << "cut short";
  EXPECT_EQ(first_bad_utf8(std::string_view("a\0", 2)), 1U);
}

}  // namespace
}  // namespace virga
