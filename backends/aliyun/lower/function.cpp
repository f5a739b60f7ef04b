// function sync { code = "./sync"  runtime = nodejs20  retries = 3 }
//   → FC3::Function, a RAM::Role with what its edges ask for, an SLS::Logstore with its index, an AsyncInvokeConfig when
//     something hands it events; with what it says: ConcurrencyConfig, ProvisionConfig, FunctionVersion, an http trigger.
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/network.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"
#include "backends/aliyun/lower/versions.h"

#include <fmt/format.h>

#include <cmath>

namespace virga::aliyun {
namespace {

constexpr std::string_view kFunction = "ALIYUN::FC3::Function";

class Function {
 public:
  Function(Lowering& l, const Node& node) : l_(l), node_(node), a_(l.of(node)), parts_(l.function(node.id)) {}

  void lower() {
    const std::string id = l_.id(node_, "Function");
    cloud::Object p;
    p.set("FunctionName", plain_name(l_, kFunction, "FunctionName", node_.identity()));
    if (a_.has("description"))
      p.set("Description", at_most(l_, to_value(l_, *a_.find("description")), "fc3.function.description.max"));
    set_program(p);
    if (cloud::Values layers = layers_of(l_, node_); !layers.empty()) p.set("Layers", std::move(layers));
    set_size(p);
    p.set("Timeout", measured(l_, a_, "timeout", Unit::seconds));
    set_instance_concurrency(p);
    join_network(l_, node_, parts_.statements, p);
    set_files(p);
    set_log(p);
    set_environment(p);
    add_role(l_, l_.id(node_, "Role"), node_, "", "fc.aliyuncs.com", parts_.statements);
    p.set("Role", cloud::GetAtt{l_.id(node_, "Role"), "Arn"});
    p.set("Tags", tag_list(l_, &node_));
    l_.add(id, kFunction, p);

    add_async_config();
    add_limits("", self(), qualifier_of(l_, node_));
    add_versions(l_, node_, p);
    add_http_trigger();
    add_copies(p);
  }

 private:
  cloud::Value self() { return cloud::GetAtt{l_.id(node_, "Function"), "FunctionName"}; }

  bool image() const { return a_.has("image"); }
  /// A program that answers HTTP by itself.
  bool custom() const { return image() || a_.text("runtime") == "custom"; }

  Span span_of(std::string_view attribute) const {
    const Value* v = a_.find(attribute);
    return v != nullptr && v->span.known() ? v->span : node_.span;
  }

  const catalog::Runtime* runtime_of() {
    const catalog::Runtime* runtime = catalog().runtime(a_.text("runtime"));
    if (runtime == nullptr || runtime->fidelity == catalog::Fidelity::impossible) {
      auto reported = l_.sink().report(span_of("runtime"), codes::Runtime, a_.text("runtime"), std::string(catalog().title));
      if (runtime != nullptr) reported.help(std::string(runtime->note)).source(std::string(runtime->source));
      return nullptr;
    }
    if (runtime->fidelity != catalog::Fidelity::exact) l_.changes(std::string(runtime->note));
    return runtime;
  }

  /// What runs: an image, or packed code under a runtime.
  void set_program(cloud::Object& p) {
    if (image()) {
      p.set("Runtime", catalog().fact("fc3.runtime.container").members.front());
    } else if (const catalog::Runtime* runtime = runtime_of()) {
      p.set("Runtime", runtime->vendor);
    }
    // ROS wants a handler of an image too, and nobody calls it.
    p.set("Handler", to_value(l_, *a_.find("handler")));
    if (image()) {
      set_container(p);
    } else {
      set_custom_runtime(p);
      set_code(p);
    }
  }

  void set_code(cloud::Object& p) {
    const auto packed = l_.request().code.find(node_.id);
    if (packed == l_.request().code.end()) return;
    if (l_.request().uploads) p.set("Code", packed->second.path);
    else p.set("Code", *code_of(l_, node_));
  }

  cloud::Value port() {
    return a_.has("port") ? to_value(l_, *a_.find("port")) : cloud::Value(Lowering::number("fc3.custom.port.default"));
  }

