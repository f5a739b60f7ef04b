#include "backends/aws/backend.h"
#include "backends/aws/states/telling.h"
#include "backends/common/workflow/write.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aws::states {
namespace {

using cloud::Object;

bool is_token(const Data& data) {
  return data->kind == Datum::Kind::unknown && data->why.find("$$.Task.Token") != std::string::npos;
}

std::int64_t fact(std::string_view id) { return static_cast<std::int64_t>(backend().catalog().fact(id).value); }

class Sayer {
 public:
  Sayer(Telling& telling, const std::string& state, const Object& said, const Task& task, cloud::ToldEdge& edge)
      : t_(telling), state_(state), said_(said), task_(task), edge_(edge) {}

  void run() {
    send();
    for (const auto& property : task_.properties) edge_.properties.push_back(property);
    if (task_.callback) say("callback", Value{true, {}, {}});
    time();
    retries();
    for (const std::string& other : task_.changes) degraded(other);
  }

 private:
  void say(std::string name, Value value) { edge_.properties.emplace_back(std::move(name), std::move(value)); }
  void degraded(std::string says) { t_.change(state_, "degraded", std::move(says)); }
  void code(std::string says) { t_.change(state_, "code", std::move(says)); }

  /// What a step is sent, in the words of a flow. Where those do not do, it gets the whole document, and its code has to
  /// look in other places.
  void send() {
    const Data& sent = task_.sent;
    if (sent->kind == Datum::Kind::place && !task_.callback && task_.kind != "table") {
      const workflow::Path path{sent->path, {}};
      t_.use(path);
      say("send", Value{workflow::to_text(path), {}, {}});
      if (!sent->why.empty()) code(fmt::format("what it gets is another thing: {}", sent->why));
      return;
    }
    std::vector<workflow::Setting> fields;
    const bool sayable = settings(sent, fields);
    if (sayable && fields.empty()) {
      if (!task_.callback) degraded("it gets the whole document of the flow, where it got nothing");
      return;
    }
    if (sayable) return say("send", workflow::write_settings(fields));
    if (task_.kind == "table") lacks(state_, fmt::format("sends what no flow can name: {}", in_words(sent)));
    use_all(sent);
    code(fmt::format("it gets the whole document of the flow, and has to look in other places: {}", in_words(sent)));
  }

  bool settings(const Data& sent, std::vector<workflow::Setting>& out) {
    std::vector<std::pair<std::string, Data>> members;
    if (sent->kind == Datum::Kind::object && sent->base == nullptr) {
      members = sent->members;
    } else if (const auto* known = sent->value.get<Object>(); sent->kind == Datum::Kind::constant && known != nullptr) {
      for (const cloud::Member& m : known->members) members.emplace_back(m.key, constant(m.value));
    } else {
      return false;
    }
    std::vector<std::string> notes;
    for (const auto& [name, one] : members) {
      if (is_token(one)) {
        if (name != "token") notes.push_back(fmt::format("the token comes as `token`, where it came as `{}`", name));
        continue;
      }
      const auto known = one->kind == Datum::Kind::constant ? plain(one->value) : std::nullopt;
      if (!workflow::is_name(name) || name == "token" || (!known && one->kind != Datum::Kind::place)) return false;
      workflow::Setting setting{name, std::nullopt, known ? *known : Value{}};
      if (!known) {
        setting.from = workflow::Path{one->path, {}};
        t_.use(*setting.from);
        if (!one->why.empty()) notes.push_back(fmt::format("`{}` is another thing: {}", name, one->why));
      }
      out.push_back(std::move(setting));
    }
    for (std::string& note : notes) code(std::move(note));
    return true;
  }

  void use_all(const Data& data) {
    if (data->kind == Datum::Kind::place) t_.used.insert(data->path.front());
    for (const auto& [name, one] : data->members) use_all(one);
    for (const Data& item : data->items) use_all(item);
    if (data->base != nullptr) use_all(data->base);
  }

  void time() {
    const auto seconds = whole_number(said_, "TimeoutSeconds");
    if (seconds && *seconds > 0) say("timeout", duration(*seconds));
    // Nobody says how long it waits: as long as an execution may run.
    else if (task_.callback) say("timeout", duration(fact("sfn.standard.duration.max")));
    if (said_.find("TimeoutSecondsPath") != nullptr)
      degraded("how long it may take is known to an execution alone, so nothing ends it");
    if (said_.find("HeartbeatSeconds") != nullptr || said_.find("HeartbeatSecondsPath") != nullptr)
      degraded("no sign of life is asked for while it waits");
    if (task_.callback)
      code("who says how it ended calls another service, and needs an edge `~> WORKFLOW.callback` to be allowed to");
  }

  void retries() {
    const Object* chosen = nullptr;
    std::string after;
    const cloud::Values& all = items(said_, "Retry");
    for (const cloud::Value& value : all) {
      const auto* one = value.get<Object>();
      if (one == nullptr || whole_number(*one, "MaxAttempts").value_or(1) < 1) continue;
      const std::vector<std::string> errors = errors_of(*one);
      const bool any = std::find(errors.begin(), errors.end(), "States.ALL") != errors.end();
      if (chosen != nullptr && !any) continue;
      chosen = one;
      after.clear();
      for (const std::string& error : errors) after += (after.empty() ? "" : ", ") + error;
      if (any) after.clear();
    }
    if (chosen == nullptr) return;
    if (task_.hand_over && task_.kind == "function") {
      degraded("handing it over is not tried again by the flow, but by the cloud");
      return;
    }
    // What is meant where it is left out, as the vendor has it.
    const std::int64_t attempts = whole_number(*chosen, "MaxAttempts").value_or(fact("sfn.retry.attempts.default"));
    const std::int64_t interval = whole_number(*chosen, "IntervalSeconds").value_or(fact("sfn.retry.interval.default"));
    say("retries", Value{static_cast<double>(attempts), {}, {}});
    if (interval > 1) say("retry_after", duration(interval));
    const cloud::Value* rate = chosen->find("BackoffRate");
    const auto factor = rate == nullptr ? std::nullopt : plain(*rate);
    constexpr double kUsual = 2;  // in the language
    if (factor && factor->get<double>() != nullptr && *factor->get<double>() != kUsual) say("backoff", *factor);
    if (!after.empty()) degraded(fmt::format("it is tried again after any error, where that was done after {}", after));
    if (all.size() > 1) degraded("one count of attempts holds for all errors");
    for (const std::string_view other : {"MaxDelaySeconds", "JitterStrategy"}) {
      if (chosen->find(other) != nullptr) degraded(fmt::format("`{}` of its retries is not said by a step", other));
    }
  }

  Telling& t_;
  const std::string& state_;
  const Object& said_;
  const Task& task_;
  cloud::ToldEdge& edge_;
};

}  // namespace

void say_step(Telling& telling, const std::string& state, const Object& said, const Task& task, cloud::ToldEdge& edge) {
  Sayer(telling, state, said, task, edge).run();
}

}  // namespace virga::aws::states
