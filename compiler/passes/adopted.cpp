// on CLOUD { id = "OrdersQueue" }   says something only where the app was adopted
#include "compiler/passes/passes.h"

#include "compiler/diagnostics/codes.h"

namespace virga::passes {
namespace {

using Clouds = std::map<std::string, Attributes, std::less<>>;

class Check {
 public:
  Check(const Architecture& architecture, diag::Sink& sink) : a_(architecture), sink_(sink) {}

  void run() {
    for (const Param& p : a_.params) look(p.on, "`" + p.name + "`", p.span);
    for (const Output& o : a_.outputs) look(o.on, "`" + o.name + "`", o.span);
    for (const Edge& e : a_.edges) look(e.on, "`" + describe(a_, e) + "`", e.span);
    for (const Node& n : a_.nodes) {
      look(n.on, "`" + n.name + "`", n.span);
      if (n.raw()) look({{n.cloud, n.placed}}, "`" + n.name + "`", n.span);
    }
  }

 private:
  void look(const Clouds& on, const std::string& what, Span span) {
    for (const auto& [cloud, attributes] : on) {
      if (a_.app.adopted.contains(cloud)) continue;
      for (const std::string_view name : kPlaceAttributes) {
        const AttributeValue* said = attributes.entry(name);
        if (said == nullptr || said->origin == Origin::fallback) continue;
        sink_.report(said->value.span.known() ? said->value.span : span, diag::codes::AdoptNot, said->name, what, cloud)
            .help("leave it out, or say `adopted` at the app, to take over a template that stands there");
      }
    }
  }

  const Architecture& a_;
  diag::Sink& sink_;
};

}  // namespace

void adopted(const Architecture& architecture, diag::Sink& sink) { Check(architecture, sink).run(); }

}  // namespace virga::passes
