// database ledger { network = inner  engine = postgres  version = "16"  memory = { least = 1GB  most = 8GB } }    sync ->
// ledger
//   → AWS::RDS::DBCluster       Ledger              Aurora, which takes as much memory as it needs within the bounds
//     AWS::RDS::DBInstance      LedgerInstance      what answers; it has no size of its own. With `standby` also
//                               LedgerStandby, in another zone
// database ledger { …  memory = 4GB  storage = 100GB  standby = true }
//   → AWS::RDS::DBInstance      Ledger              a machine of the smallest class that is large enough
// both: AWS::RDS::DBSubnetGroup LedgerSubnets       the network's parts
//     AWS::EC2::SecurityGroup   LedgerGroup, and a SecurityGroupIngress for each function with an edge
//     a secret that RDS makes, keeps and renews; LEDGER_ADDRESS, _PORT, _DATABASE and _SECRET_NAME, and a permission to
//     read the secret
#include "backends/aws/lower/database.h"

#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"
#include "backends/aws/lower/network.h"
#include "backends/common/machine/machine_class.h"

#include <algorithm>
#include <cmath>

namespace virga::aws {
namespace {

constexpr double kGigabyte = static_cast<double>(std::int64_t{1} << 30);

struct Engine {
  std::string_view name, vendor, versions;
  std::int64_t port;
};

/// Ports of the protocols, as everywhere.
constexpr Engine kServerless[] = {{"postgres", "aurora-postgresql", "rds.aurora_postgresql.versions", 5432},
                                  {"mysql", "aurora-mysql", "rds.aurora_mysql.versions", 3306}};
constexpr Engine kOnMachines[] = {{"postgres", "postgres", "rds.postgres.versions", 5432},
                                  {"mysql", "mysql", "rds.mysql.versions", 3306},
                                  {"mariadb", "mariadb", "rds.mariadb.versions", 3306}};

/// Null when Aurora has no such engine.
const Engine* find_engine(const Lowering& lowering, const Node& node) {
  const std::string wanted = lowering.of(node).text("engine");
  const std::span<const Engine> all =
      has_machine(lowering, node) ? std::span<const Engine>(kOnMachines) : std::span<const Engine>(kServerless);
  const auto found = std::find_if(all.begin(), all.end(), [&](const Engine& e) { return e.name == wanted; });
  return found == all.end() ? nullptr : &*found;
}

/// `8.0` of MySQL is `8.0.44` where an instance wants the whole version: `8.0=8.0.44` in the catalogue.
std::string version_of(Lowering& lowering, const Node& node, const Engine& engine) {
  const std::string wanted = lowering.of(node).text("version");
  const catalog::Fact& versions = catalog().fact(engine.versions);
  std::vector<std::string_view> known;
  for (const std::string_view member : versions.members) {
    known.push_back(member.substr(0, member.find('=')));
    if (known.back() == wanted) return std::string(member.substr(member.find('=') + 1));
  }
  lowering.sink
      .report(lowering.where(node, "version"), codes::DatabaseVersion, std::string(engine.vendor),
              wanted.empty() ? "that is known only at deployment" : "`" + wanted + "`")
      .source(catalog::cite(versions))
      .help(fmt::format("take {}", fmt::join(known, ", ")));
  return {};
}

/// Aurora counts memory in units, and takes halves of them.
double units(Lowering& lowering, const Node& node, Quantity size) {
  const double unit = catalog().fact("rds.serverless.unit").value * kGigabyte;
  const double asked = static_cast<double>(size.amount) / unit;
  const catalog::Fact& bounds = catalog().fact("rds.serverless.capacity");
  const double step = catalog().fact("rds.serverless.step").value;
  if (asked < bounds.min || asked > bounds.max || std::fmod(asked, step) != 0) {
    lowering.sink.report(lowering.where(node, "memory"), codes::DatabaseMemory, node.name, to_text(size))
        .source(catalog::cite(bounds))
        .help(fmt::format(
            "Aurora takes from {}GB to {}GB, in steps of {}GB", bounds.min * catalog().fact("rds.serverless.unit").value,
            bounds.max * catalog().fact("rds.serverless.unit").value, step * catalog().fact("rds.serverless.unit").value));
  }
  return asked;
}

cloud::Value number(double n) { return n == std::floor(n) ? cloud::Value(static_cast<std::int64_t>(n)) : cloud::Value(n); }

/// In whole gigabytes, as text: so the engine's schema wants it. Bounds are the catalogue's.
std::string storage_of(Lowering& lowering, const Node& node) {
  const std::optional<Quantity> size = lowering.of(node).quantity("storage");
  const double gigabytes = size ? static_cast<double>(size->amount) / kGigabyte : 0;
  if (gigabytes != std::floor(gigabytes)) {
    lowering.sink.report(lowering.where(node, "storage"), codes::InexactQuantity, to_text(*size), "gigabytes")
        .source(catalog::cite(catalog().fact("rds.storage")))
        .help("Amazon RDS counts this in gigabytes");
  }
  return std::to_string(static_cast<std::int64_t>(gigabytes));
}

/// The class of a machine that has as much; empty when it was reported that there is none.
std::string class_of(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  if (asked.has("class")) return asked.text("class");
  const std::optional<Quantity> memory = asked.quantity("memory"), cpu = asked.quantity("cpu");
  if (!memory) return {};  // it was out of bounds, which was said
  const machine::Class wanted{static_cast<double>(memory->amount) / kGigabyte,
                              cpu ? static_cast<double>(cpu->amount) / amount(Unit::virtual_cpus) : 0, ""};
  const catalog::Fact& table = catalog().fact("rds.classes");
  const std::optional<machine::Class> found = machine::smallest_class(table.members, wanted.gigabytes, wanted.cpus);
  if (!found) {
    lowering.sink
        .report(lowering.where(node, "memory"), codes::DatabaseClass, node.name,
                cpu ? machine::size_of(wanted) : to_text(*memory),
                machine::size_of(machine::read_class(table.members.back())))
        .source(catalog::cite(table))
        .help("name a larger class, `on aws { class = \"db.…\" }`, if your region has one");
    return {};
  }
  if (found->gigabytes == wanted.gigabytes && (!cpu || found->cpus == wanted.cpus)) return std::string(found->name);
  decision.fidelity = std::max(decision.fidelity, catalog::Fidelity::emulated);
  decision.change = fmt::format("machines come in sizes: `{}` with {} stands for {}", found->name, machine::size_of(*found),
                                cpu ? machine::size_of(wanted) : to_text(*memory));
  return std::string(found->name);
}

/// What both sorts of databases have, and may be had together; null when something was reported.
const Node* place_of(Lowering& lowering, const Node& node, const Engine* engine) {
  const Node* network = network_of(lowering, node);
  if (network == nullptr || !network_stands(lowering, node, *network)) return nullptr;
  if (!in_zones_enough(lowering, node, *network)) return nullptr;
  if (engine == nullptr) {
    lowering.sink.report(lowering.where(node, "engine"), codes::DatabaseEngine, node.name, lowering.of(node).text("engine"))
        .source(catalog::cite(catalog().fact("rds.serverless.class")))
        .help("give it a machine: one size, such as `memory = 4GB`");
    return nullptr;
  }
  if (!has_machine(lowering, node) && lowering.of(node).has("cpu")) {
    lowering.sink.report(lowering.where(node, "cpu"), codes::DatabaseCpu, node.name)
        .label(lowering.where(node, "memory"), "the range")
        .help("give one size, such as `memory = 8GB`, or leave `cpu` out");
  }
  lowering.add(node, lowering.id(node, "Subnets"), "AWS::RDS::DBSubnetGroup",
               cloud::object({{"DBSubnetGroupDescription", node.identity() + " of " + lowering.architecture.app.name},
                              {"SubnetIds", private_subnets(lowering, *network)},
                              {"Tags", lowering.tags(node)}}));
  return network;
}

/// What is kept is a last copy: a database that stood on would hold its network.
void keep_copy(const Lowering& lowering, const Node& node, cloud::Resource& made) {
  const bool keep = lowering.of(node).text("when_removed") != "delete";
  made.on_removal = made.on_replace = keep ? cloud::OnRemoval::snapshot : cloud::OnRemoval::remove;
}

}  // namespace

bool on_machine(const Attributes& database) { return database.has("class") || database.map("memory") == nullptr; }

bool has_machine(const Lowering& lowering, const Node& database) { return on_machine(lowering.of(database)); }

void lower_aurora(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Engine* engine = find_engine(lowering, node);
  const Node* network = place_of(lowering, node, engine);
  if (network == nullptr) return;
  const Attributes& asked = lowering.of(node);
  const std::string id = lowering.id(node);
  const std::optional<std::pair<Quantity, Quantity>> memory = asked.quantities("memory");
  cloud::Object capacity;
  if (memory) {
    capacity.set("MinCapacity", number(units(lowering, node, memory->first)));
    capacity.set("MaxCapacity", number(units(lowering, node, memory->second)));
  }
  cloud::Object cluster = cloud::object({{"Engine", engine->vendor},
                                         {"EngineVersion", version_of(lowering, node, *engine)},
                                         {"DatabaseName", lowering.value(*asked.find("name"))},
                                         {"MasterUsername", lowering.value(*asked.find("user"))},
                                         {"ManageMasterUserPassword", true},
                                         {"Port", engine->port},
                                         {"ServerlessV2ScalingConfiguration", std::move(capacity)},
                                         {"BackupRetentionPeriod", lowering.quantity(node, "backups", Unit::days)},
                                         {"CopyTagsToSnapshot", true},
                                         {"StorageEncrypted", true},
                                         {"DBSubnetGroupName", cloud::Ref{lowering.id(node, "Subnets")}},
                                         {"VpcSecurityGroupIds", cloud::Values{member_group(lowering, node, *network)}},
                                         {"Tags", lowering.tags(node)}});
  (void)encrypt(lowering, node, cluster, "KmsKeyId");
  keep_copy(lowering, node, lowering.add(node, id, "AWS::RDS::DBCluster", std::move(cluster)));
  // Aurora puts each instance of a cluster into another zone, and lets one take over from the other.
  for (const char* noun : {"Instance", "Standby"}) {
    if (std::string_view(noun) == "Standby" && !asked.flag("standby")) continue;
    lowering.add(node, lowering.id(node, noun), "AWS::RDS::DBInstance",
                 cloud::object({{"DBClusterIdentifier", cloud::Ref{id}},
                                {"DBInstanceClass", catalog().fact("rds.serverless.class").members.front()},
                                {"Engine", engine->vendor},
                                {"PubliclyAccessible", false},
                                {"AutoMinorVersionUpgrade", true},
                                {"Tags", lowering.tags(node)}}));
  }
}

void lower_rds_instance(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Engine* engine = find_engine(lowering, node);
  const Node* network = place_of(lowering, node, engine);
  if (network == nullptr) return;
  const Attributes& asked = lowering.of(node);
  const std::string sort = class_of(lowering, node, decision);
  cloud::Object instance = cloud::object({{"Engine", engine->vendor},
                                          {"EngineVersion", version_of(lowering, node, *engine)},
                                          {"DBInstanceClass", sort},
                                          {"AllocatedStorage", storage_of(lowering, node)},
                                          {"StorageType", catalog().fact("rds.storage.type").members.front()},
                                          {"StorageEncrypted", true},
                                          {"MultiAZ", asked.flag("standby")},
                                          {"DBName", lowering.value(*asked.find("name"))},
                                          {"MasterUsername", lowering.value(*asked.find("user"))},
                                          {"ManageMasterUserPassword", true},
                                          {"Port", std::to_string(engine->port)},
                                          {"BackupRetentionPeriod", lowering.quantity(node, "backups", Unit::days)},
                                          {"CopyTagsToSnapshot", true},
                                          {"PubliclyAccessible", false},
                                          {"AutoMinorVersionUpgrade", true},
                                          {"DBSubnetGroupName", cloud::Ref{lowering.id(node, "Subnets")}},
                                          {"VPCSecurityGroups", cloud::Values{member_group(lowering, node, *network)}},
                                          {"Tags", lowering.tags(node)}});
  (void)encrypt(lowering, node, instance, "KmsKeyId");
  keep_copy(lowering, node, lowering.add(node, lowering.id(node), "AWS::RDS::DBInstance", std::move(instance)));
}

void access_database(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& database = lowering.to(edge);
  const Node& function = lowering.from(edge);
  const Node* network = meeting_network(lowering, edge);
  const Engine* engine = find_engine(lowering, database);
  if (network == nullptr || engine == nullptr) return;
  const std::string id = lowering.id(database);
  let_in(lowering, edge, database, *network, engine->port);
  const cloud::Value secret = cloud::GetAtt{id, "MasterUserSecret.SecretArn"};
  lowering.grant(lowering.function_role(function), edge, {"secretsmanager:GetSecretValue"}, secret);
  lowering.tell(function, database, "ADDRESS", cloud::GetAtt{id, "Endpoint.Address"});
  lowering.tell(function, database, "PORT", cloud::GetAtt{id, "Endpoint.Port"});
  lowering.tell(function, database, "DATABASE", lowering.value(*lowering.of(database).find("name")));
  lowering.tell(function, database, "SECRET_NAME", secret);
}

}  // namespace virga::aws