  void set_container(cloud::Object& p) {
    cloud::Object config = cloud::object({{"Image", to_value(l_, *a_.find("image"))}});
    if (a_.has("entry_point")) config.set("Entrypoint", to_value(l_, *a_.find("entry_point")));
    if (a_.has("command")) config.set("Command", to_value(l_, *a_.find("command")));
    config.set("Port", port());
    p.set("CustomContainerConfig", std::move(config));
    // Function Compute takes on the role to fetch the image, whose name tells no namespace that ROS could check.
    parts_.statements.push_back(
        {{"cr:GetAuthorizationToken", "cr:GetRepository", "cr:GetRepositoryTag", "cr:PullRepository"}, {"*"}});
    l_.changes("the image must hold a program that answers HTTP on a port, where other clouds have it ask for events");
  }

  /// A custom runtime is a program that answers HTTP: the handler is its command line.
  void set_custom_runtime(cloud::Object& p) {
    if (!custom()) return;
    cloud::Values command;
    std::string word;
    for (const char c : a_.text("handler") + " ") {
      if (c != ' ') {
        word += c;
      } else if (!word.empty()) {
        command.emplace_back(std::exchange(word, {}));
      }
    }
    p.set("CustomRuntimeConfig", cloud::object({{"Command", std::move(command)}, {"Port", port()}}));
  }

  void set_size(cloud::Object& p) {
    p.set("MemorySize", measured(l_, a_, "memory", Unit::megabytes));
    set_cpu(p);
    const std::optional<Quantity> disk = a_.quantity("disk");
    if (!disk) {
      p.set("DiskSize", measured(l_, a_, "disk", Unit::megabytes));
      return;
    }
    constexpr std::int64_t kMegabyte = std::int64_t{1} << 20;
    const std::int64_t small = Lowering::number("fc3.disk.min"), large = Lowering::number("fc3.disk.max");
    const std::int64_t size = disk->amount <= small * kMegabyte ? small : large;
    if (disk->amount != size * kMegabyte) {
      l_.emulates(fmt::format("a disk is {} or {} MB: {} MB stand for {}", small, large, size, to_text(*disk)));
    }
    p.set("DiskSize", size);
  }

  /// Memory per CPU lies within a range; left out, the least CPU that the memory allows is taken.
  void set_cpu(cloud::Object& p) {
    const catalog::Fact& ratio = catalog().fact("fc3.cpu_memory.ratio");
    const double step = catalog().fact("fc3.cpu.step").value, least = catalog().fact("fc3.cpu.range").min;
    const std::optional<Quantity> memory = a_.quantity("memory");
    const double gigabytes = memory ? static_cast<double>(memory->amount) / static_cast<double>(std::int64_t{1} << 30) : 0;
    if (!a_.has("cpu")) {
      if (!memory) {
        l_.sink()
            .report(span_of("memory"), codes::CpuMissing, node_.name)
            .source(catalog::cite(ratio))
            .help("say the CPU as well: `on aliyun { cpu = 0.5vcpu }`");
        return;
      }
      p.set("Cpu", in_steps(std::max(gigabytes / ratio.max, least), step));
      return;
    }
    p.set("Cpu", measured(l_, a_, "cpu", Unit::vcpu));
    const std::optional<Quantity> cpu = a_.quantity("cpu");
    if (!cpu || !memory) return;
    const double per_cpu = gigabytes / (static_cast<double>(cpu->amount) / 1000);
    if (per_cpu < ratio.min || per_cpu > ratio.max) {
      l_.sink()
          .report(span_of("cpu"), codes::CpuMemory, node_.name, to_text(*cpu), to_text(*memory))
          .source(catalog::cite(ratio))
          .note(fmt::format("a virtual CPU goes with {} to {} GB of memory", ratio.min, ratio.max))
          .help(fmt::format("for {} of memory take {} to {} vCPU, or leave `cpu` out", to_text(*memory),
                            virga::to_text(in_steps(gigabytes / ratio.max, step)), virga::to_text(gigabytes / ratio.min)));
    }
  }

  /// Rounded up to whole steps; by way of the number of steps, so that 0.15 is 0.15.
  static double in_steps(double value, double step) {
    const double per_one = std::round(1 / step);
    return std::ceil(value * per_one - 1e-9) / per_one;
  }

