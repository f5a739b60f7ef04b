// Whole programs against files, and the laws that hold for each of them.
#pragma once

#include "tests/runner/program.h"

namespace virga::test {

/// Every `expect.*` of `expectations` against what the program gives.
void check_expectations(const Program& program, const std::filesystem::path& expectations);

/// Printing a parsed file gives the same bytes. Laying it out again changes nothing more, keeps every comment, and means
/// the same. Compiling again, from the disk and from another place, gives the same bytes. What was emitted reads back as
/// the same stack. A program with errors has only the first of these.
void check_laws(const Program& program);

/// For every target, whatever the program says it is about: what it makes there reads back as the same stack. Findings are
/// fine.
void check_everywhere(const Program& program);

/// An example must be clean: no errors, and templates for every target but those that an error would refuse.
void check_clean(const Program& program);

}  // namespace virga::test
