// Code and its packing: what no program kept in a repository can show, since git holds no empty folder and nothing large.
#include "compiler/driver/compile.h"
#include "compiler/driver/dependencies.h"
#include "compiler/driver/ignore.h"

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

TEST_F(Packaging, TakesTheFolderOfTheProgram) {
  for (const char* here : {".", "./"}) {
    std::ofstream(folder_ / "main.virga") << "app a { }\nfunction f { code = \"" << here << "\"  runtime = python312 }\n";
    std::ofstream(folder_ / "code/index.py") << "x = 1\n";
    EXPECT_EQ(finding(), "") << here;
  }
}

TEST_F(Packaging, RefusesAnEmptyFolder) { EXPECT_EQ(finding(), "code/empty"); }

TEST_F(Packaging, RefusesASymbolicLink) {
  std::ofstream(folder_ / "code/index.py") << "x = 1\n";
  fs::create_symlink("index.py", folder_ / "code/other.py");
  EXPECT_EQ(finding(), "code/unreadable");
}

TEST_F(Packaging, WarnsOfDependenciesThatAreNotThere) {
  std::ofstream(folder_ / "code/index.py") << "import requests\n";
  std::ofstream(folder_ / "code/requirements.txt") << "requests\n";
  EXPECT_EQ(finding(), "code/dependencies");
  fs::create_directories(folder_ / "code/requests-2.32.dist-info");
  std::ofstream(folder_ / "code/requests-2.32.dist-info/METADATA") << "Name: requests\n";
  EXPECT_EQ(finding(), "");
}

// ---------------------------------------------------------------- what is left out

std::string packed_files(const std::map<std::string, std::string, std::less<>>& code) {
  MemoryFileSystem files(code);
  files.put("main.virga", "app a { }\nfunction f { code = \"./functions/f\"  runtime = python312 }\n");
  driver::FrontEnd front;
  diag::Sink sink;
  EXPECT_TRUE(driver::front_end({{files, {"main.virga"}, ""}, ""}, front, sink));
  const auto packed = driver::package(front.architecture, front.project, files, sink);
  std::string out;
  for (const auto& [path, bytes] : packed.files) {
    for (const auto& [name, text] : code) {
      const std::string inside = name.starts_with("functions/f/") ? name.substr(12) : name;
      if (bytes.find(inside) != std::string::npos) out += inside + " ";
    }
  }
  return out;
}

TEST(IgnoreFiles, AreThoseOfTheFolderAndOfAllAboveIt) {
  EXPECT_EQ(packed_files({{".virgaignore", "*.md\n/functions/f/big\n"},
                          {"functions/.virgaignore", "*.log\n"},
                          {"functions/f/.virgaignore", "tests/\n!KEEP.md\n"},
                          {"functions/f/index.py", ""},
                          {"functions/f/README.md", ""},
                          {"functions/f/KEEP.md", ""},
                          {"functions/f/a.log", ""},
                          {"functions/f/big/data.bin", ""},
                          {"functions/f/lib/deep/b.log", ""},
                          {"functions/f/lib/tests/t.py", ""},
                          {"functions/f/lib/util.py", ""}}),
            "KEEP.md index.py lib/util.py ");
}

TEST(IgnoreFiles, ReadThePatternsOfGit) {
  using driver::IgnoreFile;
  const auto ignored = [](std::string_view pattern, std::string_view path, bool directory = false) {
    return IgnoreFile(pattern).judge(path, directory) == IgnoreFile::Verdict::ignored;
  };
  EXPECT_TRUE(ignored("*.log", "a/b/c.log"));
  EXPECT_FALSE(ignored("/*.log", "a/c.log"));
  EXPECT_TRUE(ignored("docs/*.md", "docs/a.md"));
  EXPECT_FALSE(ignored("docs/*.md", "docs/x/a.md"));
  EXPECT_FALSE(ignored("docs/*.md", "y/docs/a.md"));
  EXPECT_TRUE(ignored("a/**/b", "a/b"));
  EXPECT_TRUE(ignored("a/**/b", "a/x/y/b"));
  EXPECT_TRUE(ignored("**/b", "b"));
  EXPECT_TRUE(ignored("a/**", "a/x/y"));
  EXPECT_FALSE(ignored("build/", "build"));
  EXPECT_TRUE(ignored("build/", "build", true));
  EXPECT_TRUE(ignored("[a-c]?.[!x]", "b1.y"));
  EXPECT_FALSE(ignored("[a-c]?.[!x]", "b1.x"));
  EXPECT_TRUE(ignored("\\*", "*"));
  EXPECT_FALSE(ignored("\\*", "x"));
  EXPECT_FALSE(ignored("# a\n\n   \n", "a"));
  EXPECT_FALSE(ignored("*.py\n!keep.py", "keep.py"));
  // A pattern made to go wrong in a matcher that tries everything.
  EXPECT_FALSE(ignored("*a*a*a*a*a*a*a*a*a*a*a*a*b", std::string(5000, 'a')));
}

