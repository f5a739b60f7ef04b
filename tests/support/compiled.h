// A program as text, compiled for one target: what tests of lowering ask.
#pragma once

#include "compiler/diagnostics/render.h"
#include "compiler/driver/compile.h"

#include <memory>
#include <string>

namespace virga::test {

struct Compiled {
  std::unique_ptr<driver::FrontEnd> front = std::make_unique<driver::FrontEnd>();
  diag::Sink sink;
  std::vector<driver::TargetStack> stacks;  ///< one per region

  [[nodiscard]] bool reports(std::string_view code) const {
    for (const diag::Diagnostic& d : sink.all()) {
      if (d.code == code) return true;
    }
    return false;
  }
  [[nodiscard]] std::string findings() const { return diag::render_text(sink, front->project.sources); }
  [[nodiscard]] const cloud::Stack& stack() const { return stacks.front().lowered.stack; }
  /// The decision about the node of that name, or the edge that reads so.
  [[nodiscard]] const cloud::Decision* decision(std::string_view what) const {
    for (const cloud::Decision& d : stacks.front().lowered.decisions) {
      if (d.node && front->architecture.node(*d.node).name == what) return &d;
      if (d.edge && describe(front->architecture, front->architecture.edge(*d.edge)) == what) return &d;
    }
    return nullptr;
  }
};

/// `text` is a whole program but for its `app`, which is added when it has none. Code isn't packed.
[[nodiscard]] inline Compiled compile(std::string text, std::string_view target, const std::string& stage = {}) {
  Compiled out;
  if (text.find("app ") == std::string::npos) text = "app shop { }\n" + text;
  const MemoryFileSystem files({{"main.virga", std::move(text)}});
  (void)driver::front_end({{files, {"main.virga"}, ""}, stage}, *out.front, out.sink);
  if (!out.sink.has_errors()) {
    out.stacks = driver::back_end(*out.front, {}, {{cloud::find_target(target)}, ""}, out.sink);
  }
  return out;
}

}  // namespace virga::test
