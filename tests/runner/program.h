// One program of the test data: its files, what its first lines ask for, and everything that the pipeline says about it.
#pragma once

#include "compiler/driver/compile.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace virga::test {

/// `// stage: prod` and the like, in the comments before anything else of the first file.
struct Directives {
  std::string stage;
  std::string as_of;  ///< of `// as-of: 2026-11-28`
  std::vector<std::string> targets;  ///< of `// target: aws.sam aliyun.ros`
};

/// Files in memory, as they stand below one folder of the disk.
struct Program {
  std::string name;  ///< `language/units`
  std::filesystem::path folder;  ///< where the files came from; empty when they were made up
  MemoryFileSystem files;
  std::vector<std::string> paths;  ///< the program's own texts
  Directives directives;
};

/// What came out of one run. Kept whole: stacks refer to the architecture, the architecture to the sources.
struct Outcome {
  driver::FrontEnd front;
  std::vector<driver::TargetStack> stacks;
  diag::Sink sink;
  std::string world;  ///< why the world said no; empty when it did not
};

struct RunOptions {
  const FileSystem* files = nullptr;  ///< the program's own unless told otherwise
  std::string shown_prefix;  ///< put before paths in messages
  bool lower = true;  ///< false: the front end alone
  std::vector<std::string> targets;  ///< over the directives and the app
  std::optional<driver::NamedText> quotas = {};  ///< numbers of the account, over those of the program
  driver::StandingIds stands = {};  ///< see BackEndRequest
};

/// Whole text of a file of the disk; fails the running test when there is none.
[[nodiscard]] std::string read_text(const std::filesystem::path& path);

/// Every file below `folder` but the expectations, the `*.virga` directly in it being the program.
[[nodiscard]] Program program_in_folder(std::string name, const std::filesystem::path& folder);
/// One text as a program, among the other files of its folder.
[[nodiscard]] Program program_of_file(std::string name, const std::filesystem::path& file);
/// One text alone.
[[nodiscard]] Program program_of_text(std::string name, std::string text);

/// The pipeline: front end, packaging, lowering and emitting.
[[nodiscard]] std::unique_ptr<Outcome> run(const Program& program, const RunOptions& options = {});

/// Main file of a stack below the folder of its target.
[[nodiscard]] std::string main_file(const driver::TargetStack& stack);

}  // namespace virga::test
