#include "compiler/catalog/tool/behaviour.h"

#include <algorithm>
#include <regex>

namespace virga::catalog_tool {
namespace {

/// What the checks ask of an edge and of a node; docs/design-checks.md says what each means.
const std::vector<std::string> kOfHops = {
    "waits",  "retries", "deliveries", "pause",           "age",           "hidden",          "hidden_times",
    "gather", "batch",   "at_once",    "side_by_side",    "payload",       "batch_payload",   "answer",
    "rate",   "only_in", "not_in",     "deliveries_wise", "reserved_wise", "most_per_source", "filters_apart"};
const std::vector<std::string> kOfNodes = {
    "runs",    "takes",     "every",           "keeps",     "one_serves", "reserved",         "warm",
    "at_once", "rate",      "account_at_once", "left_free", "memory",     "connection_takes", "connections",
    "parts",   "part_rate", "part_bytes",      "only_in",   "not_in"};

class Reader {
 public:
  Reader(const std::vector<FactRow>& facts) : facts_(facts) {}

  std::vector<SettingRow> settings(Entry& entry, const std::vector<std::string>& names, bool of_node) {
    std::vector<SettingRow> out;
    for (const std::string& name : names) {
      SettingRow row{name, entry.list(name.c_str())};
      for (const std::string& term : row.terms) check(entry, term, of_node);
      if (!row.terms.empty()) out.push_back(std::move(row));
    }
    return out;
  }

 private:
  void check(const Entry& entry, const std::string& term, bool of_node) {
    static const std::regex of_a_node("node(:[a-z_]+)?\\.[a-z_]+(\\.[a-z_]+)?");
    static const std::regex of_an_edge("(edge|(from|to)(:[a-z_]+)?)\\.[a-z_]+(\\.[a-z_]+)?");
    if (term.starts_with("fact:")) {
      static const std::regex of_fact("fact:([a-z0-9_.-]+)((@node|\\?node)\\.[a-z_]+)?");
      std::smatch parts;
      if (!std::regex_match(term, parts, of_fact) || (parts[2].matched && !of_node)) {
        entry.problem("`" + term + "` has not the shape of a term here");
        return;
      }
      const std::string id = parts[1];
      const bool there = std::any_of(facts_.begin(), facts_.end(), [&](const FactRow& f) { return f.id == id; });
      if (!there) entry.problem("no fact has the id `" + id + "`");
    } else if (!std::regex_match(term, of_node ? of_a_node : of_an_edge)) {
      entry.problem("`" + term + "` has not the shape of a term here");
    }
  }

  const std::vector<FactRow>& facts_;
};

}  // namespace

void read_behaviour(const std::filesystem::path& folder, Tables& tables, Problems& problems) {
  static const std::regex port_shape("[a-z_]+\\.[a-z_]+");
  std::set<std::string> seen;
  Reader reader(tables.facts);
  for (Entry& entry : entries(folder / "behaviour.yaml", problems)) {
    std::string key;
    if (entry.raw("kind").IsDefined()) {
      WorkRow row{entry.required("kind"), entry.optional("strategy"), entry.flag("forwards", false),
                  entry.flag("entry", false), reader.settings(entry, kOfNodes, true)};
      key = row.kind + " " + row.strategy;
      tables.works.push_back(std::move(row));
    } else {
      HopRow row;
      row.from = entry.required("from");
      row.hand_over = entry.word("arrow", {"->", "~>"}) == "~>";
      row.to = entry.required("to");
      row.strategy = entry.optional("strategy");
      row.gives_up = entry.optional("gives_up");
      row.repeats = entry.flag("repeats", false);
      row.blocks = entry.flag("blocks", false);
      row.settings = reader.settings(entry, kOfHops, false);
      for (const std::string& port : {row.from, row.to}) {
        if (!std::regex_match(port, port_shape)) entry.problem("`" + port + "` is no port");
      }
      key = row.from + (row.hand_over ? " ~> " : " -> ") + row.to + " " + row.strategy;
      tables.hops.push_back(std::move(row));
    }
    entry.finish();
    if (!seen.insert(key).second) entry.problem("`" + key + "` stands here twice");
  }
}

}  // namespace virga::catalog_tool
