// A catalogue with a user's numbers laid over it: what an account has instead of a vendor's default, without a rebuild.
#pragma once

#include "compiler/catalog/catalog.h"

#include <deque>
#include <string>
#include <vector>

namespace virga::catalog {

/// What a user says of one fact. Empty members leave what the catalogue says; a fact that it does not have needs `subject`,
/// `kind`, `source` and `as_of` as well.
struct Override {
  struct Amount {
    std::string name;  ///< of a case
    std::optional<double> min, max, value;
  };
  std::string id;
  Amount amount;
  std::string text;
  std::vector<std::string> members;
  bool numbers = false;  ///< of the members
  std::string by;
  std::vector<Amount> cases;
  std::string service, subject, unit, scope, note, source, as_of;
  std::vector<std::string> informs;
  std::optional<FactKind> kind;
  std::string where;  ///< "your quotas.yaml:3"
};

/// A catalogue, and what it refers to. The rules of names follow the facts that they rest on.
class Resolved {
 public:
  /// `base` must outlive it. Of two overrides with one id the later one holds.
  Resolved(const Catalog& base, const std::vector<Override>& overrides);
  Resolved(const Resolved&) = delete;
  Resolved& operator=(const Resolved&) = delete;

  [[nodiscard]] const Catalog& catalog() const { return catalog_; }

 private:
  std::string_view keep(std::string text);
  std::span<const std::string_view> keep(const std::vector<std::string>& texts);
  void lay(const Override& over);
  void fill(Fact& fact, const Override& over);

  std::deque<std::string> texts_;
  std::deque<std::vector<std::string_view>> lists_;
  std::deque<std::vector<FactCase>> cases_;
  std::vector<Fact> facts_;
  std::vector<NameRule> names_;
  Catalog catalog_;
};

}  // namespace virga::catalog
