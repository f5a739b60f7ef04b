#include "compiler/cloud/event_pattern.h"

#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/suggest.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::cloud {
namespace {

using How = EventTest::How;
using Bound = EventTest::Bound;

constexpr std::pair<std::string_view, How> kTexts[] = {
    {"prefix", How::prefix},     {"suffix", How::suffix},           {"contains", How::contains},
    {"wildcard", How::wildcard}, {"ignore_case", How::ignore_case}, {"cidr", How::network},
};
constexpr std::pair<std::string_view, Bound> kBounds[] = {
    {"above", Bound::above}, {"at_least", Bound::at_least}, {"below", Bound::below}, {"at_most", Bound::at_most}};

const std::vector<std::string>& words_of_tests() {
  static const std::vector<std::string> made = {"prefix",   "suffix", "contains", "not",  "exists",   "above",
                                                "at_least", "below",  "at_most",  "cidr", "wildcard", "ignore_case"};
  return made;
}

template <class Table>
auto find_in(const Table& table, std::string_view word) -> decltype(&table[0].second) {
  const auto* found = std::find_if(std::begin(table), std::end(table), [&](const auto& row) { return row.first == word; });
  return found == std::end(table) ? nullptr : &found->second;
}

/// Text, or text that is known only at deployment.
bool is_text(const virga::Value& value) {
  return value.get<std::string>() != nullptr || value.get<OutputRef>() != nullptr || value.get<ParamRef>() != nullptr ||
         value.get<Box<virga::Concat>>() != nullptr || value.get<Box<virga::Choice>>() != nullptr;
}

bool is_plain(const virga::Value& value) {
  return is_text(value) || value.get<bool>() != nullptr || value.get<double>() != nullptr || value.is_none() ||
         value.get<Symbol>() != nullptr;
}

/// `{ above = 0  at_most = 5 }`. A field that is called like a test has its values in a list.
bool is_test(const Map& map) {
  return std::any_of(map.entries.begin(), map.entries.end(), [](const MapEntry& entry) {
    const std::vector<std::string>& words = words_of_tests();
    return std::find(words.begin(), words.end(), entry.key) != words.end() && (is_plain(entry.value) || entry.key == "not");
  });
}

class Reader {
 public:
  Reader(const std::function<Value(const virga::Value&)>& to_value, diag::Sink& sink) : to_value_(to_value), sink_(sink) {}

  void read(const Map& map, const std::vector<std::string>& above) {
    for (const MapEntry& entry : map.entries) {
      if (above.empty() && entry.value.is_none()) continue;  // a field of the event that was left out
      std::vector<std::string> path = above;
      path.push_back(entry.key);
      if (const Map* deeper = entry.value.get<Map>(); deeper != nullptr && !is_test(*deeper)) {
        read(*deeper, path);
        continue;
      }
      EventField field{std::move(path), {}, entry.value.span};
      if (const virga::Values* items = entry.value.get<virga::Values>()) {
        for (const virga::Value& item : *items) add(field, item);
        if (items->empty()) refuse(entry.value.span, "an empty list");
      } else {
        add(field, entry.value);
      }
      fields.push_back(std::move(field));
    }
  }

  std::vector<EventField> fields;

 private:
  void refuse(Span place, const std::string& what) {
    sink_.report(place, diag::codes::ValueEventTest, what)
        .help(fmt::format("a test is one of {}; a value alone stands for itself", fmt::join(words_of_tests(), ", ")));
  }

  void add(EventField& field, const virga::Value& item) {
    if (is_plain(item)) {
      field.any_of.push_back({How::equals, {to_value_(item)}, {}, item.span, "a value"});
      return;
    }
    const Map* map = item.get<Map>();
    if (map == nullptr || map->entries.empty()) return refuse(item.span, fmt::format("`{}`", to_text(item)));
    EventTest test;
    test.place = item.span;
    if (read_bounds(*map, test) || read_one(*map, test)) field.any_of.push_back(std::move(test));
  }

