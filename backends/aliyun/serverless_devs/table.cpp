#include "backends/aliyun/serverless_devs/table.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace virga::aliyun::serverless_devs {

const Type* Table::find(std::string_view type) const {
  const auto at = std::find_if(types.begin(), types.end(), [&](const Type& t) { return t.type == type; });
  return at == types.end() ? nullptr : &*at;
}

const Type* Table::find_component(std::string_view component) const {
  const auto at = std::find_if(types.begin(), types.end(),
                               [&](const Type& t) { return !t.component.empty() && t.component == component; });
  return at == types.end() ? nullptr : &*at;
}

cloud::Document to_document(const Literal& literal) {
  switch (literal.kind) {
    case Literal::Kind::text: return std::string(literal.text);
    case Literal::Kind::number:
      if (std::trunc(literal.number) == literal.number) return static_cast<std::int64_t>(literal.number);
      return literal.number;
    case Literal::Kind::boolean: return literal.text == "true";
    case Literal::Kind::empty_list: return cloud::Document::list();
  }
  return {};
}

}  // namespace virga::aliyun::serverless_devs
