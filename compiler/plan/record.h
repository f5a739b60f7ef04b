// What was deployed, as a file: small, without secrets, one line for each unit, so that two people's changes merge.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/source/file_system.h"

#include <string>
#include <string_view>
#include <vector>

namespace virga::plan {

struct RecordedStack {
  std::string target, region;
  std::vector<cloud::Unit> units;
  std::vector<std::string> owners;  ///< for each unit the name of its node; empty for what has none
  std::string part = {};  ///< which of the app's stacks, when it is parted into several
};

struct Record {
  std::string app, stage;
  std::vector<RecordedStack> stacks;
};

/// The same bytes for the same record.
[[nodiscard]] std::string write(const Record& record);
/// What stands after `newer` was deployed as well: its stacks, and those of `older` that it has not, in the order of their
/// names. A record of another app or stage is put aside.
[[nodiscard]] Record merge(Record older, Record newer);
/// An IoError says what is wrong with the text.
[[nodiscard]] Expected<Record> read_record(std::string_view text);

}  // namespace virga::plan
