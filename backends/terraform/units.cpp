// The blocks of a configuration as what a plan is about: one unit for each resource that Terraform keeps track of.
#include "backends/terraform/emit.h"
#include "backends/terraform/format.h"
#include "backends/terraform/hcl/print.h"

namespace virga::terraform {
namespace {

using hcl::Expr;
using Kind = Expr::Kind;

class Units {
 public:
  Units(const Table& table, const Configuration& made, const cloud::Stack& stack)
      : table_(table), made_(made), stack_(stack) {}

  std::vector<cloud::Unit> run() {
    for (const hcl::Item& item : made_.main.body.items) {
      if (is_resource(item)) addresses_.insert(address(item));
    }
    std::vector<cloud::Unit> out;
    for (const hcl::Item& item : made_.main.body.items) {
      if (!is_resource(item)) continue;
      cloud::Unit unit;
      unit.address = address(item);
      unit.type = item.labels[0];
      if (const auto found = made_.resources.find(unit.address); found != made_.resources.end())
        unit.resource = found->second;
      unit.properties = body(item.body, &unit.depends_on);
      if (const cloud::Resource* r = stack_.find(unit.resource)) {
        unit.from = r->from;
        unit.on_removal = unit.on_replace = left_of(*r, unit.type);
      }
      out.push_back(std::move(unit));
    }
    return out;
  }

 private:
  /// Terraform takes away whatever has no block any more, and `prevent_destroy` goes with its block: of what is to be kept
  /// nothing is left, unless the provider makes a last copy of it.
  [[nodiscard]] cloud::OnRemoval left_of(const cloud::Resource& r, std::string_view type_of_block) const {
    const Type* type = table_.find(r);
    const bool copied = type != nullptr && type->terraform == type_of_block && !type->copy_name.empty();
    return copied && r.on_removal == cloud::OnRemoval::snapshot ? r.on_removal : cloud::OnRemoval::engine_default;
  }

  static bool is_resource(const hcl::Item& item) {
    return item.is_block && item.name == "resource" && item.labels.size() == 2;
  }
  static std::string address(const hcl::Item& item) { return item.labels[0] + "." + item.labels[1]; }

  /// Arguments as members, blocks as lists of objects under their name. `waits`: where `depends_on` goes, of the outermost.
  cloud::Object body(const hcl::Body& of, std::vector<std::string>* waits) {
    cloud::Object out;
    for (const hcl::Item& item : of.items) {
      if (item.is_block) {
        cloud::Value* list = out.find(item.name);
        if (list == nullptr) {
          out.set(item.name, cloud::Values{});
          list = out.find(item.name);
        }
        list->get<cloud::Values>()->emplace_back(body(item.body, nullptr));
      } else if (waits != nullptr && item.name == "depends_on") {
        for (const Expr& e : item.value.parts) {
          const auto words = hcl::words(e);
          if (words.size() >= 2) waits->push_back(words[0] + "." + words[1]);
        }
      } else {
        out.set(item.name, value(item.value));
      }
    }
    return out;
  }

  cloud::Value value(const Expr& e) {
    if (std::optional<cloud::Value> plain = scalar(e)) return std::move(*plain);
    switch (e.kind) {
      case Kind::null: return {};
      case Kind::list: {
        cloud::Values out;
        for (const Expr& part : e.parts) out.push_back(value(part));
        return out;
      }
      case Kind::object: {
        cloud::Object out;
        for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2) {
          const std::string* key = e.parts[i].string();
          out.set(key != nullptr ? *key : hcl::print(e.parts[i]), value(e.parts[i + 1]));
        }
        return out;
      }
      case Kind::joined: {
        cloud::Values parts;
        for (const Expr& part : e.parts) parts.push_back(value(part));
        return cloud::concat(std::move(parts));
      }
      default: return reference(e);
    }
  }

  /// `aws_sqs_queue.orders.arn`, `var.stage`, or any other expression, as it is written, with what it refers to.
  cloud::Value reference(const Expr& e) {
    const auto words = hcl::words(e);
    if (words.size() == 2 && words[0] == "var") return cloud::Parameter{words[1]};
    if (words.size() >= 2 && addresses_.contains(words[0] + "." + words[1])) {
      std::string rest;
      for (std::size_t i = 2; i < words.size(); ++i) rest += (rest.empty() ? "" : ".") + words[i];
      return rest.empty() ? cloud::Value(cloud::Ref{words[0] + "." + words[1]})
                          : cloud::Value(cloud::GetAtt{words[0] + "." + words[1], rest});
    }
    if (!words.empty()) return cloud::Parameter{hcl::print(e)};  // `path.module`, `data.aws_region.current.region`: given
    if (e.is(Kind::call)) {
      cloud::Values arguments;
      for (const Expr& part : e.parts) arguments.push_back(value(part));
      return Box<cloud::Call>(cloud::Call{e.text, cloud::Value(std::move(arguments))});
    }
    cloud::Values about;
    hcl::for_each(e, [&](const Expr& part) {
      const auto inner = hcl::words(part);
      if (inner.size() >= 3 && addresses_.contains(inner[0] + "." + inner[1])) about.push_back(reference(part));
    });
    return Box<cloud::Call>(cloud::Call{hcl::print(e), cloud::Value(std::move(about))});
  }

  const Table& table_;
  const Configuration& made_;
  const cloud::Stack& stack_;
  std::set<std::string> addresses_;
};

}  // namespace

std::vector<cloud::Unit> Format::units(const cloud::Stack& stack) const {
  const Configuration made = configuration(table_, stack, "");
  return Units(table_, made, stack).run();
}

}  // namespace virga::terraform
