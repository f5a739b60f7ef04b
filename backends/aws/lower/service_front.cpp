// service shop { public = true  domain = { name = "shop.example.com"  certificate = certificate } … }
//   → AWS::ElasticLoadBalancingV2::LoadBalancer, TargetGroup   ShopBalancer, ShopTargets   in the parts that face the
//   Internet;
//                                                              without `public`, in the others
//     AWS::ElasticLoadBalancingV2::Listener                    ShopListener, with HTTPS when there is a certificate, and
//     then
//                                                              ShopRedirect, which sends callers of HTTP there
//     AWS::EC2::SecurityGroup, SecurityGroupIngress            ShopBalancerGroup, ShopFromBalancer, ShopFromInternet
//     AWS::Route53::RecordSet                                  ShopRecord, in the zone that is named
#include "backends/aws/lower/network.h"
#include "backends/aws/lower/service.h"

namespace virga::aws {
namespace {

/// Of HTTP and of HTTPS, as everywhere.
constexpr std::int64_t kPort = 80, kSecurePort = 443;

bool is_public(const Lowering& lowering, const Node& service) { return lowering.of(service).flag("public"); }

const Value* domain_field(const Lowering& lowering, const Node& service, std::string_view field) {
  const Map* domain = lowering.of(service).map("domain");
  const Value* value = domain == nullptr ? nullptr : domain->find(field);
  return value == nullptr || value->is_none() ? nullptr : value;
}

class Front {
 public:
  Front(Lowering& lowering, const Node& node, const Node& network)
      : lowering_(lowering), node_(node), network_(network), asked_(lowering.of(node)) {}

  void lower() {
    add_groups();
    const bool open = is_public(lowering_, node_);
    cloud::Values parts = open ? public_subnets(lowering_, network_) : private_subnets(lowering_, network_);
    cloud::Resource& balancer =
        lowering_.add(node_, id("Balancer"), "AWS::ElasticLoadBalancingV2::LoadBalancer",
                      cloud::object({{"Type", "application"},
                                     {"Scheme", open ? "internet-facing" : "internal"},
                                     {"Subnets", std::move(parts)},
                                     {"SecurityGroups", cloud::Values{cloud::GetAtt{id("BalancerGroup"), "GroupId"}}},
                                     {"Tags", tags()}}));
    // Nothing in an address from the Internet refers to the way to it.
    if (open && lowering_.of(network_).map("existing") == nullptr)
      balancer.depends_on.push_back(lowering_.id(network_, "InternetAttachment"));
    add_targets();
    add_listeners();
    add_record();
  }

 private:
  [[nodiscard]] std::string id(std::string_view noun) { return lowering_.id(node_, noun); }
  [[nodiscard]] cloud::Values tags() { return lowering_.tags(node_); }
  [[nodiscard]] cloud::Value port() { return lowering_.value(*asked_.find("port")); }
  [[nodiscard]] const Value* certificate() const { return domain_field(lowering_, node_, "certificate"); }

  void add_groups() {
    const std::string group = id("BalancerGroup");
    lowering_.add(
        node_, group, "AWS::EC2::SecurityGroup",
        cloud::object({{"GroupDescription", "In front of " + node_.identity() + " of " + lowering_.architecture.app.name},
                       {"VpcId", vpc_id(lowering_, network_)},
                       {"Tags", tags()}}));
    lowering_.add(node_, id("FromBalancer"), "AWS::EC2::SecurityGroupIngress",
                  cloud::object({{"GroupId", member_group(lowering_, node_, network_)},
                                 {"IpProtocol", "tcp"},
                                 {"FromPort", port()},
                                 {"ToPort", port()},
                                 {"SourceSecurityGroupId", cloud::GetAtt{group, "GroupId"}}}));
    if (!is_public(lowering_, node_)) return;
    open_port("FromInternet", kPort);
    if (certificate() != nullptr) open_port("FromInternetSecurely", kSecurePort);
  }

