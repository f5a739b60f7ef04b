#include "compiler/partition/place.h"

#include "compiler/partition/everything.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>

namespace virga::partition {
namespace {

// How full a part is made, and how full it may become by what is added later: the rest is for nodes that grow, so that
// what stands need not move. Ours to decide; docs/design-partition.md.
constexpr std::size_t kMade = 80, kAdded = 90, kAll = 100;

/// The names of parts that there are, and places among them.
class Names {
 public:
  std::size_t place(const std::string& name) {
    const auto [found, fresh] = places_.try_emplace(name, names_.size());
    if (fresh) names_.push_back(name);
    return found->second;
  }
  /// The smallest number that is no name yet.
  void add() {
    while (places_.contains(std::to_string(next_))) ++next_;
    (void)place(std::to_string(next_));
  }
  [[nodiscard]] const std::vector<std::string>& all() const { return names_; }

 private:
  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<std::string> names_;
  std::size_t next_ = 1;
};

class Placing {
 public:
  Placing(const Graph& graph, const Recorded& recorded, const Limits& limits)
      : graph_(graph), recorded_(recorded), limits_(limits), part_(graph.groups.size(), kNowhere) {}

  Placement run() {
    read();
    if (!out_.problems.empty()) return std::move(out_);
    const bool any = std::any_of(part_.begin(), part_.end(), [](std::size_t p) { return p != kNowhere; });
    if (!any) {
      const auto lists = line_up(graph_, share(limits_, kMade, kAll));
      for (const auto& list : lists) {
        names_.add();
        for (const std::size_t group : list) part_[group] = names_.all().size() - 1;
      }
    } else {
      if (!circles()) return std::move(out_);
      std::size_t parts = names_.all().size();
      best_fit(graph_, share(limits_, kAdded, kAll), parts, part_);
      while (names_.all().size() < parts) names_.add();
    }
    write_down();
    arrange();
    return std::move(out_);
  }

 private:
  /// What the file says; of a group, its pieces say the same.
  void read() {
    for (const auto& [name, part] : recorded_) parts_named_.insert(part);
    for (const std::string& part : sorted(parts_named_)) (void)names_.place(part);
    const auto all = recorded_.find(kEverything);
    for (std::size_t g = 0; g < graph_.groups.size(); ++g) {
      const Group& group = graph_.groups[g];
      if (group.resources > limits_.resources) out_.problems.push_back({Problem::Kind::too_large, group.pieces, {}});
      std::optional<std::size_t> first;
      for (const std::size_t piece : group.pieces) {
        const auto line = recorded_.find(graph_.pieces[piece].name);
        if (line == recorded_.end()) continue;
        if (part_[g] == kNowhere) {
          part_[g] = names_.place(line->second);
          first = piece;
        } else if (names_.all()[part_[g]] != line->second) {
          out_.problems.push_back({Problem::Kind::apart, {*first, piece}, {names_.all()[part_[g]], line->second}});
          break;
        }
      }
      if (part_[g] == kNowhere && all != recorded_.end()) part_[g] = names_.place(all->second);
    }
  }

  static std::vector<std::string> sorted(const std::set<std::string>& names) {
    std::vector<std::string> out(names.begin(), names.end());
    std::sort(out.begin(), out.end(), part_before);
    return out;
  }

  /// Parts, and what stands nowhere, as one graph: two parts in one circle are a mistake of the file, and what lies between
  /// a part and itself belongs into it. False after a mistake.
  bool circles() {
    const std::size_t parts = names_.all().size();
    const auto at = [&](std::size_t group) { return part_[group] == kNowhere ? parts + group : part_[group]; };
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(parts + part_.size());
    for (std::size_t g = 0; g < part_.size(); ++g) {
      for (const std::size_t need : graph_.groups[g].needs) boost::add_edge(at(g), at(need), graph);
    }
    std::vector<std::size_t> circle(parts + part_.size());
    boost::strong_components(graph, circle.data());
    std::map<std::size_t, std::size_t> part_in;
    for (std::size_t p = 0; p < parts; ++p) {
      const auto [other, fresh] = part_in.try_emplace(circle[p], p);
      if (!fresh) {
        circle_of(other->second, p);
        return false;
      }
    }
    for (std::size_t g = 0; g < part_.size(); ++g) {
      if (part_[g] != kNowhere) continue;
      if (const auto found = part_in.find(circle[parts + g]); found != part_in.end()) part_[g] = found->second;
    }
    return true;
  }

