// database ledger { network = inner  engine = postgres  version = "16" }        sync -> ledger
//   → AWS::RDS::DBCluster       Ledger              Aurora, which takes as much memory as it needs within the bounds
//     AWS::RDS::DBInstance      LedgerInstance      what answers; it has no size of its own
//     AWS::RDS::DBSubnetGroup   LedgerSubnets       the network's parts
//     AWS::EC2::SecurityGroup   LedgerGroup, and a SecurityGroupIngress for each function with an edge
//     a secret that RDS makes, keeps and renews; LEDGER_ADDRESS, _PORT, _DATABASE and _SECRET_NAME, and a permission to
//     read the secret
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"
#include "backends/aws/lower/network.h"

#include <algorithm>
#include <cmath>

namespace virga::aws {
namespace {

struct Engine {
  std::string_view name, vendor, versions;
  std::int64_t port;
};

/// Ports of the protocols, as everywhere.
constexpr Engine kEngines[] = {{"postgres", "aurora-postgresql", "rds.aurora_postgresql.versions", 5432},
                               {"mysql", "aurora-mysql", "rds.aurora_mysql.versions", 3306}};

const Engine& engine_of(const Lowering& lowering, const Node& node) {
  return lowering.of(node).text("engine") == "mysql" ? kEngines[1] : kEngines[0];
}

void check_version(Lowering& lowering, const Node& node) {
  const std::string wanted = lowering.of(node).text("version");
  const catalog::Fact& known = catalog().fact(engine_of(lowering, node).versions);
  if (std::find(known.members.begin(), known.members.end(), wanted) != known.members.end()) return;
  lowering.sink
      .report(lowering.where(node, "version"), codes::DatabaseVersion, std::string(engine_of(lowering, node).vendor),
              wanted.empty() ? "that is known only at deployment" : "`" + wanted + "`")
      .source(catalog::cite(known))
      .help(fmt::format("take {}", fmt::join(known.members, ", ")));
}

/// Aurora counts memory in units, and takes halves of them.
double units(Lowering& lowering, const Node& node, std::string_view which) {
  const Map* memory = lowering.of(node).map("memory");
  const Value* value = memory == nullptr ? nullptr : memory->find(which);
  const Quantity* size = value == nullptr ? nullptr : value->get<Quantity>();
  if (size == nullptr) return 0;
  const double unit = catalog().fact("rds.serverless.unit").value * static_cast<double>(std::int64_t{1} << 30);
  const double asked = static_cast<double>(size->amount) / unit;
  const catalog::Fact& bounds = catalog().fact("rds.serverless.capacity");
  const double step = catalog().fact("rds.serverless.step").value;
  if (asked < bounds.min || asked > bounds.max || std::fmod(asked, step) != 0) {
    lowering.sink.report(value->span.known() ? value->span : node.span, codes::DatabaseMemory, node.name, to_text(*size))
        .source(catalog::cite(bounds))
        .help(fmt::format(
            "Aurora takes from {}GB to {}GB, in steps of {}GB", bounds.min * catalog().fact("rds.serverless.unit").value,
            bounds.max * catalog().fact("rds.serverless.unit").value, step * catalog().fact("rds.serverless.unit").value));
  }
  return asked;
}

cloud::Value number(double n) { return n == std::floor(n) ? cloud::Value(static_cast<std::int64_t>(n)) : cloud::Value(n); }

}  // namespace

void lower_database(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Node* network = network_of(lowering, node);
  if (network == nullptr || !network_stands(lowering, node, *network)) return;
  if (!in_zones_enough(lowering, node, *network)) return;
  check_version(lowering, node);
  const Attributes& asked = lowering.of(node);
  const Engine& engine = engine_of(lowering, node);
  const std::string id = lowering.id(node), group = lowering.id(node, "Subnets");
  const bool keep = asked.text("when_removed") != "delete";
  cloud::Object description =
      cloud::object({{"DBSubnetGroupDescription", node.name + " of " + lowering.architecture.app.name},
                     {"SubnetIds", private_subnets(lowering, *network)},
                     {"Tags", lowering.tags(node)}});
  lowering.add(node, group, "AWS::RDS::DBSubnetGroup", std::move(description));

  cloud::Object capacity = cloud::object(
      {{"MinCapacity", number(units(lowering, node, "least"))}, {"MaxCapacity", number(units(lowering, node, "most"))}});
  cloud::Object cluster = cloud::object({{"Engine", engine.vendor},
                                         {"EngineVersion", asked.text("version")},
                                         {"DatabaseName", lowering.value(*asked.find("name"))},
                                         {"MasterUsername", lowering.value(*asked.find("user"))},
                                         {"ManageMasterUserPassword", true},
                                         {"Port", engine.port},
                                         {"ServerlessV2ScalingConfiguration", std::move(capacity)},
                                         {"BackupRetentionPeriod", lowering.quantity(node, "backups", Unit::days)},
                                         {"CopyTagsToSnapshot", true},
                                         {"StorageEncrypted", true},
                                         {"DBSubnetGroupName", cloud::Ref{group}},
                                         {"VpcSecurityGroupIds", cloud::Values{member_group(lowering, node, *network)}},
                                         {"Tags", lowering.tags(node)}});
  (void)encrypt(lowering, node, cluster, "KmsKeyId");
  cloud::Resource& made = lowering.add(node, id, "AWS::RDS::DBCluster", std::move(cluster));
  // What is kept is a last copy: a cluster that stood on would hold its network.
  made.on_removal = keep ? cloud::OnRemoval::snapshot : cloud::OnRemoval::remove;
  made.on_replace = made.on_removal;

  cloud::Object instance = cloud::object({{"DBClusterIdentifier", cloud::Ref{id}},
                                          {"DBInstanceClass", catalog().fact("rds.serverless.class").members.front()},
                                          {"Engine", engine.vendor},
                                          {"PubliclyAccessible", false},
                                          {"AutoMinorVersionUpgrade", true},
                                          {"Tags", lowering.tags(node)}});
  lowering.add(node, lowering.id(node, "Instance"), "AWS::RDS::DBInstance", std::move(instance));
}

void access_database(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& database = lowering.to(edge);
  const Node& function = lowering.from(edge);
  const Node* network = meeting_network(lowering, edge);
  if (network == nullptr) return;
  const std::string id = lowering.id(database);
  let_in(lowering, edge, database, *network, engine_of(lowering, database).port);
  const cloud::Value secret = cloud::GetAtt{id, "MasterUserSecret.SecretArn"};
  lowering.grant(lowering.function_role(function), edge, {"secretsmanager:GetSecretValue"}, secret);
  lowering.tell(function, database, "ADDRESS", cloud::GetAtt{id, "Endpoint.Address"});
  lowering.tell(function, database, "PORT", cloud::GetAtt{id, "Endpoint.Port"});
  lowering.tell(function, database, "DATABASE", lowering.value(*lowering.of(database).find("name")));
  lowering.tell(function, database, "SECRET_NAME", secret);
}

}  // namespace virga::aws