  void set_instance_concurrency(cloud::Object& p) {
    const Value* value = a_.find("instance_concurrency");
    p.set("InstanceConcurrency", to_value(l_, *value));
    const std::optional<double> n = a_.number("instance_concurrency");
    if (n && *n > 1 && !custom()) {
      l_.sink()
          .report(span_of("instance_concurrency"), codes::InstanceConcurrency, node_.name, a_.text("runtime"))
          .source(catalog::cite(catalog().fact("fc3.instance_concurrency.runtimes")))
          .help("leave `instance_concurrency` out, or take `runtime = custom` and serve several requests at once");
    }
  }

  /// A new file system belongs to root, and nobody else could write into it.
  void set_files(cloud::Object& p) {
    if (!parts_.bucket_mounts.empty()) p.set("OssMountConfig", cloud::object({{"MountPoints", parts_.bucket_mounts}}));
    if (parts_.mounts.empty()) return;
    constexpr int kRoot = 0;
    p.set("NasConfig", cloud::object({{"UserId", kRoot}, {"GroupId", kRoot}, {"MountPoints", parts_.mounts}}));
  }

  void set_log(cloud::Object& p) {
    const std::optional<NodeId> log = a_.node("log");
    cloud::Value store;
    cloud::Value arn;
    if (log) {
      const Node& target = l_.architecture().node(*log);
      store = name_of(l_, target);
      arn = logstore_arn(l_, target);
    } else {
      const std::string id = l_.id(node_, "Logstore");
      const std::string name = plain_name(l_, "ALIYUN::SLS::Logstore", "LogstoreName", node_.identity());
      add_logstore(l_, id, name, measured(l_, a_, "log_retention", Unit::days), &node_);
      store = cloud::GetAtt{id, "LogstoreName"};
      arn = logstore_named(l_, store);
    }
    // Nothing is logged unless the role may write.
    parts_.statements.insert(parts_.statements.begin(), Statement{{"log:PostLogStoreLogs"}, {arn}});
    p.set("LogConfig", cloud::object({{"Project", log_project(l_)},
                                      {"Logstore", store},
                                      {"EnableRequestMetrics", true},
                                      {"EnableInstanceMetrics", false},
                                      {"LogBeginRule", "DefaultRegex"}}));
  }

  /// What the edges tell first; what the program says wins.
  void set_environment(cloud::Object& p) {
    if (const Map* own = a_.map("environment")) {
      for (const MapEntry& e : own->entries) {
        parts_.environment.set(e.key, as_text(to_value(l_, e.value)));
      }
    }
    if (!parts_.environment.members.empty()) p.set("EnvironmentVariables", parts_.environment);
  }

  /// Variables are text.
  static cloud::Value as_text(cloud::Value value) {
    if (value.get<bool>() || value.get<std::int64_t>() || value.get<double>()) return cloud::concat({"", std::move(value)});
    return value;
  }

  void add_async_config() {
    const auto given = [&](std::string_view name) {
      const AttributeValue* entry = a_.entry(name);
      return entry != nullptr && entry->origin != Origin::fallback;
    };
    if (!parts_.handed_events && !parts_.on_success && !parts_.on_failure && !given("retries") && !given("max_age")) return;
    add_async_config("AsyncConfig", self(), has_alias(l_, node_), *a_.find("retries"), *a_.find("max_age"));
  }

  void add_async_config(std::string_view noun, cloud::Value function, bool alias, const Value& retries,
                        const Value& max_age) {
    cloud::Object p;
    p.set("FunctionName", std::move(function));
    if (alias) p.set("Qualifier", qualifier_of(l_, node_));
    p.set("MaxAsyncRetryAttempts", to_value(l_, retries));
    p.set("MaxAsyncEventAgeInSeconds", measured(l_, max_age, Unit::seconds, "max_age"));
    p.set("AsyncTask", false);
    cloud::Object to;
    if (parts_.on_success) to.set("OnSuccess", cloud::object({{"Destination", *parts_.on_success}}));
    if (parts_.on_failure) to.set("OnFailure", cloud::object({{"Destination", *parts_.on_failure}}));
    if (!to.members.empty()) p.set("DestinationConfig", std::move(to));
    l_.add(l_.id(node_, noun), "ALIYUN::FC3::AsyncInvokeConfig", std::move(p)).depends_on = parts_.destinations;
  }

