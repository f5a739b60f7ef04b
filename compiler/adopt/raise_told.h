// What documents in the vendor's own language tell of nodes, and what statements allow them → edges and attributes. Used by
// raise.cpp only.
#pragma once

#include "compiler/adopt/expression.h"
#include "compiler/adopt/raise_part.h"
#include "compiler/adopt/statements.h"

namespace virga::adopt {

class TellReader {
 public:
  TellReader(const RaiseRequest& request, const Table& table, const Expressions& words, std::vector<Part>& parts,
             Draft& draft)
      : q_(request), table_(table), words_(words), parts_(parts), draft_(draft) {}

  void run();
  /// Of the parts of what was told, and what of it the program does not say: into the fates of the resources that have it.
  void tell(std::vector<Fate>& fates) const;

 private:
  struct ReadEdge {
    std::string part, what;  ///< `POST /orders`, `route`
    DraftEdge edge;
  };
  /// Of one resource.
  struct Reading {
    std::string id, type;
    std::string lacks;
    std::vector<cloud::ToldChange> changes;
    std::vector<ReadEdge> edges;
  };
  void read(Part& part, const cloud::Told& told);
  /// Why an edge cannot be said; empty: it is in `made`.
  [[nodiscard]] std::string make(const Part& part, const cloud::ToldEdge& edge, DraftEdge& made) const;
  /// What there is to say of its type.
  void finish(DraftEdge& made, const Part& from, const std::string& from_port, const std::string& to_port) const;

  // raise_allowed.cpp
  void read_statements();
  void read(const cloud::Statement& statement, const std::vector<const Part*>& whom, const StackNodes& nodes);
  void read(const Part& part, const AllowedEdge& edge, Reading& reading);
  /// What of a statement no edge says.
  void leave(const std::string& part, const AllowedBy& allowed, Reading& reading) const;

  [[nodiscard]] bool is_said(const DraftEdge& edge) const;

  const RaiseRequest& q_;
  const Table& table_;
  const Expressions& words_;
  std::vector<Part>& parts_;
  Draft& draft_;
  std::vector<Reading> readings_;
  std::set<std::string> said_;  ///< edges, by their ends
  std::set<std::pair<std::string, std::string>> handed_over_;  ///< from one node to another
  std::size_t stated_ = 0;
};

}  // namespace virga::adopt
