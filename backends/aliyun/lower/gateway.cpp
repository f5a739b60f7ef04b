#include "backends/aliyun/lower/gateway.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/strategies.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

namespace virga::aliyun {

std::vector<const Edge*> routes_of(const Lowering& l, const Node& gateway) {
  std::vector<const Edge*> routes;
  for (const Edge* edge : l.architecture().edges_from(gateway.id)) {
    if (edge->from.name != "self") routes.push_back(edge);
  }
  return routes;
}

const Node* authorizer_of(const Lowering& l, const Edge& route) {
  // `auth = none` on a route is given, and means nobody.
  const Attributes& own = l.of(route);
  const AttributeValue* entry = own.entry("auth");
  const bool given = entry != nullptr && entry->origin != Origin::fallback;
  const std::optional<NodeId> id = given ? own.node("auth") : l.of(l.from(route)).node("auth");
  return id ? &l.architecture().node(*id) : nullptr;
}

const Value* domain_field(const Lowering& l, const Node& gateway, std::string_view name) {
  const Map* domain = l.of(gateway).map("domain");
  const Value* value = domain == nullptr ? nullptr : domain->find(name);
  return value == nullptr || value->is_none() ? nullptr : value;
}

bool has_certificate(const Lowering& l, const Node& gateway) { return domain_field(l, gateway, "certificate") != nullptr; }

namespace {

/// Regions of the Chinese mainland begin alike; Hong Kong, which does too, is not one (fact fc3.domain.icp).
bool on_the_mainland(std::string_view region) {
  return region.empty() || (region.starts_with("cn-") && region != "cn-hongkong");
}

}  // namespace

std::optional<std::string> add_domain_record(Lowering& l, const Node& gateway, cloud::Value target) {
  if (on_the_mainland(l.request().region))
    l.changes("a domain in regions of the Chinese mainland needs an ICP filing, with Alibaba Cloud as the provider");
  const Value* zone = domain_field(l, gateway, "zone");
  const Value* name = domain_field(l, gateway, "name");
  if (zone == nullptr) {
    l.changes("the address record of the domain is written by hand, and first: the domain is refused until it leads here");
    return std::nullopt;
  }
  const std::vector<std::string>& regions = l.request().regions;
  if (regions.size() > 1 && l.of(gateway).text("placement") != "home") {
    l.changes(
        fmt::format("the address record of the domain leads to {} alone: those of the other regions are written by "
                    "hand, each for the callers that it is meant for",
                    regions_for_people({regions.front()})));
    if (!l.request().home) return std::nullopt;
  }
  const auto* zone_text = zone->get<std::string>();
  const auto* name_text = name == nullptr ? nullptr : name->get<std::string>();
  const bool below = zone_text != nullptr && name_text != nullptr && name_text->ends_with("." + *zone_text);
  if (!below) {
    l.changes("the address record of the domain is written by hand: its name below the zone is not known beforehand");
    return std::nullopt;
  }
  cloud::Object p;
  p.set("DomainName", *zone_text).set("RR", name_text->substr(0, name_text->size() - zone_text->size() - 1));
  p.set("Type", "CNAME").set("Value", std::move(target));
  const std::string id = l.id(gateway, "Record");
  l.add(id, "ALIYUN::DNS::DomainRecord", std::move(p));
  return id;
}

// ---- keys

namespace {

const Value* keys_of(const Lowering& l, const Node& authorizer) {
  const Map* jwt = l.of(authorizer).map("jwt");
  const Value* keys = jwt == nullptr ? nullptr : jwt->find("keys");
  return keys == nullptr || keys->is_none() ? nullptr : keys;
}

}  // namespace

bool has_public_keys(const Lowering& l, const Node& authorizer) { return keys_of(l, authorizer) != nullptr; }

cloud::Value public_keys(Lowering& l, const Node& authorizer) {
  const Value* keys = keys_of(l, authorizer);
  // As issuers publish them: `{ keys = […] }`; the list alone does as well.
  if (const Map* map = keys->get<Map>(); map != nullptr && map->find("keys") != nullptr) keys = map->find("keys");
  return known_at_compile_time(*keys) && keys->get<std::string>() == nullptr ? cloud::Value(json_text(*keys))
                                                                             : to_value(l, *keys);
}

namespace {

bool asks_for_scopes(const Lowering& l, const Node& authorizer) {
  const Map* jwt = l.of(authorizer).map("jwt");
  const Value* scopes = jwt == nullptr ? nullptr : jwt->find("scopes");
  const Values* list = scopes == nullptr ? nullptr : scopes->get<Values>();
  return list != nullptr && !list->empty();
}

}  // namespace

std::vector<std::string_view> claims_handed_on(const Lowering& l, const Node& authorizer) {
  std::vector<std::string_view> claims = {"iss", "aud", "sub"};
  if (asks_for_scopes(l, authorizer)) claims.emplace_back("scope");
  return claims;
}

std::optional<std::string> only_key(const Lowering& l, const Node& authorizer) {
  const Value* keys = keys_of(l, authorizer);
  if (const Map* map = keys->get<Map>(); map != nullptr && map->find("keys") != nullptr) keys = map->find("keys");
  const Values* list = keys->get<Values>();
  if (list == nullptr || list->size() != 1 || !known_at_compile_time(list->front())) return std::nullopt;
  return json_text(list->front());
}

// ---- what the two ways share

cloud::Value gateway_url(Lowering& l, const Node& gateway) {
  if (const Value* name = domain_field(l, gateway, "name")) {
    return cloud::concat({has_certificate(l, gateway) ? "https://" : "http://", to_value(l, *name)});
  }
  return cloud::concat({"https://", cloud::GetAtt{l.id(gateway, "Group"), "SubDomain"}});
}

cloud::Value gateway_id(Lowering& l, const Node& gateway) {
  if (strategy_of(l, gateway)->name == "fc_custom_domain") return cloud::GetAtt{l.id(gateway, "Domain"), "DomainName"};
  return cloud::GetAtt{l.id(gateway, "Group"), "GroupId"};
}

void lower_authorizer(Lowering& l, const Node& authorizer) {
  const Attributes& a = l.of(authorizer);
  if (a.has("keys")) {
    add_apps(l, authorizer);
    return;
  }
  if (a.has("users")) return;  // refused as a node
  // A function that decides was refused at its edge.
  if (!l.architecture().edges_from(authorizer.id).empty()) return;
  if (!has_public_keys(l, authorizer)) {
    l.sink()
        .report(a.has("jwt") ? a.find("jwt")->span : authorizer.span, codes::JwtKeys, authorizer.name)
        .source(catalog::cite(catalog().fact("fc3.trigger.http.jwt.keys")))
        .help(
            "write them in, as the issuer publishes them: `on aliyun { jwt = { issuer = …  audience = […]  keys = { keys = "
            "[…] } } }`");
    return;
  }
  l.changes("new keys of the issuer need a new deployment");
  l.changes(
      fmt::format("signature and expiry alone are checked: {} are handed on as the headers `x-jwt-iss` and "
                  "`x-jwt-aud`{}, for the code to check",
                  asks_for_scopes(l, authorizer) ? "issuer, audience and scopes" : "issuer and audience",
                  asks_for_scopes(l, authorizer) ? ", and `x-jwt-scope`" : ""));
  add_token_check(l, authorizer);
}

}  // namespace virga::aliyun
