// What a configuration that somebody else wrote calls its things, and what a stack of it does. Nothing is renamed: an id is
// spelt as other engines spell theirs where the name can be told from it again, and holds the name as it is elsewhere.
#pragma once

#include "backends/terraform/layout.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace virga::terraform::given {

/// A resource of the configuration.
struct Named {
  Address address;
  const Type* type = nullptr;  ///< its row in the table; null when it stands under the provider's own names
};

class Names {
 public:
  explicit Names(const Table& table) : table_(&table) {}

  /// Addresses in the order of the configuration. A name that several of them have tells no id by itself.
  void add_all(const std::vector<std::pair<Address, const Type*>>& resources);
  /// A resource of a stack.
  void add(const std::string& id, const Named& known);

  [[nodiscard]] const Named* find(const std::string& id) const;
  /// The id of a resource; empty when there is none.
  [[nodiscard]] std::string id_of(const Address& address) const;
  [[nodiscard]] const Table& table() const { return *table_; }

  std::set<std::string, std::less<>>
      variables;  ///< by the names of the configuration: those that are parameters of the stack

 private:
  const Table* table_;
  std::map<std::string, Named> by_id_;
  std::map<Address, std::string> by_address_;
};

/// `orders_queue` ↔ `OrdersQueue`. A name that no such id gives again stands behind a slash: `/ordersQueue`.
[[nodiscard]] std::string id_from(std::string_view name);
/// What stands behind the last slash, or is spelt with capitals.
[[nodiscard]] std::string name_from(std::string_view id);

}  // namespace virga::terraform::given
