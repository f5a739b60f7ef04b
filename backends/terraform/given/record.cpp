#include "backends/terraform/given/record.h"

#include "backends/terraform/open_blocks.h"
#include "compiler/diagnostics/codes.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>

namespace virga::terraform::given {
namespace {

using Json = nlohmann::ordered_json;
using hcl::Expr;

constexpr int kDeepest = 100;

const Json* member(const Json& of, std::string_view key) {
  if (!of.is_object()) return nullptr;
  const auto found = of.find(key);
  return found == of.end() ? nullptr : &*found;
}

std::string text_of(const Json& of, std::string_view key) {
  const Json* found = member(of, key);
  return found != nullptr && found->is_string() ? found->get<std::string>() : "";
}

/// One thing that stands.
struct Standing {
  std::string type, name;  ///< as the configuration has them
  std::string before;  ///< its address in the record, where that is another one
  const Json* attributes = nullptr;
  std::set<std::string> secret;  ///< attributes
  std::vector<std::string> needs;  ///< addresses in the record
  std::string address;  ///< in the record, without the key of one of several
  [[nodiscard]] std::string now() const { return type + "." + name; }
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

void read_instance(const Json& resource, const Json& instance, std::vector<Standing>& out) {
  Standing one;
  const std::string module = text_of(resource, "module");
  const Json* key = member(instance, "index_key");
  const bool several = key != nullptr && !key->is_null();
  one.type = text_of(resource, "type");
  one.name = text_of(resource, "name");
  one.attributes = member(instance, "attributes");
  if (one.type.empty() || one.name.empty() || one.attributes == nullptr || !one.attributes->is_object()) return;
  one.address = (module.empty() ? "" : module + ".") + one.type + "." + one.name;
  if (!module.empty() || several) {
    const std::string index = several ? "[" + key->dump() + "]" : "";
    one.before = one.address + index;
    one.name = as_name((module.empty() ? "" : without_modules(module) + "_") + one.name + index);
  }
  if (const Json* secret = member(instance, "sensitive_attributes"); secret != nullptr && secret->is_array()) {
    for (const Json& path : *secret) {
      const Json* first = path.is_array() && !path.empty() ? &path.front() : nullptr;
      if (first != nullptr) one.secret.insert(text_of(*first, "value"));
    }
  }
  if (const Json* needs = member(instance, "dependencies"); needs != nullptr && needs->is_array()) {
    for (const Json& n : *needs) {
      if (n.is_string()) one.needs.push_back(n.get<std::string>());
    }
  }
  out.push_back(std::move(one));
}

std::vector<Standing> all_in(const Json& state) {
  std::vector<Standing> out;
  const Json* resources = member(state, "resources");
  if (resources == nullptr || !resources->is_array()) return out;
  for (const Json& r : *resources) {
    const Json* instances = member(r, "instances");
    if (text_of(r, "mode") != "managed" || instances == nullptr || !instances->is_array()) continue;
    for (const Json& instance : *instances) read_instance(r, instance, out);
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
    }
    for (const Always& a : t.always) head(a.argument);
  }
  return out;
}

class Writer {
 public:
  Writer(const Table& table, const SourceFile& record, diag::Sink& sink) : table_(table), record_(record), sink_(sink) {}

  hcl::File run(const Json& state) {
    standing_ = all_in(state);
    for (const Standing& one : standing_) write(one);
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

  void write(const Standing& one) {
    hcl::Item& block = out_.body.add("resource", {one.type, one.name});
    block.span = block.name_span = place();
    const std::set<std::string, std::less<>> known = known_of(table_, one.type);
    for (const auto& [name, value] : one.attributes->items()) {
      if (is_empty(value)) continue;
      const bool own = known.empty() ? name != "id" && name != "arn" && name != "tags_all" : known.contains(name);
      if (own && !one.secret.contains(name)) block.body.set(name, expression(value, one, 0)).span = place();
      else left_[one.type].insert(name);
    }
    if (one.before.empty()) return;
    hcl::Item& moved = out_.body.add("moved");
    moved.span = moved.name_span = place();
    Expr from;
    from.kind = Expr::Kind::name;  // written as it is
    from.text = one.before;
    moved.body.set("from", from);
    moved.body.set("to", hcl::path(one.now()));
  }

  /// What a text names, when it is what one of those has on which this one hangs.
  std::optional<Expr> reference(const std::string& text, const Standing& of) const {
    for (const std::string& need : of.needs) {
      const Standing* found = nullptr;
      for (const Standing& one : standing_) {
        if (one.address != need && one.before != need) continue;
        if (found != nullptr) return std::nullopt;  // one of several: nobody says which
        found = &one;
      }
      if (found == nullptr) continue;
      for (const std::string_view attribute : {"arn", "id", "name", "url", "invoke_arn", "execution_arn"}) {
        if (!text.empty() && text_of(*found->attributes, attribute) == text)
          return hcl::path(found->now() + "." + std::string(attribute));
      }
    }
    return std::nullopt;
  }

  Expr expression(const Json& j, const Standing& of, int depth) {
    too_deep_ = too_deep_ || depth > kDeepest;
    if (depth > kDeepest || j.is_null()) return hcl::null();
    if (j.is_boolean()) return hcl::boolean(j.get<bool>());
    if (j.is_number_integer()) return hcl::integer(j.get<std::int64_t>());
    if (j.is_number()) return hcl::real(j.get<double>());
    if (j.is_string()) {
      const auto text = j.get<std::string>();
      return reference(text, of).value_or(hcl::string(text));
    }
    if (j.is_array()) {
      std::vector<Expr> items;
      for (const Json& item : j) items.push_back(expression(item, of, depth + 1));
      return hcl::list(std::move(items));
    }
    Expr out = hcl::object();
    for (const auto& [key, value] : j.items()) {
      if (!is_empty(value)) hcl::add(out, key, expression(value, of, depth + 1));
    }
    return out;
  }

  void outputs(const Json& state) {
    const Json* all = member(state, "outputs");
    if (all == nullptr || !all->is_object()) return;
    Standing everyone;
    for (const Standing& one : standing_) everyone.needs.push_back(one.before.empty() ? one.address : one.before);
    for (const auto& [name, said] : all->items()) {
      const Json* value = member(said, "value");
      const Json* secret = member(said, "sensitive");
      if (value == nullptr || (secret != nullptr && secret->is_boolean() && secret->get<bool>())) {
        left_["outputs"].insert(name);
        continue;
      }
      hcl::Item& block = out_.body.add("output", {name});
      block.span = block.name_span = place();
      block.body.set("value", expression(*value, everyone, 0));
    }
  }

  const Table& table_;
  const SourceFile& record_;
  diag::Sink& sink_;
  std::vector<Standing> standing_;
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
  const std::vector<Standing> all = all_in(state);
  return std::any_of(all.begin(), all.end(), [&](const Standing& one) { return one.type.starts_with(prefix); });
}

}  // namespace virga::terraform::given
