// What stands for edges in a template → edges. Used by raise*.cpp only.
#pragma once

#include "compiler/adopt/names.h"
#include "compiler/adopt/raise_attributes.h"

namespace virga::adopt {

class EdgeReader {
 public:
  EdgeReader(const RaiseRequest& request, const Table& table, Expressions& words, Names& names,
             const AttributeReader& attributes, std::vector<Part>& parts, Draft& draft)
      : q_(request), table_(table), words_(words), names_(names), attributes_(attributes), parts_(parts), draft_(draft) {}

  void run();
  std::vector<DraftNode> sources;  ///< nodes that no resource stands for

 private:
  /// A node that stands for what the engine has by itself, or for what the edge alone says.
  struct Virtual {
    DraftNode draft;
    std::string id;  ///< by which the template refers to it
    std::string held;  ///< a name that is its own already; empty: it has to get one
    const Row* row = nullptr;
    bool fresh = true;
  };
  /// What an edge is made of.
  struct Found {
    std::string id;  ///< by which the template knows it; empty: by none
    std::string fate;  ///< by which the report does
    const Part* owner = nullptr;  ///< the resource of an end, in which it stands
    bool owner_is_source = false;
    std::string name = {};  ///< of the resource that it is by itself
  };

  // raise_edges.cpp
  [[nodiscard]] std::optional<DraftEdge> edge(const Row& row, const Found& found, cloud::Object& properties);
  [[nodiscard]] bool say(const Row& row, std::optional<Virtual>& source, DraftEdge& made, cloud::Object& properties) const;
  [[nodiscard]] bool say_route(const catalog::Said& said, DraftEdge& made, cloud::Object& properties) const;
  [[nodiscard]] std::string end(std::string_view said, std::string_view port, cloud::Object& properties) const;
  [[nodiscard]] std::string elsewhere(const Row& row, const Found& found, cloud::Object& properties);
  [[nodiscard]] std::string reached(const cloud::Value& value, std::string_view kind) const;
  [[nodiscard]] std::optional<Virtual> virtual_source(const Row& row, const std::string& edge_id) const;
  [[nodiscard]] std::string keep(Virtual& source);
  [[nodiscard]] const Named& named(const std::string& name) const;
  [[nodiscard]] static DraftEdge of(const Row& row, const std::string& fate, std::string_view type, std::string_view to);
  void accept(const Row& row, DraftEdge made, const std::string& id, const cloud::Object& rest);

  // raise_items.cpp
  void items(const Row& row, const Within& within, Part& part);
  void list(const Row& row, const Within& within, Part& part);
  void property(const Row& row, const Within& within, Part& part);
  void references(const Row& row, const Within& within, Part& part);
  void own_resource(const Row& row, Part& part);

  const RaiseRequest& q_;
  const Table& table_;
  Expressions& words_;
  Names& names_;
  const AttributeReader& attributes_;
  std::vector<Part>& parts_;
  Draft& draft_;
  std::map<std::string, Named> named_;  ///< by name of a node
  std::map<std::string, DraftNode> virtuals_;
  std::map<std::string, std::string> elsewhere_;  ///< what names it → the node
};

}  // namespace virga::adopt
