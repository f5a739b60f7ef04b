#include "backends/aws/states/task.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aws::states {
namespace {

using cloud::Object;

/// A name or an ARN: its text, with nothing where references stand.
std::string text_of(const cloud::Value& value) {
  if (const auto* text = value.get<std::string>()) return *text;
  std::string out;
  if (const auto* joined = value.get<Box<cloud::Concat>>()) {
    for (const cloud::Value& part : (*joined)->parts) {
      if (const auto* text = part.get<std::string>()) out += *text;
    }
  }
  return out;
}

/// `sqs:sendMessage.waitForTaskToken` of `arn:aws:states:::sqs:sendMessage.waitForTaskToken`; empty for other ARNs.
std::string integration(const std::string& resource) {
  constexpr std::string_view kStates = ":states:";
  const std::size_t found = resource.find(kStates);
  if (!resource.starts_with("arn:") || found == std::string::npos) return {};
  const std::size_t region = resource.find(':', found + kStates.size());
  const std::size_t account = region == std::string::npos ? region : resource.find(':', region + 1);
  return account == std::string::npos ? std::string() : resource.substr(account + 1);
}

std::string cut(std::string& text, std::string_view end) {
  if (!text.ends_with(end)) return {};
  text.erase(text.size() - end.size());
  return std::string(end);
}

/// A parameter, taken out of the rest: as it stands, or made of a path.
Data take(Object& parameters, std::string_view name, const Data& input, const Around& around) {
  Object one;
  for (auto m = parameters.members.begin(); m != parameters.members.end(); ++m) {
    if (m->key != name && m->key != std::string(name) + ".$") continue;
    one.members.push_back(*m);
    parameters.members.erase(m);
    break;
  }
  if (one.members.empty()) return nullptr;
  const Data made = payload(one, input, around);
  return at(made, {{std::string(name), std::nullopt}});
}

/// `{"id": {"S.$": "$.id"}}` → `{"id.$": "$.id"}`; nothing for a type that no plain value has.
std::optional<Object> without_types(const Object& typed) {
  Object out;
  for (const cloud::Member& m : typed.members) {
    const auto* inner = m.value.get<Object>();
    if (inner == nullptr || inner->members.size() != 1) return std::nullopt;
    const cloud::Member& one = inner->members.front();
    const bool path = one.key.ends_with(".$");
    const std::string type = one.key.substr(0, one.key.find('.'));
    if (type != "S" && type != "N" && type != "BOOL") return std::nullopt;
    out.set(m.key + (path ? ".$" : ""), one.value);
  }
  return out;
}

class TaskReader {
 public:
  TaskReader(const Object& state, const Data& input, const Around& around, std::string step)
      : input_(input), around_(around), step_(std::move(step)) {
    const cloud::Value* resource = state.find("Resource");
    if (resource != nullptr) resource_ = *resource;
    const cloud::Value* parameters = state.find("Parameters");
    if (parameters != nullptr && parameters->get<Object>() != nullptr) parameters_ = *parameters->get<Object>();
    given_ = parameters == nullptr ? input : payload(*parameters, input, around);
  }

  Task run() {
    const std::string said = text_of(resource_);
    std::string service = integration(said);
    if (service.starts_with("activity:")) return lacks("asks workers who come for tasks (an activity)");
    if (service.empty()) return direct();
    const bool token = !cut(service, ".waitForTaskToken").empty();
    const bool sync = !cut(service, ".sync").empty() || !cut(service, ".sync:2").empty();
    out_.callback = token;
    if (service == "lambda:invoke") lambda();
    else if (service == "sqs:sendMessage") message("QueueUrl", "MessageBody", "queue");
    else if (service == "sns:publish") message("TopicArn", "Message", "topic");
    else if (service == "states:startExecution") machine(sync);
    else if (service == "events:putEvents") event();
    else if (service.starts_with("dynamodb:")) row(service.substr(9));
    else return lacks(fmt::format("asks `{}`, which no step of a flow does", service));
    return finished();
  }

 private:
  Task lacks(std::string why) {
    out_.lacks = std::move(why);
    return std::move(out_);
  }

  /// A function by its own ARN.
  Task direct() {
    out_.target = resource_;
    out_.kind = "function";
    out_.sent = given_;
    out_.result = place({step_});
    return std::move(out_);
  }

