// The two ways to be a gateway, and what their routes share.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

/// `https://…` of the gateway, and what its APIs are grouped under.
[[nodiscard]] cloud::Value gateway_url(Lowering& l, const Node& gateway);
[[nodiscard]] cloud::Value gateway_id(Lowering& l, const Node& gateway);

/// Whether the routes of a custom domain do: a domain, plain paths to functions, everybody let in or keys at hand, no
/// cross-origin rules, no throttling.
[[nodiscard]] bool fits_custom_domain(const Lowering& l, const Node& gateway);
void realise_custom_domain(Lowering& l, const Node& gateway);
void realise_api_group(Lowering& l, const Node& gateway);

/// Who checks the callers of a route: its own authorizer, else the gateway's; null when everybody is let in.
[[nodiscard]] const Node* authorizer_of(const Lowering& l, const Edge& route);
/// Whether the authorizer brings the keys that tokens are checked against.
[[nodiscard]] bool has_public_keys(const Lowering& l, const Node& authorizer);
/// Those keys as JSON, a list; they are there.
[[nodiscard]] cloud::Value public_keys(Lowering& l, const Node& authorizer);
/// The claims that are handed on to the code as headers `x-jwt-…`, since neither way checks them.
[[nodiscard]] std::vector<std::string_view> claims_handed_on(const Lowering& l, const Node& authorizer);
/// The key as JSON when there is one alone and it is known.
[[nodiscard]] std::optional<std::string> only_key(const Lowering& l, const Node& authorizer);
/// All routes of a gateway, in the order written.
[[nodiscard]] std::vector<const Edge*> routes_of(const Lowering& l, const Node& gateway);

/// `https`, or `http` when the domain has no certificate.
[[nodiscard]] bool has_certificate(const Lowering& l, const Node& gateway);
/// A field of the gateway's domain; null when it is not given.
[[nodiscard]] const Value* domain_field(const Lowering& l, const Node& gateway, std::string_view name);
/// The domain's address record, when the program names the zone: its id, which the domain waits for, since a domain that
/// leads elsewhere is refused.
[[nodiscard]] std::optional<std::string> add_domain_record(Lowering& l, const Node& gateway, cloud::Value target);

// Edges.
void route_to_function(Lowering& l, const Edge& edge);
void route_to_service(Lowering& l, const Edge& edge);
void route_async(Lowering& l, const Edge& edge);
void route_to_address(Lowering& l, const Edge& edge);

/// What an authorizer becomes for the routes of an API group: a plug-in that checks tokens, or apps with codes.
void add_token_check(Lowering& l, const Node& authorizer);
void add_apps(Lowering& l, const Node& authorizer);

}  // namespace virga::aliyun
