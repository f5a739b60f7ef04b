// Items in the resource of a node, which are an edge or stand beside it: an event in a map, a policy or a trigger in a list.
#pragma once

#include "compiler/adopt/table.h"
#include "compiler/cloud/intrinsics.h"

namespace virga::adopt {

/// What an item is called, and what it says.
struct Item {
  std::string id;  ///< empty where the list knows it by none
  cloud::Object properties;
};

/// An item of a list, `{ Template: { … } }` or `{ type: timer, name: nightly, … }`; nothing when it is not of the row's
/// type.
[[nodiscard]] std::optional<Item> item_of(const Row& row, const Within& within, const cloud::Value& value);

/// Whether two items of the list have that id, so that it tells of none which one is meant.
[[nodiscard]] bool is_there_twice(const Within& within, const cloud::Object& owner, const std::string& id);

/// Puts an item where the row says; false when there is one of that id.
[[nodiscard]] bool put_item(const Row& row, const Within& within, const std::string& id, cloud::Object properties,
                            cloud::Object& owner);

/// A property that holds JSON as text, while it is read.
class JsonText {
 public:
  /// Puts what the text says in its place, so that paths lead into it. Nothing when it is no such text, or an empty one.
  [[nodiscard]] static std::optional<JsonText> open(std::string_view path, cloud::Object& properties,
                                                    const cloud::Dialect& dialect);
  /// What no attribute said stays; all of the text, where the rest would not be put together to the same one again.
  void close(const Row& row, cloud::Object& properties) const;

 private:
  std::string_view path_;
  std::string text_;
  cloud::Object said_;
};

/// The other way: what was put together in a property that holds JSON becomes text.
void write_json(const Row& row, cloud::Object& properties);

}  // namespace virga::adopt
