// bucket pages { versioned = true  expire_after = 30d }     → OSS::Bucket
// table ledger { partition = { name = "id" } }              → OTS::Table in the app's OTS::Instance
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace virga::aliyun {
namespace {

void set_removal(cloud::Resource& resource, const Attributes& a) {
  resource.on_removal = a.text("when_removed") == "delete" ? cloud::OnRemoval::remove : cloud::OnRemoval::keep;
}

/// Those of the methods that OSS serves. It refuses a rule that names another one, and answers OPTIONS by itself.
cloud::Values served_methods(Lowering& l, const Map& rules) {
  const std::span<const std::string_view> served = catalog().fact("oss.cors.methods").members;
  cloud::Values out;
  const Value* methods = rules.find("methods");
  const Values* list = methods == nullptr ? nullptr : methods->get<Values>();
  if (list == nullptr) return out;
  for (const Value& method : *list) {
    const auto* name = method.get<std::string>();
    if (name == nullptr || std::find(served.begin(), served.end(), *name) != served.end()) {
      out.push_back(to_value(l, method));
    } else {
      l.emulates(fmt::format("OSS serves {} across origins, and answers OPTIONS by itself", fmt::join(served, ", ")));
    }
  }
  return out;
}

void set_cors(Lowering& l, cloud::Object& p, const Map& rules) {
  cloud::Object rule;
  const auto copy = [&](std::string_view from, std::string_view to) {
    if (const Value* v = rules.find(from); v != nullptr && !v->is_none()) rule.set(std::string(to), to_value(l, *v));
  };
  copy("origins", "AllowedOrigin");
  rule.set("AllowedMethod", served_methods(l, rules));
  copy("headers", "AllowedHeader");
  copy("expose", "ExposeHeader");
  if (const Value* age = rules.find("max_age")) rule.set("MaxAgeSeconds", measured(l, *age, Unit::seconds, "max_age"));
  if (const Value* credentials = rules.find("credentials");
      credentials != nullptr && credentials->get<bool>() != nullptr && *credentials->get<bool>()) {
    l.changes("OSS lets credentials in with every cross-origin rule; there is no switch for it");
  }
  p.set("CORSConfiguration", cloud::object({{"CORSRule", cloud::Values{std::move(rule)}}, {"ResponseVary", true}}));
}

/// `{name: …, type: …}` of a table.
struct Field {
  std::string name;  ///< empty when it hangs on a parameter
  std::string type;
  const Value* said = nullptr;  ///< the name
};

Field field_of(const Value& value) {
  const Map* map = value.get<Map>();
  Field field;
  if (map == nullptr) return field;
  field.said = map->find("name");
  if (const auto* name = field.said == nullptr ? nullptr : field.said->get<std::string>()) field.name = *name;
  if (const Value* type = map->find("type"); type != nullptr && type->get<Symbol>()) field.type = type->get<Symbol>()->name;
  return field;
}

class Table {
 public:
  Table(Lowering& l, const Node& node) : l_(l), node_(node), a_(l.of(node)) {}

  void lower() {
    cloud::Object p;
    p.set("InstanceName", table_instance(l_, node_)).set("TableName", name_text(l_, node_));
    p.set("PrimaryKey", keys());
    add_indexes(p);
    p.set("MaxVersions", Lowering::least("ots.max_versions.range"));
    set_expiry(p);
    set_capacity(p);
    if (const Map* tags = a_.map("tags"); tags != nullptr && !tags->entries.empty()) {
      l_.changes("a table takes no tags: the instance has the app's");
    }
    cloud::Resource& table = l_.add(l_.id(node_, "Table"), "ALIYUN::OTS::Table", std::move(p));
    set_removal(table, a_);
  }

 private:
  cloud::Value name_of(const Field& field) {
    return field.said == nullptr ? cloud::Value(field.name) : to_value(l_, *field.said);
  }

  cloud::Value column(const Field& field) {
    std::string type = "STRING";
    if (field.type == "binary") type = "BINARY";
    if (field.type == "number") {
      type = "INTEGER";
      l_.changes(fmt::format("{} holds whole numbers: a key takes no fractions here",
                             field.name.empty() ? "a key" : "`" + field.name + "`"));
    }
    return cloud::object({{"Name", name_of(field)}, {"Type", type}});
  }

  cloud::Values keys() {
    key_names_.clear();
    cloud::Values list;
    for (const std::string_view attribute : {"partition", "sort"}) {
      if (!a_.has(attribute)) continue;
      const Field field = field_of(*a_.find(attribute));
      key_names_.push_back(name_of(field));
      list.push_back(column(field));
    }
    return list;
  }

  static bool has(const cloud::Values& names, const cloud::Value& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  /// Code reads an index as if it were a table: within an instance no two may have the same name.
  void check_name(const Value& index, const Value* name) {
    const auto* text = name == nullptr ? nullptr : name->get<std::string>();
    if (text == nullptr) return;
    for (const Node& other : l_.architecture().nodes) {
      const Values* others = other.kind == "table" && l_.stands_here(other) && &other != &node_ && other.id < node_.id &&
                                     l_.of(other).text("instance") == a_.text("instance")
                                 ? l_.of(other).list("indexes")
                                 : nullptr;
      for (const Value& theirs : others == nullptr ? Values{} : *others) {
        const Map* map = theirs.get<Map>();
        const Value* taken = map == nullptr ? nullptr : map->find("name");
        const auto* same = taken == nullptr ? nullptr : taken->get<std::string>();
        if (same == nullptr || *same != *text) continue;
        l_.sink()
            .report(name->span.known() ? name->span : index.span, codes::TableIndexName, *text, other.name, node_.name)
            .label(taken->span, "the other one")
            .source(catalog::cite(catalog().fact("ots.index.name.unique")))
            .help(fmt::format("call it `{}_{}`", node_.name, *text));
        return;
      }
    }
  }

  /// What an index sorts by is a column that the table declares.
  void add_indexes(cloud::Object& p) {
    const Values* indexes = a_.list("indexes");
    if (indexes == nullptr || indexes->empty()) return;
    cloud::Values declared, columns, list;
    for (const Value& index : *indexes) {
      const Map* map = index.get<Map>();
      if (map == nullptr) continue;
      cloud::Values primary;
      for (const std::string_view part : {"partition", "sort"}) {
        const Value* value = map->find(part);
        if (value == nullptr || value->is_none()) continue;
        const Field field = field_of(*value);
        const cloud::Value name = name_of(field);
        primary.push_back(name);
        if (has(key_names_, name) || has(declared, name)) continue;
        declared.push_back(name);
        columns.push_back(column(field));
      }
      const Value* name = map->find("name");
      check_name(index, name);
      list.emplace_back(cloud::object({{"IndexName", name == nullptr ? cloud::Value() : to_value(l_, *name)},
                                       {"PrimaryKeys", std::move(primary)},
                                       {"Columns", cloud::Values()},
                                       {"IndexType", "Global"}}));
    }
    p.set("Columns", std::move(columns)).set("SecondaryIndices", std::move(list));
    l_.changes("an index holds the keys alone: what else a row has is read from the table");
  }

  bool has_indexes() const {
    const Values* indexes = a_.list("indexes");
    return indexes != nullptr && !indexes->empty();
  }

  void set_expiry(cloud::Object& p) {
    if (a_.has("expire_after") && has_indexes()) {
      l_.sink()
          .report(a_.find("expire_after")->span, codes::TableIndexExpiry, node_.name)
          .label(a_.find("indexes")->span, "its indexes")
          .source(catalog::cite(catalog().fact("ots.index.expiry")))
          .help("leave `expire_after` out and let a `schedule` start a function that deletes old rows")
          .help("or keep what is looked up by another key in a table of its own, which expires with it");
      return;
    }
    if (a_.has("expires_at") && !a_.has("expire_after")) {
      l_.sink()
          .report(a_.find("expires_at")->span, codes::TableExpiresAt, node_.name)
          .source(catalog::cite(catalog().fact("ots.ttl.range")))
          .help("say how long rows live after they were written: `expire_after = 30d`")
          .help("or let a `schedule` start a function that deletes what is past its time");
      return;
    }
    if (a_.has("expires_at")) l_.changes("rows expire by their age (`expire_after`), not at the time that they name");
    p.set("TimeToLive", a_.has("expire_after") ? measured(l_, a_, "expire_after", Unit::seconds)
                                               : cloud::Value(Lowering::least("ots.ttl.range")));
  }

  void set_capacity(cloud::Object& p) {
    cloud::Value read = 0, write = 0;
    if (const Map* capacity = a_.map("capacity")) {
      if (const Value* v = capacity->find("read")) read = to_value(l_, *v);
      if (const Value* v = capacity->find("write")) write = to_value(l_, *v);
    }
    p.set("ReservedThroughput", cloud::object({{"Read", read}, {"Write", write}}));
  }

  Lowering& l_;
  const Node& node_;
  const Attributes& a_;
  cloud::Values key_names_;
};

}  // namespace

void lower_bucket(Lowering& l, const Node& node) {
  const Attributes& a = l.of(node);
  const bool open = a.flag("public");
  cloud::Object p;
  p.set("BucketName", name_text(l, node));
  p.set("AccessControl", open ? "public-read" : "private").set("BlockPublicAccess", !open);
  p.set("StorageClass", "Standard").set("RedundancyType", "ZRS");
  cloud::Object encryption = cloud::object({{"SSEAlgorithm", "AES256"}});
  if (const Node* key = key_of(l, node)) encryption.set("SSEAlgorithm", "KMS").set("KMSMasterKeyID", key_id(l, *key));
  if (open) (void)refuses_key(l, node, "nobody reads such objects without credentials");
  p.set("ServerSideEncryptionConfiguration", std::move(encryption));
  if (a.flag("versioned")) p.set("VersioningConfiguration", cloud::object({{"Status", "Enabled"}}));
  if (a.has("expire_after")) {
    cloud::Object rule =
        cloud::object({{"ID", "expire"},
                       {"Prefix", ""},
                       {"Status", "Enabled"},
                       {"Expiration", cloud::object({{"Days", measured(l, a, "expire_after", Unit::days)}})}});
    p.set("LifecycleConfiguration", cloud::object({{"Rule", cloud::Values{std::move(rule)}}}));
  }
  if (const Map* cors = a.map("cors")) set_cors(l, p, *cors);
  p.set("DeletionForce", a.text("when_removed") == "delete");
  p.set("Tags", tag_map(l, &node));
  set_removal(l.add(l.id(node, "Bucket"), "ALIYUN::OSS::Bucket", std::move(p)), a);
}

void lower_table(Lowering& l, const Node& node) {
  if (refuses_key(l, node, "ROS has no property for it, although Tablestore encrypts tables so")) return;
  Table(l, node).lower();
}

}  // namespace virga::aliyun
