// A resource of a template while it is taken apart. Used by raise*.cpp only.
#pragma once

#include "compiler/adopt/draft.h"
#include "compiler/adopt/raise.h"
#include "compiler/adopt/table.h"

namespace virga::adopt {

/// A node in the making: the draft, and what of its resource no attribute says yet.
struct Part {
  DraftNode draft;
  const Row* row = nullptr;
  const cloud::Resource* resource = nullptr;
  cloud::Object rest;
  std::string why;  ///< it is no node
  std::vector<std::pair<std::string, std::string>> says;  ///< properties → attributes
  std::set<std::string> stands;  ///< attributes that stand in for what is elsewhere
  bool gone = false;  ///< it became an edge, or stands beside something
  std::string beside;  ///< what it stands beside: `worker`, `orders ~> worker`; empty: nothing
  std::set<std::string> items;  ///< of those that stand in it, the ids of those that stand beside the node
};

/// Whether a property of a part has to stay in the engine's own words.
[[nodiscard]] bool stays_raw(const RaiseRequest& request, const Part& part, std::string_view property);
/// Whether an attribute may not be said at all, because the compiler has something against it.
[[nodiscard]] bool stays_unsaid(const RaiseRequest& request, const Part& part, std::string_view attribute);

/// Whether the properties have what a row says that they always have.
[[nodiscard]] bool fits(const Row& row, const cloud::Object& properties);

/// Whether an attribute of the node says an item of that id and type: `http`, of
/// `triggers[triggerType=http].triggerConfig.authType`.
[[nodiscard]] bool says_item(const Part& part, const Within& within, const std::string& id, const std::string& type);

/// The text of a member; empty when it has none.
[[nodiscard]] std::string member(const cloud::Object& item, std::string_view name);

/// Ids of the resources that a value refers to, in its order.
void collect_references(const cloud::Value& value, std::vector<std::string>& out);

/// `queue` and `self` of `queue.self`.
[[nodiscard]] std::string kind_of(std::string_view port);
[[nodiscard]] std::string port_name(std::string_view port);

/// The first word on a name counts.
void say(Said& said, const std::string& name, const std::string& value);
/// `http.auth` is an entry of the record `http`.
[[nodiscard]] Said as_records(const Said& flat);

}  // namespace virga::adopt
