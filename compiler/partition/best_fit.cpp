// Something new among what stands: it goes into the part with which it has most references in common, unless that part is
// full, or would then need a part that needs it. Nothing that stands is moved.
#include "compiler/partition/place.h"

#include <algorithm>
#include <set>

namespace virga::partition {
namespace {

class Fit {
 public:
  Fit(const Graph& graph, const Limits& mark, std::size_t& parts, std::vector<std::size_t>& part_of)
      : graph_(graph), mark_(mark), parts_(parts), part_(part_of) {}

  void run() {
    members_.resize(parts_);
    held_.resize(parts_);
    std::vector<std::size_t> open;
    for (std::size_t g = 0; g < part_.size(); ++g) {
      if (part_[g] == kNowhere) open.push_back(g);
      else hold(g, part_[g]);
    }
    // An edge stands with its ends as long as they stand together, so that nothing need be written down about it.
    std::erase_if(open, [&](std::size_t g) { return with_its_ends(g); });
    for (const std::size_t g : open) {
      for (const auto& [other, count] : graph_.groups[g].links) {
        if (part_[other] != kNowhere) weight_[g] += static_cast<std::ptrdiff_t>(count);
      }
      pull_.emplace(-weight_[g], g);
    }
    while (!pull_.empty()) {
      const std::size_t group = pull_.begin()->second;
      pull_.erase(pull_.begin());
      put(group, choose(group));
    }
  }

 private:
  struct Held {
    std::size_t resources = 0, bytes = 0;
    std::set<std::string> parameters;
  };

  void hold(std::size_t group, std::size_t part) {
    const Group& g = graph_.groups[group];
    part_[group] = part;
    members_[part].push_back(group);
    held_[part].resources += g.resources;
    held_[part].bytes += g.bytes;
    held_[part].parameters.insert(g.parameters.begin(), g.parameters.end());
  }

  void put(std::size_t group, std::size_t part) {
    hold(group, part);
    for (const auto& [other, count] : graph_.groups[group].links) {
      const auto found = part_[other] == kNowhere ? weight_.find(other) : weight_.end();
      if (found == weight_.end() || pull_.erase({-found->second, other}) == 0) continue;
      found->second += static_cast<std::ptrdiff_t>(count);
      pull_.emplace(-found->second, other);
    }
  }

  bool with_its_ends(std::size_t group) {
    const Group& g = graph_.groups[group];
    if (g.needs.empty() || g.pieces.size() != 1 || !graph_.pieces[g.pieces.front()].edge) return false;
    const std::size_t part = part_[*g.needs.begin()];
    const bool together =
        part != kNowhere && std::all_of(g.needs.begin(), g.needs.end(), [&](std::size_t n) { return part_[n] == part; });
    if (together) hold(group, part);
    return together;
  }

  std::size_t choose(std::size_t group) {
    std::vector<std::size_t> common(parts_);
    for (const auto& [other, count] : graph_.groups[group].links) {
      if (part_[other] != kNowhere) common[part_[other]] += count;
    }
    std::vector<std::size_t> order(parts_);
    for (std::size_t i = 0; i < parts_; ++i) order[i] = i;
    // What has nothing in common with any goes where most room is.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return common[a] != common[b] ? common[a] > common[b] : held_[a].resources < held_[b].resources;
    });
    for (const std::size_t part : order) {
      if (has_room(group, part) && !makes_circle(group, part)) return part;
    }
    members_.emplace_back();
    held_.emplace_back();
    return parts_++;
  }

  [[nodiscard]] bool has_room(std::size_t group, std::size_t part) const {
    const Group& g = graph_.groups[group];
    const Held& held = held_[part];
    if (held.resources + g.resources > mark_.resources || held.bytes + g.bytes > mark_.bytes) return false;
    std::set<std::string> parameters = held.parameters;
    parameters.insert(g.parameters.begin(), g.parameters.end());
    if (parameters.size() > mark_.parameters) return false;
    std::size_t outputs = 0;
    const auto count = [&](std::size_t giver) {
      for (const std::size_t value : graph_.groups[giver].gives) {
        const auto& takers = graph_.values[value].takers;
        outputs += std::any_of(takers.begin(), takers.end(), [&](std::size_t t) { return t != group && part_[t] != part; });
      }
    };
    for (const std::size_t member : members_[part]) count(member);
    count(group);
    return outputs <= mark_.outputs;
  }

  /// Whether a way leads from the part with the group in it over something else back to it.
  [[nodiscard]] bool makes_circle(std::size_t group, std::size_t part) const {
    std::vector<bool> seen(graph_.groups.size()), seen_part(parts_);
    std::vector<std::size_t> left;
    const auto inside = [&](std::size_t g) { return g == group || part_[g] == part; };
    const auto reach = [&](std::size_t g) {
      const auto visit = [&](std::size_t one) {
        if (!seen[one]) left.push_back(one);
        seen[one] = true;
      };
      if (part_[g] == kNowhere) return visit(g);
      if (seen_part[part_[g]]) return;
      seen_part[part_[g]] = true;
      for (const std::size_t member : members_[part_[g]]) visit(member);
    };
    const auto leave = [&](std::size_t g) {
      for (const std::size_t need : graph_.groups[g].needs) {
        if (!inside(need)) reach(need);
      }
    };
    for (const std::size_t member : members_[part]) leave(member);
    leave(group);
    while (!left.empty()) {
      const std::size_t at = left.back();
      left.pop_back();
      for (const std::size_t need : graph_.groups[at].needs) {
        if (inside(need)) return true;
        reach(need);
      }
    }
    return false;
  }

  const Graph& graph_;
  const Limits& mark_;
  std::size_t& parts_;
  std::vector<std::size_t>& part_;
  std::vector<std::vector<std::size_t>> members_;
  std::vector<Held> held_;
  std::map<std::size_t, std::ptrdiff_t> weight_;  // references between a group that stands nowhere and those that stand
  std::set<std::pair<std::ptrdiff_t, std::size_t>> pull_;  // the same, the most first
};

}  // namespace

void best_fit(const Graph& graph, const Limits& mark, std::size_t& parts, std::vector<std::size_t>& part_of) {
  Fit(graph, mark, parts, part_of).run();
}

}  // namespace virga::partition