  void lambda() {
    target("FunctionName", "function");
    const Data type = take(parameters_, "InvocationType", input_, around_);
    out_.hand_over = type != nullptr && type->value == cloud::Value("Event");
    const Data sent = take(parameters_, "Payload", input_, around_);
    out_.sent = sent == nullptr ? object({}) : sent;
    // The answer is wrapped in what the service says of it.
    const Data answer = place({step_});
    out_.result = out_.callback ? answer
                  : out_.hand_over
                      ? unknown("nothing waits for an answer")
                      : object({{"Payload", answer}}, unknown("it is the answer of the service, not of the code"));
    const Data qualifier = take(parameters_, "Qualifier", input_, around_);
    if (qualifier != nullptr) out_.changes.emplace_back("the version that it asks for is the one that the app deploys");
  }

  void message(std::string_view to, std::string_view body, std::string_view kind) {
    target(to, kind);
    out_.hand_over = true;
    const Data sent = take(parameters_, body, input_, around_);
    out_.sent = sent == nullptr ? object({}) : sent;
    out_.result = out_.callback ? place({step_}) : unknown("it is the answer of the service");
  }

  void machine(bool waits) {
    target("StateMachineArn", "workflow");
    out_.hand_over = !waits && !out_.callback;
    const Data sent = take(parameters_, "Input", input_, around_);
    out_.sent = sent == nullptr ? object({}) : sent;
    out_.result = out_.hand_over ? unknown("it is the answer of the service")
                                 : place({step_}, out_.callback ? "" : "the cloud's own record of the execution");
  }

  /// The flow's event has the app for its source, and the step for its type.
  void event() {
    const cloud::Value* entries = parameters_.find("Entries");
    const auto* list = entries == nullptr ? nullptr : entries->get<cloud::Values>();
    const auto* entry = list == nullptr || list->size() != 1 ? nullptr : list->front().get<Object>();
    if (entry == nullptr) {
      out_.lacks = "publishes more than one event, or one that only the execution knows";
      return;
    }
    Object one = *entry;
    parameters_.members.clear();
    const cloud::Value* bus = one.find("EventBusName");
    if (bus == nullptr) {
      out_.lacks = "publishes to the bus that the account has by itself";
      return;
    }
    out_.target = *bus;
    out_.kind = "bus";
    out_.hand_over = true;
    out_.to_port = "";
    const Data detail = take(one, "Detail", input_, around_);
    out_.sent = detail == nullptr ? object({}) : detail;
    out_.result = unknown("it is the answer of the service");
    out_.changes.push_back(
        fmt::format("the event's `source` is the app's name and its `type` is `{}`: rules look for those", step_));
  }

  void row(const std::string& action) {
    target("TableName", "table");
    const bool reads = action == "getItem", puts = action == "putItem", deletes = action == "deleteItem";
    const cloud::Value* fields = parameters_.find(puts ? "Item" : "Key");
    const auto* typed = fields == nullptr ? nullptr : fields->get<Object>();
    const auto plain_fields = typed == nullptr ? std::nullopt : without_types(*typed);
    if ((!reads && !puts && !deletes) || !plain_fields) {
      out_.lacks = fmt::format("asks `dynamodb:{}` in a way that no step says", action);
      return;
    }
    std::erase_if(parameters_.members, [&](const cloud::Member& m) { return m.key == (puts ? "Item" : "Key"); });
    out_.to_port = reads ? "read" : "write";
    if (deletes) out_.properties.emplace_back("row", Value{Symbol{"delete"}, {}, {}});
    out_.sent = payload(*plain_fields, input_, around_);
    out_.result = reads ? object({{"Item", place({step_}, "a plain map, without the types that DynamoDB writes")}})
                        : unknown("it is the answer of the service");
  }

  void target(std::string_view name, std::string_view kind) {
    out_.kind = kind;
    const cloud::Value* said = parameters_.find(name);
    if (said == nullptr) {
      out_.lacks = fmt::format("asks a {} that only the execution knows", kind);
      return;
    }
    out_.target = *said;
    std::erase_if(parameters_.members, [&](const cloud::Member& m) { return m.key == name; });
  }

  Task finished() {
    for (const cloud::Member& m : parameters_.members)
      out_.changes.push_back(fmt::format("`{}` is not said by a step", m.key.substr(0, m.key.find(".$"))));
    return std::move(out_);
  }

  const Data& input_;
  const Around& around_;
  const std::string step_;
  cloud::Value resource_;
  Object parameters_;
  Data given_;
  Task out_;
};

}  // namespace

Task read_task(const Object& state, const Data& input, const Around& around, const std::string& step) {
  return TaskReader(state, input, around, step).run();
}

}  // namespace virga::aws::states
