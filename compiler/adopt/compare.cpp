#include "compiler/adopt/compare.h"

#include "compiler/adopt/convert.h"
#include "compiler/adopt/lower.h"
#include "compiler/adopt/table.h"
#include "compiler/cloud/dump.h"

#include <fmt/format.h>

#include <charconv>
#include <set>

namespace virga::adopt {
namespace {

using cloud::Object;
using cloud::Value;

std::optional<double> number(const Value& v) {
  if (const auto* n = v.get<std::int64_t>()) return static_cast<double>(*n);
  if (const auto* d = v.get<double>()) return *d;
  const auto* text = v.get<std::string>();
  double out = 0;
  if (text == nullptr) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), out);
  return error == std::errc() && end == text->data() + text->size() ? std::optional(out) : std::nullopt;
}

/// The number 1.0 is the text `1.0` in a program, whose own numbers know no such difference. Two texts are what they are.
bool same_number(const Value& a, const Value& b) {
  if (a.get<std::string>() != nullptr && b.get<std::string>() != nullptr) return false;
  const auto left = number(a);
  return left && left == number(b);
}

bool is_text(const Value& v) { return v.get<std::string>() != nullptr; }

class Comparison {
 public:
  Comparison(const catalog::Catalog& catalog, const Table& table, const cloud::Dialect& dialect)
      : catalog_(catalog), table_(table), typed_(dialect.typed) {}

  /// The path of the first difference; empty when there is none.
  std::string between(const cloud::Resource& given, const cloud::Resource& made) {
    type_ = given.type;
    if (given.type != made.type) return "Type";
    return objects("", given.properties, made.properties);
  }
  std::string between(const Object& given, const Object& made) { return objects("", given, made); }
  std::string text;  ///< what differs there

 private:
  std::string objects(const std::string& path, const Object& a, const Object& b) {
    std::set<std::string> keys;
    for (const Object* o : {&a, &b}) {
      for (const cloud::Member& m : o->members) keys.insert(m.key);
    }
    for (const std::string& key : keys) {
      const std::string where = path.empty() ? (key.empty() ? "\"\"" : key) : path + "." + key;
      const Value *left = a.find(key), *right = b.find(key);
      if (left != nullptr && right != nullptr) {
        if (std::string found = values(where, *left, *right); !found.empty()) return found;
      } else if (!left_out(where, left != nullptr ? *left : *right)) {
        text =
            fmt::format("{} is {} only", where, left != nullptr ? "in the one that was read" : "in the one that was made");
        return where;
      }
    }
    return {};
  }

  std::string values(const std::string& path, const Value& a, const Value& b) {
    if (a == b) return {};
    const auto left = scalar_text(a), right = scalar_text(b);
    const bool comparable = left && right && (!typed_ || is_text(a) == is_text(b));
    if (comparable && (*left == *right || same_number(a, b) || mean_the_same(path, a, b))) return {};
    if (a.get<Object>() != nullptr && b.get<Object>() != nullptr) return objects(path, *a.get<Object>(), *b.get<Object>());
    const auto *one = a.get<Box<cloud::If>>(), *two = b.get<Box<cloud::If>>();
    if (one != nullptr && two != nullptr && (*one)->condition == (*two)->condition) {
      std::string found = values(path, (*one)->then, (*two)->then);
      return found.empty() ? values(path, (*one)->otherwise, (*two)->otherwise) : found;
    }
    const auto *call = a.get<Box<cloud::Call>>(), *same = b.get<Box<cloud::Call>>();
    if (call != nullptr && same != nullptr && (*call)->function == (*same)->function)
      return values(path, (*call)->argument, (*same)->argument);
    const auto *some = a.get<cloud::Values>(), *other = b.get<cloud::Values>();
    if (some != nullptr && other != nullptr && some->size() == other->size()) {
      std::string found;
      for (std::size_t i = 0; i < some->size() && found.empty(); ++i) found = values(path, (*some)[i], (*other)[i]);
      if (found.empty()) return found;
      const std::string first = std::exchange(text, {});
      if (same_items(path, *some, *other)) return {};
      text = first;
      return found;
    }
    // One item needs no list.
    if (some != nullptr && other == nullptr && some->size() == 1) return values(path, some->front(), b);
    if (other != nullptr && some == nullptr && other->size() == 1) return values(path, a, other->front());
    text = fmt::format("{}: {} ≠ {}", path, cloud::to_text(a), cloud::to_text(b));
    return path;
  }

