// Code that cannot be packed: what no program kept in a repository can show, since git holds no empty folder.
#include "compiler/driver/compile.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace virga {
namespace {

namespace fs = std::filesystem;

class Packaging : public testing::Test {
 protected:
  Packaging() : folder_(fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "code");
    std::ofstream(folder_ / "main.virga") << "app a { }\nfunction f { code = \"./code\"  runtime = python312 }\n";
  }
  ~Packaging() override { fs::remove_all(folder_); }

  /// The code of the only finding; empty when there is none.
  std::string finding() {
    const DiskFileSystem files(folder_.string());
    driver::FrontEnd front;
    diag::Sink sink;
    EXPECT_TRUE(driver::front_end({{files, {"main.virga"}, ""}, ""}, front, sink));
    EXPECT_FALSE(sink.has_errors());
    (void)driver::package(front.architecture, front.project, files, sink);
    EXPECT_LE(sink.all().size(), 1u);
    return sink.all().empty() ? "" : sink.all().front().code;
  }

  fs::path folder_;
};

TEST_F(Packaging, TakesAFolderWithAFile) {
  std::ofstream(folder_ / "code/index.py") << "x = 1\n";
  EXPECT_EQ(finding(), "");
}

TEST_F(Packaging, RefusesAnEmptyFolder) { EXPECT_EQ(finding(), "code/empty"); }

TEST_F(Packaging, RefusesASymbolicLink) {
  std::ofstream(folder_ / "code/index.py") << "x = 1\n";
  fs::create_symlink("index.py", folder_ / "code/other.py");
  EXPECT_EQ(finding(), "code/unreadable");
}

}  // namespace
}  // namespace virga
