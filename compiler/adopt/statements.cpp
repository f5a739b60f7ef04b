#include "compiler/adopt/statements.h"

#include "compiler/adopt/path.h"
#include "compiler/adopt/raise_part.h"

#include <algorithm>
#include <cctype>

namespace virga::adopt {
namespace {

/// `Action=a b`: the property, and its words.
struct When {
  std::string_view property;
  std::vector<std::string> words;
};
When when_of(const Row& row) {
  const std::string_view said = row.when.front();
  const std::size_t equal = said.find('=');
  return {said.substr(0, equal), words_of(said.substr(equal + 1))};
}

cloud::Values as_list(const cloud::Value* value) {
  if (value == nullptr) return {};
  const auto* list = value->get<cloud::Values>();
  return list != nullptr ? *list : cloud::Values{*value};
}

/// What stands in a text for a reference: between signs that no name holds, and without those at which texts are cut.
std::string marked(char what, std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == ':' || c == '/'; }, '\2');
  return '\1' + (what + name) + '\1';
}

/// A text with marks for what stands in it; nothing for what is more than that.
std::optional<std::string> spelled(const cloud::Value& value) {
  if (const auto* text = value.get<std::string>()) return *text;
  if (const auto* p = value.get<cloud::Parameter>()) return marked('p', p->name);
  if (const auto* p = value.get<cloud::Pseudo>()) return marked('e', std::to_string(static_cast<int>(*p)));
  if (const auto* r = value.get<cloud::Ref>()) return marked('r', r->resource);
  if (const auto* a = value.get<cloud::GetAtt>()) return marked('a', a->resource + "." + a->attribute);
  const auto* whole = value.get<Box<cloud::Concat>>();
  if (whole == nullptr) return std::nullopt;
  std::string out;
  for (const cloud::Value& part : (*whole)->parts) {
    const auto one = spelled(part);
    if (!one) return std::nullopt;
    out += *one;
  }
  return out;
}

std::vector<std::string> texts_of(const cloud::Value* value) {
  std::vector<std::string> out;
  for (const cloud::Value& item : as_list(value)) {
    if (const auto* text = item.get<std::string>()) out.push_back(*text);
  }
  return out;
}

/// The rows of edges from a node of that kind that are about statements, and about such a one: it allows.
std::vector<const Row*> rows_about(const Table& table, std::string_view kind, const cloud::Object& statement) {
  std::vector<const Row*> out;
  for (const Row* row : table.rows()) {
    const bool asks = !row->when.empty() && row->when.front().find('=') != std::string_view::npos;
    if (asks && row->kind.empty() && row->implies.empty() && kind_of(row->from) == kind && fits(*row, statement))
      out.push_back(row);
  }
  return out;
}

/// The actions that mean what a row is about. None when several rows are about all that they mean, which makes none of them;
/// `known` tells how many are about a word. What allows everything means nothing.
std::set<std::string> meant_by(const Row& row, const std::vector<std::string>& actions,
                               const std::map<std::string, int>& known) {
  std::set<std::string> out;
  bool alone = false;
  const std::vector<std::string> words = when_of(row).words;
  for (const std::string& action : actions) {
    for (const std::string& word : words) {
      if (action == "*" || !is_meant(action, word)) continue;
      alone = alone || known.at(word) == 1;
      out.insert(action);
    }
  }
  return alone ? out : std::set<std::string>();
}

}  // namespace

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) out.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

bool is_pattern(std::string_view word) { return word.find_first_of("*?") != std::string_view::npos; }

bool is_meant(std::string_view pattern, std::string_view word) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  std::size_t p = 0, w = 0, star = std::string_view::npos, back = 0;
  while (w < word.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      back = w;
    } else if (p < pattern.size() && (pattern[p] == '?' || same(pattern[p], word[w]))) {
      ++p;
      ++w;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      w = ++back;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

StackNodes::StackNodes(const cloud::Stack& stack, RowOf row_of) : row_of_(std::move(row_of)) {
  for (const cloud::Resource& r : stack.resources) {
    const Row* row = row_of_(r.id);
    const cloud::Value* called = row == nullptr || row->called.empty() ? nullptr : find(r.properties, row->called);
    const auto name = called == nullptr ? std::nullopt : spelled(*called);
    if (name && !name->empty()) named_[{std::string(row->kind), *name}].insert(r.id);
  }
}

std::string StackNodes::reached(const cloud::Value& value, std::string_view kind) const {
  std::vector<std::string> ids;
  collect_references(value, ids);
  std::set<std::string> nodes;
  for (const std::string& id : ids) {
    if (row_of_(id) != nullptr) nodes.insert(id);
  }
  const auto text = nodes.empty() ? spelled(value) : std::nullopt;
  for (std::size_t at = text ? text->find_first_of(":/") : std::string::npos; at != std::string::npos;) {
    const std::size_t end = text->find_first_of(":/", at + 1);
    const auto known = named_.find({std::string(kind), text->substr(at + 1, end == std::string::npos ? end : end - at - 1)});
    if (known != named_.end()) nodes.insert(known->second.begin(), known->second.end());
    at = end;
  }
  return nodes.size() == 1 && row_of_(*nodes.begin())->kind == kind ? *nodes.begin() : std::string();
}

AllowedBy allowed_by(const cloud::Object& statement, const Table& table, std::string_view kind, const StackNodes& nodes) {
  AllowedBy out;
  const std::vector<const Row*> rows = rows_about(table, kind, statement);
  if (rows.empty()) return out;
  std::map<std::string, int> known;
  for (const Row* row : rows) {
    for (const std::string& word : when_of(*row).words) ++known[word];
  }
  const std::vector<std::string> actions = texts_of(find(statement, when_of(*rows.front()).property));
  const cloud::Values targets = as_list(find(statement, end_of(rows.front()->target).property));
  std::set<std::string> said;
  std::vector<bool> led(targets.size());
  for (const Row* row : rows) {
    const std::set<std::string> meant = meant_by(*row, actions, known);
    for (std::size_t i = 0; i < targets.size() && !meant.empty(); ++i) {
      const std::string id = nodes.reached(targets[i], kind_of(row->to));
      if (id.empty()) continue;
      led[i] = true;
      said.insert(meant.begin(), meant.end());
      const auto is = [&](const AllowedEdge& e) { return e.row == row && e.target == id; };
      if (std::none_of(out.edges.begin(), out.edges.end(), is)) out.edges.push_back({row, id});
    }
  }
  out.elsewhere = !out.edges.empty() && std::find(led.begin(), led.end(), false) != led.end();
  for (const std::string& action : actions) {
    if (!said.contains(action)) out.unsaid.push_back(action);
    else if (is_pattern(action)) out.partly.push_back(action);
  }
  return out;
}

}  // namespace virga::adopt
