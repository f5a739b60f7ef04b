// service api { network = inner  image = image  replicas = 3 }        public.GET "/{path*}" -> api
//   → FC3::Function of a container, FC3::ProvisionConfig that keeps the copies up, an http trigger, a RAM::Role with what
//   its
//     edges ask for, an SLS::Logstore. An application of Serverless App Engine would be nearer, but ROS gives one no role:
//     it could be allowed nothing.
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/gateway.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/network.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/stores.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

class Service {
 public:
  Service(Lowering& l, const Node& node) : l_(l), node_(node), a_(l.of(node)), parts_(l.function(node.id)) {}

  void lower() {
    const std::string id = l_.id(node_, "Function");
    cloud::Object p;
    p.set("FunctionName", plain_name(l_, "ALIYUN::FC3::Function", "FunctionName", node_.name));
    p.set("Runtime", catalog().fact("fc3.runtime.container").members.front()).set("Handler", "index.handler");
    p.set("CustomContainerConfig", container());
    p.set("MemorySize", measured(l_, a_, "memory", Unit::megabytes)).set("Cpu", measured(l_, a_, "cpu", Unit::vcpu));
    check_ratio();
    p.set("DiskSize", Lowering::number("fc3.disk.min"));
    p.set("Timeout", Lowering::most("fc3.timeout.range"));
    p.set("InstanceConcurrency", to_value(l_, *a_.find("instance_concurrency")));
    join_network(l_, node_, parts_.statements, p);
    add_log(p);
    set_environment(p);
    add_role(l_, l_.id(node_, "Role"), node_, "", "fc.aliyuncs.com", parts_.statements);
    p.set("Role", cloud::GetAtt{l_.id(node_, "Role"), "Arn"}).set("Tags", tag_list(l_, &node_));
    l_.add(id, "ALIYUN::FC3::Function", std::move(p));
    add_copies(id);
    add_address();
    l_.changes(
        "it is a function that answers HTTP: copies beyond `replicas` come and go with the requests, and code between "
        "requests "
        "runs in those alone that are kept");
  }

 private:
  /// Memory per CPU lies within a range.
  void check_ratio() {
    const std::optional<Quantity> cpu = a_.quantity("cpu"), memory = a_.quantity("memory");
    if (!cpu || !memory) return;
    const catalog::Fact& ratio = catalog().fact("fc3.cpu_memory.ratio");
    const double gigabytes = static_cast<double>(memory->amount) / static_cast<double>(std::int64_t{1} << 30);
    const double per_cpu = gigabytes / (static_cast<double>(cpu->amount) / 1000);
    if (per_cpu >= ratio.min && per_cpu <= ratio.max) return;
    l_.sink()
        .report(node_.span, codes::CpuMemory, node_.name, to_text(*cpu), to_text(*memory))
        .source(catalog::cite(ratio))
        .help(fmt::format("a virtual CPU goes with {} to {} GB of memory", ratio.min, ratio.max));
  }

  cloud::Object container() {
    // Function Compute takes on the role to fetch the image, whose name tells no namespace that ROS could check.
    parts_.statements.push_back(
        {{"cr:GetAuthorizationToken", "cr:GetRepository", "cr:GetRepositoryTag", "cr:PullRepository"}, {"*"}});
    cloud::Object config = cloud::object({{"Image", to_value(l_, *a_.find("image"))}});
    if (a_.has("entry_point")) config.set("Entrypoint", to_value(l_, *a_.find("entry_point")));
    if (a_.has("command")) config.set("Command", to_value(l_, *a_.find("command")));
    config.set("Port", to_value(l_, *a_.find("port")));
    config.set("HealthCheckConfig", cloud::object({{"HttpGetUrl", to_value(l_, *a_.find("health"))}}));
    return config;
  }

  void add_log(cloud::Object& p) {
    const std::string id = l_.id(node_, "Logstore");
    add_logstore(l_, id, plain_name(l_, "ALIYUN::SLS::Logstore", "LogstoreName", node_.name),
                 measured(l_, a_, "log_retention", Unit::days));
    const cloud::Value store = cloud::GetAtt{id, "LogstoreName"};
    parts_.statements.insert(parts_.statements.begin(), Statement{{"log:PostLogStoreLogs"}, {logstore_named(l_, store)}});
    p.set("LogConfig", cloud::object({{"Project", log_project(l_)},
                                      {"Logstore", store},
                                      {"EnableRequestMetrics", true},
                                      {"EnableInstanceMetrics", false},
                                      {"LogBeginRule", "DefaultRegex"}}));
  }

  void set_environment(cloud::Object& p) {
    if (const Map* own = a_.map("environment")) {
      for (const MapEntry& e : own->entries) parts_.environment.set(e.key, cloud::concat({"", to_value(l_, e.value)}));
    }
    if (!parts_.environment.members.empty()) p.set("EnvironmentVariables", parts_.environment);
  }

  void add_copies(const std::string& function) {
    cloud::Object p;
    p.set("FunctionName", cloud::GetAtt{function, "FunctionName"}).set("Qualifier", "LATEST");
    p.set("DefaultTarget", to_value(l_, *a_.find("replicas"))).set("AlwaysAllocateCPU", true);
    l_.add(l_.id(node_, "Copies"), "ALIYUN::FC3::ProvisionConfig", std::move(p));
  }

  /// The address of its own leads in from the region's network alone; a gateway signs its calls.
  void add_address() {
    cloud::Object config;
    config.set("authType", parts_.behind_address && !parts_.called_in_network ? "function" : "anonymous")
        .set("disableURLInternet", true);
    cloud::Values methods;
    for (const std::string_view method : catalog().fact("fc3.trigger.http.methods.enum").members)
      methods.emplace_back(method);
    config.set("methods", std::move(methods));
    add_trigger(l_, l_.id(node_, "HttpTrigger"), node_, {"http", "http", std::move(config), std::nullopt, std::nullopt});
  }

  Lowering& l_;
  const Node& node_;
  const Attributes& a_;
  FunctionParts& parts_;
};

}  // namespace

cloud::Value service_url(Lowering& l, const Node& service) {
  return cloud::GetAtt{l.id(service, "HttpTrigger"), "UrlIntranet"};
}

void lower_service(Lowering& l, const Node& node) { Service(l, node).lower(); }

void call_service(Lowering& l, const Edge& edge) {
  const Node& service = l.to(edge);
  if (!meets_in_network(l, edge)) return;
  l.function(service.id).called_in_network = true;
  l.tell(edge, "URL", service_url(l, service));
  l.changes("the address of the service answers everybody in the region's networks who knows it");
}

}  // namespace virga::aliyun
