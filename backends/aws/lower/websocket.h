// What the resources of a websocket and its routes share.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// `wss://…`, its own domain or the one that AWS gives.
[[nodiscard]] cloud::Value websocket_url(Lowering& lowering, const Node& websocket);
/// How API Gateway calls a route: `$connect`, `$default`, the name of a message.
[[nodiscard]] std::string websocket_key(const Edge& route);
/// `MessageSay`: the route as a part of a logical id, unlike that of every other route of the websocket.
[[nodiscard]] std::string websocket_route_id(const Lowering& lowering, const Edge& route);
/// The authorizer that is asked when somebody connects; null when everybody may.
[[nodiscard]] const Node* websocket_guard(const Lowering& lowering, const Node& websocket);
/// The deployments, once all routes are known.
void deploy_websockets(Lowering& lowering);

}  // namespace virga::aws
