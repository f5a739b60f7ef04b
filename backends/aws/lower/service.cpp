// service api { network = inner  image = image  replicas = 3 }        public.GET "/{path*}" -> api
//   → AWS::ECS::Cluster, Service, TaskDefinition          ApiCluster, Api, ApiTask     containers of AWS Fargate
//     AWS::IAM::Role                                      ApiTaskRole, ApiStartRole    what the code may, what its start may
//     AWS::Logs::LogGroup                                 ApiLogs
//     AWS::ApplicationAutoScaling::ScalableTarget, ScalingPolicy   ApiScale, ApiScaling, of a range of replicas
//     AWS::ApiGatewayV2::VpcLink                          PublicToApiLink, with its group, when a gateway leads to it
//     and what stands before it: service_front.cpp
#include "backends/aws/lower/service.h"

#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/gateway.h"
#include "backends/aws/lower/kinds.h"
#include "backends/aws/lower/network.h"

#include <cmath>
#include <sstream>

namespace virga::aws {
namespace {

constexpr const char* kContainer = "main";

struct Size {
  std::int64_t cpu = 0, memory = 0;
};

/// The smallest machine of Fargate that has both; nothing when none is so large.
std::optional<Size> size_for(double cpu, double megabytes) {
  for (const std::string_view member : catalog().fact("fargate.sizes").members) {
    std::istringstream numbers{std::string(member)};
    std::int64_t units = 0, least = 0, most = 0, step = 0;
    numbers >> units >> least >> most >> step;
    if (static_cast<double>(units) < cpu) continue;
    for (std::int64_t memory = least; memory <= most; memory += step)
      if (static_cast<double>(memory) >= megabytes) return Size{units, memory};
  }
  return std::nullopt;
}

class Service {
 public:
  Service(Lowering& lowering, const Node& node, const Node& network, cloud::Decision& decision)
      : lowering_(lowering), node_(node), network_(network), asked_(lowering.of(node)), decision_(decision) {}

  void lower() {
    add_log();
    add_front(lowering_, node_, network_, decision_);
    add_task();
    cloud::Object cluster = cloud::object({{"ClusterName", name("AWS::ECS::Cluster", "ClusterName")}, {"Tags", tags()}});
    lowering_.add(node_, id("Cluster"), "AWS::ECS::Cluster", std::move(cluster));
    add_service();
    if (asked_.map("replicas") != nullptr) add_scaling();
  }

 private:
  [[nodiscard]] std::string id(std::string_view noun = {}) { return lowering_.id(node_, noun); }
  [[nodiscard]] cloud::Values tags() { return lowering_.tags(node_); }
  [[nodiscard]] std::string name(const char* type, const char* property) { return lowering_.name(type, property, node_); }
  [[nodiscard]] cloud::Value port() { return lowering_.value(*asked_.find("port")); }

  void add_log() {
    const std::string log = "/aws/ecs/" + name("AWS::ECS::Service", "ServiceName");
    add_log_group(lowering_, node_, "Logs", log, retention_days(lowering_, node_, "log_retention", decision_));
    RoleDraft& start = lowering_.role(node_, "ecs-tasks.amazonaws.com", "StartRole");
    lowering_.allow(start, {{"logs:CreateLogStream", "logs:PutLogEvents"}, {cloud::GetAtt{id("Logs"), "Arn"}}, {}});
    // The image's name may be known only at deployment, and the token knows no single repository.
    lowering_.allow(start, {{"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken",
                             "ecr:GetDownloadUrlForLayer"},
                            {"*"},
                            {}});
  }

  Size size() {
    const std::optional<Quantity> cpu = asked_.quantity("cpu"), memory = asked_.quantity("memory");
    constexpr double kUnits = 1024;  // of one virtual CPU
    const double units = cpu ? static_cast<double>(cpu->amount) / amount(Unit::virtual_cpus) * kUnits : 0;
    const double megabytes = memory ? static_cast<double>(memory->amount) / amount(Unit::megabytes) : 0;
    const std::optional<Size> found = size_for(units, megabytes);
    if (!found) {
      lowering_.sink
          .report(lowering_.where(node_, "memory"), codes::ServiceSize, node_.name, to_text(*cpu), to_text(*memory))
          .source(catalog::cite(catalog().fact("fargate.sizes")))
          .help("let more `replicas` share the work");
      return {};
    }
    if (static_cast<double>(found->cpu) != units || static_cast<double>(found->memory) != megabytes) {
      decision_.fidelity = std::max(decision_.fidelity, catalog::Fidelity::emulated);
      decision_.change +=
          fmt::format("{}AWS Fargate has sizes: {} CPU units and {}MB stand for {} and {}",
                      decision_.change.empty() ? "" : "; ", found->cpu, found->memory, to_text(*cpu), to_text(*memory));
    }
    return *found;
  }

