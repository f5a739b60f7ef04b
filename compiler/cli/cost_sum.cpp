#include "compiler/cli/cost_sum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace virga::cli {
namespace {

constexpr double kHalfCent = 0.005;

std::string sum_text(double amount) {
  if (amount == 0) return "0";
  return amount < kHalfCent ? "under 0.01" : fmt::format("{:.2f}", amount);
}

/// A share of what has tiers may be less when all is most.
std::string range_text(const cost::Between& b) {
  const std::string least = sum_text(std::min(b.least, b.most)), most = sum_text(std::max(b.least, b.most));
  return least == most ? most : fmt::format("{} to {}", least, most);
}

std::string money(std::string_view currency, const cost::Between& b, bool whole) {
  return fmt::format("{} {}{}", currency, range_text(b), whole ? "" : " or more");
}

std::string more_text(double amount) {
  return (amount <= -kHalfCent ? "-" : amount >= kHalfCent ? "+" : "") + sum_text(std::abs(amount));
}

std::string open_text(std::string out, bool by_load, bool unknown) {
  if (by_load) out += out.empty() ? "by load" : " + by load";
  if (unknown) out += out.empty() ? "unknown" : " + unknown";
  return out.empty() ? "-" : out;
}

}  // namespace

bool all_known(const CostSum& sum) {
  return !sum.by_load && !sum.unknown &&
         std::all_of(sum.parts.begin(), sum.parts.end(), [](const auto& part) { return part.second.whole; });
}

CostSum sum_of(const std::vector<const cost::Line*>& lines) {
  CostSum out;
  for (const cost::Line* l : lines) {
    out.by_load = out.by_load || l->state == cost::State::by_load;
    out.unknown = out.unknown || l->state == cost::State::unpriced || l->state == cost::State::unsaid;
    if (l->state != cost::State::counted) continue;
    CostSum::Part& part = out.parts[l->currency];
    part.cost += l->cost;
    part.whole = part.whole && l->quantity.whole;
  }
  const bool more = out.parts.size() > 1 || out.by_load || out.unknown;
  std::erase_if(out.parts, [&](const auto& part) { return part.second.cost.most == 0 && more; });
  return out;
}

CostSum sum_of(const cost::Estimate& estimate, const Node& node) {
  std::vector<const cost::Line*> lines;
  for (const cost::Line& l : estimate.lines) {
    if (l.node->id == node.id) lines.push_back(&l);
  }
  return sum_of(lines);
}

CostSum sum_of(const cost::Estimate& estimate) {
  CostSum out;
  for (const auto& [currency, t] : estimate.totals) {
    if (t.before.most > 0 || estimate.totals.size() == 1) out.parts[currency] = {t.after(), t.whole};
  }
  for (const cost::Line& l : estimate.lines) {
    out.by_load = out.by_load || l.state == cost::State::by_load;
    out.unknown = out.unknown || l.state == cost::State::unpriced || l.state == cost::State::unsaid;
  }
  return out;
}

std::string text_of(const CostSum& sum) {
  std::string out;
  for (const auto& [currency, part] : sum.parts) out += (out.empty() ? "" : " + ") + money(currency, part.cost, part.whole);
  return open_text(std::move(out), sum.by_load, sum.unknown);
}

std::string free_of(const cost::Estimate& estimate) {
  std::string out;
  for (const auto& [currency, t] : estimate.totals) {
    if (t.free.most > 0) out += (out.empty() ? "- " : " and ") + money(currency, t.free, true);
  }
  return out.empty() ? "-" : out;
}

std::map<std::string, cost::Between> difference(const CostSum& before, const CostSum& after) {
  std::map<std::string, cost::Between> out;
  for (const auto& [currency, part] : after.parts) out[currency] += part.cost;
  for (const auto& [currency, part] : before.parts) out[currency] += part.cost * -1;
  const bool several = out.size() > 1;
  std::erase_if(out, [&](const auto& more) { return several && more.second.least == 0 && more.second.most == 0; });
  return out;
}

std::string difference_text(const CostSum& before, const CostSum& after) {
  std::string out;
  for (const auto& [currency, more] : difference(before, after)) {
    const std::string least = more_text(std::min(more.least, more.most)), most = more_text(std::max(more.least, more.most));
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", currency, least == most ? most : least + " to " + most);
  }
  bool by_load = before.by_load || after.by_load;
  for (const CostSum* sum : {&before, &after}) {
    for (const auto& [currency, part] : sum->parts) by_load = by_load || !part.whole;
  }
  return open_text(std::move(out), by_load, before.unknown || after.unknown);
}

}  // namespace virga::cli