  /// `GET` and `get`, one hour and sixty minutes: two spellings of one attribute.
  bool mean_the_same(std::string_view path, const Value& a, const Value& b) const {
    const std::string_view leaf = path.substr(path.rfind('.') + 1);
    for (const Row* row : table_.rows()) {
      for (const catalog::Said& said : row->says) {
        static const std::set<std::string_view> spelt = {"method", "rate", "cron_with_year", "every_at",
                                                         "cron_with_seconds"};
        if (said.property.substr(said.property.rfind('.') + 1) != leaf || !spelt.contains(said.as)) continue;
        const Reading nothing{catalog_, {}, {}, {}};
        const auto left = to_attribute(a, said.as, {}, nothing), right = to_attribute(b, said.as, {}, nothing);
        if (left && left == right) return true;
      }
    }
    return false;
  }

  /// Lists that edges put items into have no order, and neither have those whose items are known by a member.
  bool same_items(const std::string& path, const cloud::Values& a, cloud::Values b) {
    bool of_edges = false;
    const auto known = [&](const catalog::Said& said) {
      const std::size_t equal = said.property.find('=');
      return said.property.starts_with(path + "[") && equal < said.property.find(']');
    };
    for (const Row* row : table_.rows()) {
      const Within within = within_of(*row);
      const bool is_list = within.shape == Within::Shape::list || within.shape == Within::Shape::typed ||
                           within.shape == Within::Shape::references;
      of_edges = of_edges || (is_list && within.path == path) ||
                 (row->type == type_ && std::any_of(row->says.begin(), row->says.end(), known));
    }
    if (!of_edges) return false;
    for (const Value& item : a) {
      const auto found = std::find_if(b.begin(), b.end(), [&](const Value& v) { return values(path, item, v).empty(); });
      if (found == b.end()) return false;
      b.erase(found);
    }
    return true;
  }

  /// Whether a value is what is meant where the property is left out.
  bool left_out(const std::string& path, const Value& value) const {
    for (const Row* row : table_.rows()) {
      const Within within = within_of(*row);
      const bool item = row->kind.empty() && !row->within.empty() && path.starts_with(std::string(within.path) + ".");
      if (!item && (row->type != type_ || row->type.empty())) continue;
      for (const catalog::Said& said : row->says) {
        const bool here = item ? path.ends_with("." + std::string(said.property)) : path == said.property;
        // Of a route path and method are left out together: neither is what a template means that says the other.
        if (!here || said.unsaid.empty() || said.attribute.starts_with('@')) continue;
        // Of a record that is written, an entry may be asked for which nobody asks for without it.
        if (!item && path.find('.') != std::string::npos) continue;
        Type type;
        type.tag = said.unsaid == "true" || said.unsaid == "false"                         ? Type::Tag::boolean
                   : said.unsaid.find_first_not_of("0123456789") == std::string_view::npos ? Type::Tag::number
                                                                                           : Type::Tag::string;
        const Reading reading{catalog_, [](const Value& v) { return scalar_text(v); },
                              [](const Value& v) { return cloud::to_text(v); },
                              [](const Value&, std::string_view, std::string_view) { return std::string(); }};
        if (to_attribute(value, said.as, type, reading) == std::string(said.unsaid)) return true;
        const auto* list = value.get<cloud::Values>();
        const auto* object = value.get<Object>();
        if (said.unsaid == "[]" && list != nullptr && list->empty()) return true;
        if (said.unsaid == "{}" && object != nullptr && object->members.empty()) return true;
      }
    }
    return false;
  }

  const catalog::Catalog& catalog_;
  const Table& table_;
  const bool typed_;
  std::string type_;
};

}  // namespace

std::vector<Difference> differences(const cloud::Stack& given, const cloud::Stack& made, const catalog::Catalog& catalog,
                                    const cloud::Dialect& dialect) {
  std::vector<Difference> out;
  cloud::Stack a = normalised(given, dialect), b = normalised(made, dialect);
  const Table table(catalog, a.sections);
  for (const cloud::Resource& r : a.resources) {
    const cloud::Resource* other = b.find(r.id);
    if (other == nullptr) {
      out.push_back({r.id, "", fmt::format("`{}` is missing", r.id)});
      continue;
    }
    Comparison compared(catalog, table, dialect);
    const std::string path = compared.between(r, *other);
    if (!path.empty()) {
      out.push_back({r.id, path, fmt::format("`{}`: {}", r.id, compared.text)});
      continue;
    }
    cloud::Resource x = r, y = *other;
    x.properties = y.properties = Object();
    if (!(x == y)) out.push_back({r.id, "", fmt::format("what stands beside the properties of `{}`", r.id)});
  }
  for (const cloud::Resource& r : b.resources) {
    if (a.find(r.id) == nullptr) out.push_back({r.id, "", fmt::format("`{}` is new", r.id)});
  }
  Comparison sections(catalog, table, dialect);
  if (!sections.between(a.sections, b.sections).empty()) out.push_back({"", "", "sections: " + sections.text});
  a.resources.clear();
  b.resources.clear();
  a.sections = b.sections = Object();
  if (std::string found = cloud::difference(a, b); !found.empty()) out.push_back({"", "", found});
  return out;
}

}  // namespace virga::adopt
