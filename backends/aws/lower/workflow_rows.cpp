// step "load" -> ledger.read  { send = { order = { from = "input.order" } } }
// step "save" -> ledger.write { send = { order = { from = "input.order" }  status = "paid" }  row = update }
//   → a task of its own language, JSONata: DynamoDB wants the type of every value beside it, `{"S": "paid"}`, and what
//   stands
//     in a document has a type only once it is there.
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/workflow.h"
#include "compiler/cloud/json_text.h"

#include <algorithm>
#include <map>

namespace virga::aws {
namespace {

using workflow::Setting;

/// `7` → `{"N": "7"}`, with all that is in it. What is not there (a path that leads nowhere) becomes nothing.
constexpr std::string_view kTyped =
    "$typed := function($v) { $exists($v) ? ($type($v) = 'string' ? {'S': $v} : $type($v) = 'number' ? {'N': $string($v)} : "
    "$type($v) = 'boolean' ? {'BOOL': $v} : $type($v) = 'null' ? {'NULL': true} : $type($v) = 'array' ? {'L': [$map($v, "
    "$typed)]} : {'M': $merge([{}, $each($v, function($w, $k) { {$k: $typed($w)} })])}) }";

/// The other way round.
constexpr std::string_view kPlain =
    "$plain := function($v) { $exists($v.S) ? $v.S : $exists($v.N) ? $number($v.N) : $exists($v.BOOL) ? $v.BOOL : "
    "$exists($v.L) ? [$map($v.L, $plain)] : $exists($v.M) ? $merge([{}, $each($v.M, function($w, $k) { {$k: $plain($w)} "
    "})]) "
    ": $exists($v.SS) ? $v.SS : $exists($v.NS) ? [$map($v.NS, function($n) { $number($n) })] : $exists($v.B) ? $v.B : null "
    "}";

cloud::Value expression(const std::string& text) { return "{% " + text + " %}"; }

/// Words of JSONata, which are names within backticks alone.
constexpr std::string_view kWords[] = {"and", "or", "in", "true", "false", "null", "function"};

std::string at(const workflow::Path& path) {
  std::string out = "$states.input";
  for (const std::string& part : path.parts) {
    const bool word = std::find(std::begin(kWords), std::end(kWords), part) != std::end(kWords);
    out += word ? ".`" + part + "`" : "." + part;
  }
  return out;
}

std::string json(const cloud::Value& value) {
  const cloud::Value text = cloud::json_text(value);
  const std::string* known = text.get<std::string>();
  return known == nullptr ? "null" : *known;
}

/// A constant with its type.
cloud::Value typed(const cloud::Value& value) {
  if (const auto* text = value.get<std::string>()) return cloud::object({{"S", *text}});
  if (const auto* flag = value.get<bool>()) return cloud::object({{"BOOL", *flag}});
  if (const auto* items = value.get<cloud::Values>()) {
    cloud::Values list;
    for (const cloud::Value& item : *items) list.push_back(typed(item));
    return cloud::object({{"L", std::move(list)}});
  }
  if (const auto* map = value.get<cloud::Object>()) {
    cloud::Object fields;
    for (const cloud::Member& member : map->members) fields.set(member.key, typed(member.value));
    return cloud::object({{"M", std::move(fields)}});
  }
  if (value.get<std::int64_t>() != nullptr || value.get<double>() != nullptr) return cloud::object({{"N", json(value)}});
  return cloud::object({{"NULL", true}});
}

/// Fields of a table's key, with the type that the table declares: `S`, `N` or `B`.
using Key = std::map<std::string, std::string>;

/// A row, or a part of it, as DynamoDB takes it; names get `prefix`. Constants and fields of the key stand as they are; with
/// anything else from the document it is one expression.
class Row {
 public:
  Row(Lowering& lowering, const Key& key, std::string prefix) : lowering_(lowering), key_(key), prefix_(std::move(prefix)) {}

  void add(const Setting& setting) {
    std::string text;
    if (const auto declared = key_.find(setting.name); setting.from && declared != key_.end()) {
      const std::string value = declared->second == "N" ? "$string(" + at(*setting.from) + ")" : at(*setting.from);
      plain_.set(prefix_ + setting.name, cloud::object({{declared->second, expression(value)}}));
      text = "{'" + declared->second + "': " + value + "}";
    } else if (setting.from) {
      computed_ = true;
      text = "$typed(" + at(*setting.from) + ")";
    } else {
      const cloud::Value value = typed(lowering_.value(setting.constant));
      plain_.set(prefix_ + setting.name, value);
      text = json(value);
    }
    expression_ += (expression_.empty() ? "" : ", ") + ("'" + prefix_ + setting.name + "': ") + text;
    // What begins so would be taken for an expression.
    if (text.find("\"{%") != std::string::npos) computed_ = true;
  }

