// What documents in the vendor's own language tell of nodes → edges and attributes. Used by raise.cpp only.
#pragma once

#include "compiler/adopt/expression.h"
#include "compiler/adopt/raise_part.h"

namespace virga::adopt {

class TellReader {
 public:
  TellReader(const RaiseRequest& request, const Expressions& words, std::vector<Part>& parts, Draft& draft)
      : q_(request), words_(words), parts_(parts), draft_(draft) {}

  void run();
  /// Of the parts of what was told, and what of it the program does not say: into the fates of the resources that have it.
  void tell(std::vector<Fate>& fates) const;

 private:
  /// Of one resource.
  struct Reading {
    std::string id, type;
    std::string lacks;
    std::vector<cloud::ToldChange> changes;
    std::vector<std::pair<std::string, DraftEdge>> edges;  ///< by part
  };
  void read(Part& part, const cloud::Told& told);
  [[nodiscard]] bool stays(const std::string& id, const cloud::Told& told) const;
  [[nodiscard]] std::string node(const cloud::ToldEdge& edge) const;

  const RaiseRequest& q_;
  const Expressions& words_;
  std::vector<Part>& parts_;
  Draft& draft_;
  std::vector<Reading> readings_;
};

}  // namespace virga::adopt
