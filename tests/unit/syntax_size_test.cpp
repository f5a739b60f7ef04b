// A text that is too large is one error, not a long wait.
#include "compiler/syntax/parse.h"

#include <gtest/gtest.h>

namespace virga::syntax {
namespace {

TEST(SyntaxSize, TooLargeIsOneError) {
  SourceMap sources;
  diag::Sink sink;
  const File file = parse(sources.add("large.virga", std::string((std::size_t{64} << 20) + 1, ' ')), sink);
  ASSERT_EQ(sink.all().size(), 1u);
  EXPECT_EQ(sink.all()[0].code, "syntax/too-large");
  EXPECT_TRUE(file.statements.empty());
}

}  // namespace
}  // namespace virga::syntax
