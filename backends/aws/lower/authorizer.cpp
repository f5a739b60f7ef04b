// authorizer staff { jwt = { issuer = "https://…"  audience = ["console"] } }
//   → part of each gateway that names it; here it is only checked
#include "backends/aws/lower/gateway.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {

void lower_authorizer(Lowering& lowering, const Node& node, cloud::Decision&) {
  const int ways = static_cast<int>(lowering.of(node).has("jwt")) + static_cast<int>(lowering.of(node).has("keys")) +
                   static_cast<int>(asked_function(lowering, node) != nullptr);
  if (ways == 1) return;
  lowering.sink.report(node.span, codes::AuthorizerWay, node.name, ways == 0 ? "no" : std::to_string(ways))
      .help("say one of `jwt = { issuer = \"…\"  audience = [\"…\"] }`, `keys = [\"…\"]`, or `" + node.name +
            " -> some_function`");
}

}  // namespace virga::aws
