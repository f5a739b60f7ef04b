// What is to be known of an estimate besides its numbers: what is missing, what was taken for granted, what is not counted.
#include "compiler/cli/cost_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace virga::cli {
namespace {

/// Under a title, each thing once, with the clouds that it is about when it isn't about all.
class Notes {
 public:
  explicit Notes(std::size_t clouds) : clouds_(clouds) {}

  void add(const std::string& title, const std::string& says, std::string_view cloud, const std::string& names = "") {
    auto& list = notes_[title];
    if (std::find(order_.begin(), order_.end(), title) == order_.end()) order_.push_back(title);
    const auto same =
        std::find_if(list.begin(), list.end(), [&](const Note& n) { return n.says == says && n.names == names; });
    if (same == list.end()) list.push_back({says, names, {std::string(cloud)}});
    else same->clouds.insert(std::string(cloud));
  }

  [[nodiscard]] std::vector<CostNote> all() const {
    std::vector<CostNote> out;
    for (const std::string& title : order_) {
      CostNote& note = out.emplace_back();
      note.title = title;
      for (const Note& n : notes_.at(title)) {
        const std::string on = n.clouds.size() < clouds_ ? fmt::format("{}: ", fmt::join(n.clouds, ", ")) : "";
        note.lines.push_back(fmt::format("{}{}{}", on, n.says, n.names.empty() ? "" : " (" + n.names + ")"));
      }
    }
    return out;
  }

 private:
  struct Note {
    std::string says, names;
    std::set<std::string> clouds;
  };
  std::size_t clouds_;
  std::vector<std::string> order_;
  std::map<std::string, std::vector<Note>> notes_;
};

std::string names_of(const cost::Estimate& e, const std::function<bool(const cost::Line&)>& is) {
  std::vector<std::string> out;
  for (const cost::Line& l : e.lines) {
    if (is(l) && std::find(out.begin(), out.end(), l.node->name) == out.end()) out.push_back(l.node->name);
  }
  return fmt::format("{}", fmt::join(out, ", "));
}

void unknowns(const CostColumn& c, const Architecture& a, Notes& notes) {
  const cost::Estimate& e = c.cost->estimate;
  for (const std::string& s : e.without_load) notes.add("depends on load: say `load = 5rps` at", "`" + s + "`", c.cloud());
  for (const std::string& s : e.uncalled)
    notes.add("depends on load: let an `external` call it, with `load = 5rps`", "`" + s + "`", c.cloud());
  for (const auto& [id, m] : e.meters) {
    const auto mine = [&, &meter = id](const cost::Line& l) { return l.meter == meter && l.state == cost::State::unpriced; };
    const std::string names = names_of(e, mine);
    if (!names.empty()) notes.add("unknown prices", fmt::format("{}: {}", m.price, m.first().item), c.cloud(), names);
  }
  for (const cost::Line& l : e.lines) {
    if (l.state != cost::State::unsaid) continue;
    const std::string what = l.quantity.what.substr(l.quantity.what.find('.') + 1);
    notes.add("unknown, because nobody says it", "`" + what + "`", c.cloud(),
              l.edge != nullptr ? describe(a, *l.edge) : l.node->name);
  }
}

/// Prices and facts that are not to be trusted; what the prices are of.
void doubts(const CostColumn& c, Notes& notes) {
  const cost::Estimate& e = c.cost->estimate;
  std::set<std::string> weak;
  std::set<std::string_view> dates;
  for (const cost::Line& l : e.lines) {
    if (l.state != cost::State::counted) continue;
    if (cost::doubtful(*l.price)) weak.insert(std::string(cost::without_tier(l.price->id)));
    dates.insert(l.price->as_of);
  }
  for (const auto& [id, m] : e.meters) {
    if (!m.used || !(m.known || m.covered)) continue;
    if (cost::doubtful(m.first())) weak.insert(m.price);
    if (m.covered) weak.insert(std::string(m.pool));
    dates.insert(m.first().as_of);
  }
  for (const std::string& id : weak) notes.add("not verified, or of low confidence", id, c.cloud());
  for (const catalog::Fact* f : e.doubtful) notes.add("not verified, or of low confidence", std::string(f->id), c.cloud());
  for (const std::string_view r : e.elsewhere)
    notes.add("prices of a region that the app does not name", std::string(r), c.cloud());
  for (const catalog::Price* p : e.ending) {
    notes.add("free units that are not taken off, because they end",
              fmt::format("{:.15g} of {}: {}", p->free, cost::without_tier(p->id), p->free_note), c.cloud());
  }
  if (!dates.empty())
    notes.add("prices as of",
              *dates.begin() == *dates.rbegin() ? std::string(*dates.begin())
                                                : fmt::format("{} to {}", *dates.begin(), *dates.rbegin()),
              c.cloud());
}

}  // namespace

std::vector<CostNote> cost_notes(const std::vector<CostColumn>& columns, const Architecture& a) {
  std::set<std::string_view> clouds;
  for (const CostColumn& c : columns) clouds.insert(c.cloud());
  Notes notes(clouds.size());
  for (const CostColumn& c : columns) {
    unknowns(c, a, notes);
    for (const std::string& s : c.cost->estimate.one_unit)
      notes.add("counted as one unit each: say `payload = 2KB` at", "`" + s + "`", c.cloud());
    for (const cost::Left& l : c.cost->estimate.left)
      notes.add("not counted", std::string(l.says), c.cloud(), fmt::format("{}", fmt::join(l.names, ", ")));
    doubts(c, notes);
  }
  return notes.all();
}

std::string text_of(const std::vector<CostNote>& notes) {
  std::string out;
  for (const CostNote& note : notes) {
    out += "\n" + note.title + "\n";
    for (const std::string& line : note.lines) out += "  " + line + "\n";
  }
  return out;
}

}  // namespace virga::cli
