// What rows and templates call the ports and the edges of an architecture.
#pragma once

#include "compiler/architecture/architecture.h"

namespace virga::adopt {

/// `queue.self`; `gateway.route` stands for every method.
[[nodiscard]] std::string port_of(std::string_view kind, std::string_view port);

/// `OrdersToWorker`, `PublicGetUsersId`: the id of an edge in a template where it is not said.
[[nodiscard]] std::string default_edge_id(const Architecture& architecture, const Edge& edge);
/// The same by names: of the source, the port that it leaves, the text after the port, and the target.
[[nodiscard]] std::string default_edge_id(const std::string& from, const std::string& port, const std::string& argument,
                                          const std::string& to);

}  // namespace virga::adopt
