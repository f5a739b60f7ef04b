// database ledger { network = inner  engine = postgres  version = "16" }        sync -> ledger
//   → RDS::DBInstance, serverless, in the network's first part, with the database and its owner;
//     OOS::SecretParameter with the owner's name and password, which is asked for at deployment;
//     LEDGER_ADDRESS, _PORT, _DATABASE and _SECRET_NAME, and a permission to read the secret
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/network.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/stores.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

#include <cmath>

namespace virga::aliyun {
namespace {

struct Engine {
  std::string_view vendor, versions, classes, charset;
};

constexpr Engine kEngines[] = {{"PostgreSQL", "rds.postgresql.versions", "rds.postgresql.class", "UTF8"},
                               {"MySQL", "rds.mysql.versions", "rds.mysql.class", "utf8mb4"}};

class Database {
 public:
  Database(Lowering& l, const Node& node)
      : l_(l), node_(node), a_(l.of(node)), engine_(a_.text("engine") == "mysql" ? kEngines[1] : kEngines[0]) {}

  void lower() {
    const Node* network = network_of(l_, node_);
    if (network == nullptr || !network_stands(l_, node_, *network)) return;
    const cloud::Values parts = member_switches(l_, *network);
    if (parts.empty()) return;
    cloud::Object p;
    p.set("DBInstanceDescription", plain_name(l_, "ALIYUN::RDS::DBInstance", "DBInstanceDescription", node_.name));
    p.set("Engine", engine_.vendor).set("EngineVersion", version());
    p.set("PayType", "Serverless").set("Category", catalog().fact("rds.serverless.category").members.front());
    p.set("DBInstanceClass", catalog().fact(engine_.classes).members.front());
    cloud::Object capacity;
    capacity.set("MinCapacity", units("least")).set("MaxCapacity", units("most")).set("AutoPause", false);
    capacity.set("SwitchForce", false);
    p.set("ServerlessConfig", std::move(capacity));
    p.set("DBInstanceStorage", storage());
    p.set("DBInstanceStorageType", catalog().fact("rds.serverless.storage_type").members.front());
    p.set("BackupRetentionPeriod", measured(l_, a_, "backups", Unit::days));
    p.set("DBInstanceNetType", "Intranet").set("InstanceNetworkType", "VPC");
    p.set("VpcId", vpc_id(l_, *network)).set("VSwitchId", parts.front()).set("ZoneId", first_zone(l_, *network));
    p.set("SecurityIPList", address_range_of(l_, *network));
    p.set("MasterUsername", to_value(l_, *a_.find("user"))).set("MasterUserPassword", password());
    p.set("MasterUserType", "Super");
    p.set("DBMappings",
          cloud::Values{cloud::object({{"DBName", to_value(l_, *a_.find("name"))}, {"CharacterSetName", engine_.charset}})});
    p.set("Tags", tag_map(l_, &node_));
    cloud::Resource& made = l_.add(l_.id(node_, "Database"), "ALIYUN::RDS::DBInstance", std::move(p));
    made.on_removal = a_.text("when_removed") == "delete" ? cloud::OnRemoval::remove : cloud::OnRemoval::keep;
    add_secret();
    l_.changes(
        "its password is asked for at deployment and renewed by nobody; everything in the network may knock at it, and one "
        "zone holds it");
  }

 private:
  Span span_of(std::string_view attribute) const {
    const Value* value = a_.find(attribute);
    return value != nullptr && value->span.known() ? value->span : node_.span;
  }

  /// `16` of PostgreSQL is `16.0` here.
  std::string version() {
    const std::string wanted = a_.text("version");
    std::vector<std::string> known;
    for (const std::string_view member : catalog().fact(engine_.versions).members) {
      const std::size_t equals = member.find('=');
      known.emplace_back(member.substr(0, equals));
      if (known.back() == wanted) return std::string(member.substr(equals + 1));
    }
    l_.sink()
        .report(span_of("version"), codes::DatabaseVersion, std::string(engine_.vendor),
                wanted.empty() ? "that is known only at deployment" : "`" + wanted + "`")
        .source(catalog::cite(catalog().fact(engine_.versions)))
        .help(fmt::format("take {}", fmt::join(known, ", ")));
    return {};
  }

