#include "compiler/passes/loads.h"

#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace virga::passes {

namespace codes = diag::codes;

std::string count_text(double n) { return to_text(std::ceil(n - 1e-9)); }
std::string count_text(const Between& b) {
  return count_text(b.least) == count_text(b.most) ? count_text(b.most) : count_text(b.least) + " to " + count_text(b.most);
}

void account_loads(const Model& model, const Rates& rates, Measures& measures, diag::Sink& sink) {
  struct Sum {
    Amount limit;
    double left_free = 0;
    Between need;
    double reserved = 0;
    std::vector<std::pair<double, const Node*>> nodes;
    std::vector<const Node*> reserving;
    const catalog::Fact* free_fact = nullptr;
  };
  std::map<std::string_view, Sum> sums;
  for (const Node& node : model.architecture().nodes) {
    const auto limit = model.of(node, "account_at_once");
    if (!limit || limit->fact == nullptr) continue;
    Sum& sum = sums[limit->fact->id];
    sum.limit = *limit;
    if (const auto free = model.of(node, "left_free")) sum.left_free = free->value, sum.free_fact = free->fact;
    if (const auto reserved = model.of(node, "reserved"); reserved && reserved->value > 0) {
      sum.reserved += reserved->value;
      sum.reserving.push_back(&node);
    }
    if (const auto need = rates.at_once(node)) {
      sum.need += *need;
      sum.nodes.emplace_back(need->least, &node);
    }
  }
  for (auto& [id, sum] : sums) {
    Amount reservable = sum.limit;
    if (sum.free_fact != nullptr) reservable.fact = sum.free_fact;
    measures.count("reserved " + std::string(id), "what is reserved of the account", sum.reserved,
                   sum.limit.value - sum.left_free, reservable);
    measures.count("account " + std::string(id), "what runs at once in the account", sum.need.least, sum.limit.value,
                   sum.limit);
    if (sum.reserved > sum.limit.value - sum.left_free && !sum.reserving.empty()) {
      diag::Sink one;
      auto r = one.report(sum.reserving.back()->span, codes::LoadReservedSum, to_text(sum.reserved),
                          to_text(sum.limit.value - sum.left_free));
      for (const Node* n : sum.reserving) {
        if (const auto reserved = model.of(*n, "reserved")) r.label(reserved->span, to_text(reserved->value) + " here");
      }
      r.source(catalog::cite(sum.free_fact != nullptr ? *sum.free_fact : *sum.limit.fact));
      r.help("reserve less, or say what your account has in `quotas`");
      hand_on(one, *sum.limit.fact, model.catalog(), sink);
    }
    if (sum.need.least <= sum.limit.value) continue;
    std::stable_sort(sum.nodes.begin(), sum.nodes.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string most = "most of them:";
    for (std::size_t i = 0; i < std::min<std::size_t>(sum.nodes.size(), 5); ++i) {
      if (sum.nodes[i].first > 0) most += fmt::format("\n{} {}", count_text(sum.nodes[i].first), sum.nodes[i].second->name);
    }
    auto r = sink.report(sum.nodes.front().second->span, codes::LoadAccount, count_text(sum.need), to_text(sum.limit.value));
    r.source(catalog::cite(*sum.limit.fact));
    r.note(most);
    r.help(fmt::format(
        "ask for more and say so (`quotas`, `{}`), or hold back what comes at the peak in a queue with `max_concurrency`",
        id));
  }
}

}  // namespace virga::passes
