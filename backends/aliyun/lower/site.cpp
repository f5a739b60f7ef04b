// site docs { files = pages  domain = { name = "docs.example.com" } }
//   → CDN::Domain, CDN::DomainConfig that lets CDN read a bucket which is closed to others, OSS::Website with the documents
//     of the bucket, OSS::Domain under which the bucket knows its readers, DNS::DomainRecord with a `zone`.
#include "backends/aliyun/lower/site.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/gateway.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aliyun {
namespace {

class Site {
 public:
  Site(Lowering& l, const Node& node) : l_(l), node_(node), a_(l.of(node)) {}

  void lower() {
    const std::optional<NodeId> files = a_.node("files");
    if (!files || !possible(l_.architecture().node(*files))) return;
    const Node& bucket = l_.architecture().node(*files);
    if (l_.of(bucket).node("key")) l_.changes("the role by which CDN reads the bucket must be let use its key by hand");
    add_website(bucket);
    add_name(bucket);
    add_domain(bucket);
    add_settings();
    add_record();
  }

 private:
  [[nodiscard]] Span span_of(std::string_view attribute) const {
    const Value* value = a_.find(attribute);
    return value != nullptr && value->span.known() ? value->span : node_.span;
  }

  bool possible(const Node& bucket) {
    const Value* name = domain_field(l_, node_, "name");
    if (name == nullptr) {
      l_.sink()
          .report(node_.span, codes::SiteDomain, node_.name)
          .source(catalog::cite(catalog().fact("cdn.domain.own")))
          .help(
              "give it one: `domain = { name = \"docs.example.com\" }`, for Alibaba Cloud alone inside of `on aliyun { … "
              "}`");
      return false;
    }
    if (const Value* certificate = domain_field(l_, node_, "certificate")) {
      l_.sink()
          .report(certificate->span.known() ? certificate->span : node_.span, codes::SiteCertificate, node_.name)
          .source(catalog::cite(catalog().fact("cdn.domain.ros")))
          .help(
              "leave it out for Alibaba Cloud, `on aliyun { domain = { name = … } }`, and give it to the domain in the "
              "console");
      return false;
    }
    for (const Node& other : l_.architecture().nodes) {
      if (other.id >= node_.id || other.kind != "site" || l_.of(other).node("files") != bucket.id) continue;
      l_.sink()
          .report(span_of("files"), codes::SiteBucket, bucket.name, other.name)
          .label(other.span, "the first one")
          .help("give each site a bucket of its own");
      return false;
    }
    return true;
  }

  cloud::Value name() { return to_value(l_, *domain_field(l_, node_, "name")); }

  void add_website(const Node& bucket) {
    cloud::Object documents;
    documents.set("IndexDocument",
                  cloud::object({{"Suffix", to_value(l_, *a_.find("index"))}, {"SupportSubDir", "true"}, {"Type", "0"}}));
    const bool whole = a_.has("fallback");
    if (whole || a_.has("missing")) {
      const cloud::Value page = to_value(l_, *a_.find(whole ? std::string_view("fallback") : "missing"));
      documents.set("ErrorDocument", cloud::object({{"Key", page}, {"HttpStatus", whole ? "200" : "404"}}));
    }
    cloud::Object p;
    p.set("BucketName", name_of(l_, bucket)).set("WebsiteConfiguration", std::move(documents));
    l_.add(l_.id(node_, "Website"), "ALIYUN::OSS::Website", std::move(p));
  }

  /// Under its own address OSS has pages downloaded instead of shown.
  void add_name(const Node& bucket) {
    cloud::Object p;
    p.set("BucketName", name_of(l_, bucket)).set("DomainName", name());
    l_.add(l_.id(node_, "BucketDomain"), "ALIYUN::OSS::Domain", std::move(p));
  }

  void add_domain(const Node& bucket) {
    const cloud::Value origin = cloud::concat({"[{\"content\":\"", cloud::GetAtt{l_.id(bucket, "Bucket"), "DomainName"},
                                               "\",\"type\":\"oss\",\"port\":80,\"priority\":\"20\",\"weight\":\"10\"}]"});
    cloud::Object p;
    p.set("DomainName", name()).set("CdnType", "web").set("Scope", a_.text("scope")).set("Sources", origin);
    p.set("Tags", tag_list(l_, &node_));
    l_.add(l_.id(node_, "Domain"), "ALIYUN::CDN::Domain", std::move(p));
    l_.changes("it answers plain HTTP until its domain is given a certificate by hand: ROS has no property for one");
    if (a_.text("scope") != "overseas")
      l_.changes("its domain needs an ICP filing, unless `on aliyun { scope = overseas }`");
  }

  static cloud::Object setting(std::string_view function, std::initializer_list<cloud::Member> arguments) {
    cloud::Values all;
    for (const cloud::Member& argument : arguments)
      all.emplace_back(cloud::object({{"ArgName", argument.key}, {"ArgValue", argument.value}}));
    return cloud::object({{"FunctionName", function}, {"FunctionArgs", std::move(all)}});
  }

  void add_settings() {
    const cloud::Value seconds = measured(l_, a_, "cache", Unit::seconds);
    cloud::Object p;
    p.set("DomainNames", cloud::GetAtt{l_.id(node_, "Domain"), "DomainName"});
    p.set("FunctionList",
          cloud::Values{
              setting("l2_oss_key", {{"private_oss_auth", "on"}}), setting("set_req_host_header", {{"domain_name", name()}}),
              setting("path_based_ttl_set", {{"path", "/"}, {"ttl", cloud::concat({"", seconds})}, {"weight", "1"}})});
    l_.add(l_.id(node_, "Settings"), "ALIYUN::CDN::DomainConfig", std::move(p));
    l_.changes("CDN keeps copies for `cache` also when an object says otherwise of itself");
    l_.emulates(
        "CDN reads the bucket by the role AliyunCDNAccessingPrivateOSSRole, which an account makes once, in the console");
  }

  void add_record() {
    if (domain_field(l_, node_, "zone") == nullptr) {
      l_.changes("the address record of the domain is written by hand");
      return;
    }
    (void)add_domain_record(l_, node_, cloud::GetAtt{l_.id(node_, "Domain"), "Cname"});
  }

  Lowering& l_;
  const Node& node_;
  const Attributes& a_;
};

}  // namespace

cloud::Value site_url(Lowering& l, const Node& site) {
  const Value* name = domain_field(l, site, "name");
  return name == nullptr ? cloud::Value(std::string()) : cloud::concat({"http://", to_value(l, *name)});
}

void lower_site(Lowering& l, const Node& node) { Site(l, node).lower(); }

}  // namespace virga::aliyun
