#include "backends/terraform/given/record.h"

#include "backends/terraform/open_blocks.h"
#include "backends/terraform/standing.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <map>

namespace virga::terraform::given {
namespace {

using hcl::Expr;

constexpr int kDeepest = 100;

/// What stands, and where the configuration has it.
struct Placed : Standing {
  std::string now_called;  ///< its name there
  [[nodiscard]] std::string now() const { return type + "." + now_called; }
  [[nodiscard]] bool has_moved() const { return now() != address(); }
};

/// `a.b["eu-1"]` as a name: `a_b_eu_1`.
std::string as_name(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    if (good || c == '_') out += c;
    else if (!out.empty() && out.back() != '_') out += '_';
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out;
}

std::string without_modules(std::string path) {
  for (std::size_t at = 0; (at = path.find("module.", at)) != std::string::npos;) path.erase(at, 7);
  return path;
}

std::vector<Placed> placed_in(const Json& state) {
  std::vector<Placed> out;
  for (Standing& one : standing_in(state)) {
    Placed placed{std::move(one), {}};
    const std::string before = placed.module.empty() ? "" : without_modules(placed.module) + "_";
    const bool itself = placed.module.empty() && placed.index.empty();
    placed.now_called = itself ? placed.name : as_name(before + placed.name + placed.index);
    out.push_back(std::move(placed));
  }
  return out;
}

/// The arguments and blocks that the table has words for.
std::set<std::string, std::less<>> known_of(const Table& table, std::string_view type) {
  std::set<std::string, std::less<>> out;
  const auto head = [&](std::string_view path) {
    if (!path.empty()) out.emplace(path.substr(0, path.find('.')));
  };
  for (const Type& t : table.types) {
    if (t.terraform != type) continue;
    for (const Row& row : t.rows) {
      head(row.to);
      for (const std::string_view argument : row.arguments) head(argument);
      for (const Pair& name : row.names) head(name.second);
      for (const Split& split : row.splits) {
        for (const Pair& argument : split.arguments) head(argument.first);
      }
    }
    for (const Always& a : t.always) head(a.argument);
  }
  return out;
}

class Writer {
 public:
  Writer(const Table& table, const SourceFile& record, diag::Sink& sink) : table_(table), record_(record), sink_(sink) {}

  hcl::File run(const Json& state) {
    standing_ = placed_in(state);
    for (const Placed& one : standing_) {
      by_address_.emplace(one.address(), &one);
      if (!one.index.empty()) by_address_.emplace(one.block(), &one);
    }
    for (const Placed& one : standing_) write(one);
    outputs(state);
    for (const auto& [type, names] : left_) {
      std::string all;
      for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
      sink_.report(place(), diag::codes::TemplateKeyIgnored, all, type)
          .note("a record does not tell what somebody said from what the provider made up, and holds secrets");
    }
    if (too_deep_) sink_.report(place(), diag::codes::TemplateTooDeep, static_cast<std::size_t>(kDeepest));
    open_blocks(table_, out_);
    return std::move(out_);
  }

 private:
  [[nodiscard]] Span place() const { return {record_.id, 0, 0}; }

  static bool is_empty(const Json& j) {
    return j.is_null() || (j.is_string() && j.get_ref<const std::string&>().empty()) || (j.is_structured() && j.empty());
  }

  void write(const Placed& one) {
    if (one.values == nullptr) {
      left_["resources"].insert(one.address());
      return;
    }
    hcl::Item& block = out_.body.add("resource", {one.type, one.now_called});
    block.span = block.name_span = place();
    const std::set<std::string, std::less<>> known = known_of(table_, one.type);
    for (const auto& [name, value] : one.values->items()) {
      if (is_empty(value)) continue;
      const bool own = known.empty() ? name != "id" && name != "arn" && name != "tags_all" : known.contains(name);
      if (own && !one.secret.contains(name)) block.body.set(name, expression(value, one.needs, 0)).span = place();
      else left_[one.type].insert(name);
    }
    if (!one.has_moved()) return;
    hcl::Item& moved = out_.body.add("moved");
    moved.span = moved.name_span = place();
    Expr from;
    from.kind = Expr::Kind::name;  // written as it is
    from.text = one.address();
    moved.body.set("from", from);
    moved.body.set("to", hcl::path(one.now()));
  }

