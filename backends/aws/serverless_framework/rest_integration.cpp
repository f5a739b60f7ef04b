// How a method calls what is behind it, and what it makes of the answer.
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/rest_api.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

struct Status {
  const char *code, *pattern;
};
/// What the answers of functions are told apart by where nothing is said.
constexpr Status kStatuses[] = {
    {"200", ""},
    {"400", "[\\s\\S]*\\[400\\][\\s\\S]*"},
    {"401", "[\\s\\S]*\\[401\\][\\s\\S]*"},
    {"403", "[\\s\\S]*\\[403\\][\\s\\S]*"},
    {"404", "[\\s\\S]*\\[404\\][\\s\\S]*"},
    {"422", "[\\s\\S]*\\[422\\][\\s\\S]*"},
    {"500", "[\\s\\S]*(Process\\s?exited\\s?before\\s?completing\\s?request|\\[500\\])[\\s\\S]*"},
    {"502", "[\\s\\S]*\\[502\\][\\s\\S]*"},
    {"504", "([\\s\\S]*\\[504\\][\\s\\S]*)|(.*Task timed out after \\d+\\.\\d+ seconds$)"},
};

/// The status codes that are told apart, by their numbers.
Document::Map statuses_of(const HttpEvent& event) {
  Document codes = Document::map();
  const Document* said = event.find("response.statusCodes");
  if (is_true(said)) codes = *said;
  const auto& all = entries(&codes);
  const bool usual = !is_true(said) && (event.find("response") != nullptr || event.integration == "AWS");
  const bool any_plain = std::any_of(all.begin(), all.end(), [](const Document::Entry& entry) {
    const Document* pattern = entry.value.find("pattern");
    return pattern != nullptr && pattern->as_string() != nullptr && pattern->as_string()->empty();
  });
  if (is_true(said) && !any_plain) codes.set("200", Document::map({{"pattern", ""}}));
  if (usual && event.integration != "MOCK") {
    for (const Status& status : kStatuses) codes.set(status.code, Document::map({{"pattern", status.pattern}}));
  }
  Document::Map sorted = *codes.as_map();
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Document::Entry& a, const Document::Entry& b) { return a.key < b.key; });
  return sorted;
}

/// Headers of every answer.
Document common_headers(const HttpEvent& event) {
  Document headers = Document::map();
  if (!event.cors.is_null()) {
    std::string origin = text_at(event.cors, "origin");
    for (std::size_t i = 0; i < items(event.cors.find("origins")).size(); ++i) {
      const std::string one = items(event.cors.find("origins"))[i].text();
      origin = i == 0 ? one : origin + "," + one;
    }
    headers.set("Access-Control-Allow-Origin", "'" + origin + "'");
    if (is_true(event.cors.find("allowCredentials"))) headers.set("Access-Control-Allow-Credentials", "true");
  }
  for (const Document::Entry& entry : entries(event.find("response.headers"))) headers.set(entry.key, entry.value);
  return headers;
}

bool answers_are_said(const HttpEvent& event) {
  return !event.is_proxy() && (event.integration == "AWS" || event.find("response") != nullptr);
}

Document integration_responses(const HttpEvent& event) {
  Document list = Document::list();
  if (!answers_are_said(event)) return list;
  const Document headers = common_headers(event);
  for (const Document::Entry& status : statuses_of(event)) {
    Document parameters = Document::map(), templates = Document::map();
    for (const Document* from : {&headers, status.value.find("headers")}) {
      for (const Document::Entry& entry : entries(from)) parameters.set("method.response.header." + entry.key, entry.value);
    }
    if (const Document* common = event.find("response.template"); is_true(common))
      templates.set("application/json", *common);
    if (const Document* own = status.value.find("template"); is_true(own)) {
      if (own->is_scalar()) templates.set("application/json", *own);
      else merge(templates, *own);
    }
    const Document* pattern = status.value.find("pattern");
    Document response = Document::map({{"StatusCode", status.key},
                                       {"SelectionPattern", is_true(pattern) ? *pattern : Document("")},
                                       {"ResponseParameters", std::move(parameters)},
                                       {"ResponseTemplates", std::move(templates)}});
    if (status.key.starts_with('2')) set_if(response, "ContentHandling", event.find("response.contentHandling"));
    list.append(std::move(response));
  }
  return list;
}

