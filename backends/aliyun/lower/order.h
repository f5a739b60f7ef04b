// Queues and topics that keep an order: which can be made, and which edges at them are known to work.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

/// Whether the node is made as a FIFO queue or topic: it asks for it, and the format can say it.
[[nodiscard]] bool keeps_order(const Lowering& l, const Node& node);
/// Refuses a node that asks for an order where the format cannot say it. Whether it did.
bool refuses_order(Lowering& l, const Node& node);
/// Makes it a FIFO one when it asks for that, and says what such a one does not do.
void set_order(Lowering& l, const Node& node, cloud::Object& properties, std::string_view property);
/// Refuses an edge at a FIFO queue or topic that nothing says is possible. Whether it did.
bool refuses_order(Lowering& l, const Edge& edge);
/// Tells a sender that each message needs a group, so that its code can name one.
void tell_order(Lowering& l, const Edge& edge);

}  // namespace virga::aliyun
