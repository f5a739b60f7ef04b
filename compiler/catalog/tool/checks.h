// Checks that several tables share.
#pragma once

#include "compiler/catalog/tool/document.h"
#include "compiler/catalog/tool/tables.h"

#include <regex>
#include <set>

namespace virga::catalog_tool {

/// Texts that must be unique within a table.
class Once {
 public:
  void check(const Entry& entry, const std::string& key) {
    if (!key.empty() && !seen_.insert(key).second) entry.problem("`" + key + "` stands here twice");
  }

 private:
  std::set<std::string> seen_;
};

/// `2026`, `2026-10` or `2026-10-01`; empty is fine.
void check_date(const Entry& entry, const char* key, const std::string& text);
void check_word(const Entry& entry, const std::string& text, const std::regex& shape);

[[nodiscard]] const FactRow* find_fact(const std::vector<FactRow>& facts, const std::string& id);
/// A problem when there is no such fact; an empty id is fine.
void check_fact(const Entry& entry, const std::vector<FactRow>& facts, const std::string& id);

}  // namespace virga::catalog_tool