Document integration_parameters(const HttpEvent& event) {
  Document out = Document::map();
  constexpr std::string_view kMethod = "method.";
  for (const auto& [section, singular] :
       {std::pair{"querystrings", "querystring"}, {"paths", "path"}, {"headers", "header"}}) {
    for (const Document::Entry& entry : entries(event.find(std::string("request.parameters.") + section))) {
      const std::string name = std::string(kMethod) + "request." + singular + "." + entry.key;
      const Document* mapped = entry.value.find("mappedValue");
      out.set("integration." + name.substr(kMethod.size()), is_true(mapped) ? *mapped : Document(name));
    }
  }
  if (is_true(event.find("async"))) out.set("integration.request.header.X-Amz-Invocation-Type", "'Event'");
  return out;
}

}  // namespace

Document request_parameters(const HttpEvent& event) {
  Document out = Document::map();
  if (event.integration == "MOCK") return out;
  for (const auto& [section, singular] :
       {std::pair{"querystrings", "querystring"}, {"paths", "path"}, {"headers", "header"}}) {
    for (const Document::Entry& entry : entries(event.find(std::string("request.parameters.") + section))) {
      const Document* required = entry.value.find("required");
      const bool is_map = entry.value.as_map() != nullptr;
      out.set(std::string("method.request.") + singular + "." + entry.key, !is_map               ? entry.value
                                                                           : required != nullptr ? *required
                                                                                                 : Document(true));
    }
  }
  return out;
}

Document integration_of(const HttpEvent& event) {
  const std::string& type = event.integration;
  Document out = Document::map({{"IntegrationHttpMethod", "POST"}, {"Type", type}});
  if (type == "AWS" || type == "AWS_PROXY") {
    out.set("Uri", text({"arn:", reference("AWS::Partition"), ":apigateway:", reference("AWS::Region"),
                         ":lambda:path/2015-03-31/functions/", event.function->target(), "/invocations"}));
  } else if (type == "HTTP" || type == "HTTP_PROXY") {
    const Document* method = event.find("request.method");
    set_if(out, "Uri", event.find("request.uri"));
    out.set("IntegrationHttpMethod", is_true(method) ? upper(method->text()) : event.method);
    if (const Document* connection = event.find("connectionType"); is_true(connection)) {
      out.set("ConnectionType", replaced(upper(connection->text()), "-", "_"));
      set_if(out, "ConnectionId", event.find("connectionId"));
    }
  }
  if (!event.is_proxy()) {
    const Document* passing = event.find("request.passThrough");
    if (is_true(passing)) out.set("PassthroughBehavior", *passing);
    else if (type == "AWS") out.set("PassthroughBehavior", "NEVER");
    set_if(out, "ContentHandling", event.find("request.contentHandling"));
    Document templates = request_templates(event);
    if (!templates.as_map()->empty()) out.set("RequestTemplates", std::move(templates));
    out.set("IntegrationResponses", integration_responses(event));
  }
  const bool has_parameters = !entries(event.find("request.parameters")).empty();
  if ((has_parameters && (type == "AWS" || type == "HTTP" || type == "HTTP_PROXY")) || is_true(event.find("async")))
    out.set("RequestParameters", integration_parameters(event));
  return out;
}

Document method_responses(const HttpEvent& event) {
  Document list = Document::list();
  if (!answers_are_said(event)) return list;
  const Document headers = common_headers(event);
  for (const Document::Entry& status : statuses_of(event)) {
    Document parameters = Document::map();
    for (const Document* from : {&headers, status.value.find("headers")}) {
      for (const Document::Entry& entry : entries(from)) parameters.set("method.response.header." + entry.key, true);
    }
    list.append(Document::map(
        {{"ResponseParameters", std::move(parameters)}, {"ResponseModels", Document::map()}, {"StatusCode", status.key}}));
  }
  return list;
}

}  // namespace virga::aws::serverless_framework
