// A service with its variables resolved, and the template that is made of it. Used by this folder only.
#pragma once

#include "backends/aws/serverless_framework/documents.h"
#include "backends/aws/serverless_framework/variables.h"

#include <map>
#include <vector>

namespace virga::aws::serverless_framework {

struct Function {
  std::string key;  ///< `hello`
  Document said;  ///< its settings
  Document name;  ///< what Lambda calls it
  std::string id;  ///< `HelloLambdaFunction`
  std::string alias, alias_id;  ///< of its versions, when events are to reach one
  Span span;

  /// What events call: the function, or its alias.
  [[nodiscard]] Document target() const;
  /// The alias, for `DependsOn`; empty when there is none.
  [[nodiscard]] std::vector<std::string> waits() const;
};

struct Service {
  Document name, stage;  ///< texts
  Document provider = Document::map();
  Document package;
  Document layers;
  Document resources;
  std::vector<Function> functions;
  std::string region;

  [[nodiscard]] const Function* find(std::string_view key) const;
  [[nodiscard]] const Document* setting(std::string_view path) const { return at(provider, path); }
  /// `service-stage`
  [[nodiscard]] Document prefix() const { return text({name, "-", stage}); }
};

/// Reads what `root` says; what is not understood is reported. Nothing when it is no service for AWS.
[[nodiscard]] std::optional<Service> read_service(const Document& root, Variables& variables, const Options& options,
                                                  diag::Sink& sink);
/// Settings of functions, of the provider and of whole files that say nothing to a stack, or nothing that is understood.
void report_unknown(const Document& root, const Service& service, diag::Sink& sink);

/// The same of one event; false when there are no such events.
[[nodiscard]] bool report_event(const Document::Entry& event, const std::string& of, diag::Sink& sink);
void report_provider_sections(const Document& provider, diag::Sink& sink);

class Template {
 public:
  Template(const Service& from, diag::Sink& to) : service(from), sink(to) {}

  const Service& service;
  diag::Sink& sink;

  [[nodiscard]] Document* find(std::string_view id);
  /// Adds a resource, or replaces the one of that id.
  Document& add(std::string_view id, std::string_view type, Document properties, const std::vector<std::string>& waits = {});
  void output(const std::string& name, std::string_view description, Document value);
  /// Where nothing could be made of what is said.
  void wrong(const Document& said, const std::string& what, const char* expected);
  /// What the role of all functions may do; null where they have another role.
  void allow(Document statement);
  [[nodiscard]] Document* role_statements();

  [[nodiscard]] Document::Map take_resources() { return std::move(resources_); }
  [[nodiscard]] Document::Map take_outputs() { return std::move(outputs_); }

 private:
  // With an index of their own: a service may have thousands of functions.
  Document::Map resources_, outputs_;
  std::map<std::string, std::size_t, std::less<>> places_, output_places_;
};

/// A permission for a service to call a function.
void permit(Template& made, const std::string& id, Document function, std::string_view principal,
            std::optional<Document> source, const std::vector<std::string>& waits = {});
/// A rule of the default bus, by what tells two sorts of them apart.
struct RuleOf {
  std::string_view word;  ///< in ids: `Schedule`
  std::size_t number = 0;  ///< within the function
  Document when;  ///< the properties that say on what
  std::optional<Document> input_path;
};
/// The rule and the permission for it to call the function.
void add_event_rule(Template& made, const Function& function, const Document& said, const RuleOf& rule);
/// The fixed input of an event: JSON in a text. Nothing when it has none.
[[nodiscard]] std::optional<Document> input_of(const Document& said);
/// `DISABLED` or `ENABLED`.
[[nodiscard]] std::string_view state_of(const Document& said);
/// A role that functions take on, with a policy that allows nothing yet.
[[nodiscard]] Document role_of_functions(Document policy_name);
[[nodiscard]] Document statement(Document::List actions, Document resource);
void set_retention(const Service& service, Document& log_group);
/// The role that a function has instead of the common one; null when it has none.
[[nodiscard]] const Document* own_role(const Service& service, const Function& function);
/// The events of a kind, in the order of the functions: `see(function, event, number within the function)`.
void each_event(const Service& service, std::string_view kind,
                const std::function<void(const Function&, const Document&, std::size_t)>& see);
/// Where code lies in the bucket.
[[nodiscard]] Document code_key(const Service& service, Document file);
[[nodiscard]] Document code_bucket(const Service& service);

// One file each, in the order in which the framework calls them.
void add_core(Template& made);
void add_role(Template& made);
void add_layers(Template& made);
void add_functions(Template& made, std::vector<Function>& functions);
void add_function_url(Template& made, const Function& function);
void add_invoke_config(Template& made, const Function& function);
void add_schedules(Template& made);
void add_buckets(Template& made);
void add_rest_api(Template& made);
void add_websocket(Template& made);
void add_topics(Template& made);
void add_streams(Template& made);
void add_load_balancers(Template& made);
void add_alexa(Template& made);
void add_iot(Template& made);
void add_cloudwatch_events(Template& made);
void add_cloudwatch_logs(Template& made);
void add_user_pools(Template& made);
void add_event_bridge(Template& made);
void add_queues(Template& made);
void add_http_api(Template& made);

/// A function of the framework's own that does at deployment what CloudFormation cannot.
enum class Helper : std::uint8_t { bucket, user_pool, event_bridge, log_role };
[[nodiscard]] std::string helper_id(Helper helper);
void add_helper(Template& made, Helper helper, const Document::List& statements);
/// The helper that lets API Gateway write logs.
void ensure_log_role(Template& made);

}  // namespace virga::aws::serverless_framework
