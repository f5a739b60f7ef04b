// authorizer staff { jwt = { issuer = "https://…"  audience = ["console"] } }
//   → part of each gateway that names it; here it is only checked
#include "backends/aws/lower/gateway.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {

int ways_of(const Lowering& lowering, const Node& authorizer) {
  const Attributes& asked = lowering.of(authorizer);
  return static_cast<int>(asked.has("jwt")) + static_cast<int>(asked.has("users")) + static_cast<int>(asked.has("keys")) +
         static_cast<int>(asked_function(lowering, authorizer) != nullptr);
}

void lower_authorizer(Lowering& lowering, const Node& node, cloud::Decision&) {
  const int ways = ways_of(lowering, node);
  if (ways == 1) return;
  lowering.sink.report(node.span, codes::AuthorizerWay, node.name, ways == 0 ? "no" : std::to_string(ways))
      .help("say one of `users = …`, `jwt = { issuer = \"…\"  audience = [\"…\"] }`, `keys = [\"…\"]`, or `" + node.name +
            " -> some_function`");
}

}  // namespace virga::aws
