#include "backends/terraform/read.h"

#include "backends/terraform/given/given.h"
#include "backends/terraform/given/values.h"
#include "backends/terraform/hcl/print.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <array>

namespace virga::terraform::given {
namespace {

namespace codes = diag::codes;
using cloud::Object;
using cloud::Value;
using Kind = hcl::Expr::Kind;

constexpr std::array<Section, 12> kSections = {{{"terraform", 0, true},
                                                {"provider", 1, true},
                                                {"variable", 1},
                                                {"locals", 0},
                                                {"data", 2},
                                                {"ephemeral", 2},
                                                {"module", 1},
                                                {"output", 1},
                                                {"check", 1},
                                                {"import", 0, true},
                                                {"moved", 0, true},
                                                {"removed", 0, true}}};

/// Arguments by which one block is several resources, or none.
constexpr std::array<std::string_view, 2> kRepeats = {"count", "for_each"};

/// What a row of the table reads in one step: rows that share a block belong together.
std::vector<std::vector<const Row*>> groups_of(std::span<const Row> rows) {
  std::vector<std::vector<const Row*>> out;
  std::map<std::string_view, std::size_t> of_block;
  for (const Row& row : rows) {
    switch (row.shape) {
      case Shape::implied:
      case Shape::follows:
      case Shape::source:
      case Shape::file:
      case Shape::resource:
      case Shape::resources: continue;  // they are about more than the block itself
      default: break;
    }
    const std::size_t dot = row.to.find('.');
    if (dot == std::string_view::npos) {
      out.push_back({&row});
      continue;
    }
    const auto [found, is_new] = of_block.try_emplace(row.to.substr(0, dot), out.size());
    if (is_new) out.emplace_back();
    out[found->second].push_back(&row);
  }
  return out;
}

class Reading {
 public:
  Reading(const Table& table, const std::vector<hcl::File>& files, diag::Sink& sink)
      : table_(table), files_(files), sink_(sink), names_(table) {}

  cloud::Stack run() {
    find_resources();
    find_variables();
    // A resource whose row turns out to be another one's stands under the provider's names, and so do references to it.
    for (bool again = true; again;) {
      again = false;
      stack_ = cloud::Stack();
      stack_.cloud = table_.cloud;
      stack_.adopted = true;
      names_.add_all(found_);
      for (std::size_t i = 0; i < found_.size(); ++i) again = !resource(i) || again;
    }
    for (const hcl::File& file : files_) {
      for (const hcl::Item& item : file.body.items) {
        if (item.name != "resource") section(item);
      }
    }
    return std::move(stack_);
  }

 private:
  void find_resources() {
    std::set<Address> seen;
    for (const hcl::File& file : files_) {
      for (const hcl::Item& item : file.body.items) {
        if (!item.is_block || item.name != "resource") continue;
        if (item.labels.size() != 2) {
          sink_.report(item.name_span, codes::TemplateShape, item.name, "a block with a type and a name");
          continue;
        }
        const Address address{item.labels[0], item.labels[1]};
        if (!seen.insert(address).second) {
          sink_.report(item.span, codes::TemplateDuplicateKey, address.text());
          continue;
        }
        items_.push_back(&item);
        found_.emplace_back(address, type_of(item));
      }
    }
  }

  /// The row of a resource that is one; null for what a table's row does not tell.
  const Type* type_of(const hcl::Item& item) const {
    for (const std::string_view repeats : kRepeats) {
      if (item.body.argument(repeats) != nullptr) return nullptr;
    }
    const Type* found = nullptr;
    for (const Type& type : table_.types) {
      if (type.terraform != item.labels[0]) continue;
      if (found != nullptr || !type.about.empty()) return nullptr;
      found = &type;
    }
    const bool plain = found != nullptr && found->impossible.empty() && found->nested.empty();
    return plain ? found : nullptr;
  }

