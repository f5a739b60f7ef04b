// The stable text form of an architecture. Defaults are left out: they stand in the kinds, and would bury what was said.
#include "compiler/architecture/architecture.h"
#include "compiler/architecture/value_text.h"

#include <fmt/format.h>

namespace virga {
namespace {

class Dumper {
 public:
  explicit Dumper(const Architecture& a) : a_(a) {}

  std::string run() {
    line("app " + a_.app.name + (a_.app.stage == "default" ? "" : " (stage " + a_.app.stage + ")"));
    if (!a_.app.description.empty()) line("  description = " + to_text(Value{a_.app.description, {}, {}}));
    std::string targets;
    for (const Symbol& t : a_.app.targets) targets += (targets.empty() ? "" : ", ") + t.name;
    if (!targets.empty()) line("  targets = [" + targets + "]");
    for (const auto& [cloud, regions] : a_.app.regions) {
      line(fmt::format("  regions{} = {}", cloud.empty() ? "" : " on " + cloud, text(Value{regions, {}, {}})));
    }
    if (!a_.app.tags.entries.empty()) line("  tags = " + text(Value{a_.app.tags, {}, {}}));
    if (!a_.app.budget.entries.empty()) line("  budget = " + text(Value{a_.app.budget, {}, {}}));
    if (!a_.app.quotas.entries.empty()) line("  quotas = " + text(Value{a_.app.quotas, {}, {}}));
    for (const auto& [cloud, sections] : a_.app.adopted) line("  adopted on " + cloud + " " + text(Value{sections, {}, {}}));
    for (const Param& p : a_.params) {
      if (!p.engine.empty()) continue;
      line(fmt::format("param {}: {}{}{}{}", p.name, to_text(p.type), p.fallback ? " = " + text(*p.fallback) : "",
                       p.min ? " min " + text(*p.min) : "", p.max ? " max " + text(*p.max) : ""));
      if (p.import)
        out_.insert(out_.size() - 1, fmt::format(" from {}.{}{}", p.import->app, p.import->output,
                                                 p.import->stage == "default" ? "" : " (stage " + p.import->stage + ")"));
    }
    for (const Node& n : a_.nodes) node(n);
    for (const Edge& e : a_.edges) edge(e);
    for (const Output& o : a_.outputs) line((o.exported ? "export output " : "output ") + o.name + " = " + text(o.value));
    return out_;
  }

 private:
  void line(const std::string& text) { out_ += text + "\n"; }

  void node(const Node& n) {
    line(n.raw() ? fmt::format("resource {} \"{}\" {}", n.cloud, n.vendor_type, n.name) : n.kind + " " + n.name);
    if (!n.stands_as.empty()) line("  stands as " + n.stands_as);
    attributes(n.attributes, "  ", nullptr);
    for (const auto& [cloud, laid] : n.on) {
      std::string before = out_;
      line("  on " + cloud);
      const std::size_t size = out_.size();
      attributes(laid, "    ", &n.attributes);
      if (out_.size() == size) out_ = std::move(before);
    }
  }

  void edge(const Edge& e) {
    line(describe(a_, e));
    attributes(e.properties, "  ", nullptr);
    for (const auto& [cloud, laid] : e.on) {
      line("  on " + cloud);
      attributes(laid, "    ", &e.properties);
    }
  }

  /// What was said; with `but` only what differs from it.
  void attributes(const Attributes& all, const std::string& indent, const Attributes* but) {
    for (const AttributeValue& v : all.all) {
      const bool differs = but != nullptr && (but->find(v.name) == nullptr || !(*but->find(v.name) == v.value));
      if (but != nullptr ? differs && v.origin != Origin::fallback : v.origin != Origin::fallback)
        line(indent + v.name + " = " + text(v.value));
    }
  }

  [[nodiscard]] std::string text(const Value& value) const { return text_of(a_, value); }

  const Architecture& a_;
  std::string out_;
};

}  // namespace

std::string dump(const Architecture& architecture) { return Dumper(architecture).run(); }

}  // namespace virga
