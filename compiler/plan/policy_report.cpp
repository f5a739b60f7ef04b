// The policies of a report: made, counted, and as files.
#include "compiler/plan/report.h"

#include <fmt/format.h>

namespace virga::plan {

void add_policy(StackReport& stack, std::span<const cloud::Unit> standing, std::span<const cloud::Unit> wanted,
                std::string_view format, const catalog::Catalog& catalog) {
  std::vector<std::string> owners;
  for (const Owner& o : stack.owners) owners.push_back(o.name);
  const PolicyRequest request{stack.plan,   standing,   wanted,      std::move(owners), std::string(format),
                              stack.region, stack.name, stack.first, stack.gone};
  stack.policy = policy_of(request, catalog);
  for (const std::string& type : stack.policy.unknown)
    stack.notes.push_back(fmt::format("nobody knows what `{}` needs of whoever deploys it; no policy has it", type));
}

std::string summary(const Policy& policy) {
  std::size_t statements = 0;
  for (const auto& document : policy.documents) statements += document.size();
  if (statements == 0) return "";
  return fmt::format("{} statement{} in {} polic{}", statements, statements == 1 ? "" : "s", policy.documents.size(),
                     policy.documents.size() == 1 ? "y" : "ies");
}

std::map<std::string, std::string> policy_files(const Report& report) {
  std::map<std::string, std::string> out;
  for (const StackReport& s : report.stacks) {
    const std::string begin = s.target + (s.region.empty() ? "" : "." + s.region) + (s.part.empty() ? "" : "." + s.part);
    for (std::size_t i = 0; i < s.policy.documents.size(); ++i) {
      const std::string part = s.policy.documents.size() > 1 ? fmt::format(".{}", i + 1) : "";
      out[begin + part + ".json"] = write_policy(s.policy.documents[i], *s.policy.form);
    }
  }
  return out;
}

}  // namespace virga::plan
