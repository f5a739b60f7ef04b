#include "compiler/driver/estimate.h"

#include "compiler/diagnostics/codes.h"
#include "compiler/driver/regions.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::driver {
namespace {

cost::Request request_for(const Architecture& a, const catalog::Catalog& catalog, const std::string& region,
                          const std::string& only) {
  diag::Sink elsewhere;  // what is wrong with the regions, the back end tells
  const std::vector<std::string> regions = regions_of(a, catalog, {}, elsewhere).vendor;
  cost::Request out;
  out.region = region;
  out.regions = only.empty() ? std::max<std::size_t>(regions.size(), 1) : 1;
  out.home = regions.empty() || regions.front() == region;
  return out;
}

cost::Estimate estimate_of(const Architecture& a, const catalog::Catalog& catalog, const cloud::Lowered& lowered,
                           const cost::Request& request) {
  const passes::Strategies strategies = strategies_of(lowered);
  return cost::estimate(passes::Model(a, catalog, strategies), strategies, request);
}

}  // namespace

std::vector<TargetCost> costs(const FrontEnd& front, const std::vector<TargetStack>& stacks, const std::string& region,
                              const std::string& price_list) {
  const catalog::Use facts(front.catalogs.laid());
  std::vector<TargetCost> out;
  for (const TargetStack& stack : stacks) {
    // What stands in every region was decided alike in each; one stack tells of all.
    if (!out.empty() && out.back().target.name() == stack.target.name()) continue;
    const catalog::Catalog& catalog = stack.target.backend->catalog();
    cost::Request wanted = request_for(front.architecture, catalog, stack.region, region);
    wanted.price_list = price_list;
    out.push_back({stack.target, stack.region, estimate_of(front.architecture, catalog, stack.lowered, wanted)});
  }
  return out;
}

namespace {

std::string money(double amount, const std::string& currency) { return fmt::format("{:.2f} {}", amount, currency); }

/// The biggest lines of one currency, each on a line of its own.
std::string biggest(const cost::Estimate& estimate, const std::string& currency, const Architecture& a) {
  constexpr std::size_t kShown = 5;
  std::vector<const cost::Line*> lines;
  for (const cost::Line& l : estimate.lines) {
    if (l.currency == currency && l.cost.least > 0) lines.push_back(&l);
  }
  std::stable_sort(lines.begin(), lines.end(), [](const auto* x, const auto* y) { return x->cost.least > y->cost.least; });
  std::string out = "most of it:";
  for (std::size_t i = 0; i < std::min(lines.size(), kShown); ++i) {
    const std::string who = lines[i]->edge != nullptr ? describe(a, *lines[i]->edge) : lines[i]->node->name;
    out += "\n" + money(lines[i]->cost.least, currency) + " " + who + ", " + std::string(lines[i]->price->item);
  }
  return out;
}

}  // namespace

void check_budget(const Architecture& a, const cloud::Target& target, const cloud::Lowered& lowered,
                  const std::string& region, const std::string& only, diag::Sink& sink) {
  if (a.app.budget.entries.empty()) return;
  const catalog::Catalog& catalog = target.backend->catalog();
  const cost::Estimate estimate = estimate_of(a, catalog, lowered, request_for(a, catalog, region, only));
  for (const auto& [currency, total] : estimate.totals) {
    const Value* most = a.app.budget.find(currency);
    const double* amount = most == nullptr ? nullptr : most->get<double>();
    if (amount == nullptr || total.after().least <= *amount) continue;
    sink.report(most->span, diag::codes::CostBudget, money(total.after().least, currency), target.name(),
                money(*amount, currency))
        .note(biggest(estimate, currency, a))
        .help("`virga cost` shows all of it");
  }
}

}  // namespace virga::driver
