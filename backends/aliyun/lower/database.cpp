// database ledger { network = inner  engine = postgres  version = "16" }        sync -> ledger
//   → RDS::DBInstance, serverless, in the network's first part, with the database and its owner;
//     OOS::SecretParameter with the owner's name and password, which is asked for at deployment;
//     LEDGER_ADDRESS, _PORT, _DATABASE and _SECRET_NAME, and a permission to read the secret
// database ledger { …  memory = 4GB  standby = true }
//   → the same on a machine of the smallest class that is large enough, with a second one in another zone
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/network.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/stores.h"
#include "backends/aliyun/lower/values.h"
#include "backends/common/machine/machine_class.h"

#include <fmt/format.h>

#include <cmath>

namespace virga::aliyun {
namespace {

/// Facts by their names: those of serverless instances, and those of machines, alone and with a second one.
struct Engine {
  std::string_view name, vendor, charset, serverless_versions, serverless, versions, classes, paired_classes;
};

constexpr Engine kEngines[] = {
    {"postgres", "PostgreSQL", "UTF8", "rds.postgresql.versions", "rds.postgresql.class", "rds.postgresql.machine.versions",
     "rds.postgresql.classes", "rds.postgresql.classes.ha"},
    {"mysql", "MySQL", "utf8mb4", "rds.mysql.versions", "rds.mysql.class", "rds.mysql.machine.versions", "rds.mysql.classes",
     "rds.mysql.classes.ha"},
    {"mariadb", "MariaDB", "utf8mb4", "", "", "rds.mariadb.machine.versions", "", ""},
};

const Engine& engine_named(std::string_view name) {
  for (const Engine& engine : kEngines) {
    if (engine.name == name) return engine;
  }
  return kEngines[0];
}

constexpr double kThousandths = 1000;  // of a virtual CPU
constexpr double kGigabyte = static_cast<double>(std::int64_t{1} << 30);

class Database {
 public:
  Database(Lowering& l, const Node& node)
      : l_(l),
        node_(node),
        a_(l.of(node)),
        engine_(engine_named(a_.text("engine"))),
        machine_(a_.has("class") || a_.map("memory") == nullptr) {}

  void lower() {
    const Node* network = network_of(l_, node_);
    if (network == nullptr || !network_stands(l_, node_, *network)) return;
    const cloud::Values parts = member_switches(l_, *network);
    if (parts.empty() || !fits(*network, parts.size())) return;
    const bool pair = a_.flag("standby");
    cloud::Object p;
    p.set("DBInstanceDescription", plain_name(l_, "ALIYUN::RDS::DBInstance", "DBInstanceDescription", node_.identity()));
    p.set("Engine", engine_.vendor).set("EngineVersion", version());
    p.set("PayType", machine_ ? "PostPaid" : "Serverless").set("Category", category());
    p.set("DBInstanceClass", machine_ ? class_of() : std::string(serverless_class()));
    if (!machine_) set_capacity(p);
    p.set("DBInstanceStorage", storage());
    p.set("DBInstanceStorageType", catalog().fact("rds.serverless.storage_type").members.front());
    p.set("BackupRetentionPeriod", measured(l_, a_, "backups", Unit::days));
    p.set("DBInstanceNetType", "Intranet").set("InstanceNetworkType", "VPC");
    p.set("VpcId", vpc_id(l_, *network)).set("VSwitchId", parts.front()).set("ZoneId", zone_of(l_, *network, 0));
    // In one zone the same machine would fail with the first.
    if (pair) p.set("SlaveZoneIds", cloud::Values{zone_of(l_, *network, 1)});
    p.set("SecurityIPList", address_range_of(l_, *network));
    p.set("MasterUsername", to_value(l_, *a_.find("user"))).set("MasterUserPassword", password());
    p.set("MasterUserType", "Super");
    p.set("DBMappings",
          cloud::Values{cloud::object({{"DBName", to_value(l_, *a_.find("name"))}, {"CharacterSetName", engine_.charset}})});
    p.set("Tags", tag_map(l_, &node_));
    cloud::Resource& made = l_.add(l_.id(node_, "Database"), "ALIYUN::RDS::DBInstance", std::move(p));
    made.on_removal = a_.text("when_removed") == "delete" ? cloud::OnRemoval::remove : cloud::OnRemoval::keep;
    add_secret();
    l_.changes("its password is asked for at deployment and renewed by nobody; everything in the network may knock at it");
    if (!pair) l_.changes("one zone holds it");
  }

 private:
  /// What is asked can be had together; says so when it can't.
  bool fits(const Node& network, std::size_t zones) {
    if (!machine_ && engine_.serverless.empty()) {
      l_.sink()
          .report(span_of("engine"), codes::DatabaseEngine, node_.name, std::string(engine_.vendor))
          .help("give it a machine, `memory = 4GB`, and name its class, `on aliyun { class = \"…\" }`");
      return false;
    }
    if (machine_ && engine_.classes.empty() && !a_.has("class")) {
      l_.sink()
          .report(span_of("engine"), codes::DatabaseClass, node_.name, std::string(engine_.vendor), "no class is known")
          .help("name one: `on aliyun { class = \"…\" }`");
      return false;
    }
    if (!machine_ && a_.has("cpu")) {
      l_.sink()
          .report(span_of("cpu"), codes::DatabaseCpu, node_.name)
          .label(span_of("memory"), "the range")
          .help("give one size, such as `memory = 8GB`, or leave `cpu` out");
      return false;
    }
    if (a_.flag("standby") && zones < 2) {
      l_.sink()
          .report(span_of("standby"), codes::DatabaseZones, node_.name, network.name)
          .help(fmt::format("say `zones = 2` in `{}`", network.name));
      return false;
    }
    return true;
  }

