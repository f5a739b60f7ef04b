#include "backends/aws/serverless_framework/defaults.h"

#include "backends/aws/lower/lowering.h"

namespace virga::aws::serverless_framework {

Document usual(std::string_view fact) {
  const catalog::Fact& found = catalog().fact(fact);
  return found.has_value ? Document(static_cast<std::int64_t>(found.value)) : Document(found.text);
}

std::size_t length(std::string_view fact) { return static_cast<std::size_t>(catalog().fact(fact).value); }

Document or_usual(const Document* said, std::string_view fact) {
  return said == nullptr || said->is_null() ? usual(fact) : *said;
}

}  // namespace virga::aws::serverless_framework