  /// Variables that a parameter can be: of one simple type, with a default of that type.
  void find_variables() {
    for (const hcl::File& file : files_) {
      for (const hcl::Item& item : file.body.items) {
        if (item.name != "variable" || item.labels.size() != 1 || !is_simple(item)) continue;
        if (!names_.variables.insert(item.labels[0]).second)
          sink_.report(item.span, codes::TemplateDuplicateKey, item.labels[0]);
      }
    }
  }

  static std::string type_of_variable(const hcl::Item& item) {
    const hcl::Item* type = item.body.argument("type");
    // The oldest configurations have it in quotes; without one a variable takes anything.
    if (type == nullptr) return "any";
    return type->value.string() != nullptr ? type->value.text : hcl::print(type->value);
  }

  static bool is_simple(const hcl::Item& item) {
    const std::string type = type_of_variable(item);
    if (type != "string" && type != "number" && type != "bool" && type != "any") return false;
    const hcl::Item* fallback = item.body.argument("default");
    if (fallback == nullptr) return true;
    const Kind kind = fallback->value.kind;
    if (type == "number") return kind == Kind::integer;
    if (type == "bool") return kind == Kind::boolean;
    return kind == Kind::string;
  }

  /// False when it must be read again under the provider's own names.
  bool resource(std::size_t index) {
    const hcl::Item& item = *items_[index];
    auto& [address, type] = found_[index];
    cloud::Resource r;
    r.id = names_.id_of(address);
    r.type = type == nullptr ? std::string_view(address.type) : type->type;
    r.span = item.span;
    hcl::Body whole = item.body;
    r.depends_on = waits(whole);
    if (type == nullptr) {
      r.properties = to_object(whole, names_);
    } else {
      r.more = to_object(properties(r, *type, address, whole), names_);
      // Which of several rows it is, and whether its parts are all of it, the stack alone must tell.
      if (table_.find(r) != type || !comes_back(r, whole)) {
        type = nullptr;
        return false;
      }
    }
    stack_.resources.push_back(std::move(r));
    return true;
  }

  /// Takes what an id says. Order does not matter.
  std::vector<std::string> waits(hcl::Body& body) const {
    const hcl::Item* item = body.argument("depends_on");
    std::set<std::string> ids;
    if (item == nullptr || !item->value.is(Kind::list) || item->value.parts.empty()) return {};
    for (const hcl::Expr& e : item->value.parts) {
      const std::vector<std::string> words = hcl::words(e);
      const std::string id = words.size() == 2 ? names_.id_of({words[0], words[1]}) : std::string();
      if (id.empty() || !ids.insert(id).second) return {};
    }
    std::erase_if(body.items, [](const hcl::Item& i) { return !i.is_block && i.name == "depends_on"; });
    return {ids.begin(), ids.end()};
  }

  /// The properties that the table has words for, as far as they come back the same; gives what is left of the body.
  hcl::Body properties(cloud::Resource& r, const Type& type, const Address& address, const hcl::Body& whole) const {
    Open body(whole);
    for (const std::vector<const Row*>& group : groups_of(type.rows)) {
      Open trial = body;
      diag::Sink quiet;
      Reader reader(table_, quiet, names_);
      cloud::Resource attempt = r;
      bool any = false;
      for (const Row* row : group) {
        if (!row->unless.empty() && attempt.properties.find(row->unless) != nullptr) continue;
        for (cloud::Member& m : reader.properties(trial, address, *row).members) {
          attempt.properties.set(std::move(m.key), std::move(m.value));
          any = true;
        }
      }
      if (!any || !quiet.all().empty()) continue;
      const std::optional<hcl::Body> made = Emitter(table_, stack_, names_).body(attempt, type);
      if (!made) continue;
      hcl::Body all = *made;
      for (hcl::Item& item : trial.rest().items) all.items.push_back(std::move(item));
      if (!same(all, whole)) continue;
      body = trial;
      r.properties = std::move(attempt.properties);
    }
    return body.rest();
  }

