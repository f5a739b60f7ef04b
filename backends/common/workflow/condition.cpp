// { pay = { status = "paid" } }              the field is that
// { input = { country = ["DE", "FR"] } }     one of those
// { input = { total = { above = 100 } } }    a comparison; several of one field hold together
// { input = { coupon = { exists = true } } } { input = { order = { prefix = "eu-" } } }
// { any = [ …, … ] }  { all = [ …, … ] }  { not = … }
#include "backends/common/workflow/flow.h"
#include "compiler/diagnostics/codes.h"

#include <array>

namespace virga::workflow {
namespace {

namespace codes = diag::codes;
using Op = Condition::Op;

constexpr std::array<std::pair<std::string_view, Op>, 6> kComparisons = {{{"prefix", Op::prefix},
                                                                          {"above", Op::above},
                                                                          {"at_least", Op::at_least},
                                                                          {"below", Op::below},
                                                                          {"at_most", Op::at_most},
                                                                          {"exists", Op::exists}}};

const Op* comparison(std::string_view word) {
  for (const auto& [name, op] : kComparisons) {
    if (name == word) return &op;
  }
  return nullptr;
}

class Reader {
 public:
  explicit Reader(diag::Sink& sink) : sink_(sink) {}

  std::optional<Condition> whole(const Value& value) {
    const Map* map = value.get<Map>();
    if (map == nullptr || map->entries.empty()) return wrong(value.span, "a condition asks for a field");
    std::vector<Condition> all;
    for (const MapEntry& entry : map->entries) {
      auto part = top(entry);
      if (!part) return std::nullopt;
      all.push_back(std::move(*part));
    }
    return joined(Op::all, std::move(all));
  }

 private:
  std::optional<Condition> wrong(Span span, const std::string& what) {
    sink_.report(span, codes::FlowCondition, what)
        .help("for example `{ pay = { status = \"paid\" } }` or `{ input = { total = { above = 100 } } }`");
    return std::nullopt;
  }

  static Condition joined(Op op, std::vector<Condition> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    return {op, {}, {}, std::move(parts)};
  }

  std::optional<Condition> top(const MapEntry& entry) {
    if (entry.key == "any" || entry.key == "all") {
      const Values* items = entry.value.get<Values>();
      if (items == nullptr || items->empty()) return wrong(entry.key_span, "`" + entry.key + "` needs a list of conditions");
      std::vector<Condition> parts;
      for (const Value& item : *items) {
        auto part = whole(item);
        if (!part) return std::nullopt;
        parts.push_back(std::move(*part));
      }
      return joined(entry.key == "any" ? Op::any : Op::all, std::move(parts));
    }
    if (entry.key == "not") {
      auto part = whole(entry.value);
      if (!part) return std::nullopt;
      return Condition{Op::inverse, {}, {}, {std::move(*part)}};
    }
    Path path{{}, entry.key_span};
    if (!add_parts(path, entry)) return std::nullopt;
    return field(std::move(path), entry.value);
  }

  /// `"pay.status"` as a key is short for `pay = { status = … }`.
  bool add_parts(Path& path, const MapEntry& entry) {
    std::string rest = entry.key;
    for (std::size_t dot = rest.find('.');; dot = rest.find('.')) {
      const std::string part = rest.substr(0, dot);
      if (!is_name(part)) {
        (void)wrong(entry.key_span, "`" + entry.key + "` cannot be the name of a field that a flow asks for");
        return false;
      }
      path.parts.push_back(part);
      if (dot == std::string::npos) return true;
      rest.erase(0, dot + 1);
    }
  }

  std::optional<Condition> field(Path path, const Value& wanted) {
    if (const Values* items = wanted.get<Values>()) {
      std::vector<Condition> parts;
      for (const Value& item : *items) {
        auto part = field(path, item);
        if (!part) return std::nullopt;
        parts.push_back(std::move(*part));
      }
      if (parts.empty()) return wrong(wanted.span, "a list of what `" + to_text(path) + "` may be is empty");
      return joined(Op::any, std::move(parts));
    }
    if (const Map* map = wanted.get<Map>()) return within(std::move(path), *map, wanted.span);
    if (!is_constant(wanted)) return wrong(wanted.span, "a field is compared with a text, a number or a flag");
    return Condition{Op::equals, std::move(path), wanted, {}};
  }

  static bool is_constant(const Value& value) {
    return value.get<std::string>() != nullptr || value.get<double>() != nullptr || value.get<bool>() != nullptr;
  }

  /// What stands in braces below a field: comparisons, or fields of its own.
  std::optional<Condition> within(Path path, const Map& map, Span span) {
    if (map.entries.empty()) return wrong(span, "nothing is asked of `" + to_text(path) + "`");
    std::vector<Condition> parts;
    for (const MapEntry& entry : map.entries) {
      std::optional<Condition> part;
      if (const Op* op = comparison(entry.key)) part = compared(path, *op, entry);
      else if (entry.key == "not") part = inverse(field(path, entry.value));
      else {
        Path below = path;
        if (!add_parts(below, entry)) return std::nullopt;
        part = field(std::move(below), entry.value);
      }
      if (!part) return std::nullopt;
      parts.push_back(std::move(*part));
    }
    return joined(Op::all, std::move(parts));
  }

  static std::optional<Condition> inverse(std::optional<Condition> part) {
    if (!part) return std::nullopt;
    return Condition{Op::inverse, {}, {}, {std::move(*part)}};
  }

  std::optional<Condition> compared(Path path, Op op, const MapEntry& entry) {
    const std::string* text = entry.value.get<std::string>();
    if (op == Op::exists) {
      const bool* wanted = entry.value.get<bool>();
      if (wanted == nullptr) return wrong(entry.value.span, "`exists` is `true` or `false`");
      Condition there{Op::exists, std::move(path), Value{true, {}, {}}, {}};
      return *wanted ? std::optional(std::move(there)) : inverse(std::move(there));
    }
    if (op == Op::prefix) {
      if (text == nullptr || text->empty()) return wrong(entry.value.span, "`prefix` is a text");
      // One cloud asks for the texts between the prefix and the next one after it.
      for (const char c : *text) {
        if (c < 0x20 || c > 0x7d) return wrong(entry.value.span, "a `prefix` is made of plain ASCII, without `~`");
      }
    } else if (text == nullptr && entry.value.get<double>() == nullptr) {
      return wrong(entry.value.span, "`" + entry.key + "` compares with a number or a text");
    }
    return Condition{op, std::move(path), entry.value, {}};
  }

  diag::Sink& sink_;
};

}  // namespace

std::optional<Condition> read_condition(const Value& value, diag::Sink& sink) { return Reader(sink).whole(value); }

}  // namespace virga::workflow