  /// `{ above = 0  at_most = 5 }`
  bool read_bounds(const Map& map, EventTest& test) {
    for (const MapEntry& entry : map.entries) {
      const Bound* bound = find_in(kBounds, entry.key);
      const double* number = entry.value.get<double>();
      if (bound == nullptr || number == nullptr) return false;
      test.bounds.emplace_back(*bound, *number);
    }
    const auto upper = [](const auto& b) { return b.first == Bound::below || b.first == Bound::at_most; };
    std::stable_sort(test.bounds.begin(), test.bounds.end(),
                     [&](const auto& a, const auto& b) { return !upper(a) && upper(b); });
    const auto uppers = std::count_if(test.bounds.begin(), test.bounds.end(), upper);
    if (uppers > 1 || static_cast<std::ptrdiff_t>(test.bounds.size()) - uppers > 1) return false;
    test.how = How::numbers;
    test.words = map.entries.front().key;
    return true;
  }

  bool read_one(const Map& map, EventTest& test) {
    const MapEntry& entry = map.entries.front();
    const bool known = std::find(words_of_tests().begin(), words_of_tests().end(), entry.key) != words_of_tests().end();
    if (!known) {
      const std::string near = diag::nearest(entry.key, words_of_tests());
      auto reported = sink_.report(entry.key_span.known() ? entry.key_span : test.place, diag::codes::ValueEventTest,
                                   fmt::format("`{}`", entry.key));
      if (!near.empty()) reported.help("did you mean `" + near + "`?");
      else reported.help(fmt::format("a test is one of {}", fmt::join(words_of_tests(), ", ")));
      return false;
    }
    test.words = entry.key;
    test.bounds.clear();
    const bool fits = map.entries.size() == 1 && read_operand(entry, test);
    if (!fits) refuse(test.place, fmt::format("`{}`", to_text(virga::Value{map, test.place, {}})));
    return fits;
  }

  bool read_operand(const MapEntry& entry, EventTest& test) {
    if (const How* how = find_in(kTexts, entry.key)) {
      test.how = *how;
      // What a wildcard or a part of text is spelt with must be seen, since it may have to be escaped.
      const bool seen = *how != How::contains && *how != How::wildcard;
      if (seen ? !is_text(entry.value) : entry.value.get<std::string>() == nullptr) return false;
      test.operands = {to_value_(entry.value)};
      return true;
    }
    if (entry.key == "exists") {
      test.how = How::exists;
      test.operands = {to_value_(entry.value)};
      return entry.value.get<bool>() != nullptr;
    }
    return entry.key == "not" && read_not(entry.value, test);
  }

  bool read_not(const virga::Value& value, EventTest& test) {
    if (const Map* map = value.get<Map>()) {
      if (map->entries.size() != 1 || !is_text(map->entries.front().value)) return false;
      const std::string& key = map->entries.front().key;
      if (key != "prefix" && key != "suffix") return false;
      test.how = key == "prefix" ? How::not_prefix : How::not_suffix;
      test.operands = {to_value_(map->entries.front().value)};
      test.words = "not = { " + key + " = … }";
      return true;
    }
    test.how = How::is_not;
    const auto take = [&](const virga::Value& v) {
      if (v.is_none() || v.get<bool>() != nullptr || !is_plain(v)) return false;
      test.operands.push_back(to_value_(v));
      return true;
    };
    const virga::Values* items = value.get<virga::Values>();
    if (items == nullptr) return take(value);
    return !items->empty() && std::all_of(items->begin(), items->end(), take);
  }

  const std::function<Value(const virga::Value&)>& to_value_;
  diag::Sink& sink_;
};

void put(Object& object, const std::vector<std::string>& path, std::size_t at, Value value) {
  if (at + 1 == path.size()) {
    object.set(path[at], std::move(value));
    return;
  }
  if (object.find(path[at]) == nullptr) object.set(path[at], Object{});
  if (Object* deeper = object.find(path[at])->get<Object>()) put(*deeper, path, at + 1, std::move(value));
}

}  // namespace

std::vector<EventField> read_event_pattern(const virga::Value& where,
                                           const std::function<Value(const virga::Value&)>& to_value, diag::Sink& sink) {
  Reader reader(to_value, sink);
  if (const Map* map = where.get<Map>()) reader.read(*map, {});
  return std::move(reader.fields);
}

Object write_event_pattern(const std::vector<EventField>& fields,
                           const std::function<std::string(const std::string&)>& first_name,
                           const std::function<Value(const EventTest&)>& test) {
  Object pattern;
  for (const EventField& field : fields) {
    std::vector<std::string> path = field.path;
    path.front() = first_name(path.front());
    Values any_of;
    for (const EventTest& one : field.any_of) any_of.push_back(test(one));
    put(pattern, path, 0, std::move(any_of));
  }
  return pattern;
}

}  // namespace virga::cloud
