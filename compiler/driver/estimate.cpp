#include "compiler/driver/estimate.h"

#include <algorithm>

namespace virga::driver {
namespace {

/// The app's regions on a cloud, by the engine's names; home first.
std::vector<std::string> regions_on(const Architecture& a, const catalog::Catalog& catalog) {
  std::vector<std::string> out;
  for (const Value& v : a.app.regions_for(catalog.cloud)) {
    const auto* name = v.get<Symbol>();
    const catalog::Region* region = name == nullptr ? nullptr : catalog.region(name->name);
    if (region != nullptr) out.emplace_back(region->vendor);
  }
  return out;
}

}  // namespace

std::vector<TargetCost> costs(const FrontEnd& front, const Packaged& code, const BackEndRequest& request,
                              const std::string& price_list, diag::Sink& sink) {
  const std::vector<TargetStack> stacks = back_end(front, code, request, sink);
  const catalog::Use facts(front.catalogs.laid());
  std::vector<TargetCost> out;
  for (const TargetStack& stack : stacks) {
    // What stands in every region was decided alike in each; one stack tells of all.
    if (!out.empty() && out.back().target.name() == stack.target.name()) continue;
    const catalog::Catalog& catalog = stack.target.backend->catalog();
    const std::vector<std::string> regions = regions_on(front.architecture, catalog);
    cost::Request wanted;
    wanted.region = stack.region;
    wanted.price_list = price_list;
    wanted.regions = request.region.empty() ? std::max<std::size_t>(regions.size(), 1) : 1;
    wanted.home = regions.empty() || regions.front() == stack.region;
    const passes::Strategies strategies = strategies_of(stack.lowered);
    const passes::Model model(front.architecture, catalog, strategies);
    out.push_back({stack.target, stack.region, cost::estimate(model, strategies, wanted)});
  }
  return out;
}

}  // namespace virga::driver
