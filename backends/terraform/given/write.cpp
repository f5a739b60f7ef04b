#include "backends/terraform/given/given.h"
#include "backends/terraform/given/values.h"
#include "backends/terraform/hcl/parse.h"

#include <algorithm>
#include <array>

namespace virga::terraform::given {
namespace {

using cloud::Object;

/// Where people look for them: what decides on the whole block before its arguments, what is about its life behind them.
constexpr std::array<std::string_view, 3> kFirst = {"count", "for_each", "provider"};
constexpr std::array<std::string_view, 2> kLast = {"lifecycle", "depends_on"};

int rank(const hcl::Item& item) {
  if (std::find(kFirst.begin(), kFirst.end(), item.name) != kFirst.end()) return 0;
  if (std::find(kLast.begin(), kLast.end(), item.name) != kLast.end()) return item.is_block ? 3 : 4;
  return item.is_block ? 2 : 1;
}

void arrange(hcl::Body& body) {
  std::stable_sort(body.items.begin(), body.items.end(),
                   [](const hcl::Item& a, const hcl::Item& b) { return rank(a) < rank(b); });
  for (hcl::Item& item : body.items) {
    if (item.is_block) arrange(item.body);
  }
}

class Writing {
 public:
  Writing(const Table& table, const cloud::Stack& stack) : table_(table), stack_(stack), names_(table) {}

  Configuration run(std::string_view banner) {
    for (const cloud::Resource& r : stack_.resources) {
      const Type* type = table_.find(r);
      names_.add(r.id, {{std::string(type == nullptr ? std::string_view(r.type) : type->terraform), name_from(r.id)}, type});
    }
    sections();
    for (const cloud::StackParameter& p : stack_.parameters) variable(p);
    for (const cloud::Condition& c : stack_.conditions) unsaid("", "the condition `" + c.name + "`");
    for (const cloud::Resource& r : stack_.resources) resource(r);
    for (const cloud::StackOutput& o : stack_.outputs) output(o);
    for (hcl::File* file : {&out_.main, &out_.variables, &out_.outputs, &out_.providers, &out_.versions}) {
      if (!banner.empty()) file->comments.emplace_back(banner);
    }
    if (!stack_.description.empty()) out_.main.comments.push_back(stack_.description);
    return std::move(out_);
  }

 private:
  void unsaid(const std::string& id, std::string what) { out_.unsaid.push_back({id, std::move(what), {}}); }
  std::function<void(std::string)> at(const std::string& id) {
    return [this, id](std::string what) { unsaid(id, std::move(what)); };
  }

  void resource(const cloud::Resource& r) {
    const Named& known = *names_.find(r.id);
    if (known.type == nullptr && r.type.find("::") != std::string::npos)
      return unsaid(r.id, "the resource type `" + r.type + "`");
    if (known.address.type.empty()) return unsaid(r.id, "a `" + r.type + "` of its own");
    if (!r.condition.empty()) unsaid(r.id, "the condition of `" + r.id + "`");
    if (r.on_removal != cloud::OnRemoval::engine_default || r.on_replace != cloud::OnRemoval::engine_default)
      unsaid(r.id, "what happens to `" + r.id + "` when it goes");
    if (!r.metadata.members.empty()) unsaid(r.id, "the metadata of `" + r.id + "`");
    hcl::Item& block = out_.main.body.add("resource", {known.address.type, known.address.name});
    if (known.type != nullptr) {
      Emitter emitter(table_, stack_, names_);
      if (std::optional<hcl::Body> body = emitter.body(r, *known.type, &out_.unsaid)) block.body = std::move(*body);
    } else {
      add_all(block.body, r.properties, names_, at(r.id));
    }
    add_all(block.body, r.more, names_, at(r.id));
    if (!r.depends_on.empty()) block.body.set("depends_on", waits(r));
    arrange(block.body);
    out_.resources[known.address.text()] = r.id;
  }