  void open_port(std::string_view noun, std::int64_t port) {
    lowering_.add(node_, id(noun), "AWS::EC2::SecurityGroupIngress",
                  cloud::object({{"GroupId", cloud::GetAtt{id("BalancerGroup"), "GroupId"}},
                                 {"IpProtocol", "tcp"},
                                 {"FromPort", port},
                                 {"ToPort", port},
                                 {"CidrIp", "0.0.0.0/0"}}));
  }

  void add_targets() {
    cloud::Object targets = cloud::object({{"TargetType", "ip"},
                                           {"Protocol", "HTTP"},
                                           {"Port", port()},
                                           {"VpcId", vpc_id(lowering_, network_)},
                                           {"HealthCheckPath", lowering_.value(*asked_.find("health"))},
                                           {"Matcher", cloud::object({{"HttpCode", "200-299"}})},
                                           {"HealthyThresholdCount", static_cast<std::int64_t>(limit("elb.health.good"))},
                                           {"UnhealthyThresholdCount", static_cast<std::int64_t>(limit("elb.health.bad"))}});
    if (const std::optional<Quantity> sticky = asked_.quantity("sticky")) {
      const std::int64_t seconds = static_cast<std::int64_t>(static_cast<double>(sticky->amount) / amount(Unit::seconds));
      const auto attribute = [](const char* key, std::string value) {
        return cloud::object({{"Key", key}, {"Value", std::move(value)}});
      };
      targets.set("TargetGroupAttributes",
                  cloud::Values{attribute("stickiness.enabled", "true"), attribute("stickiness.type", "lb_cookie"),
                                attribute("stickiness.lb_cookie.duration_seconds", std::to_string(seconds))});
    }
    targets.set("Tags", tags());
    lowering_.add(node_, id("Targets"), "AWS::ElasticLoadBalancingV2::TargetGroup", std::move(targets));
  }

  void add_listeners() {
    cloud::Object listener = cloud::object({{"LoadBalancerArn", cloud::Ref{id("Balancer")}},
                                            {"Port", certificate() != nullptr ? kSecurePort : kPort},
                                            {"Protocol", certificate() != nullptr ? "HTTPS" : "HTTP"}});
    if (const Value* given = certificate()) {
      listener.set("Certificates", cloud::Values{cloud::object({{"CertificateArn", lowering_.value(*given)}})});
      listener.set("SslPolicy", catalog().fact("elb.ssl_policy").members.front());
      cloud::Object elsewhere =
          cloud::object({{"Protocol", "HTTPS"}, {"Port", std::to_string(kSecurePort)}, {"StatusCode", "HTTP_301"}});
      cloud::Object redirect = cloud::object({{"Type", "redirect"}, {"RedirectConfig", std::move(elsewhere)}});
      lowering_.add(node_, id("Redirect"), "AWS::ElasticLoadBalancingV2::Listener",
                    cloud::object({{"LoadBalancerArn", cloud::Ref{id("Balancer")}},
                                   {"Port", kPort},
                                   {"Protocol", "HTTP"},
                                   {"DefaultActions", cloud::Values{std::move(redirect)}}}));
    }
    cloud::Object forward = cloud::object({{"Type", "forward"}, {"TargetGroupArn", cloud::Ref{id("Targets")}}});
    listener.set("DefaultActions", cloud::Values{std::move(forward)});
    lowering_.add(node_, id("Listener"), "AWS::ElasticLoadBalancingV2::Listener", std::move(listener));
  }

