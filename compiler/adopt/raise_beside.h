// Resources that are nothing without another → words beside the node or edge that they belong to. Used by raise.cpp only.
#pragma once

#include "compiler/adopt/beside.h"
#include "compiler/adopt/expression.h"
#include "compiler/adopt/raise_part.h"

namespace virga::adopt {

class BesideReader {
 public:
  BesideReader(const RaiseRequest& request, const Table& table, Expressions& words, std::vector<Part>& parts,
               const std::vector<DraftNode>& sources, Draft& draft)
      : q_(request), table_(table), words_(words), parts_(parts), sources_(sources), draft_(draft) {}

  void run();
  std::map<std::string, Said> nodes;  ///< by name of a node: ids, and what is said of each

 private:
  /// A node by its name, or an edge by its place.
  struct Whose {
    std::string node;
    std::size_t edge = 0;
    bool operator==(const Whose&) const = default;
  };
  void place_all();
  [[nodiscard]] bool place(Part& part);
  [[nodiscard]] std::optional<Whose> whose(const Row& row, const Part& part) const;
  [[nodiscard]] std::optional<Whose> edge_between(const Row& row, const Part& part) const;
  [[nodiscard]] std::optional<Whose> among(const Row& row, const std::vector<std::string>& ids) const;
  [[nodiscard]] std::vector<std::string> ids_in(const Part& part, std::string_view property) const;
  [[nodiscard]] std::vector<std::string> naming(const std::string& id) const;
  [[nodiscard]] std::vector<std::string> called(const Part& part, std::string_view path) const;
  [[nodiscard]] Owner owner(const Whose& whose) const;
  [[nodiscard]] const Row* row_of_node(const std::string& node) const;
  [[nodiscard]] std::string_view kind_of_node(const std::string& node) const;
  void know();
  void items(Part& part);
  void put(Part& part, const Row& row, const Whose& whose);

  const RaiseRequest& q_;
  const Table& table_;
  Expressions& words_;
  std::vector<Part>& parts_;
  const std::vector<DraftNode>& sources_;
  Draft& draft_;
  std::map<std::string, Whose, std::less<>> known_;  ///< by id of a resource
  std::map<std::string, std::vector<std::string>, std::less<>> named_by_;
  std::map<std::string, std::string, std::less<>> ids_;  ///< of nodes, by name
  std::map<std::string, std::string_view, std::less<>> sources_kinds_;  ///< of nodes that no resource stands for, by name
  bool first_alone_ = false;  ///< of what rows name, the first alone counts
  std::set<std::pair<std::size_t, std::string>> taken_;  ///< edges that something of a type stands beside already
};

/// `{ a = … }`, an entry on a line.
[[nodiscard]] std::string as_map(const Said& said);

}  // namespace virga::adopt
