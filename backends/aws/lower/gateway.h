// What the two realisations of a gateway share: its routes, who may pass, its domain.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// A route of the language: `ANY "/files/{path*}"`.
struct Route {
  std::string method;  ///< `GET`, …, `ANY`
  std::string path;  ///< `/files/{path+}`, as API Gateway writes it
  std::string parent;  ///< `/files`, when the last segment takes any number of segments, also none
  [[nodiscard]] std::string key() const { return method + " " + path; }
};
[[nodiscard]] Route route_of(const Edge& edge);
/// `GetDocsPage`: the route as a part of a logical id.
[[nodiscard]] std::string route_id(const Route& route);

/// The program itself has this route: what would be added for another one gives way to it.
[[nodiscard]] bool has_route(const Lowering& lowering, const Node& gateway, std::string_view method, std::string_view path);

/// The authorizer that guards a route: the route's own, else the gateway's; none when the route says `none`.
[[nodiscard]] const Node* guard_of(const Lowering& lowering, const Edge& route);
/// Callers have keys: an HTTP API has none, so the gateway becomes a REST API.
[[nodiscard]] bool needs_keys(const Lowering& lowering, const Node& gateway);
[[nodiscard]] bool hands_out_keys(const Lowering& lowering, const Node& authorizer);

/// Every authorizer that guards a route of the gateway, once.
[[nodiscard]] std::vector<const Node*> guards_of(const Lowering& lowering, const Node& gateway);
/// In how many ways an authorizer says who may pass; it must be one.
[[nodiscard]] int ways_of(const Lowering& lowering, const Node& authorizer);
/// The function that an authorizer asks; null when there is none.
[[nodiscard]] const Edge* asked_function(const Lowering& lowering, const Node& authorizer);

/// How long a route may take, in milliseconds: its own word, else the longest time there is.
[[nodiscard]] cloud::Value route_timeout(Lowering& lowering, const Edge& edge, std::string_view most);
/// The ARN of calls through this gateway, for permissions: everything below `rest`.
[[nodiscard]] cloud::Value call_arn(Lowering& lowering, const Node& gateway, std::string_view rest);
/// `arn:…:lambda:path/2015-03-31/functions/<arn>/invocations`
[[nodiscard]] cloud::Value invocation_uri(Lowering& lowering, const Node& function);

/// The custom domain with its mapping and its record.
void lower_domain(Lowering& lowering, const Node& gateway);
/// The log of requests; the id of the log group, or nothing when the gateway writes none.
[[nodiscard]] std::optional<std::string> lower_access_log(Lowering& lowering, const Node& gateway);
/// Says by which role API Gateway writes that log where the account gives it one, and lets `stage` wait for the role when
/// this app sets it.
void log_by_account_role(Lowering& lowering, const Node& gateway, bool logs, cloud::Resource& stage,
                         cloud::Decision& decision);
/// Requests per second, and how many may come at once above that: as many as one second brings, unless said otherwise.
[[nodiscard]] cloud::Object throttling(Lowering& lowering, const Value& rate, const Value* burst, Span place);
/// What a mapping template writes for `text`, `$input.body` say, so that it can stand within a text of JSON.
[[nodiscard]] std::string escaped_json(const std::string& text);
/// One line of JSON for each request; `route` is how this sort of API names the route.
[[nodiscard]] std::string access_log_format(std::string_view route);

// ---- HTTP API
/// The routes of an edge. `bare` is the integration of the path without its last segments (`{path*}` takes none as well),
/// where that is another one.
void http_route(Lowering& lowering, const Edge& edge, const std::string& integration, cloud::Decision& decision,
                const std::string& bare = {});
// ---- REST API
inline constexpr std::string_view kRestStage = "live";
/// What a caller gets when the service behind a route refuses.
inline constexpr std::string_view kRefused = "502";
void rest_route(Lowering& lowering, const Edge& edge, cloud::Object integration);
/// The deployment, once all routes are known.
void deploy_rest_apis(Lowering& lowering);

}  // namespace virga::aws
