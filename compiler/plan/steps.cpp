#include "compiler/plan/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace virga::plan {
namespace {

class Steps {
 public:
  explicit Steps(std::span<const Report* const> apps) : apps_(apps) {
    for (std::size_t i = 0; i < apps.size(); ++i) by_name_.emplace(apps[i]->app, i);
  }

  Order run() {
    for (std::size_t app = 0; app < apps_.size(); ++app) bring(app);
    // What stands may be used by what is not changed yet, so it goes when all else is done.
    const std::size_t made = out_.steps.size();
    for (std::size_t app = apps_.size(); app-- > 0;) {
      for (std::size_t s = apps_[app]->stacks.size(); s-- > 0;) {
        if (!apps_[app]->stacks[s].gone || !apps_[app]->stacks[s].plan.acts()) continue;
        std::vector<std::size_t> after;
        for (std::size_t i = 0; i < made; ++i) {
          if (out_.steps[i].kind == Step::Kind::deploy) after.push_back(i);
        }
        add({Step::Kind::remove, app, s, std::move(after)});
      }
    }
    find_longest();
    return std::move(out_);
  }

 private:
  void bring(std::size_t app) {
    const Report& report = *apps_[app];
    const auto acts = [](const StackReport& s) { return !s.gone && s.plan.acts(); };
    if (std::none_of(report.stacks.begin(), report.stacks.end(), acts)) return;
    const std::size_t pack = add({Step::Kind::pack, app});
    for (std::size_t s = 0; s < report.stacks.size(); ++s) {
      const StackReport& stack = report.stacks[s];
      if (!acts(stack)) continue;
      std::vector<std::size_t> after{pack};
      if (!stack.upload.empty()) after = {add({Step::Kind::upload, app, s, {pack}})};
      for (const std::string& needed : report.needs) deploys_of(needed, stack.target, after);
      // Of the parts of one app each may take what those before it give, and, as it stands, what those after it give up.
      for (std::size_t i = pack; i < out_.steps.size(); ++i) {
        if (out_.steps[i].kind != Step::Kind::deploy) continue;
        const StackReport& other = report.stacks[out_.steps[i].stack];
        if (other.target == stack.target && other.region == stack.region) after.push_back(i);
      }
      add({Step::Kind::deploy, app, s, std::move(after)});
    }
  }

  /// Its stacks of the same target; all of them when it has none of that.
  void deploys_of(const std::string& name, const std::string& target, std::vector<std::size_t>& out) const {
    const auto app = by_name_.find(name);
    if (app == by_name_.end()) return;  // it is none of this workspace, and stands
    std::vector<std::size_t> same, any;
    for (std::size_t i = 0; i < out_.steps.size(); ++i) {
      const Step& step = out_.steps[i];
      if (step.app != app->second || step.kind != Step::Kind::deploy) continue;
      any.push_back(i);
      if (apps_[step.app]->stacks[step.stack].target == target) same.push_back(i);
    }
    const auto& found = same.empty() ? any : same;
    out.insert(out.end(), found.begin(), found.end());
  }

  std::size_t add(Step step) {
    for (const std::size_t before : step.after) step.wave = std::max(step.wave, out_.steps[before].wave);
    out_.waves = std::max(out_.waves, ++step.wave);
    out_.steps.push_back(std::move(step));
    return out_.steps.size() - 1;
  }

  void find_longest() {
    std::vector<std::size_t> length(out_.steps.size()), before(out_.steps.size());
    std::size_t last = 0;
    for (std::size_t i = 0; i < out_.steps.size(); ++i) {
      const Step& step = out_.steps[i];
      before[i] = i;
      for (const std::size_t b : step.after) {
        if (before[i] == i || length[b] > length[before[i]]) before[i] = b;
      }
      const bool plain = step.kind == Step::Kind::pack || step.kind == Step::Kind::upload;
      length[i] = (before[i] == i ? 0 : length[before[i]]) + (plain ? 1 : apps_[step.app]->stacks[step.stack].plan.waves);
      if (length[i] > length[last]) last = i;
    }
    if (out_.steps.empty()) return;
    for (std::size_t i = last;; i = before[i]) {
      out_.longest.insert(out_.longest.begin(), i);
      if (before[i] == i) break;
    }
  }

  std::span<const Report* const> apps_;
  std::map<std::string, std::size_t> by_name_;
  Order out_;
};

std::string listed(const std::vector<std::string>& texts) {
  constexpr std::size_t kMost = 6;
  const std::vector<std::string> first(texts.begin(),
                                       texts.begin() + static_cast<std::ptrdiff_t>(std::min(texts.size(), kMost)));
  std::string out = fmt::format("{}", fmt::join(first, ", "));
  if (texts.size() > kMost) out += fmt::format(" and {} more", texts.size() - kMost);
  return out;
}

}  // namespace

Order order_of(std::span<const Report* const> apps) { return Steps(apps).run(); }

std::string_view word(Step::Kind kind) {
  switch (kind) {
    case Step::Kind::pack: return "pack";
    case Step::Kind::upload: return "upload";
    case Step::Kind::deploy: return "deploy";
    case Step::Kind::remove: return "remove";
  }
  return "";
}

std::string describe(const Step& step, std::span<const Report* const> apps) {
  const Report& report = *apps[step.app];
  if (step.kind == Step::Kind::pack) return fmt::format("make the templates of {} and pack its code", report.app);
  const StackReport& s = report.stacks[step.stack];
  const std::string where = report.app + " on " + title_of(s);
  if (step.kind == Step::Kind::upload) return fmt::format("upload {} for {}", listed(s.archives), where);
  if (step.kind == Step::Kind::remove) return fmt::format("remove {}", where);
  const std::string_view code = s.upload.empty() && !s.archives.empty() ? ", which uploads its code" : "";
  return fmt::format("deploy {}, in {} wave{}{}", where, s.plan.waves, s.plan.waves == 1 ? "" : "s", code);
}

const std::vector<std::string>& commands_of(const Step& step, std::span<const Report* const> apps) {
  const Report& report = *apps[step.app];
  if (step.kind == Step::Kind::pack) return report.make;
  const StackReport& s = report.stacks[step.stack];
  return step.kind == Step::Kind::upload ? s.upload : s.commands;
}

std::vector<std::string> lines(const Order& order, std::span<const Report* const> apps) {
  std::vector<std::string> out;
  if (order.steps.empty()) return out;
  out.emplace_back("in this order, what has one number at once:");
  std::vector<std::size_t> sorted(order.steps.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i] = i;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](std::size_t a, std::size_t b) { return order.steps[a].wave < order.steps[b].wave; });
  for (const std::size_t i : sorted)
    out.push_back(fmt::format("  {}  {}", order.steps[i].wave, describe(order.steps[i], apps)));
  for (const std::size_t i : order.longest) {
    const Step& step = order.steps[i];
    if (step.kind != Step::Kind::deploy && step.kind != Step::Kind::remove) continue;
    const StackReport& s = apps[step.app]->stacks[step.stack];
    if (s.plan.critical.size() < 2) continue;
    std::vector<std::string> addresses;
    for (const std::size_t c : s.plan.critical) addresses.push_back(s.plan.changes[c].unit().address);
    out.push_back(fmt::format("the longest chain on {}: {}", title_of(s), fmt::join(addresses, " → ")));
  }
  return out;
}

}  // namespace virga::plan
