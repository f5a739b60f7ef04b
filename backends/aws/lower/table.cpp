// table ledger { partition = { name = "id" }  indexes = [...] }
//   → AWS::DynamoDB::Table   Ledger   kept when it leaves the architecture; a stream when an edge wants its changes
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {
namespace {

std::string member(const Map& map, std::string_view key, std::string otherwise) {
  const Value* found = map.find(key);
  if (found == nullptr) return otherwise;
  if (const std::string* text = found->get<std::string>()) return *text;
  if (const Symbol* symbol = found->get<Symbol>()) return symbol->name;
  return otherwise;
}

class Keys {
 public:
  /// The schema of a table or an index: the partition, and the sort key when there is one.
  cloud::Values schema(const Value* partition, const Value* sort) {
    cloud::Values keys;
    add(keys, partition, "HASH");
    add(keys, sort, "RANGE");
    return keys;
  }
  [[nodiscard]] cloud::Values definitions() const { return definitions_; }

 private:
  void add(cloud::Values& keys, const Value* field, const char* role) {
    const Map* map = field == nullptr ? nullptr : field->get<Map>();
    if (map == nullptr) return;
    const std::string name = member(*map, "name", "");
    const std::string type = member(*map, "type", "string");
    keys.emplace_back(cloud::object({{"AttributeName", name}, {"KeyType", role}}));
    cloud::Value definition = cloud::object({{"AttributeName", name},
                                             {"AttributeType", type == "number"   ? "N"
                                                               : type == "binary" ? "B"
                                                                                  : "S"}});
    if (std::find(definitions_.begin(), definitions_.end(), definition) == definitions_.end())
      definitions_.push_back(std::move(definition));
  }

  cloud::Values definitions_;
};

cloud::Value throughput(Lowering& lowering, const Map& capacity) {
  return cloud::object({{"ReadCapacityUnits", lowering.value(*capacity.find("read"))},
                        {"WriteCapacityUnits", lowering.value(*capacity.find("write"))}});
}

cloud::Values indexes_of(Lowering& lowering, const Attributes& asked, Keys& keys) {
  cloud::Values made;
  const Values* indexes = asked.list("indexes");
  for (const Value& item : indexes == nullptr ? Values{} : *indexes) {
    const Map* index = item.get<Map>();
    if (index == nullptr) continue;
    cloud::Object one = cloud::object({{"IndexName", member(*index, "name", "")},
                                       {"KeySchema", keys.schema(index->find("partition"), index->find("sort"))},
                                       {"Projection", cloud::object({{"ProjectionType", "ALL"}})}});
    if (const Map* capacity = asked.map("capacity")) one.set("ProvisionedThroughput", throughput(lowering, *capacity));
    made.emplace_back(std::move(one));
  }
  return made;
}

const char* stream_view(const std::string& shown) {
  if (shown == "keys") return "KEYS_ONLY";
  if (shown == "new") return "NEW_IMAGE";
  if (shown == "old") return "OLD_IMAGE";
  return "NEW_AND_OLD_IMAGES";
}

}  // namespace

void lower_table(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Attributes& asked = lowering.of(node);
  const std::string id = lowering.id(node);
  Keys keys;
  cloud::Value schema = keys.schema(asked.find("partition"), asked.find("sort"));
  cloud::Values indexes = indexes_of(lowering, asked, keys);

  cloud::Object properties;
  properties.set("TableName", spelt_name(lowering, node));
  properties.set("AttributeDefinitions", keys.definitions());
  properties.set("KeySchema", std::move(schema));
  if (!indexes.empty()) properties.set("GlobalSecondaryIndexes", std::move(indexes));
  const Map* capacity = asked.map("capacity");
  properties.set("BillingMode", capacity != nullptr ? "PROVISIONED" : "PAY_PER_REQUEST");
  if (capacity != nullptr) properties.set("ProvisionedThroughput", throughput(lowering, *capacity));
  if (!lowering.architecture.edges_from(node.id, "changes").empty()) {
    properties.set("StreamSpecification", cloud::object({{"StreamViewType", stream_view(asked.text("changes_show"))}}));
  }
  if (asked.has("expires_at")) {
    properties.set("TimeToLiveSpecification",
                   cloud::object({{"AttributeName", lowering.value(*asked.find("expires_at"))}, {"Enabled", true}}));
  } else if (asked.has("expire_after")) {
    lowering.sink.report(lowering.where(node, "expire_after"), codes::TableExpiry, node.name)
        .help("name the attribute that holds the time, in seconds since 1970: `expires_at = \"expires_at\"`");
  }
  properties.set("PointInTimeRecoverySpecification",
                 cloud::object({{"PointInTimeRecoveryEnabled", asked.flag("point_in_time_recovery")}}));
  cloud::Object encryption = cloud::object({{"SSEEnabled", true}, {"SSEType", "KMS"}});
  if (encrypt(lowering, node, encryption, "KMSMasterKeyId")) properties.set("SSESpecification", std::move(encryption));
  properties.set("Tags", lowering.tags(node));
  cloud::Resource& made = lowering.add(node, id, "AWS::DynamoDB::Table", std::move(properties));
  made.on_removal = asked.text("when_removed") == "delete" ? cloud::OnRemoval::remove : cloud::OnRemoval::keep;
  made.on_replace = made.on_removal;
  lowering.known_by_name(id, "", spelt_name(lowering, node));
  lowering.known_by_name(id, "Arn", spelt_arn(lowering, node));
}

}  // namespace virga::aws
