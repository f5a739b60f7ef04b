// Programs that are wrong, with what must be said about them in their own comments:
//
//   function f { timeout = 30 }   // error[value/type]: this is the number `30`
//   // error[kind/unknown]
//   frobnicator g { }
//
// `// severity[code]: text` speaks of its own line; alone on a line, also of the next one that says something else. Several
// may stand on one line. The text must be part of the message. `// error-nowhere[code]` is a finding without a place in the
// program. Every finding must be expected and every expectation met; a program that expects no advice (path/, load/,
// exposure/) may get some. `// target: aws.sam` on top asks for lowering too.
#pragma once

#include "tests/runner/program.h"

#include <string>
#include <vector>

namespace virga::test {

struct Expected {
  std::string severity;
  std::string code;
  std::string text;
  std::string file;  ///< as findings name it
  std::uint32_t line = 0;  ///< 0: nowhere
  std::uint32_t alone = 0;  ///< line of an annotation that stands alone: the finding may be there too
  [[nodiscard]] std::string say() const;
};

/// The area of a finding that is advice about the whole of a system, which a program about something else need not heed: the
/// part of its code before `/`. Empty for errors, and for all that is about one place.
[[nodiscard]] std::string_view advice_area(const std::string& severity, std::string_view code);

/// The annotations of one text.
[[nodiscard]] std::vector<Expected> annotations(const std::string& file, const std::string& text);

/// Every program below tests/errors: a folder with a main.virga is one, and so is any other `*.virga`.
[[nodiscard]] std::vector<std::filesystem::path> error_programs();
[[nodiscard]] Program error_program(const std::filesystem::path& path);

void check_errors(const Program& program);

/// Tests over the list of codes itself: each unique and well written, met by a test, explained by a page whose examples
/// hold.
void register_registry_tests();

}  // namespace virga::test