  /// Memory is counted in units, and halves of them.
  cloud::Value units(std::string_view which) {
    const Map* memory = a_.map("memory");
    const Value* value = memory == nullptr ? nullptr : memory->find(which);
    const Quantity* size = value == nullptr ? nullptr : value->get<Quantity>();
    if (size == nullptr) return std::int64_t{0};
    const double gigabytes = static_cast<double>(size->amount) / static_cast<double>(std::int64_t{1} << 30);
    const double unit = catalog().fact("rds.serverless.unit").value, step = catalog().fact("rds.serverless.step").value;
    const catalog::Fact& bounds = catalog().fact("rds.serverless.capacity");
    const double asked = gigabytes / unit;
    if (asked < bounds.min || asked > bounds.max || std::fmod(asked, step) != 0) {
      l_.sink()
          .report(value->span.known() ? value->span : node_.span, codes::DatabaseMemory, node_.name, to_text(*size))
          .source(catalog::cite(bounds))
          .help(fmt::format("take from {}GB to {}GB, in steps of {}GB", bounds.min * unit, bounds.max * unit, step * unit));
    }
    if (asked == std::floor(asked)) return static_cast<std::int64_t>(asked);
    return asked;
  }

  cloud::Value storage() {
    const std::optional<Quantity> size = a_.quantity("storage");
    const std::int64_t gigabytes = size ? size->amount / (std::int64_t{1} << 30) : 0;
    const std::int64_t least = Lowering::least("rds.storage"), step = Lowering::number("rds.storage.step");
    const std::int64_t taken = std::max(least, (gigabytes + step - 1) / step * step);
    if (taken != gigabytes)
      l_.emulates(
          fmt::format("storage comes in steps of {}GB from {}GB on: {}GB stand for {}GB", step, least, taken, gigabytes));
    return taken;
  }

  cloud::Value password() {
    cloud::StackParameter parameter;
    parameter.name = cloud::logical_id(node_.name) + "Password";
    parameter.description =
        fmt::format("The password of `{}`, of letters of both sizes, digits and any of !@#$%^&*()_+-=.", node_.name);
    parameter.secret = true;
    parameter.min_length = Lowering::least("rds.password.length");
    parameter.max_length = Lowering::most("rds.password.length");
    return l_.own_parameter(std::move(parameter));
  }

  /// In the form in which AWS writes such secrets, so that code reads them the same way.
  void add_secret() {
    cloud::Object p;
    p.set("SecretParameterName",
          plain_name(l_, "ALIYUN::OOS::SecretParameter", "SecretParameterName", node_.name + ".owner"));
    p.set("Value",
          cloud::concat({"{\"username\":\"", to_value(l_, *a_.find("user")), "\",\"password\":\"", password(), "\"}"}));
    p.set("Tags", tag_list(l_, &node_));
    l_.add(l_.id(node_, "Secret"), "ALIYUN::OOS::SecretParameter", std::move(p));
  }

  Lowering& l_;
  const Node& node_;
  const Attributes& a_;
  const Engine& engine_;
};

}  // namespace

cloud::Value database_address(Lowering& l, const Node& database) {
  return cloud::GetAtt{l.id(database, "Database"), "InnerConnectionString"};
}

void lower_database(Lowering& l, const Node& node) {
  if (refuses_key(l, node, "RDS takes a key in a role of the account's own, which no template makes")) return;
  Database(l, node).lower();
}

void use_database(Lowering& l, const Edge& edge) {
  const Node& database = l.to(edge);
  if (!meets_in_network(l, edge)) return;
  const std::string name = plain_name(l, "ALIYUN::OOS::SecretParameter", "SecretParameterName", database.name + ".owner");
  l.grant(edge, {"oos:GetSecretParameter"},
          {cloud::concat({"acs:oos:", region(l), ":", account(), ":secretparameter/" + name})});
  l.grant(edge, {"kms:GetSecretValue"}, {cloud::concat({"acs:kms:", region(l), ":", account(), ":secret/oos/" + name})});
  l.tell(edge, "ADDRESS", database_address(l, database));
  l.tell(edge, "PORT", cloud::concat({"", cloud::GetAtt{l.id(database, "Database"), "InnerPort"}}));
  l.tell(edge, "DATABASE", to_value(l, *l.of(database).find("name")));
  l.tell(edge, "SECRET_NAME", cloud::GetAtt{l.id(database, "Secret"), "SecretParameterName"});
}

}  // namespace virga::aliyun