  void add_task() {
    const Size machine = size();
    cloud::Object options = cloud::object({{"awslogs-group", cloud::Ref{id("Logs")}},
                                           {"awslogs-region", cloud::Pseudo::region},
                                           {"awslogs-stream-prefix", kContainer}});
    cloud::Object container =
        cloud::object({{"Name", kContainer},
                       {"Image", lowering_.value(*asked_.find("image"))},
                       {"Essential", true},
                       {"PortMappings", cloud::Values{cloud::object({{"ContainerPort", port()}, {"Protocol", "tcp"}})}},
                       {"LogConfiguration", cloud::object({{"LogDriver", "awslogs"}, {"Options", std::move(options)}})}});
    if (asked_.has("entry_point")) container.set("EntryPoint", lowering_.value(*asked_.find("entry_point")));
    if (asked_.has("command")) container.set("Command", lowering_.value(*asked_.find("command")));
    if (const Map* given = asked_.map("environment")) {
      for (const MapEntry& entry : given->entries) lowering_.environment(node_, entry.key, lowering_.value(entry.value));
    }
    cloud::Object task = cloud::object({{"Family", name("AWS::ECS::Service", "ServiceName")},
                                        {"RequiresCompatibilities", cloud::Values{"FARGATE"}},
                                        {"NetworkMode", "awsvpc"},
                                        {"Cpu", std::to_string(machine.cpu)},
                                        {"Memory", std::to_string(machine.memory)}});
    task.set("ExecutionRoleArn", cloud::GetAtt{lowering_.role(node_, "ecs-tasks.amazonaws.com", "StartRole").id, "Arn"});
    task.set("TaskRoleArn", cloud::GetAtt{lowering_.function_role(node_).id, "Arn"});
    task.set("RuntimePlatform",
             cloud::object({{"CpuArchitecture", asked_.text("architecture") == "arm64" ? "ARM64" : "X86_64"},
                            {"OperatingSystemFamily", "LINUX"}}));
    task.set("ContainerDefinitions", cloud::Values{std::move(container)});
    task.set("Tags", tags());
    lowering_.add(node_, id("Task"), "AWS::ECS::TaskDefinition", std::move(task));
  }

  void add_service() {
    cloud::Object where = cloud::object({{"Subnets", private_subnets(lowering_, network_)},
                                         {"SecurityGroups", cloud::Values{member_group(lowering_, node_, network_)}},
                                         {"AssignPublicIp", "DISABLED"}});
    cloud::Object behind = cloud::object(
        {{"ContainerName", kContainer}, {"ContainerPort", port()}, {"TargetGroupArn", cloud::Ref{id("Targets")}}});
    // A deployment whose containers do not come up is taken back by itself, instead of going on for hours.
    cloud::Object breaker = cloud::object({{"Enable", true}, {"Rollback", true}});
    cloud::Object service = cloud::object({{"ServiceName", name("AWS::ECS::Service", "ServiceName")},
                                           {"Cluster", cloud::Ref{id("Cluster")}},
                                           {"LaunchType", "FARGATE"},
                                           {"TaskDefinition", cloud::Ref{id("Task")}}});
    // Of a range the number is left to the scaling: an update of the stack would put it back.
    if (asked_.map("replicas") == nullptr) service.set("DesiredCount", lowering_.value(*asked_.find("replicas")));
    service.set("DeploymentConfiguration", cloud::object({{"DeploymentCircuitBreaker", std::move(breaker)}}));
    service.set("NetworkConfiguration", cloud::object({{"AwsvpcConfiguration", std::move(where)}}));
    service.set("LoadBalancers", cloud::Values{std::move(behind)}).set("PropagateTags", "SERVICE").set("Tags", tags());
    lowering_.add(node_, id(), "AWS::ECS::Service", std::move(service)).depends_on.push_back(id("Listener"));
  }

  void add_scaling() {
    const std::optional<std::pair<double, double>> ends = asked_.numbers("replicas");
    const std::optional<Quantity> busy = asked_.quantity("target_cpu");
    if (!ends || !busy) return;
    cloud::Object scale = cloud::object(
        {{"ServiceNamespace", "ecs"},
         {"ScalableDimension", "ecs:service:DesiredCount"},
         {"ResourceId", cloud::concat({"service/", cloud::Ref{id("Cluster")}, "/", cloud::GetAtt{id(), "Name"}})},
         {"MinCapacity", static_cast<std::int64_t>(ends->first)},
         {"MaxCapacity", static_cast<std::int64_t>(ends->second)}});
    lowering_.add(node_, id("Scale"), "AWS::ApplicationAutoScaling::ScalableTarget", std::move(scale));
    cloud::Object metric = cloud::object({{"PredefinedMetricType", "ECSServiceAverageCPUUtilization"}});
    constexpr double kPercent = 100;  // hundredths of a per cent
    const double target = static_cast<double>(busy->amount) / kPercent;
    cloud::Object tracking = cloud::object(
        {{"PredefinedMetricSpecification", std::move(metric)},
         {"TargetValue", target == std::floor(target) ? cloud::Value(static_cast<std::int64_t>(target)) : target}});
    lowering_.add(node_, id("Scaling"), "AWS::ApplicationAutoScaling::ScalingPolicy",
                  cloud::object({{"PolicyName", name("AWS::ECS::Service", "ServiceName")},
                                 {"PolicyType", "TargetTrackingScaling"},
                                 {"ScalingTargetId", cloud::Ref{id("Scale")}},
                                 {"TargetTrackingScalingPolicyConfiguration", std::move(tracking)}}));
  }

