#include "compiler/plan/plan.h"

#include <fmt/format.h>

namespace virga::plan {

std::string to_text(const Path& path) {
  std::string out;
  for (const PathStep& step : path) {
    if (const auto* key = std::get_if<std::string>(&step)) out += (out.empty() ? "" : ".") + *key;
    else out += fmt::format("[{}]", std::get<std::size_t>(step));
  }
  return out;
}

bool touches(const Path& path, std::string_view pattern) {
  for (const PathStep& step : path) {
    if (pattern.empty()) return true;  // it leads into what the pattern names
    const std::string_view part = pattern.substr(0, pattern.find('.'));
    const auto* key = std::get_if<std::string>(&step);
    if (key != nullptr ? *key != part : part != "*") {
      // Tables leave out the place in a list now and then: `Indexes.Name`.
      if (key == nullptr) continue;
      return false;
    }
    pattern.remove_prefix(std::min(pattern.size(), part.size() + 1));
  }
  return true;
}

std::string_view word(Action action) {
  switch (action) {
    case Action::none: return "keep";
    case Action::create: return "create";
    case Action::update: return "update";
    case Action::replace: return "replace";
    case Action::remove: return "remove";
  }
  return "";
}

std::string_view word(cloud::OnRemoval what) {
  switch (what) {
    case cloud::OnRemoval::engine_default: return "";
    case cloud::OnRemoval::keep: return "keep";
    case cloud::OnRemoval::remove: return "remove";
    case cloud::OnRemoval::snapshot: return "snapshot";
  }
  return "";
}

cloud::OnRemoval on_removal_of(std::string_view text) {
  using enum cloud::OnRemoval;
  for (const cloud::OnRemoval what : {keep, remove, snapshot}) {
    if (word(what) == text) return what;
  }
  return engine_default;
}

bool StackPlan::acts() const {
  return std::any_of(changes.begin(), changes.end(), [](const UnitChange& c) { return c.action != Action::none; });
}

std::size_t StackPlan::count(Action action) const {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(), [&](const UnitChange& c) { return c.action == action; }));
}

}  // namespace virga::plan
