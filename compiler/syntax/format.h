// The one layout of Virga text. Works on tokens, so comments and everything between them survive.
#pragma once

#include "compiler/syntax/tree.h"

#include <string>

namespace virga::syntax {

/// The canonical layout of a file that parsed without errors. Formatting the result again gives the same bytes, and it
/// parses to the same tree.
[[nodiscard]] std::string format(const SourceFile& source, const File& file);

/// The text of a file from its tokens: the same bytes that were parsed.
[[nodiscard]] std::string print(const SourceFile& source, const File& file);

struct DumpOptions {
  bool spans = true;  ///< false: two layouts of the same text give the same dump
};

/// A stable text form of the tree, for `--print=syntax` and the goldens: one node a line, indented, with the lines and
/// columns (in bytes, from 1) where it starts and ends.
[[nodiscard]] std::string dump(const SourceFile& source, const File& file, DumpOptions options = {});

}  // namespace virga::syntax
