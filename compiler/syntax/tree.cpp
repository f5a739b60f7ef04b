#include "compiler/syntax/tree.h"

namespace virga::syntax {

Span span_of(const Statement& statement) {
  return std::visit([](const auto& data) { return data.span; }, statement.data);
}

}  // namespace virga::syntax
