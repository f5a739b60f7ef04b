#include "backends/aws/serverless_framework/service.h"

#include "backends/aws/serverless_framework/names.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

namespace codes = diag::codes;

/// A list of maps is one map: each goes over those before it.
Document as_one_map(Document said) {
  if (said.as_list() == nullptr) return said;
  Document one = Document::map();
  for (const Document& part : *said.as_list()) {
    if (part.as_map() != nullptr) merge(one, part);
  }
  return one;
}

/// Settings of the provider that concern whoever deploys: a variable in them is no reason for a parameter.
constexpr std::string_view kOfDeployment[] = {"credentials", "profile", "region", "stage"};

Document provider_of(const Document& root, Variables& variables) {
  Document out = Document::map();
  const Document* said = root.find("provider");
  if (said == nullptr) return out;
  if (const auto* name = said->as_string(); name != nullptr && name->find("${") == std::string::npos)
    return Document::map({{"name", *said}});
  Document held;
  if (said->as_string() != nullptr) {
    held = variables.resolve(*said);
    said = &held;
  }
  for (const Document::Entry& entry : entries(said)) {
    if (std::find(std::begin(kOfDeployment), std::end(kOfDeployment), entry.key) != std::end(kOfDeployment)) continue;
    out.as_map()->push_back({entry.key, variables.resolve(entry.value), entry.key_span});
  }
  return out;
}

void read_functions(const Document& said, Service& service, diag::Sink& sink) {
  if (said.is_null()) return;
  if (said.as_map() == nullptr) {
    sink.report(said.span, codes::TemplateShape, "functions", "a map of functions");
    return;
  }
  for (const Document::Entry& entry : *said.as_map()) {
    if (entry.value.is_null()) continue;
    if (entry.value.as_map() == nullptr) {
      sink.report(entry.value.span, codes::TemplateShape, entry.key, "a map");
      continue;
    }
    Function function;
    function.key = entry.key;
    function.said = entry.value;
    function.span = entry.key_span;
    const Document* name = entry.value.find("name");
    function.name = is_true(name) ? *name : text({service.prefix(), "-", entry.key});
    function.id = normalized(entry.key) + "LambdaFunction";
    service.functions.push_back(std::move(function));
  }
}

}  // namespace

std::optional<Service> read_service(const Document& root, Variables& variables, const Options& options, diag::Sink& sink) {
  if (root.as_map() == nullptr) {
    sink.report(root.span, codes::TemplateShape, "serverless.yml", "a map of sections");
    return std::nullopt;
  }
  Service service;
  service.provider = provider_of(root, variables);
  const std::string cloud = text_at(service.provider, "name");
  if (cloud != "aws") {
    const Document* said = root.find("provider");
    sink.report(said == nullptr ? root.span : said->span, codes::TemplateShape, "provider.name", "`aws`");
    return std::nullopt;
  }
  const Document* name = root.find("service");
  if (name != nullptr && name->as_map() == nullptr) service.name = variables.resolve(*name);
  if (name != nullptr && name->as_map() != nullptr) {
    const Document* inner = name->find("name");
    service.name = inner == nullptr ? Document() : variables.resolve(*inner);
  }
  if (service.name.is_null()) sink.report(root.span, codes::TemplateShape, "service", "there");
  const Document stage = options.stage.empty() ? variables.get("provider.stage") : Document(options.stage);
  service.stage = stage.is_null() ? Document("dev") : stage;
  service.region = options.region;
  if (const auto* region = at(root, "provider.region"); service.region.empty() && region != nullptr) {
    const Document said = region->text().find("env:") == std::string::npos ? variables.resolve(*region) : Document();
    if (said.as_string() != nullptr) service.region = *said.as_string();
  }
  if (const Document* package = root.find("package")) service.package = variables.resolve(*package);
  if (const Document* layers = root.find("layers")) service.layers = variables.resolve(*layers);
  if (const Document* functions = root.find("functions"))
    read_functions(as_one_map(variables.resolve(*functions)), service, sink);
  if (const Document* resources = root.find("resources")) service.resources = as_one_map(variables.resolve(*resources));
  return service;
}

}  // namespace virga::aws::serverless_framework
