// A way that parts comes together where the first state stands to which more than one of its branches lead, if between the
// two no branch leads into another one. Branches that lead nowhere in common end by themselves: in a `fail`, or with
// `succeed` where something follows in the list. Where an engine's `Catch` leads past what follows, `set` remembers that it
// was taken.
#include "backends/common/workflow/structure.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace virga::workflow {
namespace {

using Kind = Item::Kind;
/// By their places in the list.
using Places = std::set<std::size_t>;

/// Our own choices: of the items that copies may make of them, and of the states that are gone through while it is found out
/// where ways come together.
constexpr std::size_t kMostItems = 1000, kMostVisits = 2'000'000;
constexpr std::size_t kEnd = static_cast<std::size_t>(-1);

bool can_fail(const Block& b) {
  return b.item && (b.item->kind == Kind::step || b.item->kind == Kind::parallel || b.item->kind == Kind::each);
}
bool is_choice(const Block& b) { return b.item && b.item->kind == Kind::choose; }
bool ends_itself(const Block& b) { return b.item && (b.item->kind == Kind::fail || b.item->kind == Kind::succeed); }

class Structurer {
 public:
  explicit Structurer(const std::vector<Block>& blocks) : blocks_(blocks) {
    for (std::size_t i = 0; i < blocks.size(); ++i) places_.emplace(blocks[i].name, i);
  }

  Structured run(const std::string& start) {
    if (blocks_.size() > kMostStates) {
      out_.lacks =
          fmt::format("it has {} states side by side, more than the {} that are looked at", blocks_.size(), kMostStates);
      return std::move(out_);
    }
    for (const Block& b : blocks_) leads_.push_back(lead_to(b));
    Order order = in_order(leads_, places_.at(start));
    if (order.back) {
      out_.lacks = fmt::format("`{}` leads back to `{}`", blocks_[order.back->first].name, blocks_[order.back->second].name);
      return std::move(out_);
    }
    order_ = std::move(order.places);
    Context whole;
    out_.flow = sequence(places_.at(start), whole);
    if (out_.flow.empty()) out_.flow.push_back(succeed());
    if (items_ > kMostItems || visits_ > kMostVisits) out_.lacks = "its ways part and do not come together again";
    return std::move(out_);
  }

 private:
  /// What stands around a list.
  struct Context {
    std::size_t stop = kEnd;  ///< the state with which it goes on behind the list
    bool last = true;  ///< nothing follows behind the list
    const std::vector<Block::Catch>* taken = nullptr;  ///< catches of a `try` around it
  };

  std::vector<std::size_t> lead_to(const Block& b) const {
    std::vector<std::size_t> out;
    for (const std::string& target : b.targets) out.push_back(places_.at(target));
    if (b.next) out.push_back(places_.at(*b.next));
    for (const Block::Catch& c : b.catches) out.push_back(places_.at(c.next));
    return out;
  }

  /// All that is reached from a state, itself included, up to what `walls` hold.
  Places reached(std::size_t from, const Places& walls) const {
    Places out;
    std::vector<std::size_t> open = {from};
    while (!open.empty() && ++visits_ <= kMostVisits) {
      const std::size_t at = open.back();
      open.pop_back();
      if (at == kEnd || walls.contains(at) || !out.insert(at).second) continue;
      open.insert(open.end(), leads_[at].begin(), leads_[at].end());
    }
    return out;
  }

  /// Where the ways from these states come together; `kEnd` where they do not.
  std::size_t meeting(std::vector<std::size_t> from, std::size_t stop) const {
    std::sort(from.begin(), from.end());
    from.erase(std::unique(from.begin(), from.end()), from.end());
    std::erase(from, kEnd);
    std::map<std::size_t, int> times;
    bool stops = false;
    for (const std::size_t one : from) {
      for (const std::size_t at : reached(one, {})) {
        ++times[at];
        stops = stops || at == stop;
      }
    }
    for (const std::size_t at : order_) {
      const bool candidate = at == stop ? stops : times.contains(at) && times[at] > 1;
      if (candidate && parts_until(from, at, stop)) return at;
    }
    return stops ? stop : kEnd;
  }

  /// Whether up to a state no way leads into another one, nor past it to where the list ends.
  bool parts_until(const std::vector<std::size_t>& from, std::size_t at, std::size_t stop) const {
    Places all;
    for (const std::size_t one : from) {
      for (const std::size_t place : reached(one, {at})) {
        if (place == stop || !all.insert(place).second) return false;
      }
    }
    return true;
  }

  static Item succeed() {
    Item made;
    made.kind = Kind::succeed;
    return made;
  }

