// site docs { files = pages  missing = "404.html" }
//   → AWS::CloudFront::Distribution          Docs
//     AWS::CloudFront::OriginAccessControl   DocsAccess    signs what CloudFront asks of the bucket
//     AWS::CloudFront::CachePolicy           DocsCache     how long copies are kept
//     AWS::CloudFront::Function              DocsIndex     `/a/` → `/a/index.html`, which S3 does not know
//     AWS::Route53::RecordSet                DocsRecord…   with a `zone`
//     a statement in the bucket's policy
#include "backends/aws/lower/site.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/bucket.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {
namespace {

const Value* field(const Map& map, std::string_view name) {
  const Value* value = map.find(name);
  return value == nullptr || value->is_none() ? nullptr : value;
}

class Site {
 public:
  Site(Lowering& lowering, const Node& node) : lowering_(lowering), node_(node), asked_(lowering.of(node)) {}

  void lower() {
    const std::optional<NodeId> files = asked_.node("files");
    if (!files) return;
    const Node& bucket = lowering_.architecture.node(*files);
    add_access();
    add_cache();
    add_index();
    add_distribution(bucket);
    admit(bucket);
  }

 private:
  [[nodiscard]] std::string id(std::string_view noun = {}) { return lowering_.id(node_, noun); }

  /// CloudFront belongs to the account, not to a region: the stacks of two regions must not make the same one.
  cloud::Value name(const char* type, const char* property) {
    constexpr std::size_t kRegion = 1 + 14;
    return cloud::concat({lowering_.name(type, property, node_, {}, kRegion), "-", cloud::Pseudo::region});
  }

  void add_access() {
    cloud::Object config = cloud::object({{"Name", name("AWS::CloudFront::OriginAccessControl", "Name")},
                                          {"OriginAccessControlOriginType", "s3"},
                                          {"SigningBehavior", "always"},
                                          {"SigningProtocol", "sigv4"}});
    lowering_.add(node_, id("Access"), "AWS::CloudFront::OriginAccessControl",
                  cloud::object({{"OriginAccessControlConfig", std::move(config)}}));
  }

  /// Files are the same for everybody: neither cookies nor headers nor queries tell copies apart.
  void add_cache() {
    cloud::Object key = cloud::object({{"CookiesConfig", cloud::object({{"CookieBehavior", "none"}})},
                                       {"HeadersConfig", cloud::object({{"HeaderBehavior", "none"}})},
                                       {"QueryStringsConfig", cloud::object({{"QueryStringBehavior", "none"}})},
                                       {"EnableAcceptEncodingGzip", true},
                                       {"EnableAcceptEncodingBrotli", true}});
    cloud::Object config = cloud::object({{"Name", name("AWS::CloudFront::CachePolicy", "Name")},
                                          {"DefaultTTL", lowering_.quantity(node_, "cache", Unit::seconds)},
                                          {"MinTTL", 0},
                                          {"MaxTTL", static_cast<std::int64_t>(limit("cloudfront.ttl.max"))},
                                          {"ParametersInCacheKeyAndForwardedToOrigin", std::move(key)}});
    lowering_.add(node_, id("Cache"), "AWS::CloudFront::CachePolicy",
                  cloud::object({{"CachePolicyConfig", std::move(config)}}));
  }

  void add_index() {
    const cloud::Value code =
        cloud::concat({"function handler(event) {\n  var request = event.request;\n"
                       "  if (request.uri.endsWith('/')) request.uri += '",
                       lowering_.value(*asked_.find("index")), "';\n  return request;\n}\n"});
    cloud::Object config = cloud::object(
        {{"Comment", "The index of a folder"}, {"Runtime", catalog().fact("cloudfront.function.runtime").members.front()}});
    lowering_.add(node_, id("Index"), "AWS::CloudFront::Function",
                  cloud::object({{"Name", name("AWS::CloudFront::Function", "Name")},
                                 {"AutoPublish", true},
                                 {"FunctionConfig", std::move(config)},
                                 {"FunctionCode", code}}));
  }

  /// S3 says 403 of an object that is not there to whoever may not list the bucket.
  cloud::Values answers() {
    cloud::Values all;
    const bool whole = asked_.has("fallback");
    if (!whole && !asked_.has("missing")) return all;
    const cloud::Value page =
        cloud::concat({"/", lowering_.value(*asked_.find(whole ? std::string_view("fallback") : "missing"))});
    for (const int code : {403, 404}) {
      all.emplace_back(
          cloud::object({{"ErrorCode", code}, {"ResponseCode", whole ? 200 : 404}, {"ResponsePagePath", page}}));
    }
    return all;
  }

