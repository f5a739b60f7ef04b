// The commands of a plan as a script: what it asks for first, then the steps, one after the other.
#include "compiler/plan/steps.h"

#include <fmt/format.h>

#include <map>

namespace virga::plan {
std::string in_double_quotes(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '$' || c == '\\' || c == '`' || c == '}') out += '\\';
    out += c;
  }
  return out;
}

std::string render_script(std::span<const Report* const> apps, const std::string& check) {
  std::vector<std::string> names;
  std::map<std::string, Variable> variables;  // several stacks may ask for one
  for (const Report* report : apps) {
    names.push_back(report->app);
    for (const StackReport& s : report->stacks) {
      for (const Variable& v : s.variables) variables.emplace(v.name, v);
    }
  }
  std::string out = fmt::format("#!/bin/sh\n# Deploys {}. Made by `virga plan`; run it where that was run.\nset -eu\n",
                                fmt::join(names, ", "));
  if (!variables.empty()) out += "\n# What only you know.\n";
  for (const auto& [name, v] : variables) {
    const std::string ask = "${" + (v.common.empty() ? v.name : v.common) + ":?" + in_double_quotes(v.what) + "}";
    out += v.common.empty() ? ": \"" + ask + "\"\n" : ": \"${" + name + ":=" + ask + "}\"\n";
  }
  if (!check.empty()) out += "\n# Nothing has changed since the plan was made.\n" + check + " > /dev/null\n";
  const Order order = order_of(apps);
  for (const Step& step : order.steps) {
    out += "\n# " + describe(step, apps);
    if (step.kind == Step::Kind::deploy) out += ": " + summary(apps[step.app]->stacks[step.stack].plan);
    out += "\n";
    for (const std::string& command : commands_of(step, apps)) out += command + "\n";
  }
  return out;
}

}  // namespace virga::plan
