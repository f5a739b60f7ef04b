#include "compiler/adopt/runtimes.h"

#include <algorithm>

namespace virga::adopt {
namespace {

/// The runtime that takes the place of one; the same when it is there, or when nothing does.
std::string taken(const std::string& runtime, const catalog::Catalog& to) {
  const catalog::Runtime* row = to.runtime(runtime);
  const bool has_other = row != nullptr && row->fidelity == catalog::Fidelity::impossible && !row->instead.empty();
  return has_other ? std::string(row->instead) : runtime;
}

/// `[nodejs22, nodejs24]` → `[nodejs20]`: a layer that a function uses has to be for the runtime of the function.
std::string each_taken(const std::string& list, const catalog::Catalog& to) {
  std::vector<std::string> all;
  for (std::size_t at = 1; at < list.size();) {
    const std::size_t end = list.find_first_of(",] \n", at);
    if (end == std::string::npos) return list;
    std::string one = taken(list.substr(at, end - at), to);
    if (!one.empty() && std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
    at = end + 1;
  }
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "" : ", ") + one;
  return "[" + out + "]";
}

}  // namespace

void replace_runtimes(Draft& draft, const catalog::Catalog& to) {
  for (DraftNode& node : draft.nodes) {
    for (const auto& [attribute, said] : node.attributes) {
      const bool one = node.kind == "function" && attribute == "runtime";
      const bool several = node.kind == "layer" && attribute == "runtimes" && said.starts_with('[');
      if (!one && !several) continue;
      std::string other = one ? taken(said, to) : each_taken(said, to);
      if (other != said) node.there.emplace_back(attribute, std::move(other));
    }
  }
}

}  // namespace virga::adopt
