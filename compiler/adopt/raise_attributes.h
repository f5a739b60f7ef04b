// Properties → attributes, by the rows of the table. Used by raise*.cpp only.
#pragma once

#include "compiler/adopt/expression.h"
#include "compiler/adopt/raise_part.h"

namespace virga::adopt {

class AttributeReader {
 public:
  AttributeReader(const RaiseRequest& request, const Expressions& words) : q_(request), words_(words) {}

  /// The attribute, or the entry of a record, of a kind: `partition.name`. Null when this cloud is told none.
  [[nodiscard]] const AttributeSpec* spec(const Kind& kind, std::string_view path) const;
  /// The same of a property of an edge.
  [[nodiscard]] const AttributeSpec* property(const Row& row, std::string_view path) const;

  /// What one row says of one attribute, out of `rest`, into `all`, or into `on` when this cloud alone is told it.
  /// `alone`: nothing else of a record has to be said, so that its default is said as well.
  void read(const catalog::Said& said, const AttributeSpec& spec, const std::string& name, cloud::Object& rest, Said& all,
            Said& on, bool alone = false) const;
  /// All that the rows say of a node. Gives the attribute that it needs and that cannot be said; empty when there is none.
  [[nodiscard]] std::string read(Part& part);
  /// The attribute that a node of that kind needs and does not have.
  [[nodiscard]] static std::string missing(const Kind& kind, const Said& attributes);

  std::map<std::string, std::pair<std::string, std::string>> files;  ///< by id of a resource: path, text

 private:
  [[nodiscard]] bool stand_in(const catalog::Said& said, const AttributeSpec& spec, Part& part);
  static void without_stand_ins(Part& part);
  /// Of a map what an attribute can say; null when that is nothing.
  [[nodiscard]] cloud::Value sayable(const cloud::Value& value, std::string_view as, const Type& type) const;
  [[nodiscard]] const cloud::Value* fallback_of(const cloud::Value& value) const;

  const RaiseRequest& q_;
  const Expressions& words_;
};

}  // namespace virga::adopt
