// From nothing: all groups are lined up so that each comes after what it needs, and near to what it has most references in
// common with; then the line is cut where the fewest references cross. Parts that are cut of one line need only parts
// before them.
#include "compiler/partition/place.h"

#include <algorithm>
#include <set>

namespace virga::partition {
namespace {

/// The part at hand, group after group.
class Line {
 public:
  Line(const Graph& graph, const Limits& mark) : graph_(graph), mark_(mark), part_(graph.groups.size(), kNowhere) {}

  std::vector<std::vector<std::size_t>> run() {
    std::vector<std::vector<std::size_t>> out;
    std::size_t first = 0;  // every group before it stands somewhere
    while (true) {
      while (first < part_.size() && part_[first] != kNowhere) ++first;
      if (first == part_.size()) return out;
      begin(out.size());
      bool full = false;
      for (std::size_t seed = first; !full;) {
        while (seed < part_.size() && part_[seed] != kNowhere) ++seed;
        const std::size_t next = pull_.empty() ? seed : pull_.begin()->second;
        if (next == part_.size()) break;
        full = add_with_needs(next);
      }
      const std::size_t length = full ? cut() : line_.size();
      for (std::size_t i = length; i < line_.size(); ++i) part_[line_[i]] = kNowhere;
      line_.resize(length);
      out.push_back(line_);
    }
  }

 private:
  void begin(std::size_t part) {
    now_ = part;
    line_.clear();
    crossing_.clear();
    outputs_at_.clear();
    weight_.clear();
    pull_.clear();
    parameters_.clear();
    taken_.clear();
    left_.clear();
    resources_ = bytes_ = outputs_ = 0;
  }

  /// What the group needs stands before it. True when the part has become too full.
  bool add_with_needs(std::size_t group) {
    std::vector<std::pair<std::size_t, std::set<std::size_t>::const_iterator>> way{
        {group, graph_.groups[group].needs.begin()}};
    std::set<std::size_t> on_way{group};
    while (!way.empty()) {
      auto& [at, next] = way.back();
      if (next != graph_.groups[at].needs.end()) {
        const std::size_t need = *next++;
        if (part_[need] == kNowhere && on_way.insert(need).second) way.emplace_back(need, graph_.groups[need].needs.begin());
        continue;
      }
      add(at);
      way.pop_back();
      if (too_full()) return true;
    }
    return false;
  }

  void add(std::size_t group) {
    const Group& g = graph_.groups[group];
    part_[group] = now_;
    line_.push_back(group);
    if (const auto found = weight_.find(group); found != weight_.end()) pull_.erase({-found->second, group});
    for (const auto& [other, count] : g.links) {
      if (part_[other] != kNowhere) continue;
      auto& weight = weight_[other];
      if (weight > 0) pull_.erase({-weight, other});
      weight += static_cast<std::ptrdiff_t>(count);
      pull_.emplace(-weight, other);
    }
    resources_ += g.resources;
    bytes_ += g.bytes;
    parameters_.insert(g.parameters.begin(), g.parameters.end());
    for (const std::size_t value : g.gives) {
      std::size_t outside = 0;
      for (const std::size_t taker : graph_.values[value].takers) outside += part_[taker] != now_ ? 1u : 0u;
      left_[value] = outside;
      outputs_ += outside > 0 ? 1u : 0u;
    }
    for (const std::size_t value : g.takes) {
      const auto mine = left_.find(value);
      if (mine == left_.end()) taken_.insert(value);
      else if (--mine->second == 0) --outputs_;
    }
    outputs_at_.push_back(outputs_);
    crossing_.push_back(outputs_ + taken_.size());
  }

  [[nodiscard]] bool too_full() const {
    return resources_ > mark_.resources || bytes_ > mark_.bytes || parameters_.size() > mark_.parameters;
  }

  /// How much of the line becomes the part: of what fits, from three fifths on, where the fewest references cross.
  [[nodiscard]] std::size_t cut() const {
    const std::size_t fits = std::max<std::size_t>(line_.size() - 1, 1);  // the last one made it too full
    std::size_t best = 0, longest = 0, held = 0;
    for (std::size_t i = 0; i < fits; ++i) {
      held += graph_.groups[line_[i]].resources;
      if (outputs_at_[i] > mark_.outputs) continue;
      longest = i + 1;
      const bool enough = held * 5 >= std::min(resources_, mark_.resources) * 3;
      if (enough && (best == 0 || crossing_[i] <= crossing_[best - 1])) best = i + 1;
    }
    return best > 0 ? best : std::max<std::size_t>(longest, 1);
  }

  const Graph& graph_;
  const Limits& mark_;
  std::vector<std::size_t> part_;
  std::size_t now_ = 0, resources_ = 0, bytes_ = 0, outputs_ = 0;
  std::vector<std::size_t> line_, crossing_, outputs_at_;  // after each group of the line
  std::map<std::size_t, std::ptrdiff_t> weight_;  // references between the part and a group that stands nowhere
  std::set<std::pair<std::ptrdiff_t, std::size_t>>
      pull_;  // the same, the most first; among equals the earlier in the program
  std::set<std::string> parameters_;
  std::set<std::size_t> taken_;  // values of earlier parts
  std::map<std::size_t, std::size_t> left_;  // value of this part → takers that are not in it
};

}  // namespace

std::vector<std::vector<std::size_t>> line_up(const Graph& graph, const Limits& mark) { return Line(graph, mark).run(); }

}  // namespace virga::partition
