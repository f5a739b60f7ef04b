// Stack → draft: what kinds and edges a template that was made elsewhere holds, by the tables that write such a template.
#pragma once

#include "compiler/adopt/draft.h"
#include "compiler/architecture/kind.h"
#include "compiler/catalog/catalog.h"
#include "compiler/cloud/intrinsics.h"
#include "compiler/cloud/stack.h"

#include <map>
#include <set>

namespace virga::adopt {

/// What became of something in the template.
struct Fate {
  std::string id;  ///< of a resource; of an item within one `Worker.OrdersEvent`
  std::string type;
  bool raised = false;  ///< it is a node or an edge; else it stands in the engine's own words
  std::string as;  ///< `queue orders`, `orders ~> worker`
  std::string why;  ///< why it was not raised
  bool beside = false;  ///< it stands beside a node or an edge, which says it
  std::string node;  ///< of a resource that is one, or of an item that an attribute of the node says
  std::vector<std::pair<std::string, std::string>> says;  ///< properties → the attributes that they are; empty: none
  std::vector<cloud::ToldChange> changes;  ///< what is not the same in the program, of what a document in it tells
  std::string lacks;  ///< why the program does not say what such a document tells
  std::string part;  ///< of a part of such a document: the resource that has it
};

struct Raised {
  Draft draft;
  std::vector<Fate> fates;  ///< in the order of the template
};

struct RaiseRequest {
  const cloud::Stack& stack;  ///< as it was given
  const catalog::Catalog& catalog;
  const cloud::Dialect& dialect;
  const std::map<std::string, Kind, std::less<>>& kinds;
  std::string app;  ///< a name for it
  std::string target;
  std::string sources;  ///< leads from the folder of the program to that of the template; empty when they are one
  cloud::NamedText files;  ///< that the template names; null: none
  /// Ids of fates that have to stay in the engine's words; `<id>#<property>` for a property alone, whose attribute is said
  /// for other clouds; `<id>~<attribute>` for an attribute that no cloud may be told.
  using Ids = std::set<std::string, std::less<>>;
  Ids raw;
  /// Whether parameters that the engine hides are secrets of the language, which may stand in fewer places than there.
  bool secrets = true;
};

[[nodiscard]] Raised raise(const RaiseRequest& request);

}  // namespace virga::adopt
