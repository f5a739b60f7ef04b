// The same edge twice: one of the two was meant to be another, and every event would be handled twice.
#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"

#include <map>
#include <tuple>

namespace virga::passes {
namespace {

namespace codes = diag::codes;

/// Edges that differ in a property differ: `{ prefix = "in/" }` and `{ prefix = "out/" }` are two triggers.
bool says_the_same(const Attributes& a, const Attributes& b) {
  if (a.all.size() != b.all.size()) return false;
  for (const AttributeValue& v : a.all) {
    const Value* other = b.find(v.name);
    if (other == nullptr || !(*other == v.value)) return false;
  }
  return true;
}

}  // namespace

void duplicate_edges(const Architecture& a, diag::Sink& sink) {
  std::multimap<std::tuple<NodeId, std::string, std::string, Delivery, NodeId, std::string>, const Edge*> seen;
  for (const Edge& e : a.edges) {
    const auto key = std::tuple(e.from.node, e.from.name, e.from.argument, e.delivery, e.to.node, e.to.name);
    const auto [begin, end] = seen.equal_range(key);
    const Edge* first = nullptr;
    for (auto it = begin; it != end && first == nullptr; ++it) {
      if (says_the_same(it->second->properties, e.properties)) first = it->second;
    }
    if (first == nullptr) {
      seen.emplace(key, &e);
    } else if (!(first->span == e.span)) {
      sink.report(e.span, codes::EdgeTwice, describe(a, e)).label(first->span, "here first").help("leave one of them out");
    }
  }
}

}  // namespace virga::passes
