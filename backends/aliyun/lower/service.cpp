// service api { network = inner  image = image  replicas = 3 }        public.GET "/{path*}" -> api
//   → FC3::Function of a container, FC3::ProvisionConfig that keeps the copies up, an http trigger, a RAM::Role with what
//   its
//     edges ask for, an SLS::Logstore. An application of Serverless App Engine would be nearer, but ROS gives one no role:
//     it could be allowed nothing. A load balancer (ALB) before it would be nearer too, but takes functions of the older
//     generation alone.
//   with a range of replicas: a policy of the FC3::ProvisionConfig, and FC3::ConcurrencyConfig with the most
//   public: the trigger is open to the Internet; with a domain FC3::CustomDomain, and a record where a zone is named
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
    p.set("FunctionName", plain_name(l_, "ALIYUN::FC3::Function", "FunctionName", node_.identity()));
    p.set("Runtime", catalog().fact("fc3.runtime.container").members.front()).set("Handler", "index.handler");
    p.set("CustomContainerConfig", container());
    p.set("MemorySize", measured(l_, a_, "memory", Unit::megabytes)).set("Cpu", measured(l_, a_, "cpu", Unit::vcpu));
    check_ratio();
    p.set("DiskSize", Lowering::number("fc3.disk.min"));
    p.set("Timeout", Lowering::most("fc3.timeout.range"));
    p.set("InstanceConcurrency", to_value(l_, *a_.find("instance_concurrency")));
    if (const std::optional<Quantity> sticky = a_.quantity("sticky")) set_affinity(p, *sticky);
    join_network(l_, node_, parts_.statements, p);
    add_log(p);
    set_environment(p);
    add_role(l_, l_.id(node_, "Role"), node_, "", "fc.aliyuncs.com", parts_.statements);
    p.set("Role", cloud::GetAtt{l_.id(node_, "Role"), "Arn"}).set("Tags", tag_list(l_, &node_));
    l_.add(id, "ALIYUN::FC3::Function", std::move(p));
    add_copies(id);
    add_address();
    if (a_.flag("public")) add_door();
    l_.changes(
        a_.map("replicas") != nullptr
            ? "it is a function that answers HTTP: copies beyond those that are kept come and go with the requests, and "
              "code "
              "between requests runs in those alone that are kept"
            : "it is a function that answers HTTP: copies beyond `replicas` come and go with the requests, and code between "
              "requests runs in those alone that are kept");
  }

  /// What it says of itself can be had together; says so when it can't.
  [[nodiscard]] bool fits() {
    const AttributeValue* busy = a_.entry("target_cpu");
    if (busy != nullptr && busy->origin != Origin::fallback && a_.map("replicas") == nullptr) {
      l_.sink()
          .report(busy->value.span.known() ? busy->value.span : node_.span, codes::ServiceScaling, node_.name,
                  to_text(*a_.find("replicas")))
          .help("give a range: `replicas = { least = 2  most = 10 }`");
      return false;
    }
    if (a_.map("domain") == nullptr || a_.flag("public")) return true;
    l_.sink()
        .report(a_.find("domain")->span.known() ? a_.find("domain")->span : node_.span, codes::ServiceDomain, node_.name)
        .help("say `public = true`, or give the domain to a `gateway` that leads to it");
    return false;
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
    add_logstore(l_, id, plain_name(l_, "ALIYUN::SLS::Logstore", "LogstoreName", node_.identity()),
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
    const auto ends = a_.numbers("replicas").value_or(std::pair{1.0, 1.0});
    const auto least = static_cast<std::int64_t>(ends.first), most = static_cast<std::int64_t>(ends.second);
    cloud::Object p;
    p.set("FunctionName", cloud::GetAtt{function, "FunctionName"}).set("Qualifier", "LATEST");
    p.set("DefaultTarget", least).set("AlwaysAllocateCPU", true);
    const std::optional<Quantity> busy = a_.quantity("target_cpu");
    if (a_.map("replicas") != nullptr && busy) {
      constexpr double kWhole = 10'000;  // hundredths of a per cent
      cloud::Object policy;
      policy.set("Name", "cpu").set("MetricType", catalog().fact("fc3.provision.metric.cpu").members.front());
      policy.set("MetricTarget", static_cast<double>(busy->amount) / kWhole);
      policy.set("MinCapacity", least).set("MaxCapacity", most);
      p.set("TargetTrackingPolicies", cloud::Values{std::move(policy)});
    }
    l_.add(l_.id(node_, "Copies"), "ALIYUN::FC3::ProvisionConfig", std::move(p));
    if (a_.map("replicas") == nullptr) return;
    cloud::Object cap;
    cap.set("FunctionName", cloud::GetAtt{function, "FunctionName"}).set("ReservedConcurrency", most);
    l_.add(l_.id(node_, "Most"), "ALIYUN::FC3::ConcurrencyConfig", std::move(cap));
  }

  /// A cookie that Function Compute sets leads a browser back to its copy.
  void set_affinity(cloud::Object& p, Quantity sticky) {
    const auto seconds = sticky.amount / 1000;  // milliseconds
    p.set("SessionAffinity", catalog().fact("fc3.session_affinity.cookie").members.front());
    cloud::Object config;
    config.set("sessionTTLInSeconds", seconds).set("sessionIdleTimeoutInSeconds", seconds);
    config.set("sessionConcurrencyPerInstance", to_value(l_, *a_.find("instance_concurrency")));
    p.set("SessionAffinityConfig", std::move(config));
  }

  /// The address of its own leads in from the region's network, and from the Internet when it is public; a gateway signs its
  /// calls.
  void add_address() {
    const bool open = a_.flag("public");
    cloud::Object config;
    config.set("authType", parts_.behind_address && !parts_.called_in_network && !open ? "function" : "anonymous")
        .set("disableURLInternet", !open);
    cloud::Values methods;
    for (const std::string_view method : catalog().fact("fc3.trigger.http.methods.enum").members)
      methods.emplace_back(method);
    config.set("methods", std::move(methods));
    add_trigger(l_, l_.id(node_, "HttpTrigger"), node_, {"http", "http", std::move(config), std::nullopt, std::nullopt});
  }

  void add_door() {
    if (a_.map("domain") == nullptr) {
      l_.changes(
          "its address is Function Compute's own, where browsers store what they get instead of showing it: name a "
          "`domain`");
      return;
    }
    cloud::Object route;
    route.set("Path", "/*").set("FunctionName", cloud::GetAtt{l_.id(node_, "Function"), "FunctionName"});
    route.set("Qualifier", "LATEST");
    cloud::Object p;
    const bool secure = has_certificate(l_, node_);
    p.set("DomainName", to_value(l_, *domain_field(l_, node_, "name"))).set("Protocol", secure ? "HTTPS" : "HTTP");
    p.set("AuthConfig", cloud::object({{"AuthType", "anonymous"}}));
    p.set("RouteConfig", cloud::object({{"Routes", cloud::Values{std::move(route)}}}));
    if (secure) {
      const Value* key = domain_field(l_, node_, "private_key");
      if (key == nullptr) {
        l_.sink()
            .report(a_.find("domain")->span, codes::DomainCertificate, node_.name)
            .source(catalog::cite(catalog().fact("fc3.domain.protocol.enum")))
            .help("give the text of both, as parameters: `certificate = cert  private_key = cert_key`");
        return;
      }
      p.set("CertConfig",
            cloud::object({{"CertName", plain_name(l_, "ALIYUN::FC3::Function", "FunctionName", node_.identity())},
                           {"Certificate", to_value(l_, *domain_field(l_, node_, "certificate"))},
                           {"PrivateKey", to_value(l_, *key)}}));
      l_.changes("its door answers HTTPS alone, and sends nobody there who asks by HTTP");
    } else {
      l_.changes("without a certificate its door speaks plain HTTP, which everybody on the way can read");
    }
    const std::optional<std::string> record =
        add_domain_record(l_, node_, cloud::concat({account(), ".", region(l_), ".fc.aliyuncs.com"}));
    cloud::Resource& domain = l_.add(l_.id(node_, "Domain"), "ALIYUN::FC3::CustomDomain", std::move(p));
    if (record) domain.depends_on.push_back(*record);
    domain.depends_on.push_back(l_.id(node_, "HttpTrigger"));
  }

  Lowering& l_;
  const Node& node_;
  const Attributes& a_;
  FunctionParts& parts_;
};

}  // namespace

cloud::Value service_url(Lowering& l, const Node& service) {
  if (const Value* name = domain_field(l, service, "name"))
    return cloud::concat({has_certificate(l, service) ? "https://" : "http://", to_value(l, *name)});
  if (l.of(service).flag("public")) return cloud::GetAtt{l.id(service, "HttpTrigger"), "UrlInternet"};
  return cloud::GetAtt{l.id(service, "HttpTrigger"), "UrlIntranet"};
}

void lower_service(Lowering& l, const Node& node) {
  Service service(l, node);
  if (service.fits()) service.lower();
}

void call_service(Lowering& l, const Edge& edge) {
  const Node& service = l.to(edge);
  if (!meets_in_network(l, edge)) return;
  l.function(service.id).called_in_network = true;
  l.tell(edge, "URL", cloud::GetAtt{l.id(service, "HttpTrigger"), "UrlIntranet"});
  l.changes("the address of the service answers everybody in the region's networks who knows it");
}

}  // namespace virga::aliyun
