// Names of the language for what a template calls otherwise.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace virga::adopt {

/// `DynamoDBTable` → `dynamo_db_table`; what is no letter and no digit parts words.
[[nodiscard]] std::string snake_case(std::string_view id);

/// Hands out each name once.
class Names {
 public:
  /// The name for an id, with a number behind it when something has that name already.
  [[nodiscard]] std::string take(std::string_view id, std::string_view otherwise);

 private:
  std::set<std::string, std::less<>> taken_;
};

}  // namespace virga::adopt
