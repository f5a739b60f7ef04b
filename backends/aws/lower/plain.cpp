// external orders_api { url = "https://…" }            → nothing: its address is told to those that call it
// resource aws "AWS::X::Y" name { Property = … }       → itself
#include "backends/aws/lower/kinds.h"

namespace virga::aws {

void lower_external(Lowering&, const Node&, cloud::Decision&) {}

void lower_raw(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  if (node.cloud != catalog().cloud) {
    decision.change = "it is made on " + node.cloud + " alone";
    return;
  }
  cloud::Object properties;
  for (const AttributeValue& attribute : lowering.of(node).all)
    properties.set(attribute.name, lowering.value(attribute.value));
  lowering.add(node, lowering.id(node), node.vendor_type, std::move(properties));
}

}  // namespace virga::aws