  /// The same function once more, for each setting that an edge into it has of its own.
  void add_copies(const cloud::Object& function) {
    for (const FunctionCopy& copy : parts_.copies) {
      const std::string noun = "For" + cloud::logical_id(l_.architecture().node(copy.caller).identity());
      const std::string id = l_.id(node_, noun + "Function");
      cloud::Object p = function;
      p.set("FunctionName", copy.name);
      l_.add(id, kFunction, std::move(p));
      const cloud::Value name = cloud::GetAtt{id, "FunctionName"};
      add_async_config(noun + "AsyncConfig", name, false, copy.retries, copy.max_age);
      add_limits(noun, name, "LATEST");
      if (a_.has("concurrency") || a_.number("min_instances").value_or(1) > 0) {
        l_.changes("`concurrency` and `min_instances` count for each copy by itself");
      }
    }
  }

  void add_limits(const std::string& noun, const cloud::Value& function, cloud::Value qualifier) {
    if (a_.has("concurrency")) {
      cloud::Object p;
      p.set("FunctionName", function).set("ReservedConcurrency", to_value(l_, *a_.find("concurrency")));
      l_.add(l_.id(node_, noun + "Concurrency"), "ALIYUN::FC3::ConcurrencyConfig", std::move(p));
    }
    const std::optional<double> warm = a_.number("min_instances");
    if (!warm || *warm > 0) {
      cloud::Object p;
      p.set("FunctionName", function)
          .set("Qualifier", std::move(qualifier))
          .set("DefaultTarget", to_value(l_, *a_.find("min_instances")));
      p.set("AlwaysAllocateCPU", false);
      l_.add(l_.id(node_, noun + "WarmInstances"), "ALIYUN::FC3::ProvisionConfig", std::move(p));
    }
  }

  /// One trigger per function: its own address, or the one through which a domain or a gateway comes in.
  void add_http_trigger() {
    const Map* http = a_.map("http");
    if (http == nullptr && !parts_.behind_domain && !parts_.behind_address) return;
    cloud::Object config;
    if (http == nullptr) {
      // The gateway has checked the caller. A domain comes in by another way than the function's own address, so that
      // one can stay closed; a gateway calls the address itself.
      config.set("authType", parts_.behind_domain ? "anonymous" : "function");
      config.set("disableURLInternet", true);
    } else {
      const Value* auth = http->find("auth");
      const auto* word = auth == nullptr ? nullptr : auth->get<Symbol>();
      const bool open = auth != nullptr && (auth->is_none() || (word != nullptr && word->name == "none"));
      config.set("authType", open ? "anonymous" : "function").set("disableURLInternet", false);
      set_cors(config, *http);
    }
    cloud::Values methods;
    for (const std::string_view method : catalog().fact("fc3.trigger.http.methods.enum").members)
      methods.emplace_back(method);
    config.set("methods", std::move(methods));
    add_trigger(l_, l_.id(node_, "HttpTrigger"), node_, {"http", "http", std::move(config), std::nullopt, std::nullopt});
  }

  void set_cors(cloud::Object& config, const Map& http) {
    const Value* cors = http.find("cors");
    const Map* rules = cors == nullptr ? nullptr : cors->get<Map>();
    if (rules == nullptr) return;
    cloud::Object out;
    const auto copy = [&](std::string_view from, std::string_view to) {
      if (const Value* v = rules->find(from); v != nullptr && !v->is_none()) out.set(std::string(to), to_value(l_, *v));
    };
    copy("origins", "allowOrigins");
    copy("methods", "allowMethods");
    copy("headers", "allowHeaders");
    copy("expose", "exposeHeaders");
    copy("credentials", "allowCredentials");
    if (const Value* age = rules->find("max_age")) out.set("maxAge", measured(l_, *age, Unit::seconds, "max_age"));
    config.set("corsConfig", std::move(out));
    l_.changes(
        "cross-origin rules are passed on as the service's own `corsConfig`, which ROS hands through without checking");
  }

  Lowering& l_;
  const Node& node_;
  const Attributes& a_;
  FunctionParts& parts_;
};

}  // namespace

void lower_function(Lowering& l, const Node& node) {
  if (l.of(node).node("key"))
    l.changes("its variables are not encrypted with the key: what it prints is, in a log of its own");
  Function(l, node).lower();
}

}  // namespace virga::aliyun