  Sequence sequence(std::size_t at, const Context& around) {
    Sequence out;
    while (at != kEnd && at != around.stop) {
      if (++items_ > kMostItems || visits_ > kMostVisits) return out;
      const Block& b = blocks_[at];
      if (is_choice(b)) {
        at = choose(out, at, around);
        if (at == kEnd) return out;  // its branches have ended what there is to end
        continue;
      }
      if (!b.catches.empty() && (around.taken == nullptr || *around.taken != b.catches)) {
        at = attempt(out, at, around);
        if (at == kEnd) return out;
        continue;
      }
      if (ends_itself(b)) {
        if (b.item->kind == Kind::fail || !around.last || out.empty()) emit(out, b);
        return out;
      }
      emit(out, b);
      at = b.next ? places_.at(*b.next) : kEnd;
    }
    if (at == kEnd && around.stop != kEnd) out.push_back(succeed());
    else if (at == kEnd && !around.last) out.push_back(succeed());
    return out;
  }

  void emit(Sequence& out, const Block& b) {
    if (!b.item) return;
    Item item = *b.item;
    if (!seen_.insert(b.name).second) {
      if (item.kind == Kind::parallel || item.kind == Kind::each) {
        out_.lacks = fmt::format("ways that do not come together lead to `{}`", b.name);
      } else if (item.kind == Kind::step) {
        const std::string copy = fmt::format("{}_{}", item.name, ++copies_[item.name] + 1);
        out_.copies.emplace_back(item.name, copy);
        item.name = copy;
      }
    }
    out.push_back(std::move(item));
  }

