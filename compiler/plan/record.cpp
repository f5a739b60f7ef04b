#include "compiler/plan/record.h"

#include "compiler/plan/json_value.h"
#include "compiler/plan/plan.h"

#include <algorithm>
#include <tuple>

namespace virga::plan {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 2;

Json line_of(const cloud::Unit& unit, const std::string& owner) {
  Json j{{"address", unit.address}, {"type", unit.type}};
  if (!owner.empty()) j["node"] = owner;
  if (unit.on_removal != cloud::OnRemoval::engine_default) j["on_removal"] = word(unit.on_removal);
  if (unit.on_replace != cloud::OnRemoval::engine_default) j["on_replace"] = word(unit.on_replace);
  if (!unit.depends_on.empty()) j["depends_on"] = unit.depends_on;
  j["properties"] = to_json(cloud::Value(unit.properties));
  return j;
}

IoError wrong(const std::string& why) { return {IoError::Kind::other, "this is no record of a deployment: " + why}; }

std::string text(const Json& j, const char* key) {
  const auto found = j.find(key);
  return found != j.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<cloud::Unit> unit_of(const Json& j) {
  if (!j.is_object()) return std::nullopt;
  cloud::Unit unit;
  unit.address = unit.resource = text(j, "address");
  unit.type = text(j, "type");
  unit.on_removal = on_removal_of(text(j, "on_removal"));
  unit.on_replace = on_removal_of(text(j, "on_replace"));
  if (const auto waits = j.find("depends_on"); waits != j.end() && waits->is_array()) {
    for (const Json& w : *waits) {
      if (!w.is_string()) return std::nullopt;
      unit.depends_on.push_back(w.get<std::string>());
    }
  }
  const auto properties = j.find("properties");
  if (unit.address.empty() || unit.type.empty() || properties == j.end() || !properties->is_object()) return std::nullopt;
  const auto value = from_json(*properties);
  if (!value || value->get<cloud::Object>() == nullptr) return std::nullopt;
  unit.properties = *value->get<cloud::Object>();
  return unit;
}

}  // namespace

std::string write(const Record& record) {
  std::string out = "{\n";
  out += "  \"virga_record\": " + Json(kVersion).dump() + ",\n";
  out += "  \"app\": " + Json(record.app).dump() + ",\n";
  out += "  \"stage\": " + Json(record.stage).dump() + ",\n";
  out += "  \"stacks\": [";
  bool first_stack = true;
  for (const RecordedStack& s : record.stacks) {
    out += first_stack ? "\n" : ",\n";
    first_stack = false;
    out += "    {\"target\": " + Json(s.target).dump() + ", \"region\": " + Json(s.region).dump();
    out += (s.part.empty() ? "" : ", \"part\": " + Json(s.part).dump()) + ", \"units\": [";
    for (std::size_t i = 0; i < s.units.size(); ++i)
      out += (i == 0 ? "\n      " : ",\n      ") + line_of(s.units[i], s.owners[i]).dump();
    out += s.units.empty() ? "]}" : "\n    ]}";
  }
  out += record.stacks.empty() ? "]\n}\n" : "\n  ]\n}\n";
  return out;
}

Record merge(Record older, Record newer) {
  if (older.app == newer.app && older.stage == newer.stage) {
    for (RecordedStack& s : older.stacks) {
      const bool again = std::any_of(newer.stacks.begin(), newer.stacks.end(),
                                     [&](const RecordedStack& n) { return n.target == s.target && n.region == s.region; });
      if (!again) newer.stacks.push_back(std::move(s));
    }
  }
  std::stable_sort(newer.stacks.begin(), newer.stacks.end(), [](const RecordedStack& a, const RecordedStack& b) {
    return std::tie(a.target, a.region) < std::tie(b.target, b.region);
  });
  return newer;
}

Expected<Record> read_record(std::string_view bytes) {
  const Json j = Json::parse(bytes, nullptr, false);
  if (!j.is_object()) return wrong("it is not JSON");
  const auto version = j.find("virga_record");
  if (version == j.end() || !version->is_number_integer()) return wrong("`virga_record` is missing");
  if (version->get<std::int64_t>() != kVersion)
    return wrong("it was written by another version of virga, which calls its form " + version->dump());
  Record record{text(j, "app"), text(j, "stage"), {}};
  const auto stacks = j.find("stacks");
  if (stacks == j.end() || !stacks->is_array()) return wrong("`stacks` is missing");
  for (const Json& s : *stacks) {
    const auto units = s.is_object() ? s.find("units") : s.end();
    if (!s.is_object() || units == s.end() || !units->is_array()) return wrong("a stack has no `units`");
    RecordedStack stack{text(s, "target"), text(s, "region"), {}, {}, text(s, "part")};
    for (const Json& u : *units) {
      auto unit = unit_of(u);
      if (!unit) return wrong("it has a unit that cannot be read: " + u.dump().substr(0, 80));
      stack.units.push_back(std::move(*unit));
      stack.owners.push_back(text(u, "node"));
    }
    record.stacks.push_back(std::move(stack));
  }
  return record;
}

}  // namespace virga::plan
