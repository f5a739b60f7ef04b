#include "backends/common/workflow/tidy.h"

#include <algorithm>

namespace virga::workflow {
namespace {

using Kind = Item::Kind;

/// The sequences in an item, `each` and `parallel` included.
template <class Visit>
void visit_all(Item& item, const Visit& visit) {
  visit(item.body);
  visit(item.otherwise);
  for (Branch& branch : item.branches) visit(branch.body);
  for (Handler& handler : item.handlers) visit(handler.body);
  for (Sequence& strand : item.strands) visit(strand);
}

}  // namespace

bool has_succeed(const Sequence& sequence) {
  return std::any_of(sequence.begin(), sequence.end(), [](const Item& item) {
    return item.kind == Kind::succeed || has_succeed(item.otherwise) ||
           (item.kind == Kind::attempt && has_succeed(item.body)) ||
           std::any_of(item.branches.begin(), item.branches.end(), [](const Branch& b) { return has_succeed(b.body); }) ||
           std::any_of(item.handlers.begin(), item.handlers.end(), [](const Handler& h) { return has_succeed(h.body); });
  });
}

void splice_single_branches(Sequence& sequence) {
  Sequence out;
  for (Item& item : sequence) {
    visit_all(item, splice_single_branches);
    if (item.kind != Kind::parallel || item.strands.size() != 1) {
      out.push_back(std::move(item));
      continue;
    }
    Sequence inner = std::move(item.strands.front());
    for (Item& one : inner) out.push_back(std::move(one));
  }
  sequence = std::move(out);
}

void drop_unused_results(Sequence& sequence, const std::function<bool(const std::string&)>& is_used) {
  for (Item& item : sequence) {
    if (!item.into.empty() && !is_used(item.into)) item.into.clear();
    visit_all(item, [&](Sequence& inner) { drop_unused_results(inner, is_used); });
  }
}

}  // namespace virga::workflow
