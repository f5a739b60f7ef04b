// layer shared { code = "./shared"  runtimes = [nodejs20] }
//   → AWS::Lambda::LayerVersion   Shared
// function sync { layers = [shared] }
//   → Layers of the function; AWS too lets the later one win
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/function.h"
#include "backends/aws/lower/kinds.h"

#include <algorithm>

namespace virga::aws {
namespace {

/// AWS knows the runtime otherwise, or not at all: then there is nothing to note.
cloud::Values vendor_runtimes(const Attributes& asked) {
  cloud::Values names;
  const Values* runtimes = asked.list("runtimes");
  for (const Value& runtime : runtimes == nullptr ? Values{} : *runtimes) {
    const Symbol* symbol = runtime.get<Symbol>();
    const catalog::Runtime* row = symbol == nullptr ? nullptr : catalog().runtime(symbol->name);
    if (row != nullptr && row->fidelity != catalog::Fidelity::impossible) names.emplace_back(row->vendor);
  }
  return names;
}

bool made_for(const Attributes& layer, const std::string& runtime) {
  const Values* runtimes = layer.list("runtimes");
  return runtimes == nullptr || runtimes->empty() || std::any_of(runtimes->begin(), runtimes->end(), [&](const Value& v) {
           const Symbol* symbol = v.get<Symbol>();
           return symbol != nullptr && symbol->name == runtime;
         });
}

}  // namespace

void lower_layer(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Attributes& asked = lowering.of(node);
  cloud::Object properties = cloud::object({{"LayerName", spelt_name(lowering, node)}});
  if (asked.has("description")) properties.set("Description", lowering.value(*asked.find("description")));
  if (asked.has("license")) properties.set("LicenseInfo", lowering.value(*asked.find("license")));
  properties.set("Content", code_of(lowering, node));
  if (cloud::Values runtimes = vendor_runtimes(asked); !runtimes.empty())
    properties.set("CompatibleRuntimes", std::move(runtimes));
  lowering.add(node, lowering.id(node), "AWS::Lambda::LayerVersion", std::move(properties));
}

cloud::Values layers_of(Lowering& lowering, const Node& function) {
  cloud::Values layers;
  const Values* asked = lowering.of(function).list("layers");
  for (const Value& item : asked == nullptr ? Values{} : *asked) {
    const NodeRef* ref = item.get<NodeRef>();
    if (ref == nullptr) continue;
    const Node& layer = lowering.architecture.node(ref->node);
    const std::string runtime = lowering.of(function).text("runtime");
    const Span place = item.span.known() ? item.span : function.span;
    if (!made_for(lowering.of(layer), runtime)) {
      lowering.sink.report(place, codes::LayerRuntime, layer.name, runtime, function.name)
          .label(lowering.where(layer, "runtimes"), "what it is made for")
          .help("add `" + runtime + "` to its `runtimes`, or leave the layer out");
    }
    if (!lowering.stands(layer)) {
      lowering.sink.report(place, codes::CrossRegion, function.name + " with " + layer.name)
          .help("say `placement = every` at `" + layer.name + "`");
      continue;
    }
    layers.push_back(arn_of(lowering, layer));
  }
  return layers;
}

}  // namespace virga::aws