  void add_record() {
    const Value* zone = domain_field(lowering_, node_, "zone");
    if (zone == nullptr) return;
    cloud::Object record;
    const std::string* text = zone->get<std::string>();
    if (text != nullptr && text->find('.') != std::string::npos)
      record.set("HostedZoneName", text->ends_with('.') ? *text : *text + ".");
    else record.set("HostedZoneId", lowering_.value(*zone));
    record.set("Name", lowering_.value(*domain_field(lowering_, node_, "name"))).set("Type", "A");
    record.set("AliasTarget", cloud::object({{"DNSName", cloud::GetAtt{id("Balancer"), "DNSName"}},
                                             {"HostedZoneId", cloud::GetAtt{id("Balancer"), "CanonicalHostedZoneID"}},
                                             {"EvaluateTargetHealth", lowering_.several_regions()}}));
    if (lowering_.several_regions())  // each caller gets the nearest region
      record.set("Region", cloud::Pseudo::region).set("SetIdentifier", cloud::Pseudo::region);
    lowering_.add(node_, id("Record"), "AWS::Route53::RecordSet", std::move(record));
  }

  Lowering& lowering_;
  const Node& node_;
  const Node& network_;
  const Attributes& asked_;
};

}  // namespace

bool front_fits(Lowering& lowering, const Node& service, const Node& network) {
  const Attributes& asked = lowering.of(service);
  if (!is_public(lowering, service) && asked.map("domain") != nullptr) {
    lowering.sink.report(lowering.where(service, "domain"), codes::ServiceDomain, service.name)
        .help("say `public = true`, or give the domain to a `gateway` that leads to it");
    return false;
  }
  const AttributeValue* busy = asked.entry("target_cpu");
  if (busy != nullptr && busy->origin != Origin::fallback && asked.map("replicas") == nullptr) {
    lowering.sink
        .report(lowering.where(service, "target_cpu"), codes::ServiceScaling, service.name, to_text(*asked.find("replicas")))
        .help("give a range: `replicas = { least = 2  most = 10 }`");
    return false;
  }
  if (!is_public(lowering, service)) return true;
  const std::size_t parts = public_subnets(lowering, network).size();
  if (parts >= static_cast<std::size_t>(catalog().fact("elb.zones.min").value)) return true;
  lowering.sink.report(lowering.where(service, "public"), codes::ServiceParts, service.name, network.name)
      .label(lowering.where(network, "existing"), fmt::format("{} of them", parts))
      .source(catalog::cite(catalog().fact("elb.zones.min")))
      .help("name them: `existing = { …  public_parts = [part_c, part_d] }`");
  return false;
}

void add_front(Lowering& lowering, const Node& service, const Node& network, cloud::Decision& decision) {
  Front(lowering, service, network).lower();
  if (!is_public(lowering, service) || domain_field(lowering, service, "certificate") != nullptr) return;
  decision.fidelity = std::max(decision.fidelity, catalog::Fidelity::degraded);
  decision.change += fmt::format("{}without a certificate its door speaks plain HTTP, which everybody on the way can read",
                                 decision.change.empty() ? "" : "; ");
}

void let_in_front(Lowering& lowering, const Edge& edge, const std::string& id, cloud::Value group) {
  // The Internet's way in is open to everybody already.
  if (lowering.find(id) != nullptr || is_public(lowering, lowering.to(edge))) return;
  lowering.add(lowering.to(edge), edge, id, "AWS::EC2::SecurityGroupIngress",
               cloud::object({{"GroupId", cloud::GetAtt{lowering.id(lowering.to(edge), "BalancerGroup"), "GroupId"}},
                              {"IpProtocol", "tcp"},
                              {"FromPort", kPort},
                              {"ToPort", kPort},
                              {"SourceSecurityGroupId", std::move(group)}}));
}

cloud::Value service_url(Lowering& lowering, const Node& service) {
  const Value* name = domain_field(lowering, service, "name");
  const bool secure = domain_field(lowering, service, "certificate") != nullptr;
  if (name != nullptr) return cloud::concat({secure ? "https://" : "http://", lowering.value(*name)});
  return cloud::concat({"http://", cloud::GetAtt{lowering.id(service, "Balancer"), "DNSName"}});
}

}  // namespace virga::aws
