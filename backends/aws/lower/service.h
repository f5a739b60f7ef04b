// Services: what stands before them, and what others call them by.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// Its own door, where it has one; else `http://…` in the network alone.
[[nodiscard]] cloud::Value service_url(Lowering&, const Node& service);

// ---- service_front.cpp
/// What it says of its door can be had together, in this network; says so when it can't.
[[nodiscard]] bool front_fits(Lowering&, const Node& service, const Node& network);
/// The load balancer with its listeners and targets, the name of its door, and who may come in.
void add_front(Lowering&, const Node& service, const Node& network, cloud::Decision&);
/// Those with this group may ask the load balancer.
void let_in_front(Lowering&, const Edge&, const std::string& id, cloud::Value group);

}  // namespace virga::aws
