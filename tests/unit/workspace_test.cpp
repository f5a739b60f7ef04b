// Workspaces: which apps, in which order, and what is wrong with the file that lists them.
#include "compiler/driver/workspace.h"

#include <gtest/gtest.h>

namespace virga {
namespace {

struct Read {
  std::string apps, codes;
};

Read read(std::map<std::string, std::string, std::less<>> texts) {
  const MemoryFileSystem files(std::move(texts));
  driver::Workspace workspace;
  diag::Sink sink;
  EXPECT_TRUE(driver::read_workspace(files, "", workspace, sink));
  Read out;
  for (const std::string& app : workspace.apps) out.apps += app + " ";
  for (const diag::Diagnostic& d : sink.all()) out.codes += d.code + " ";
  return out;
}

TEST(Workspace, PutsAppsAfterThoseThatTheyUse) {
  const auto found = read({{"workspace.virga", R"(workspace shop { apps = ["./web", "./orders", "network", "./alone"] })"},
                           {"web/main.virga", "app web { }\nuse \"../orders\"\nuse \"../network\" as net\n"},
                           {"orders/a.virga", "app orders { }\n"},
                           {"orders/b.virga", "use \"../network\"\nuse \"./lib.virga\"\n"},
                           {"network/main.virga", "app network { }\n"},
                           {"alone/main.virga", "app alone { }\n"}});
  EXPECT_EQ(found.codes, "");
  EXPECT_EQ(found.apps, "network orders web alone ");
}

TEST(Workspace, EndsWhereAppsUseEachOther) {
  const auto found = read({{"workspace.virga", R"(workspace shop { apps = ["a", "b"] })"},
                           {"a/main.virga", "app a { }\nuse \"../b\"\n"},
                           {"b/main.virga", "app b { }\nuse \"../a\"\n"}});
  EXPECT_EQ(found.codes, "");
  EXPECT_EQ(found.apps, "b a ");
}

TEST(Workspace, TellsWhatIsWrong) {
  const auto codes = [](std::string text) {
    return read({{"workspace.virga", std::move(text)}, {"a/main.virga", "app a { }\n"}}).codes;
  };
  EXPECT_EQ(codes(R"(workspace shop { apps = ["a"] })"), "");
  EXPECT_EQ(codes(""), "workspace/form ");
  EXPECT_EQ(codes("app shop { }"), "workspace/form workspace/form ");
  EXPECT_EQ(codes(R"(workspace shop { apps = "a" })"), "workspace/form ");
  EXPECT_EQ(codes(R"(workspace shop { apps = [a]  other = 1 })"), "workspace/form workspace/form ");
  EXPECT_EQ(codes(R"(workspace shop { apps = ["a", "./a"] })"), "app/listed-twice ");
  EXPECT_EQ(codes(R"(workspace shop { apps = ["b"] })"), "module/missing ");
  EXPECT_EQ(codes(R"(workspace shop { apps = ["../b"] })"), "module/path ");
  EXPECT_EQ(codes("workspace shop { apps = [\"a\xff\"] }"), "file/encoding ");
}

}  // namespace
}  // namespace virga
