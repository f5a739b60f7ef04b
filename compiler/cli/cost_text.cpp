#include "compiler/cli/cost_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace virga::cli {
namespace {

using Row = std::vector<std::string>;

std::string sum_text(double amount) {
  constexpr double kHalfCent = 0.005;
  if (amount == 0) return "0";
  return amount < kHalfCent ? "under 0.01" : fmt::format("{:.2f}", amount);
}

std::string range_text(const cost::Between& b) {
  const std::string least = sum_text(b.least), most = sum_text(b.most);
  return least == most ? most : fmt::format("{} to {}", least, most);
}

std::string money(std::string_view currency, const cost::Between& b, bool whole) {
  return fmt::format("{} {}{}", currency, range_text(b), whole ? "" : " or more");
}

/// What some lines come to: money in each currency, and what nobody knows.
std::string cell(const std::vector<const cost::Line*>& lines) {
  struct Sum {
    cost::Between cost;
    bool whole = true;
  };
  std::map<std::string, Sum> sums;
  bool by_load = false, unknown = false;
  for (const cost::Line* l : lines) {
    by_load = by_load || l->state == cost::State::by_load;
    unknown = unknown || l->state == cost::State::unpriced || l->state == cost::State::unsaid;
    if (l->state != cost::State::counted) continue;
    Sum& s = sums[l->currency];
    s.cost += l->cost;
    s.whole = s.whole && l->quantity.whole;
  }
  std::erase_if(sums, [&](const auto& s) { return s.second.cost.most == 0 && (sums.size() > 1 || by_load || unknown); });
  std::string out;
  const auto also = [&](const std::string& part) { out += (out.empty() ? "" : " + ") + part; };
  for (const auto& [currency, s] : sums) also(money(currency, s.cost, s.whole));
  if (by_load) also("by load");
  if (unknown) also("unknown");
  return out.empty() ? "-" : out;
}

std::string aligned(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& r : rows) {
    widths.resize(std::max(widths.size(), r.size()));
    for (std::size_t i = 0; i < r.size(); ++i) widths[i] = std::max(widths[i], r[i].size());
  }
  std::string out;
  for (const Row& r : rows) {
    std::string text;
    for (std::size_t i = 0; i < r.size(); ++i) text += fmt::format("{:<{}}  ", r[i], widths[i]);
    out += text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::vector<const cost::Line*> lines_of(const cost::Estimate& e, const Node& node) {
  std::vector<const cost::Line*> out;
  for (const cost::Line& l : e.lines) {
    if (l.node->id == node.id) out.push_back(&l);
  }
  return out;
}

std::string table(const std::vector<CostColumn>& columns, const Architecture& a) {
  std::vector<Row> rows{{"", ""}};
  for (const CostColumn& c : columns) {
    const bool alone = std::count_if(columns.begin(), columns.end(), [&](const CostColumn& o) { return o.cloud() == c.cloud(); }) == 1;
    const std::string name = alone ? std::string(c.cloud()) : fmt::format("{}", fmt::join(c.targets, ", "));
    rows[0].push_back(name + (c.cost->region.empty() ? "" : " (" + c.cost->region + ")"));
  }
  for (const Node& node : a.nodes) {
    Row row{node.name, node.kind};
    for (const CostColumn& c : columns) row.push_back(cell(lines_of(c.cost->estimate, node)));
    if (std::any_of(row.begin() + 2, row.end(), [](const std::string& t) { return t != "-"; })) rows.push_back(std::move(row));
  }
  Row free{"free units", ""}, all{"in all", ""};
  for (const CostColumn& c : columns) {
    const cost::Estimate& e = c.cost->estimate;
    std::string off, sum;
    for (const auto& [currency, t] : e.totals) {
      if (t.free.most > 0) off += (off.empty() ? "- " : " and ") + money(currency, t.free, true);
      if (t.before.most > 0 || e.totals.size() == 1) sum += (sum.empty() ? "" : " + ") + money(currency, t.after(), t.whole);
    }
    const auto any = [&](cost::State s) { return std::any_of(e.lines.begin(), e.lines.end(), [&](const cost::Line& l) { return l.state == s; }); };
    if (any(cost::State::by_load)) sum += sum.empty() ? "by load" : " + by load";
    if (any(cost::State::unpriced) || any(cost::State::unsaid)) sum += sum.empty() ? "unknown" : " + unknown";
    free.push_back(off.empty() ? "-" : off);
    all.push_back(sum.empty() ? "-" : sum);
  }
  rows.push_back(std::move(free));
  rows.push_back(std::move(all));
  return aligned(rows);
}

/// Under a title, each thing once, with the clouds that it is about when it isn't about all.
class Notes {
 public:
  explicit Notes(std::size_t clouds) : clouds_(clouds) {}

  void add(const std::string& title, const std::string& says, std::string_view cloud, const std::string& names = "") {
    auto& list = notes_[title];
    if (std::find(order_.begin(), order_.end(), title) == order_.end()) order_.push_back(title);
    const auto same = std::find_if(list.begin(), list.end(), [&](const Note& n) { return n.says == says && n.names == names; });
    if (same == list.end()) list.push_back({says, names, {std::string(cloud)}});
    else same->clouds.insert(std::string(cloud));
  }

  [[nodiscard]] std::string text() const {
    std::string out;
    for (const std::string& title : order_) {
      out += "\n" + title + "\n";
      for (const Note& n : notes_.at(title)) {
        const std::string on = n.clouds.size() < clouds_ ? fmt::format("{}: ", fmt::join(n.clouds, ", ")) : "";
        out += fmt::format("  {}{}{}\n", on, n.says, n.names.empty() ? "" : " (" + n.names + ")");
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

void remarks(const CostColumn& c, const Architecture& a, Notes& notes) {
  const cost::Estimate& e = c.cost->estimate;
  for (const std::string& s : e.without_load) notes.add("depends on load: say `load = 5rps` at", "`" + s + "`", c.cloud());
  for (const std::string& s : e.uncalled) notes.add("depends on load: let an `external` call it, with `load = 5rps`", "`" + s + "`", c.cloud());
  for (const auto& [id, m] : e.meters) {
    const auto mine = [&](const cost::Line& l) { return l.meter == id && l.state == cost::State::unpriced; };
    const std::string names = names_of(e, mine);
    if (!names.empty()) notes.add("unknown prices", fmt::format("{}: {}", m.price, m.first().item), c.cloud(), names);
  }
  for (const cost::Line& l : e.lines) {
    if (l.state == cost::State::unsaid) notes.add("unknown, because nobody says it", "`" + l.quantity.what.substr(l.quantity.what.find('.') + 1) + "`", c.cloud(), l.edge != nullptr ? describe(a, *l.edge) : l.node->name);
  }
  std::set<std::string> weak;
  for (const cost::Line& l : e.lines) {
    if (l.state == cost::State::counted && cost::doubtful(*l.price)) weak.insert(std::string(cost::without_tier(l.price->id)));
  }
  for (const auto& [id, m] : e.meters) {
    const bool used = std::any_of(e.lines.begin(), e.lines.end(), [&, &i = id](const cost::Line& l) { return l.meter == i && l.state == cost::State::counted; });
    if (used && cost::doubtful(m.first())) weak.insert(m.price);
    if (used && m.covered) weak.insert(std::string(m.pool));
  }
  for (const std::string& id : weak) notes.add("not verified, or of low confidence", id, c.cloud());
  for (const catalog::Fact* f : e.doubtful) notes.add("not verified, or of low confidence", std::string(f->id), c.cloud());
  for (const std::string_view r : e.elsewhere)
    notes.add("prices of another region than the app's", std::string(r), c.cloud());
  for (const catalog::Price* p : e.ending)
    notes.add("free units that are not taken off, because they end", fmt::format("{:.15g} of {}: {}", p->free, cost::without_tier(p->id), p->free_note), c.cloud());
  for (const std::string& s : e.one_unit) notes.add("counted as one unit each: say `payload = 2KB` at", "`" + s + "`", c.cloud());
  for (const cost::Left& l : e.left)
    notes.add("not counted", std::string(l.says), c.cloud(), fmt::format("{}", fmt::join(l.names, ", ")));
}

std::string every_line(const CostColumn& c, const Architecture& a) {
  std::vector<Row> rows;
  for (const cost::Line& l : c.cost->estimate.lines) {
    const auto count = [](const cost::Between& b) {
      return b.least == b.most ? fmt::format("{:.6g}", b.most) : fmt::format("{:.6g} to {:.6g}", b.least, b.most);
    };
    const bool counts = l.state == cost::State::counted || l.state == cost::State::unpriced;
    const std::string rate = l.price->known ? fmt::format("{} {:.10g} for {:.10g}", l.price->currency, l.price->price, l.price->per) : "unknown";
    rows.push_back({"  " + (l.edge != nullptr ? describe(a, *l.edge) : l.node->name), std::string(cost::without_tier(l.price->id)),
                    counts ? count(l.quantity.value) + " " + std::string(l.price->unit) : "", rate, cell({&l})});
  }
  return fmt::format("\n{}{}\n", fmt::join(c.targets, ", "), c.cost->region.empty() ? "" : " (" + c.cost->region + ")") + aligned(rows);
}

}  // namespace

std::string cost_text(const std::vector<CostColumn>& columns, const Architecture& a, bool all) {
  std::string out = fmt::format("{}{}: list prices of a month of {:.10g} hours, without tax and discount\n\n", a.app.name,
                                a.app.stage == "default" ? "" : ", stage " + a.app.stage, cost::kHoursInMonth);
  out += table(columns, a);
  std::set<std::string_view> clouds;
  for (const CostColumn& c : columns) clouds.insert(c.cloud());
  Notes notes(clouds.size());
  for (const CostColumn& c : columns) remarks(c, a, notes);
  if (all) {
    for (const CostColumn& c : columns) out += every_line(c, a);
  }
  return out + notes.text();
}

}  // namespace virga::cli
