// The plans of all apps of a workspace, as one.
#pragma once

#include "compiler/plan/report.h"

#include <string>
#include <vector>

namespace virga::plan {

struct Workspace {
  struct App {
    const Report* report = nullptr;
    TextOptions options;  ///< each app has texts of its own
  };
  std::string name;
  std::vector<App> apps;  ///< in an order in which they can be deployed
  std::vector<std::string> left;  ///< folders of apps that were part of it and are no more; what stands of them stays

  [[nodiscard]] std::vector<const Report*> reports() const;
  [[nodiscard]] bool changes() const;
};

/// What is to be said of each of `left`.
[[nodiscard]] std::vector<std::string> left_lines(const Workspace& workspace);

[[nodiscard]] std::string render_text(const Workspace& workspace);
[[nodiscard]] std::string render_markdown(const Workspace& workspace);
[[nodiscard]] std::string render_html(const Workspace& workspace);
/// docs/schema/plan.schema.json
[[nodiscard]] std::string render_json(const Workspace& workspace);

}  // namespace virga::plan
