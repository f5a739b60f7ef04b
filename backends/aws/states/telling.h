// What is told of one state machine while it is read. Used within this folder only.
#pragma once

#include "backends/aws/states/task.h"
#include "compiler/cloud/told.h"

#include <set>

namespace virga::aws::states {

/// Thrown from wherever something is found that no flow says; caught where the machine is read.
struct Lacks {
  std::string why;
};
[[noreturn]] void lacks(const std::string& state, const std::string& why);

struct Telling {
  cloud::Told told;
  std::set<std::string, std::less<>> names;  ///< of steps
  std::set<std::string, std::less<>> used;  ///< names of the document that somebody asks for

  void change(const std::string& state, std::string_view fate, std::string says) {
    told.changes.push_back({state, fate, std::move(says)});
  }
  void use(const workflow::Path& path) { used.insert(path.parts.front()); }
};

// ---- small things of documents

[[nodiscard]] const std::string* text(const cloud::Object& of, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> whole_number(const cloud::Object& of, std::string_view name);
/// The items of a list; empty where there is none.
[[nodiscard]] const cloud::Values& items(const cloud::Object& of, std::string_view name);
/// `ErrorEquals`
[[nodiscard]] std::vector<std::string> errors_of(const cloud::Object& of);
[[nodiscard]] Value duration(std::int64_t seconds);

/// What the edge of a step says of its task: what is sent, how long it may take, how often it is tried again.
void say_step(Telling& telling, const std::string& state, const cloud::Object& said, const Task& task,
              cloud::ToldEdge& edge);

}  // namespace virga::aws::states
