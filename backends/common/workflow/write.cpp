#include "backends/common/workflow/write.h"

#include <algorithm>

namespace virga::workflow {
namespace {

using Kind = Item::Kind;
using Op = Condition::Op;

Value text(std::string words) { return {std::move(words), {}, {}}; }
Value number(double n) { return {n, {}, {}}; }
Value flag(bool on) { return {on, {}, {}}; }

Value map(std::vector<std::pair<std::string, Value>> entries) {
  Map made;
  for (auto& [key, value] : entries) made.entries.push_back({std::move(key), std::move(value), {}});
  return {std::move(made), {}, {}};
}

Value from(const Path& path) { return map({{"from", text(to_text(path))}}); }

std::string_view word(Op op) {
  switch (op) {
    case Op::prefix: return "prefix";
    case Op::above: return "above";
    case Op::at_least: return "at_least";
    case Op::below: return "below";
    case Op::at_most: return "at_most";
    default: return "exists";
  }
}

/// A word that asks something, where a field may stand.
bool is_word_of_conditions(std::string_view name) {
  static constexpr std::string_view kWords[] = {"prefix", "above", "at_least", "below", "at_most", "exists", "not"};
  return std::find(std::begin(kWords), std::end(kWords), name) != std::end(kWords);
}

/// `pay = { status = … }`; where a field has the name of a word, `"pay.not" = …`.
Value at(const Path& path, Value wanted) {
  if (std::any_of(path.parts.begin() + 1, path.parts.end(), is_word_of_conditions))
    return map({{to_text(path), std::move(wanted)}});
  for (std::size_t i = path.parts.size(); i > 1; --i) wanted = map({{path.parts[i - 1], std::move(wanted)}});
  return map({{path.parts.front(), std::move(wanted)}});
}

/// Several fields in one map hold together, where each begins with a name of its own.
std::optional<Value> together(const std::vector<Condition>& parts) {
  Map made;
  for (const Condition& part : parts) {
    if (part.path.parts.empty() || made.find(part.path.parts.front()) != nullptr) return std::nullopt;
    const Value one = write_condition(part);
    made.entries.push_back(one.get<Map>()->entries.front());
  }
  return Value{std::move(made), {}, {}};
}

Value choose(const Item& item) {
  // One question that leads to something reads best as `if`.
  if (item.branches.size() == 1 && !item.branches.front().body.empty()) {
    std::vector<std::pair<std::string, Value>> entries = {{"if", write_condition(item.branches.front().when)},
                                                          {"then", write_flow(item.branches.front().body)}};
    if (!item.otherwise.empty()) entries.emplace_back("else", write_flow(item.otherwise));
    return map(std::move(entries));
  }
  Values branches;
  for (const Branch& branch : item.branches)
    branches.push_back(map({{"when", write_condition(branch.when)}, {"do", write_flow(branch.body)}}));
  std::vector<std::pair<std::string, Value>> entries = {{"choose", {std::move(branches), {}, {}}}};
  if (!item.otherwise.empty()) entries.emplace_back("otherwise", write_flow(item.otherwise));
  return map(std::move(entries));
}

Value each(const Item& item) {
  std::vector<std::pair<std::string, Value>> entries = {{"each", text(to_text(item.items))}, {"do", write_flow(item.body)}};
  if (item.at_once) entries.emplace_back("at_once", number(static_cast<double>(*item.at_once)));
  if (!item.into.empty()) entries.emplace_back("into", text(item.into));
  return map(std::move(entries));
}

Value attempt(const Item& item) {
  Values handlers;
  for (const Handler& handler : item.handlers) {
    std::vector<std::pair<std::string, Value>> entries;
    Values errors;
    for (const std::string& error : handler.errors) errors.push_back(text(error));
    if (!errors.empty()) entries.emplace_back("errors", Value{std::move(errors), {}, {}});
    entries.emplace_back("do", write_flow(handler.body));
    handlers.push_back(map(std::move(entries)));
  }
  return map({{"try", write_flow(item.body)}, {"catch", {std::move(handlers), {}, {}}}});
}

Value write_item(const Item& item) {
  switch (item.kind) {
    case Kind::step: return text(item.name);
    case Kind::choose: return choose(item);
    case Kind::parallel: {
      Values strands;
      for (const Sequence& strand : item.strands) strands.push_back(write_flow(strand));
      return map({{"parallel", {std::move(strands), {}, {}}}});
    }
    case Kind::each: return each(item);
    case Kind::wait:
      if (item.until) return map({{"wait_until", text(to_text(*item.until))}});
      return map({{"wait", {*item.pause, {}, {}}}});
    case Kind::attempt: return attempt(item);
    case Kind::succeed: return map({{"succeed", flag(true)}});
    case Kind::fail:
      if (item.again) return map({{"fail", map({{"from", text("error")}})}});
      if (item.cause.empty()) return map({{"fail", text(item.error)}});
      return map({{"fail", text(item.error)}, {"cause", text(item.cause)}});
    case Kind::set: return map({{"set", write_settings(item.settings)}});
  }
  return {};
}

}  // namespace

Value write_settings(const std::vector<Setting>& settings) {
  std::vector<std::pair<std::string, Value>> entries;
  for (const Setting& s : settings) entries.emplace_back(s.name, s.from ? from(*s.from) : s.constant);
  return map(std::move(entries));
}

Value write_condition(const Condition& c) {
  switch (c.op) {
    case Op::equals: return at(c.path, c.constant);
    case Op::prefix:
    case Op::above:
    case Op::at_least:
    case Op::below:
    case Op::at_most:
    case Op::exists: return at(c.path, map({{std::string(word(c.op)), c.constant}}));
    case Op::inverse: return map({{"not", write_condition(c.parts.front())}});
    case Op::all:
    case Op::any: break;
  }
  if (c.op == Op::all) {
    if (auto joined = together(c.parts)) return std::move(*joined);
  }
  Values parts;
  for (const Condition& part : c.parts) parts.push_back(write_condition(part));
  return map({{c.op == Op::all ? "all" : "any", {std::move(parts), {}, {}}}});
}

Value write_flow(const Sequence& flow) {
  Values items;
  for (const Item& item : flow) items.push_back(write_item(item));
  return {std::move(items), {}, {}};
}

}  // namespace virga::workflow
