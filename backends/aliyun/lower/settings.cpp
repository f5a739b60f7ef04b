// secret token                        → OOS::SecretParameter
// config limits { value = "…" }       → OOS::Parameter
// log audit { retention = 90d }       → SLS::Logstore with its index
// external crm { url = "…" }          → nothing
// resource aliyun "ALIYUN::X::Y" z {} → as it stands
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

namespace virga::aliyun {

void lower_secret(Lowering& l, const Node& node) {
  if (refuses_key(l, node, "a secret parameter is encrypted with the service's own key when a template makes it")) return;
  const Attributes& a = l.of(node);
  cloud::Object p;
  p.set("SecretParameterName", name_text(l, node));
  if (a.has("value")) {
    p.set("Value", to_value(l, *a.find("value")));
  } else {
    cloud::StackParameter parameter;
    parameter.name = cloud::logical_id(node.identity()) + "Value";
    parameter.description = fmt::format("The secret `{}`.", node.name);
    parameter.secret = true;
    if (const std::optional<double> length = a.number("length")) parameter.min_length = static_cast<std::int64_t>(*length);
    parameter.max_length = Lowering::most("oos.parameter.value.range");
    p.set("Value", l.own_parameter(std::move(parameter)));
    l.changes("no value is made up here: it is asked for at deployment");
  }
  if (a.has("description")) p.set("Description", at_most(l, to_value(l, *a.find("description")), "oos.description.max"));
  p.set("Tags", tag_list(l, &node));
  l.add(l.id(node, "Secret"), "ALIYUN::OOS::SecretParameter", std::move(p));
}

void lower_config(Lowering& l, const Node& node) {
  const Attributes& a = l.of(node);
  cloud::Object p;
  p.set("Name", name_text(l, node)).set("Type", "String").set("Value", to_value(l, *a.find("value")));
  if (a.has("description")) p.set("Description", at_most(l, to_value(l, *a.find("description")), "oos.description.max"));
  l.add(l.id(node, "Config"), "ALIYUN::OOS::Parameter", std::move(p));
}

void lower_log(Lowering& l, const Node& node) {
  add_logstore(l, l.id(node, "Logstore"), name_text(l, node), measured(l, l.of(node), "retention", Unit::days), &node);
}

void lower_external(Lowering&, const Node&) {}

void lower_raw(Lowering& l, const Node& node) {
  if (node.cloud != catalog().cloud) {
    l.changes(fmt::format("it is made on {} alone", node.cloud));
    return;
  }
  cloud::Object properties;
  for (const AttributeValue& attribute : l.of(node).all) {
    if (attribute.value.is_none()) continue;
    properties.set(attribute.name, with_functions(l, to_value(l, attribute.value)));
  }
  l.add(l.id(node, ""), node.vendor_type, std::move(properties));
}

}  // namespace virga::aliyun