  [[nodiscard]] cloud::Value value() const {
    if (!computed_) return plain_;
    return expression("(" + std::string(kTyped) + "; {" + expression_ + "})");
  }

 private:
  Lowering& lowering_;
  const Key& key_;
  std::string prefix_;
  cloud::Object plain_;
  std::string expression_;
  bool computed_ = false;
};

Key key_of(const Lowering& lowering, const Node& table) {
  Key key;
  for (const char* part : {"partition", "sort"}) {
    const Map* field = lowering.of(table).map(part);
    const Value* name = field == nullptr ? nullptr : field->find("name");
    const std::string* text = name == nullptr ? nullptr : name->get<std::string>();
    if (text == nullptr) continue;
    const Value* type = field->find("type");
    const Symbol* word = type == nullptr ? nullptr : type->get<Symbol>();
    key[*text] = word == nullptr || word->name == "string" ? "S" : word->name == "number" ? "N" : "B";
  }
  return key;
}

/// Whether what is sent names the key, and where it must, nothing else.
bool check(Lowering& lowering, const Edge& step, const workflow::Item& item, const Key& key, bool key_alone) {
  const auto wrong = [&](const std::string& what) {
    std::string form;
    for (const auto& [name, type] : key) form += name + " = { from = \"input." + name + "\" }  ";
    lowering.sink.report(step.span, codes::WorkflowRow, step.from.argument, what)
        .help("for example `{ send = { " + form + "} }`");
    return false;
  };
  const std::vector<Setting> none;
  const std::vector<Setting>& sent = item.sent ? *item.sent : none;
  for (const auto& [name, type] : key) {
    const auto found =
        std::find_if(sent.begin(), sent.end(), [&, wanted = name](const Setting& s) { return s.name == wanted; });
    if (found == sent.end()) return wrong("does not say which row: `" + name + "` is missing");
    const bool fits = type == "N" ? found->constant.get<double>() != nullptr : found->constant.get<std::string>() != nullptr;
    if (!found->from && !fits) return wrong("sends a `" + name + "` of another type than the table's key has");
  }
  if (key_alone && sent.size() > key.size()) return wrong("sends more than the key of a row");
  if (!key_alone && lowering.of(step).text("row") == "update" && sent.size() == key.size())
    return wrong("changes nothing: it sends the key alone");
  return true;
}

/// `SET #status = :status`, with the names and values that it speaks of.
void set_change(Lowering& lowering, const std::vector<Setting>& fields, cloud::Object& arguments) {
  std::string change;
  cloud::Object names;
  const Key none;
  Row values(lowering, none, ":");
  for (const Setting& field : fields) {
    change += (change.empty() ? "SET #" : ", #") + field.name + " = :" + field.name;
    names.set("#" + field.name, field.name);
    values.add(field);
  }
  arguments.set("UpdateExpression", change);
  arguments.set("ExpressionAttributeNames", std::move(names));
  arguments.set("ExpressionAttributeValues", values.value());
}

}  // namespace

std::string row_action(const Lowering& lowering, const Edge& step) {
  return step.to.name == "read" ? "getItem" : lowering.of(step).text("row") + "Item";
}

cloud::Value with_error() { return expression("$merge([$states.input, {'error': $states.errorOutput}])"); }

cloud::Object row_task(Lowering& lowering, const workflow::State& state) {
  const workflow::Item& item = *state.item;
  const Edge& step = *item.step;
  const Node& table = lowering.to(step);
  const std::string action = row_action(lowering, step);
  const Key key = key_of(lowering, table);
  cloud::Object made = cloud::object({{"Type", "Task"}, {"QueryLanguage", "JSONata"}});
  if (!check(lowering, step, item, key, action == "getItem" || action == "deleteItem")) return made;
  made.set("Resource", cloud::concat({"arn:", cloud::Pseudo::partition, ":states:::dynamodb:" + action}));

  Row whole(lowering, key, ""), keys(lowering, key, "");
  std::vector<Setting> fields;
  for (const Setting& setting : *item.sent) {
    whole.add(setting);
    if (key.contains(setting.name)) keys.add(setting);
    else fields.push_back(setting);
  }
  cloud::Object arguments = cloud::object({{"TableName", name_of(lowering, table)}});
  if (action == "putItem") arguments.set("Item", whole.value());
  else arguments.set("Key", keys.value());
  if (action == "updateItem") set_change(lowering, fields, arguments);
  made.set("Arguments", std::move(arguments));
  if (item.result) {
    // A row that is not there is an empty one, as a step that did not run.
    made.set("Output", expression("(" + std::string(kPlain) + "; $merge([$states.input, {'" + state.name +
                                  "': $exists($states.result.Item) ? $plain({'M': $states.result.Item}) : {}}]))"));
  } else {
    made.set("Output", expression("$states.input"));
  }
  return made;
}

}  // namespace virga::aws