  hcl::Expr waits(const cloud::Resource& r) {
    std::vector<hcl::Expr> all;
    for (const std::string& id : r.depends_on) {
      const Named* other = names_.find(id);
      if (other == nullptr) unsaid(r.id, "that it waits for `" + id + "`");
      else all.push_back(hcl::path(other->address.text()));
    }
    return hcl::list(std::move(all));
  }

  void variable(const cloud::StackParameter& p) {
    hcl::Body& body = out_.variables.body.add("variable", {name_from(p.name)}).body;
    if (!p.description.empty()) body.set("description", hcl::string(p.description));
    if (p.more.find("type") == nullptr) {
      const std::string_view type = p.type == "Number" ? "number" : p.type == "Boolean" ? "bool" : "string";
      body.set("type", hcl::path(type));
    }
    if (p.fallback) body.set("default", to_expr(*p.fallback, names_, at("")));
    if (p.secret) body.set("sensitive", hcl::boolean(true));
    Object more = p.more;
    if (const cloud::Value* type = more.find("type"); type != nullptr && type->get<std::string>() != nullptr) {
      body.set("type", hcl::path(*type->get<std::string>()));
      std::erase_if(more.members, [](const cloud::Member& m) { return m.key == "type"; });
    }
    add_all(body, more, names_, at(""));
    allowed(p);
    arrange(body);
  }

  /// Bounds are conditions of `validation` blocks here, which stand in `more`; none is made up.
  void allowed(const cloud::StackParameter& p) {
    if (!p.allowed.empty() || !p.pattern.empty() || p.min || p.max || p.min_length || p.max_length)
      unsaid("", "what the parameter `" + p.name + "` may be");
  }

  void output(const cloud::StackOutput& o) {
    hcl::Body& body = out_.outputs.body.add("output", {name_from(o.name)}).body;
    if (!o.description.empty()) body.set("description", hcl::string(o.description));
    body.set("value", to_expr(o.value, names_, at("")));
    add_all(body, o.more, names_, at(""));
    if (!o.export_name.empty()) unsaid("", "that the output `" + o.name + "` is exported");
    if (!o.condition.empty()) unsaid("", "the condition of the output `" + o.name + "`");
    arrange(body);
  }

  hcl::File& file_of(std::string_view section) {
    if (section == "terraform") return out_.versions;
    if (section == "provider") return out_.providers;
    if (section == "variable") return out_.variables;
    return section == "output" ? out_.outputs : out_.main;
  }

  void sections() {
    for (const cloud::Member& m : stack_.sections.members) {
      const Section* known = find_section(m.key);
      if (known == nullptr) unsaid("", "the section `" + m.key + "`");
      else section(*known, m.value, {});
    }
  }

  void section(const Section& known, const cloud::Value& value, std::vector<std::string> labels) {
    if (labels.size() < known.labels) {
      const auto* named = value.get<Object>();
      if (named == nullptr) return unsaid("", "a block `" + std::string(known.name) + "` without a name");
      for (const cloud::Member& m : named->members) {
        std::vector<std::string> inner = labels;
        inner.push_back(m.key);
        section(known, m.value, std::move(inner));
      }
      return;
    }
    const auto add = [&](const cloud::Value& one) {
      const auto* object = one.get<Object>();
      if (object == nullptr) return unsaid("", "a block `" + std::string(known.name) + "` that holds no arguments");
      hcl::Item& block = file_of(known.name).body.add(known.name, labels);
      add_all(block.body, *object, names_, at(""));
      arrange(block.body);
    };
    const auto* list = value.get<cloud::Values>();
    if (list == nullptr) return add(value);
    for (const cloud::Value& one : *list) add(one);
  }

  const Table& table_;
  const cloud::Stack& stack_;
  Names names_;
  Configuration out_;
};

}  // namespace

Configuration write(const Table& table, const cloud::Stack& stack, std::string_view banner) {
  return Writing(table, stack).run(banner);
}

}  // namespace virga::terraform::given