  /// What a text names, when it is what one of those has on which this one hangs.
  std::optional<Expr> reference(const std::string& text, const std::vector<std::string>& needs) const {
    for (const std::string& need : needs) {
      const auto [first, last] = by_address_.equal_range(need);
      if (first == last || std::next(first) != last || first->second->values == nullptr) continue;  // nobody says which
      for (const std::string_view attribute : {"arn", "id", "name", "url", "invoke_arn", "execution_arn"}) {
        if (!text.empty() && text_of(*first->second->values, attribute) == text)
          return hcl::path(first->second->now() + "." + std::string(attribute));
      }
    }
    return std::nullopt;
  }

  Expr expression(const Json& j, const std::vector<std::string>& needs, int depth) {
    too_deep_ = too_deep_ || depth > kDeepest;
    if (depth > kDeepest || j.is_null()) return hcl::null();
    if (j.is_boolean()) return hcl::boolean(j.get<bool>());
    if (j.is_number_integer()) return hcl::integer(j.get<std::int64_t>());
    if (j.is_number()) return hcl::real(j.get<double>());
    if (j.is_string()) {
      const auto text = j.get<std::string>();
      return reference(text, needs).value_or(hcl::string(text));
    }
    if (j.is_array()) {
      std::vector<Expr> items;
      for (const Json& item : j) items.push_back(expression(item, needs, depth + 1));
      return hcl::list(std::move(items));
    }
    Expr out = hcl::object();
    for (const auto& [key, value] : j.items()) {
      if (!is_empty(value)) hcl::add(out, key, expression(value, needs, depth + 1));
    }
    return out;
  }

  /// An output tells of no resource on which it hangs: it is the only one that has an ARN, an id or an address of that text.
  std::vector<std::string> whose(const Json& value) {
    if (by_text_.empty()) {
      for (const Placed& one : standing_) {
        std::set<std::string> texts;
        for (const std::string_view attribute : {"arn", "id", "url"}) {
          if (one.values != nullptr) texts.insert(text_of(*one.values, attribute));
        }
        for (const std::string& text : texts) by_text_.emplace(text, one.address());
      }
    }
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) return {};
    const auto [first, last] = by_text_.equal_range(value.get<std::string>());
    return first != last && std::next(first) == last ? std::vector{first->second} : std::vector<std::string>{};
  }

  void outputs(const Json& state) {
    const Json* all = outputs_in(state);
    if (all == nullptr) return;
    for (const auto& [name, said] : all->items()) {
      const Json* value = member(said, "value");
      const Json* secret = member(said, "sensitive");
      if (value == nullptr || (secret != nullptr && secret->is_boolean() && secret->get<bool>())) {
        left_["outputs"].insert(name);
        continue;
      }
      hcl::Item& block = out_.body.add("output", {name});
      block.span = block.name_span = place();
      block.body.set("value", expression(*value, whose(*value), 0));
    }
  }

  const Table& table_;
  const SourceFile& record_;
  diag::Sink& sink_;
  std::vector<Placed> standing_;
  std::multimap<std::string, const Placed*> by_address_;  ///< with and without the index of one of several
  std::multimap<std::string, std::string> by_text_;  ///< ARN, id or address → the resource that has it
  std::map<std::string, std::set<std::string>> left_;  ///< by type
  bool too_deep_ = false;
  hcl::File out_;
};

}  // namespace

hcl::File from_record(const Table& table, const SourceFile& record, diag::Sink& sink) {
  return Writer(table, record, sink).run(Json::parse(record.text, nullptr, false));
}

bool is_of_provider(const Table& table, const SourceFile& record) {
  const std::string prefix = std::string(table.provider) + "_";
  const Json state = Json::parse(record.text, nullptr, false);
  const std::vector<Standing> all = standing_in(state);
  return std::any_of(all.begin(), all.end(), [&](const Standing& one) { return one.type.starts_with(prefix); });
}

}  // namespace virga::terraform::given