  void add_distribution(const Node& bucket) {
    cloud::Object origin = cloud::object({{"Id", "files"},
                                          {"DomainName", cloud::GetAtt{lowering_.id(bucket), "RegionalDomainName"}},
                                          {"OriginAccessControlId", cloud::GetAtt{id("Access"), "Id"}},
                                          {"S3OriginConfig", cloud::object({{"OriginAccessIdentity", ""}})}});
    cloud::Object index =
        cloud::object({{"EventType", "viewer-request"}, {"FunctionARN", cloud::GetAtt{id("Index"), "FunctionARN"}}});
    cloud::Object behaviour = cloud::object({{"TargetOriginId", "files"},
                                             {"ViewerProtocolPolicy", "redirect-to-https"},
                                             {"AllowedMethods", cloud::Values{"GET", "HEAD"}},
                                             {"CachedMethods", cloud::Values{"GET", "HEAD"}},
                                             {"Compress", true},
                                             {"CachePolicyId", cloud::GetAtt{id("Cache"), "Id"}},
                                             {"FunctionAssociations", cloud::Values{std::move(index)}}});
    cloud::Object config = cloud::object({{"Enabled", true},
                                          {"Comment", node_.name + " of " + lowering_.architecture.app.name},
                                          {"HttpVersion", "http2and3"},
                                          {"IPV6Enabled", true},
                                          {"PriceClass", price_class()},
                                          {"DefaultRootObject", lowering_.value(*asked_.find("index"))},
                                          {"Origins", cloud::Values{std::move(origin)}},
                                          {"DefaultCacheBehavior", std::move(behaviour)}});
    if (cloud::Values errors = answers(); !errors.empty()) config.set("CustomErrorResponses", std::move(errors));
    set_domain(config);
    lowering_.add(node_, id(), "AWS::CloudFront::Distribution",
                  cloud::object({{"DistributionConfig", std::move(config)}, {"Tags", lowering_.tags(node_)}}));
  }

  [[nodiscard]] std::string price_class() const {
    const std::string edges = asked_.text("edges");
    return edges == "cheapest" ? "PriceClass_100" : edges == "most" ? "PriceClass_200" : "PriceClass_All";
  }

  void set_domain(cloud::Object& config) {
    const Map* domain = asked_.map("domain");
    if (domain == nullptr) {
      config.set("ViewerCertificate", cloud::object({{"CloudFrontDefaultCertificate", true}}));
      return;
    }
    const Value& name = *domain->find("name");
    const Value* certificate = field(*domain, "certificate");
    if (certificate == nullptr) {
      lowering_.sink.report(name.span.known() ? name.span : node_.span, codes::DomainCertificate, node_.name)
          .help(
              "name a certificate of AWS Certificate Manager in us-east-1: `param certificate: string`, and `certificate = "
              "certificate` in `domain`");
      return;
    }
    check_certificate(*certificate);
    config.set("Aliases", cloud::Values{lowering_.value(name)});
    config.set("ViewerCertificate", cloud::object({{"AcmCertificateArn", lowering_.value(*certificate)},
                                                   {"SslSupportMethod", "sni-only"},
                                                   {"MinimumProtocolVersion", "TLSv1.2_2021"}}));
    if (const Value* zone = field(*domain, "zone")) {
      add_record("Record", "A", *zone, name);
      add_record("RecordV6", "AAAA", *zone, name);
    }
  }

  void check_certificate(const Value& certificate) {
    const std::string* arn = certificate.get<std::string>();
    const catalog::Fact& region = catalog().fact("cloudfront.certificate.region");
    if (arn == nullptr || arn->find(":" + std::string(region.members.front()) + ":") != std::string::npos) return;
    lowering_.sink.report(certificate.span.known() ? certificate.span : node_.span, codes::SiteCertificate, node_.name)
        .source(catalog::cite(region))
        .help("ask AWS Certificate Manager for one in " + std::string(region.members.front()) +
              "; the site itself may stand anywhere");
  }

  void add_record(const char* noun, const char* type, const Value& zone, const Value& name) {
    cloud::Object record;
    const std::string* text = zone.get<std::string>();
    if (text != nullptr && text->find('.') != std::string::npos) {
      record.set("HostedZoneName", text->ends_with('.') ? *text : *text + ".");
    } else {
      record.set("HostedZoneId", lowering_.value(zone));
    }
    record.set("Name", lowering_.value(name));
    record.set("Type", type);
    record.set("AliasTarget", cloud::object({{"DNSName", cloud::GetAtt{id(), "DomainName"}},
                                             {"HostedZoneId", catalog().fact("cloudfront.zone").members.front()},
                                             {"EvaluateTargetHealth", false}}));
    lowering_.add(node_, id(noun), "AWS::Route53::RecordSet", std::move(record));
  }

  void admit(const Node& bucket) {
    // By the account: the distribution refers to the bucket, and the bucket to its key.
    const cloud::Value distributions = Lowering::arn("cloudfront", "", cloud::Pseudo::account, "distribution/*");
    let_service_use_key(lowering_, bucket, "cloudfront.amazonaws.com", {"kms:Decrypt"},
                        cloud::object({{"ArnLike", cloud::object({{"aws:SourceArn", distributions}})}}));
    const cloud::Value self =
        Lowering::arn("cloudfront", "", cloud::Pseudo::account, cloud::concat({"distribution/", cloud::Ref{id()}}));
    add_to_policy(
        lowering_, bucket,
        cloud::object({{"Effect", "Allow"},
                       {"Principal", cloud::object({{"Service", "cloudfront.amazonaws.com"}})},
                       {"Action", "s3:GetObject"},
                       {"Resource", cloud::concat({cloud::GetAtt{lowering_.id(bucket), "Arn"}, "/*"})},
                       {"Condition", cloud::object({{"StringEquals", cloud::object({{"AWS:SourceArn", self}})}})}}));
  }

  Lowering& lowering_;
  const Node& node_;
  const Attributes& asked_;
};

}  // namespace

cloud::Value site_url(Lowering& lowering, const Node& site) {
  const Map* domain = lowering.of(site).map("domain");
  const cloud::Value host = domain != nullptr ? lowering.value(*domain->find("name"))
                                              : cloud::Value(cloud::GetAtt{lowering.id(site), "DomainName"});
  return cloud::concat({"https://", host});
}

void lower_site(Lowering& lowering, const Node& node, cloud::Decision&) { Site(lowering, node).lower(); }

}  // namespace virga::aws