  /// The branch that goes on in the list where all others end by themselves: the one with most in it, if it is what is done
  /// otherwise, or the only one beside that.
  std::optional<std::size_t> longest(const std::vector<std::size_t>& targets, std::size_t stop) const {
    std::vector<Places> all;
    std::size_t at = 0, most = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      all.push_back(reached(targets[i], {}));
      // What only fails goes on nowhere.
      const auto size = static_cast<std::size_t>(std::count_if(all[i].begin(), all[i].end(), [&](std::size_t place) {
        return !blocks_[place].item || blocks_[place].item->kind != Kind::fail;
      }));
      if (size >= most) at = i, most = size;
    }
    if (at + 1 != all.size() && all.size() != 2) return std::nullopt;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i != at && (all[i].contains(targets[at]) || all[i].contains(stop))) return std::nullopt;
    }
    return targets[at];
  }

  /// Gives the state with which the list goes on; `kEnd` where nothing follows in it.
  std::size_t choose(Sequence& out, std::size_t at, const Context& around) {
    const Block& b = blocks_[at];
    std::vector<std::size_t> targets;
    for (const std::string& target : b.targets) targets.push_back(places_.at(target));
    std::size_t join = meeting(targets, around.stop);
    if (join == kEnd || join == around.stop) join = longest(targets, around.stop).value_or(join);
    const Context within{join, join == kEnd && around.last, around.taken};
    Item item = *b.item;
    for (std::size_t i = 0; i < item.branches.size(); ++i) item.branches[i].body = sequence(targets[i], within);
    item.otherwise = sequence(targets.back(), within);
    if (item.otherwise.empty()) {
      while (!item.branches.empty() && item.branches.back().body.empty()) item.branches.pop_back();
    } else if (item.branches.size() == 1 && item.branches.front().body.empty()) {
      Branch& only = item.branches.front();
      only.body = std::move(item.otherwise);
      item.otherwise.clear();
      const bool negated = only.when.op == Condition::Op::inverse;
      only.when = negated ? Condition(only.when.parts.front()) : Condition{Condition::Op::inverse, {}, {}, {only.when}};
    }
    if (!item.branches.empty()) out.push_back(std::move(item));
    return join;
  }

  /// Whether all in a region that can fail has these catches, and nothing in it fails on purpose: a `try` would take that.
  bool is_of(const Places& region, const std::vector<Block::Catch>& catches) const {
    return std::all_of(region.begin(), region.end(), [&](std::size_t at) {
      const Block& b = blocks_[at];
      const bool fails = b.item && b.item->kind == Kind::fail;
      return !fails && (!can_fail(b) || b.catches == catches);
    });
  }

  std::size_t attempt(Sequence& out, std::size_t at, const Context& around) {
    const std::vector<Block::Catch>& catches = blocks_[at].catches;
    Places handlers;
    for (const Block::Catch& c : catches) handlers.insert(places_.at(c.next));
    Item tried;
    tried.kind = Kind::attempt;
    const std::string first = blocks_[at].item->name;
    std::vector<std::size_t> pending;  // what cannot fail belongs to it when something follows that can
    bool open = false;  // it ends within a choice
    std::size_t goes_on = at;
    for (std::size_t next = at; next != kEnd && next != around.stop && !handlers.contains(next);) {
      const Block& b = blocks_[next];
      if (ends_itself(b)) break;
      if (is_choice(b)) {
        std::vector<std::size_t> targets;
        for (const std::string& target : b.targets) targets.push_back(places_.at(target));
        const std::size_t join = meeting(targets, around.stop);
        Places region;
        for (const std::size_t target : targets) region.merge(reached(target, {join}));
        const bool apart = std::none_of(handlers.begin(), handlers.end(), [&](std::size_t h) { return region.contains(h); });
        if (join == kEnd || !apart || !is_of(region, catches)) break;
        for (const std::size_t one : pending) emit(tried.body, blocks_[one]);
        pending.clear();
        Context within{join, false, &catches};
        next = goes_on = choose(tried.body, next, within);
        open = open || next == kEnd;
        continue;
      }
      if (can_fail(b) && b.catches != catches) break;
      if (!can_fail(b)) {
        pending.push_back(next);
      } else {
        for (const std::size_t one : pending) emit(tried.body, blocks_[one]);
        pending.clear();
        emit(tried.body, b);
        goes_on = b.next ? places_.at(*b.next) : kEnd;
      }
      if (++items_ > kMostItems) return kEnd;
      next = b.next ? places_.at(*b.next) : kEnd;
    }
    std::vector<std::size_t> ways(handlers.begin(), handlers.end());
    ways.push_back(goes_on);
    std::size_t join = meeting(ways, around.stop);
    const bool in_line = join == kEnd || join == goes_on;
    if (join == kEnd) join = goes_on;
    const bool last = join == kEnd && around.last;
    const std::string flag = first + "_failed";
    for (const Block::Catch& c : catches) {
      Handler handler{c.errors, sequence(places_.at(c.next), {join, last, around.taken})};
      if (!in_line) handler.body.push_back(remembered(flag));
      tried.handlers.push_back(std::move(handler));
    }
    // A handler that has ended does not come to what would be remembered of it.
    for (Handler& handler : tried.handlers) {
      if (!in_line && handler.body.size() > 1 && ends(handler.body[handler.body.size() - 2])) handler.body.pop_back();
    }
    out.push_back(std::move(tried));
    if (in_line) {
      if (goes_on == kEnd && !around.last) out.push_back(succeed());
      return join;
    }
    Item otherwise;
    otherwise.kind = Kind::choose;
    Condition was{Condition::Op::equals, Path{{flag}, {}}, Value{true, {}, {}}, {}};
    otherwise.branches.push_back(
        {Condition{Condition::Op::inverse, {}, {}, {std::move(was)}}, sequence(goes_on, {join, false, around.taken})});
    if (!otherwise.branches.front().body.empty()) out.push_back(std::move(otherwise));
    return join;
  }

  static bool ends(const Item& item) { return item.kind == Kind::fail || item.kind == Kind::succeed; }

  static Item remembered(const std::string& flag) {
    Item made;
    made.kind = Kind::set;
    made.settings.push_back({flag, std::nullopt, Value{true, {}, {}}});
    return made;
  }

  const std::vector<Block>& blocks_;
  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<std::vector<std::size_t>> leads_;
  std::vector<std::size_t> order_;
  std::set<std::string, std::less<>> seen_;
  std::map<std::string, int> copies_;
  std::size_t items_ = 0;
  mutable std::size_t visits_ = 0;
  Structured out_;
};

}  // namespace

Order in_order(const std::vector<std::vector<std::size_t>>& leads, std::size_t start) {
  enum class Mark : std::uint8_t { fresh, open, done };
  Order out;
  std::vector<Mark> marks(leads.size(), Mark::fresh);
  std::vector<std::pair<std::size_t, std::size_t>> path = {{start, 0}};
  marks[start] = Mark::open;
  while (!path.empty()) {
    auto& [at, i] = path.back();
    if (i == leads[at].size()) {
      marks[at] = Mark::done;
      out.places.push_back(at);
      path.pop_back();
      continue;
    }
    const std::size_t next = leads[at][i++];
    if (marks[next] == Mark::open) {
      out.back = {at, next};
      return out;
    }
    if (marks[next] == Mark::fresh) {
      marks[next] = Mark::open;
      path.emplace_back(next, 0);
    }
  }
  std::reverse(out.places.begin(), out.places.end());
  return out;
}

Structured structure(const std::vector<Block>& blocks, const std::string& start) { return Structurer(blocks).run(start); }

}  // namespace virga::workflow