  std::string_view category() const {
    const bool pair = a_.flag("standby");
    return catalog()
        .fact(machine_ ? (pair ? "rds.category.ha" : "rds.category.basic")
                       : (pair ? "rds.serverless.category.ha" : "rds.serverless.category"))
        .members.front();
  }

  /// The editions differ by the end of the class's name.
  std::string_view serverless_class() const {
    return catalog().fact(std::string(engine_.serverless) + (a_.flag("standby") ? ".ha" : "")).members.front();
  }

  std::string class_of() {
    if (a_.has("class")) return a_.text("class");
    const std::optional<Quantity> memory = a_.quantity("memory"), cpu = a_.quantity("cpu");
    if (!memory) return {};  // it was out of bounds, which was said
    const machine::Class wanted{static_cast<double>(memory->amount) / kGigabyte,
                                cpu ? static_cast<double>(cpu->amount) / kThousandths : 0, ""};
    const catalog::Fact& table = catalog().fact(a_.flag("standby") ? engine_.paired_classes : engine_.classes);
    const std::optional<machine::Class> found = machine::smallest_class(table.members, wanted.gigabytes, wanted.cpus);
    if (!found) {
      l_.sink()
          .report(span_of("memory"), codes::DatabaseClass, node_.name, cpu ? machine::size_of(wanted) : to_text(*memory),
                  "the largest known one has " + machine::size_of(machine::read_class(table.members.back())))
          .source(catalog::cite(table))
          .help("with `standby` there are larger ones; or name a class, `on aliyun { class = \"…\" }`");
      return {};
    }
    if (found->gigabytes != wanted.gigabytes || (cpu && found->cpus != wanted.cpus))
      l_.emulates(fmt::format("machines come in sizes: `{}` with {} stands for {}", found->name, machine::size_of(*found),
                              cpu ? machine::size_of(wanted) : to_text(*memory)));
    return std::string(found->name);
  }

  void set_capacity(cloud::Object& p) {
    const std::optional<std::pair<Quantity, Quantity>> memory = a_.quantities("memory");
    if (!memory) return;
    cloud::Object capacity;
    capacity.set("MinCapacity", units(memory->first)).set("MaxCapacity", units(memory->second)).set("AutoPause", false);
    capacity.set("SwitchForce", false);
    p.set("ServerlessConfig", std::move(capacity));
  }

  Span span_of(std::string_view attribute) const {
    const Value* value = a_.find(attribute);
    return value != nullptr && value->span.known() ? value->span : node_.span;
  }

  /// `16` of PostgreSQL is `16.0` here.
  std::string version() {
    const std::string wanted = a_.text("version");
    const catalog::Fact& versions = catalog().fact(machine_ ? engine_.versions : engine_.serverless_versions);
    std::vector<std::string> known;
    for (const std::string_view member : versions.members) {
      const std::size_t equals = member.find('=');
      known.emplace_back(member.substr(0, equals));
      if (known.back() == wanted) return std::string(member.substr(equals + 1));
    }
    l_.sink()
        .report(span_of("version"), codes::DatabaseVersion, (machine_ ? "" : "serverless ") + std::string(engine_.vendor),
                wanted.empty() ? "that is known only at deployment" : "`" + wanted + "`")
        .source(catalog::cite(versions))
        .help(fmt::format("take {}", fmt::join(known, ", ")));
    return {};
  }

  /// Memory is counted in units, and halves of them.
  cloud::Value units(Quantity size) {
    const double gigabytes = static_cast<double>(size.amount) / kGigabyte;
    const double unit = catalog().fact("rds.serverless.unit").value, step = catalog().fact("rds.serverless.step").value;
    const catalog::Fact& bounds = catalog().fact("rds.serverless.capacity");
    const double asked = gigabytes / unit;
    if (asked < bounds.min || asked > bounds.max || std::fmod(asked, step) != 0) {
      l_.sink()
          .report(span_of("memory"), codes::DatabaseMemory, node_.name, to_text(size))
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
    parameter.name = cloud::logical_id(node_.identity()) + "Password";
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
          plain_name(l_, "ALIYUN::OOS::SecretParameter", "SecretParameterName", node_.identity() + ".owner"));
    p.set("Value",
          cloud::concat({"{\"username\":\"", to_value(l_, *a_.find("user")), "\",\"password\":\"", password(), "\"}"}));
    p.set("Tags", tag_list(l_, &node_));
    l_.add(l_.id(node_, "Secret"), "ALIYUN::OOS::SecretParameter", std::move(p));
  }

  Lowering& l_;
  const Node& node_;
  const Attributes& a_;
  const Engine& engine_;
  bool machine_;  ///< it stands on one of its own; else it is serverless
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
  const std::string name =
      plain_name(l, "ALIYUN::OOS::SecretParameter", "SecretParameterName", database.identity() + ".owner");
  l.grant(edge, {"oos:GetSecretParameter"},
          {cloud::concat({"acs:oos:", region(l), ":", account(), ":secretparameter/" + name})});
  l.grant(edge, {"kms:GetSecretValue"}, {cloud::concat({"acs:kms:", region(l), ":", account(), ":secret/oos/" + name})});
  l.tell(edge, "ADDRESS", database_address(l, database));
  l.tell(edge, "PORT", cloud::concat({"", cloud::GetAtt{l.id(database, "Database"), "InnerPort"}}));
  l.tell(edge, "DATABASE", to_value(l, *l.of(database).find("name")));
  l.tell(edge, "SECRET_NAME", cloud::GetAtt{l.id(database, "Secret"), "SecretParameterName"});
}

}  // namespace virga::aliyun
