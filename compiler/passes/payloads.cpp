// Payloads: the largest message that an edge declares against what every hop takes, on through whatever hands messages on as
// they are.
#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/paths.h"

#include <fmt/format.h>

#include <map>

namespace virga::passes {
namespace {

namespace codes = diag::codes;

/// The largest message on an edge, and the edge that says so.
struct Size {
  double bytes = 0;
  const Edge* said = nullptr;
};

/// Declared sizes, and those of what forwarders hand on: until nothing changes, which is after as many rounds as the longest
/// row of forwarders.
std::map<EdgeId, Size> sizes(const Model& model) {
  const Architecture& a = model.architecture();
  std::map<EdgeId, Size> out;
  const auto declared = [](const Edge& e) { return e.properties.quantity("payload"); };
  for (const Edge& e : a.edges) {
    if (const auto q = declared(e)) out[e.id] = {static_cast<double>(q->amount), &e};
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const Edge& e : a.edges) {
      const catalog::WorkRow* work = model.work(a.node(e.from.node));
      if (work == nullptr || !work->forwards || declared(e)) continue;
      for (const Edge* in : a.edges_to(e.from.node)) {
        const auto size = out.find(in->id);
        if (size == out.end()) continue;
        Size& mine = out[e.id];
        if (size->second.bytes > mine.bytes) mine = size->second, changed = true;
      }
    }
  }
  return out;
}

diag::Severity severity_of(const catalog::Fact* fact) {
  return fact != nullptr && fact->verified && fact->kind == catalog::FactKind::hard ? diag::Severity::error
                                                                                    : diag::Severity::warning;
}

void too_large(const Model& model, const Edge& edge, const Size& size, diag::Sink& sink) {
  const Architecture& a = model.architecture();
  std::optional<Amount> least;
  for (Amount& limit : model.all_of(edge, "payload")) {
    if (limit.dimension == Dimension::size && (!least || limit.value < least->value)) least = std::move(limit);
  }
  if (!least || size.bytes <= least->value) return;
  const std::string bytes = to_text(Quantity{static_cast<std::int64_t>(size.bytes), Dimension::size});
  diag::Sink one;
  one.report(size.said == &edge ? edge.properties.find("payload")->span : edge.arrow_span, codes::PathPayload, bytes,
             describe(a, edge), text_of(*least));
  diag::Diagnostic d = one.all().front();
  d.severity = severity_of(least->fact);
  if (least->fact != nullptr) d.source = catalog::cite(*least->fact);
  auto r = sink.add(std::move(d));
  if (size.said != &edge)
    r.label(size.said->properties.find("payload")->span, "it is this large here, and handed on as it is");
  r.help(
      "put the body into a bucket, and its key into the message (a claim check); who takes the message reads the body from "
      "there");
}

void batch_too_large(const Model& model, const Edge& edge, const Size& size, diag::Sink& sink) {
  const auto batch = model.of(edge, "batch"), limit = model.of(edge, "batch_payload");
  if (!batch || !limit || size.bytes * batch->value <= limit->value) return;
  const Architecture& a = model.architecture();
  const auto text = [](double bytes) { return to_text(Quantity{static_cast<std::int64_t>(bytes), Dimension::size}); };
  auto r = sink.report(edge.arrow_span, codes::PathBatchPayload, to_text(batch->value), text(size.bytes), describe(a, edge),
                       text_of(*limit));
  if (limit->fact != nullptr) r.source(catalog::cite(*limit->fact));
  if (size.said != &edge) r.label(size.said->properties.find("payload")->span, "each is this large");
  r.help(fmt::format("take {} at a time, or smaller messages", static_cast<std::int64_t>(limit->value / size.bytes)));
}

}  // namespace

void payloads(const Model& model, diag::Sink& sink) {
  for (const auto& [id, size] : sizes(model)) {
    const Edge& edge = model.architecture().edge(id);
    too_large(model, edge, size, sink);
    batch_too_large(model, edge, size, sink);
  }
}

}  // namespace virga::passes
