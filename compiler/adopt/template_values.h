// What the values of a program are in the template of a cloud on which its app was adopted: ids, references, conditions.
// Used by lower.cpp and say.cpp only.
#pragma once

#include "compiler/adopt/convert.h"
#include "compiler/adopt/table.h"
#include "compiler/cloud/backend.h"
#include "compiler/cloud/intrinsics.h"

namespace virga::adopt {

class TemplateValues {
 public:
  TemplateValues(const cloud::LowerRequest& request, const catalog::Catalog& catalog, const cloud::Dialect& dialect,
                 diag::Sink& sink);

  // ---- the program as this cloud is told it
  [[nodiscard]] const Architecture& architecture() const { return a_; }
  [[nodiscard]] const Attributes& of(const Node& node) const { return node.raw() ? node.placed : node.for_cloud(cloud()); }
  [[nodiscard]] const Attributes& of(const Edge& edge) const { return edge.for_cloud(cloud()); }
  [[nodiscard]] std::string_view cloud() const { return catalog_.cloud; }
  [[nodiscard]] const Table& table() const { return table_; }
  /// Null for a raw resource, and for what the table has no row for.
  [[nodiscard]] const Row* row(NodeId id) const { return rows_[static_cast<std::size_t>(id)]; }
  /// Somebody outside who calls, and whom nothing calls: no template says anything of that.
  [[nodiscard]] bool is_caller(const Node& node) const;

  // ---- names in the template
  [[nodiscard]] std::string id(const Node& node) const;
  /// Of a parameter or an output.
  template <class Part>
  [[nodiscard]] std::string id(const Part& part) const {
    const auto on = part.on.find(cloud());
    const std::string said = on == part.on.end() ? "" : on->second.text("id");
    return said.empty() ? table_.default_id(part.name) : said;
  }
  /// What stands beside its properties.
  template <class Part>
  [[nodiscard]] cloud::Object more(const Part& part) const {
    const auto on = part.on.find(cloud());
    return on == part.on.end() ? cloud::Object() : more(on->second);
  }
  [[nodiscard]] cloud::Object more(const Attributes& attributes) const;

  // ---- values
  [[nodiscard]] cloud::Value value(const virga::Value& value) const;
  /// What a node gives; nothing when the template has no such attribute.
  [[nodiscard]] std::optional<cloud::Value> output(NodeId node, std::string_view name) const;
  [[nodiscard]] Writing writing() const;
  /// Of the template and of the program's choices; complete when every value was asked for.
  [[nodiscard]] const std::vector<cloud::Condition>& conditions() const { return conditions_; }
  /// What else stands in the template, but conditions.
  [[nodiscard]] const cloud::Object& sections() const { return sections_; }

  /// Reports that something has no place in such a template.
  void impossible(Span span, const std::string& what, const std::string& help) const;

 private:
  [[nodiscard]] bool leads_there(const Row& row, const Node& node) const;
  [[nodiscard]] cloud::Object asked() const;
  void read_sections(const cloud::Dialect& dialect);
  [[nodiscard]] std::string condition(const Choice& choice) const;

  const Architecture& a_;
  const catalog::Catalog& catalog_;
  diag::Sink& sink_;
  std::string sources_;
  Table table_;
  std::vector<const Row*> rows_;
  cloud::Object sections_;
  mutable std::vector<cloud::Condition> conditions_;
};

}  // namespace virga::adopt
