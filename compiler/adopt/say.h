// Attributes of nodes and edges → properties, by the rows of the table. Used by lower.cpp only.
#pragma once

#include "compiler/adopt/template_values.h"

namespace virga::adopt {

class Speaker {
 public:
  explicit Speaker(const TemplateValues& values) : v_(values) {}

  void say(const Row& row, const Node& node, cloud::Object& properties);
  void say(const Row& row, const Edge& edge, cloud::Object& properties);
  /// Reports what was given and stands nowhere in the template: nothing is left out in silence.
  void refuse_the_rest() const;

 private:
  /// What rows said, by the names of attributes.
  using Told = std::set<std::string, std::less<>>;
  /// Where an attribute of a row stands.
  struct Place {
    const virga::Value* value = nullptr;  ///< null when nobody says it
    bool given = false;
    std::string fallback;  ///< of the attribute, as text
  };
  [[nodiscard]] Place place(const Attributes& attributes, std::string_view path,
                            const std::vector<AttributeSpec>* specs) const;
  void put_said(const catalog::Said& said, const std::string& property, std::string_view path, const Place& place, Span span,
                cloud::Object& properties);
  void refuse(const Attributes& attributes, const Told& told, Span span, const std::string& whose) const;

  const TemplateValues& v_;
  std::map<NodeId, Told> nodes_;
  std::map<EdgeId, Told> edges_;
};

}  // namespace virga::adopt
