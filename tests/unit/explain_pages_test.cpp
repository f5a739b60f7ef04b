// Every code has its page, and every page says what a page says.
#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/explain.h"

#include <gtest/gtest.h>

namespace virga::diag {
namespace {

TEST(ExplainPages, EveryCodeHasOne) {
  for (const CodeInfo& code : all_codes()) {
    const auto text = page(code.id);
    ASSERT_TRUE(text) << "write compiler/diagnostics/explain/" << code.id << ".md";
    EXPECT_TRUE(text->starts_with("# " + std::string(code.id) + "\n\n")) << code.id;
    const bool has_example = text->find("```virga\n") != std::string_view::npos;
    if (has_example) {
      EXPECT_NE(text->find(fmt::format("// {}[{}]\n", word(code.severity), code.id)), std::string_view::npos) << code.id;
      EXPECT_NE(text->find("\nInstead:\n\n```virga\n"), std::string_view::npos) << code.id;
    }
  }
  EXPECT_FALSE(page("no/such-code"));
  EXPECT_FALSE(page(""));
}

TEST(ExplainPages, CodesAreUniqueAndSorted) {
  std::string_view before;
  for (const CodeInfo& code : all_codes()) {
    EXPECT_LT(before, code.id);
    before = code.id;
  }
}

}  // namespace
}  // namespace virga::diag