  /// A way from the one part to the other and one back, as what shows it: pieces by twos, each needing the next.
  void circle_of(std::size_t one, std::size_t other) {
    Problem problem{Problem::Kind::circle, {}, {names_.all()[one], names_.all()[other]}};
    for (const bool back : {false, true}) {
      const std::size_t from = back ? other : one, to = back ? one : other;
      std::vector<std::size_t> came(part_.size(), kNowhere), left;
      // Of a part that is met on the way, all of it.
      const auto reach = [&](std::size_t group, std::size_t by) {
        if (came[group] != kNowhere) return;
        came[group] = by;
        left.push_back(group);
        for (std::size_t g = 0; g < part_.size() && part_[group] != kNowhere && part_[group] != to; ++g) {
          if (part_[g] != part_[group] || came[g] != kNowhere) continue;
          came[g] = by;
          left.push_back(g);
        }
      };
      for (std::size_t g = 0; g < part_.size(); ++g) {
        if (part_[g] == from) came[g] = g;
        if (part_[g] == from) left.push_back(g);
      }
      for (std::size_t i = 0; i < left.size(); ++i) {
        const std::size_t group = left[i];
        if (part_[group] == to) {
          std::size_t at = group;
          while (came[at] != at) at = came[at];
          problem.pieces.push_back(graph_.groups[at].pieces.front());
          problem.pieces.push_back(graph_.groups[group].pieces.front());
          break;
        }
        for (const std::size_t need : graph_.groups[group].needs) reach(need, group);
      }
    }
    out_.problems.push_back(std::move(problem));
  }

  /// An edge that stands with all that it needs is found there again without a line.
  void write_down() {
    for (std::size_t g = 0; g < part_.size(); ++g) {
      const Group& group = graph_.groups[g];
      const bool edges =
          std::all_of(group.pieces.begin(), group.pieces.end(), [&](std::size_t p) { return graph_.pieces[p].edge; });
      const bool with_ends =
          edges && group.pieces.size() == 1 && !group.needs.empty() &&
          std::all_of(group.needs.begin(), group.needs.end(), [&](std::size_t n) { return part_[n] == part_[g]; });
      if (with_ends) continue;
      for (const std::size_t p : group.pieces) {
        const Piece& piece = graph_.pieces[p];
        if (piece.edge && !edges) continue;  // where its nodes stand
        if (!recorded_.contains(piece.name)) out_.placed.emplace(piece.name, names_.all()[part_[g]]);
      }
    }
  }

  /// The parts in the order in which they can be deployed; among those that can be next, in the order of their names.
  void arrange() {
    const std::vector<std::string>& names = names_.all();
    std::vector<std::set<std::size_t>> needs(names.size());
    std::vector<bool> used(names.size());
    for (std::size_t g = 0; g < part_.size(); ++g) {
      used[part_[g]] = true;
      for (const std::size_t need : graph_.groups[g].needs) {
        if (part_[need] != part_[g]) needs[part_[g]].insert(part_[need]);
      }
    }
    std::vector<std::size_t> order, waiting;
    for (std::size_t p = 0; p < names.size(); ++p) {
      if (used[p]) waiting.push_back(p);
    }
    std::sort(waiting.begin(), waiting.end(), [&](std::size_t a, std::size_t b) { return part_before(names[a], names[b]); });
    std::set<std::size_t> done;
    while (!waiting.empty()) {
      auto next = std::find_if(waiting.begin(), waiting.end(), [&](std::size_t p) {
        return std::includes(done.begin(), done.end(), needs[p].begin(), needs[p].end());
      });
      if (next == waiting.end()) next = waiting.begin();  // no circle is left: never
      order.push_back(*next);
      done.insert(*next);
      waiting.erase(next);
    }
    std::vector<std::size_t> place(names.size(), kNowhere);
    for (std::size_t i = 0; i < order.size(); ++i) {
      place[order[i]] = i;
      out_.parts.push_back(names[order[i]]);
    }
    for (const std::size_t p : part_) out_.part_of.push_back(place[p]);
  }

  const Graph& graph_;
  const Recorded& recorded_;
  const Limits& limits_;
  std::vector<std::size_t> part_;
  Names names_;
  std::set<std::string> parts_named_;
  Placement out_;
};

}  // namespace

Limits share(const Limits& limits, std::size_t of, std::size_t parts) {
  const auto some = [&](std::size_t limit) {
    return limit == kNoLimit ? limit : std::max<std::size_t>(limit * of / parts, 1);
  };
  return {some(limits.resources), some(limits.outputs), some(limits.parameters), some(limits.bytes)};
}

bool part_before(const std::string& a, const std::string& b) {
  const auto number = [](const std::string& s) {
    return !s.empty() && s.find_first_not_of("0123456789") == std::string::npos;
  };
  if (number(a) != number(b)) return number(a);
  return number(a) && a.size() != b.size() ? a.size() < b.size() : a < b;
}

Placement place(const Graph& graph, const Recorded& recorded, const Limits& limits) {
  return Placing(graph, recorded, limits).run();
}

}  // namespace virga::partition