  bool comes_back(const cloud::Resource& r, const hcl::Body& whole) const {
    const Type* type = table_.find(r);
    std::optional<hcl::Body> made = Emitter(table_, stack_, names_).body(r, *type);
    if (!made) return false;
    bool said = true;
    add_all(*made, r.more, names_, [&](const std::string&) { said = false; });
    return said && same(*made, whole);
  }

  void section(const hcl::Item& item) {
    const Section* known = item.is_block ? find_section(item.name) : nullptr;
    if (known == nullptr || known->labels != item.labels.size()) {
      sink_.report(item.name_span, codes::TemplateSectionIgnored, item.name);
      return;
    }
    if (item.name == "variable" && names_.variables.contains(item.labels[0])) return variable(item);
    if (item.name == "output" && output(item)) return;
    Object body = to_object(item.body, names_);
    Object* around = &stack_.sections;
    std::string last = item.name;
    for (const std::string& label : item.labels) {
      if (around->find(last) == nullptr) around->set(last, Object());
      around = around->find(last)->get<Object>();
      if (around == nullptr) return;  // cannot be: sections hold objects down to the last label
      last = label;
    }
    Value* there = around->find(last);
    if (known->several) {
      if (there == nullptr) around->set(last, cloud::Values{});
      around->find(last)->get<cloud::Values>()->emplace_back(std::move(body));
    } else if (there == nullptr) {
      around->set(last, std::move(body));
    } else if (item.name == "locals") {
      for (cloud::Member& m : body.members) {
        if (there->get<Object>()->find(m.key) != nullptr) sink_.report(item.span, codes::TemplateDuplicateKey, m.key);
        else there->get<Object>()->set(m.key, std::move(m.value));
      }
    } else {
      sink_.report(item.span, codes::TemplateDuplicateKey, item.labels.back());
    }
  }

  void variable(const hcl::Item& item) {
    cloud::StackParameter p;
    p.name = id_from(item.labels[0]);
    const std::string type = type_of_variable(item);
    p.type = type == "number" ? "Number" : type == "bool" ? "Boolean" : "String";
    hcl::Body rest;
    for (const hcl::Item& part : item.body.items) {
      if (part.name == "type" && !part.is_block) continue;
      if (part.name == "default") p.fallback = to_value(part.value, names_);
      else if (part.name == "description" && part.value.string() != nullptr) p.description = part.value.text;
      else if (part.name == "sensitive" && part.value.is(Kind::boolean) && part.value.flag) p.secret = true;
      else rest.items.push_back(part);
    }
    p.more = to_object(rest, names_);
    if (type == "any") p.more.set("type", "any");
    stack_.parameters.push_back(std::move(p));
  }

  /// False when it has no value.
  bool output(const hcl::Item& item) {
    const hcl::Item* value = item.body.argument("value");
    if (value == nullptr) return false;
    cloud::StackOutput o;
    o.name = id_from(item.labels[0]);
    o.value = to_value(value->value, names_);
    hcl::Body rest;
    for (const hcl::Item& part : item.body.items) {
      if (part.is_block || part.name != "value") {
        if (!part.is_block && part.name == "description" && part.value.string() != nullptr) o.description = part.value.text;
        else rest.items.push_back(part);
      }
    }
    o.more = to_object(rest, names_);
    stack_.outputs.push_back(std::move(o));
    return true;
  }

  const Table& table_;
  const std::vector<hcl::File>& files_;
  diag::Sink& sink_;
  Names names_;
  cloud::Stack stack_;
  std::vector<const hcl::Item*> items_;
  std::vector<std::pair<Address, const Type*>> found_;
};

}  // namespace

const Section* find_section(std::string_view name) {
  const auto found = std::find_if(kSections.begin(), kSections.end(), [&](const Section& s) { return s.name == name; });
  return found == kSections.end() ? nullptr : &*found;
}

cloud::Stack read(const Table& table, const std::vector<hcl::File>& files, diag::Sink& sink) {
  return Reading(table, files, sink).run();
}

}  // namespace virga::terraform::given
