// queue orders { visibility = 1m }
//   → AWS::SQS::Queue   Orders   every setting written out, encrypted
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {

void lower_queue(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Attributes& asked = lowering.of(node);
  const std::string id = lowering.id(node);
  cloud::Object properties;
  properties.set("QueueName", spelt_name(lowering, node));
  if (asked.flag("fifo")) {
    properties.set("FifoQueue", true);
    properties.set("ContentBasedDeduplication", true);
    if (asked.flag("high_throughput")) {
      properties.set("DeduplicationScope", "messageGroup");
      properties.set("FifoThroughputLimit", "perMessageGroupId");
    }
  } else if (asked.flag("high_throughput")) {
    lowering.sink.report(asked.find("high_throughput")->span, codes::Fifo, "high_throughput", "only a FIFO queue has groups")
        .label(node.span, "this one keeps no order")
        .help("say `fifo = true` too, or leave it out: other queues take as much as comes");
  }
  properties.set("VisibilityTimeout", lowering.quantity(node, "visibility", Unit::seconds));
  properties.set("MessageRetentionPeriod", lowering.quantity(node, "retention", Unit::seconds));
  properties.set("DelaySeconds", lowering.quantity(node, "delay", Unit::seconds));
  properties.set("MaximumMessageSize", lowering.quantity(node, "max_size", Unit::bytes));
  properties.set("ReceiveMessageWaitTimeSeconds", lowering.quantity(node, "long_poll", Unit::seconds));
  if (!encrypt(lowering, node, properties, "KmsMasterKeyId")) properties.set("SqsManagedSseEnabled", true);
  properties.set("Tags", lowering.tags(node));
  lowering.add(node, id, "AWS::SQS::Queue", std::move(properties));
  lowering.known_by_name(id, "", spelt_queue_url(lowering, node));
  lowering.known_by_name(id, "Arn", spelt_arn(lowering, node));
  lowering.known_by_name(id, "QueueName", spelt_name(lowering, node));
}

}  // namespace virga::aws
