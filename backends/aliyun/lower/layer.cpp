// layer shared { code = "./shared"  runtimes = [nodejs20] }   → FC3::LayerVersion   SharedLayer1a2b3c
// function sync { layers = [base, shared] }                    Layers of the function, the other way round
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aliyun {
namespace {

/// ROS updates nothing of a version: another content, or another list of runtimes, is another resource.
std::string version_id(Lowering& l, const Node& layer) {
  const auto code = l.request().code.find(layer.id);
  const std::string content = code == l.request().code.end() ? "" : code->second.hash;
  const Value* runtimes = l.of(layer).find("runtimes");
  return l.id(layer, "Layer" + cloud::short_hash(content + (runtimes == nullptr ? "" : to_text(*runtimes))));
}

cloud::Values vendor_runtimes(const Attributes& a) {
  cloud::Values names;
  const Values* runtimes = a.list("runtimes");
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

void lower_layer(Lowering& l, const Node& node) {
  const Attributes& a = l.of(node);
  cloud::Object p;
  p.set("LayerName", name_text(l, node)).set("Acl", "0");
  if (a.has("description")) p.set("Description", to_value(l, *a.find("description")));
  if (a.has("license")) p.set("License", to_value(l, *a.find("license")));
  if (const std::optional<cloud::Object> code = code_of(l, node)) p.set("Code", *code);
  if (cloud::Values runtimes = vendor_runtimes(a); !runtimes.empty()) p.set("CompatibleRuntime", std::move(runtimes));
  l.add(version_id(l, node), "ALIYUN::FC3::LayerVersion", std::move(p));
}

cloud::Value layer_arn(Lowering& l, const Node& layer) { return cloud::GetAtt{version_id(l, layer), "LayerVersionArn"}; }

cloud::Values layers_of(Lowering& l, const Node& function) {
  cloud::Values layers;
  const Values* asked = l.of(function).list("layers");
  for (const Value& item : asked == nullptr ? Values{} : *asked) {
    const NodeRef* ref = item.get<NodeRef>();
    if (ref == nullptr) continue;
    const Node& layer = l.architecture().node(ref->node);
    const std::string runtime = l.of(function).text("runtime");
    const Span place = item.span.known() ? item.span : function.span;
    if (!made_for(l.of(layer), runtime)) {
      l.sink()
          .report(place, codes::LayerRuntime, layer.name, runtime, function.name)
          .label(layer.span, "the layer")
          .help(fmt::format("add `{}` to its `runtimes`, or leave the layer out", runtime));
    }
    if (!l.stands_here(layer)) {
      const std::vector<std::string>& regions = l.request().regions;
      l.sink()
          .report(place, codes::LayerRegion, function.name,
                  regions_for_people(std::vector<std::string>(regions.begin() + 1, regions.end())), layer.name,
                  regions_for_people({regions.front()}))
          .help(fmt::format("say `placement = every` at `{}`", layer.name));
      continue;
    }
    layers.push_back(layer_arn(l, layer));
  }
  // The first of the list lies on top here; in a program it is the last.
  std::reverse(layers.begin(), layers.end());
  return layers;
}

}  // namespace virga::aliyun
