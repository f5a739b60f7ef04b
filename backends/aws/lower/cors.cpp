#include "backends/aws/lower/cors.h"

namespace virga::aws {

cloud::Object cors_of(Lowering& lowering, const Map& cors, Span place) {
  cloud::Object rules;
  const auto list = [&](const char* key, const char* property) {
    const Value* found = cors.find(key);
    if (found == nullptr) return;
    const Values* items = found->get<Values>();
    if (items == nullptr || !items->empty()) rules.set(property, lowering.value(*found));
  };
  list("origins", "AllowOrigins");
  list("methods", "AllowMethods");
  list("headers", "AllowHeaders");
  list("expose", "ExposeHeaders");
  const Value* credentials = cors.find("credentials");
  rules.set("AllowCredentials", credentials != nullptr ? lowering.value(*credentials) : cloud::Value(false));
  if (const Value* age = cors.find("max_age")) rules.set("MaxAge", lowering.quantity(*age, Unit::seconds, place));
  return rules;
}

}  // namespace virga::aws
