// topic news { }
//   → AWS::SNS::Topic   News
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {

void lower_topic(Lowering& lowering, const Node& node, cloud::Decision&) {
  const std::string id = lowering.id(node);
  cloud::Object properties;
  properties.set("TopicName", spelt_name(lowering, node));
  if (lowering.of(node).flag("fifo")) {
    properties.set("FifoTopic", true);
    properties.set("ContentBasedDeduplication", true);
  }
  (void)encrypt(lowering, node, properties, "KmsMasterKeyId");
  properties.set("Tags", lowering.tags(node));
  lowering.add(node, id, "AWS::SNS::Topic", std::move(properties));
  lowering.known_by_name(id, "", spelt_arn(lowering, node));
  lowering.known_by_name(id, "TopicName", spelt_name(lowering, node));
}

}  // namespace virga::aws
