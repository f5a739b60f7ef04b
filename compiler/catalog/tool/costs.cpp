#include "compiler/catalog/tool/costs.h"

#include "compiler/catalog/expression.h"
#include "compiler/catalog/tool/checks.h"

#include <algorithm>

namespace virga::catalog_tool {
namespace {

using catalog::Expression;

bool is_tier(const std::string& id, const std::string& of) {
  return id == of || (id.starts_with(of) && id.compare(of.size(), 5, ".tier") == 0);
}

/// Of an edge rows speak of the edge and its ends, of a node of the node.
const std::regex& term_shape(bool of_node) {
  static const std::regex node("node\\.[a-z_]+(\\.[a-z_]+)?"), edge("(edge|from|to)\\.[a-z_]+(\\.[a-z_]+)?");
  return of_node ? node : edge;
}

class Reader {
 public:
  Reader(const Tables& tables) : tables_(tables) {}

  CostRow row(Entry& entry) {
    CostRow row;
    row.kind = entry.optional("kind");
    row.from = entry.optional("from");
    row.to = entry.optional("to");
    if (entry.raw("arrow").IsDefined()) row.arrow = entry.word("arrow", {"->", "~>"});
    row.strategies = entry.list("strategies");
    row.when = entry.list("when");
    row.unless = entry.list("unless");
    row.not_counted = entry.optional("not_counted");
    row.nothing = entry.optional("nothing");
    of_node_ = row.from.empty() && row.to.empty();
    items(entry, row);
    entry.finish();
    check(entry, row);
    return row;
  }

  void unused(Entry& entry) {
    (void)entry.required("why");
    for (const std::string& id : entry.list("unused")) {
      if (used_.contains(id)) entry.problem("`" + id + "` is said to be unused, but a row uses it");
      use(entry, id);
    }
    entry.finish();
  }

  /// A price in a unit of account is used with the price of that unit.
  void finish(const std::string& file, Problems& problems) {
    for (const PriceRow& p : tables_.prices) {
      const auto counts_in = [&](const PriceRow& other) { return used_.contains(other.id) && other.currency == p.unit; };
      const auto shares = [&](const PriceRow& other) { return used_.contains(other.id) && other.free_of == p.id; };
      if (!used_.contains(p.id) && std::none_of(tables_.prices.begin(), tables_.prices.end(), counts_in) &&
          std::none_of(tables_.prices.begin(), tables_.prices.end(), shares))
        problems.add(file, "`" + p.id + "` is used by no row and not listed under `unused`");
      const auto is_pool = [&](const PriceRow& other) { return other.id == p.free_of && other.free > 0; };
      if (!p.free_of.empty() && std::none_of(tables_.prices.begin(), tables_.prices.end(), is_pool))
        problems.add(file, "`" + p.id + "` shares free units of `" + p.free_of + "`, which has none");
    }
    for (const KindRow& k : tables_.kinds) {
      if (k.fidelity != "impossible" && !kinds_.contains(k.kind))
        problems.add(file, "no row is about the kind `" + k.kind + "`");
    }
  }

 private:
  void items(Entry& entry, CostRow& row) {
    const YAML::Node list = entry.raw("costs");
    if (!list.IsDefined()) return;
    if (!list.IsSequence()) entry.problem("`costs` must be a list");
    for (const YAML::Node& node : list) {
      CostItemRow item;
      const YAML::Node price = node["price"], quantity = node["quantity"];
      if (price.IsDefined() && price.IsScalar()) item.prices.push_back(price.Scalar());
      else
        for (const YAML::Node& one : price) item.prices.push_back(one.Scalar());
      if (quantity.IsDefined() && quantity.IsScalar()) item.quantity = quantity.Scalar();
      if (!node.IsMap() || node.size() != 2 || item.prices.empty() || item.quantity.empty())
        entry.problem("what is paid for has a `price` and a `quantity`, and nothing else");
      for (const std::string& id : item.prices) use(entry, id);
      const auto parsed = catalog::parse_expression(item.quantity);
      if (const auto* why = std::get_if<std::string>(&parsed)) entry.problem("`" + item.quantity + "`: " + *why);
      else words(entry, std::get<Expression>(parsed));
      row.items.push_back(std::move(item));
    }
  }

  void use(const Entry& entry, const std::string& id) {
    bool found = false;
    for (const PriceRow& p : tables_.prices) {
      if (!is_tier(p.id, id)) continue;
      used_.insert(p.id);
      found = true;
    }
    if (!found) entry.problem("no price has the id `" + id + "`");
  }

  void words(const Entry& entry, const Expression& e) {
    for (const Expression& a : e.arguments) words(entry, a);
    if (e.op != Expression::Op::word) return;
    const std::string word(e.word);
    if (word.starts_with("fact:")) return check_fact(entry, tables_.facts, word.substr(5));
    const auto among = [&](auto& names) { return std::find(std::begin(names), std::end(names), word) != std::end(names); };
    if (among(catalog::kOfCalendar) || (of_node_ ? among(catalog::kOfNodes) : among(catalog::kOfEdges))) return;
    if (!std::regex_match(word, term_shape(of_node_))) entry.problem("`" + word + "` means nothing here");
  }

  void check(const Entry& entry, const CostRow& row) {
    static const std::regex port("[a-z_]+\\.[a-z_]+");
    check_word(entry, row.from, port);
    check_word(entry, row.to, port);
    if (!row.kind.empty() && !of_node_) entry.problem("a row is about a kind, or about edges, not both");
    if (row.kind.empty() && of_node_ && row.not_counted.empty()) entry.problem("what is about every app is `not_counted`");
    if ((row.items.empty() ? 0 : 1) + (row.not_counted.empty() ? 0 : 1) + (row.nothing.empty() ? 0 : 1) != 1)
      entry.problem("a row has one of `costs`, `not_counted` and `nothing`");
    for (const auto* conditions : {&row.when, &row.unless}) {
      for (const std::string& c : *conditions) {
        if (!std::regex_match(c.substr(0, c.find('=')), term_shape(of_node_)))
          entry.problem("`" + c + "` means nothing here");
      }
    }
    for (const std::string& name : {row.kind, row.from.substr(0, row.from.find('.')), row.to.substr(0, row.to.find('.'))})
      kinds_.insert(name);
  }

  const Tables& tables_;
  std::set<std::string> used_, kinds_;
  bool of_node_ = true;
};

}  // namespace

void read_costs(const std::filesystem::path& folder, Tables& tables, Problems& problems) {
  const std::filesystem::path path = folder / "costs.yaml";
  Reader reader(tables);
  std::vector<CostRow> rows;
  std::vector<Entry> unused;
  for (Entry& entry : entries(path, problems)) {
    if (entry.raw("unused").IsDefined()) unused.push_back(entry);
    else rows.push_back(reader.row(entry));
  }
  for (Entry& entry : unused) reader.unused(entry);
  if (!rows.empty()) reader.finish(path.string(), problems);
  tables.costs = std::move(rows);
}

}  // namespace virga::catalog_tool