// ---------------------------------------------------------------- what is missing

std::string missing(std::vector<std::string_view> paths, std::string_view manifest, std::string_view text) {
  paths.push_back(manifest);
  std::string out;
  for (const auto& m : driver::missing_dependencies(paths, [&](std::string_view path) -> std::optional<std::string_view> {
         return path == manifest ? std::optional(text) : std::nullopt;
       })) {
    for (const std::string& name : m.names) out += name + " ";
  }
  return out;
}

TEST(Dependencies, OfNode) {
  EXPECT_EQ(missing({"node_modules/axios/index.js"}, "package.json", R"({"dependencies": {"axios": "1", "@a/b": "2"}})"),
            "@a/b ");
  EXPECT_EQ(missing({}, "package.json", R"({"devDependencies": {"axios": "1"}})"), "");
  EXPECT_EQ(missing({}, "package.json", "not json"), "");
}

TEST(Dependencies, OfPython) {
  EXPECT_EQ(missing({"Foo_Bar-1.2.dist-info/METADATA"}, "requirements.txt",
                    "# none\nfoo.bar==1.2\n requests>=2 ; python_version > '3'\n-r more.txt\nhttps://x/y.whl\n./local\n"),
            "requests ");
}

// ---------------------------------------------------------------- what it measures

std::string limits(std::uint64_t packed, std::uint64_t unpacked, const std::string& app) {
  MemoryFileSystem files;
  files.put("main.virga", app + "\nfunction f { code = \"./f\"  runtime = python312 }\n");
  driver::FrontEnd front;
  diag::Sink sink;
  EXPECT_TRUE(driver::front_end({{files, {"main.virga"}, ""}, ""}, front, sink));
  EXPECT_FALSE(sink.has_errors());
  driver::Packaged code;
  code.artifacts[NodeId{0}] = {"code/f.zip", "", packed, unpacked};
  driver::check_packages(front, code, {driver::targets_of(front.architecture), ""}, sink);
  std::string out;
  for (const diag::Diagnostic& d : sink.all()) out += std::string(diag::word(d.severity)) + "[" + d.code + "] ";
  return out;
}

TEST(PackageLimits, HoldWhereTheCatalogueSaysSo) {
  constexpr std::uint64_t kMega = 1u << 20;
  const std::string aws = "app a { targets = [aws.sam] }";
  EXPECT_EQ(limits(100 * kMega, 250 * kMega, aws), "");
  EXPECT_EQ(limits(100 * kMega, 250 * kMega + 1, aws), "error[aws/package-unpacked-max] ");
  // Quotas that can be raised, and a page without a date; more in some regions than in others, and without a region in any.
  EXPECT_EQ(limits(100 * kMega, kMega, "app a { targets = [aliyun.ros]  regions = [cn_chengdu] }"), "");
  EXPECT_EQ(limits(101 * kMega, kMega, "app a { targets = [aliyun.ros]  regions = [cn_hangzhou] }"), "");
  EXPECT_EQ(limits(101 * kMega, kMega, "app a { targets = [aliyun.ros]  regions = [cn_chengdu] }"),
            "warning[aliyun/package-packed-max-elsewhere] ");
  EXPECT_EQ(limits(501 * kMega, kMega, "app a { targets = [aliyun.ros]  regions = [cn_hangzhou] }"),
            "warning[aliyun/package-packed-max] ");
  EXPECT_EQ(limits(501 * kMega, kMega, "app a { targets = [aliyun.ros] }"),
            "warning[aliyun/package-packed-max] warning[aliyun/package-packed-max-elsewhere] ");
  EXPECT_EQ(limits(kMega, 10240 * kMega + 1, "app a { targets = [aliyun.ros] }"), "warning[aliyun/package-unpacked-max] ");
}

}  // namespace
}  // namespace virga