  Lowering& lowering_;
  const Node& node_;
  const Node& network_;
  const Attributes& asked_;
  cloud::Decision& decision_;
};

/// The way from a gateway into the network: made once for each service that it leads to.
std::string link_of(Lowering& lowering, const Edge& edge, const Node& network) {
  const Node& gateway = lowering.from(edge);
  const Node& service = lowering.to(edge);
  const std::string link = lowering.id(gateway, "To" + lowering.id(service) + "Link"), group = link + "Group";
  if (lowering.find(link) != nullptr) return link;
  lowering.add(gateway, edge, group, "AWS::EC2::SecurityGroup",
               cloud::object({{"GroupDescription", "From " + gateway.identity() + " to " + service.identity()},
                              {"VpcId", vpc_id(lowering, network)},
                              {"Tags", lowering.tags(gateway)}}));
  lowering.add(gateway, edge, link, "AWS::ApiGatewayV2::VpcLink",
               cloud::object({{"Name", lowering.name("AWS::ApiGatewayV2::Api", "Name", gateway, service.identity())},
                              {"SubnetIds", private_subnets(lowering, network)},
                              {"SecurityGroupIds", cloud::Values{cloud::GetAtt{group, "GroupId"}}},
                              {"Tags", lowering.tag_map(gateway)}}));
  let_in_front(lowering, edge, lowering.id(service, "From" + lowering.id(gateway)), cloud::GetAtt{group, "GroupId"});
  return link;
}

}  // namespace

void lower_service(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Node* network = network_of(lowering, node);
  if (network == nullptr || !network_stands(lowering, node, *network) || !in_zones_enough(lowering, node, *network)) return;
  if (!has_way_out(lowering, *network)) {
    lowering.sink.report(node.span, codes::NetworkClosed, node.name, "its image", network->name)
        .label(lowering.where(*network, "nat"), "no way out")
        .help("say `nat = true` in `" + network->name + "`: images and logs lie outside of it");
    return;
  }
  if (!front_fits(lowering, node, *network)) return;
  Service(lowering, node, *network, decision).lower();
}

void access_service(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& service = lowering.to(edge);
  const Node& caller = lowering.from(edge);
  const Node* network = meeting_network(lowering, edge);
  if (network == nullptr) return;
  let_in_front(lowering, edge, lowering.id(service, "From" + lowering.id(caller)), member_group(lowering, caller, *network));
  lowering.tell(caller, service, "URL", service_url(lowering, service));
}

void route_to_service(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& gateway = lowering.from(edge);
  const Node& service = lowering.to(edge);
  const Node* network = network_of(lowering, service);
  if (network == nullptr) return;
  if (!same_region(lowering, edge)) return;
  if (lowering.of(service).flag("public")) {
    lowering.sink.report(edge.span, codes::ServiceDoors, service.name, gateway.name)
        .label(lowering.where(service, "public"), "the other door")
        .help(fmt::format("leave `public` out of `{}`: `{}` is its door, or let callers ask it without a gateway",
                          service.name, gateway.name));
    return;
  }
  if (needs_keys(lowering, gateway)) {
    lowering.sink.report(edge.span, codes::ServiceKeys, gateway.name, service.name)
        .help("let a function in between check the caller, or take an authorizer with `jwt`");
    return;
  }
  const std::string link = link_of(lowering, edge, *network);
  const bool own = lowering.of(edge).has("timeout");
  const std::string id = lowering.id(gateway, "To" + lowering.id(service) + (own ? route_id(route_of(edge)) : ""));
  if (lowering.find(id) == nullptr) {
    lowering.add(gateway, edge, id, "AWS::ApiGatewayV2::Integration",
                 cloud::object({{"ApiId", cloud::Ref{lowering.id(gateway)}},
                                {"IntegrationType", "HTTP_PROXY"},
                                {"IntegrationMethod", "ANY"},
                                {"IntegrationUri", cloud::Ref{lowering.id(service, "Listener")}},
                                {"ConnectionType", "VPC_LINK"},
                                {"ConnectionId", cloud::Ref{link}},
                                {"PayloadFormatVersion", "1.0"},
                                {"TimeoutInMillis", route_timeout(lowering, edge, "apigw.http.integration_timeout.max")}}));
  }
  http_route(lowering, edge, id, decision);
}

}  // namespace virga::aws
