// The tree of paths, and what browsers are told before they call another site.
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/rest_api.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

std::string joined(const Document* list, std::string_view delimiter) {
  std::string out;
  for (const Document& item : items(list)) out += (out.empty() ? "" : std::string(delimiter)) + item.text();
  return out;
}

void add_all_once(Document& list, const Document* more) {
  for (const Document& item : items(more)) {
    const auto& all = *list.as_list();
    if (std::find(all.begin(), all.end(), item) == all.end()) list.append(item);
  }
}

/// What one event says goes before what others of its path said.
void lay_over(Document& all, const Document& cors) {
  for (const char* key : {"headers", "methods", "origins"}) {
    Document together = Document::list();
    add_all_once(together, cors.find(key));
    add_all_once(together, all.find(key));
    all.set(key, std::move(together));
  }
  all.erase("origin");
  set_if(all, "origin", cors.find("origin"));
  all.set("allowCredentials", is_true(all.find("allowCredentials")) || is_true(cors.find("allowCredentials")));
  for (const char* key : {"maxAge", "cacheControl"}) {
    if (is_true(cors.find(key))) all.set(key, *cors.find(key));
  }
}

/// A mapping that gives back whichever of several origins asked.
std::string origin_template(const Document::List& origins) {
  std::string any;
  for (const Document& origin : origins) {
    std::string pattern = replaced(origin.text(), ".", "[.]");
    if (const std::size_t star = pattern.find('*'); star != std::string::npos) pattern.replace(star, 1, ".+");
    any += (any.empty() ? "" : " || ") + std::string("$origin.matches(\"") + pattern + "\")";
  }
  return "#set($origin = $input.params(\"Origin\"))\n#if($origin == \"\") #set($origin = $input.params(\"origin\")) "
         "#end\n#if(" +
         any + ") #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end";
}

Document::List split(const std::string& text) {
  Document::List out;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(std::count(text.begin(), text.end(), ',')); ++i) {
    std::string_view part = part_of(text, ',', i);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    out.emplace_back(part);
  }
  return out;
}

}  // namespace

Document RestApi::resource(const std::string& path) {
  if (path.empty()) return root_;
  if (const auto known = known_.find(path); known != known_.end()) return known->second;
  const std::string id = "ApiGatewayResource" + normalized_path(path);
  if (made_.find(id) == nullptr) {
    const std::size_t slash = path.rfind('/');
    const Document parent = slash == std::string::npos ? root_ : resource(path.substr(0, slash));
    made_.add(id, "AWS::ApiGateway::Resource",
              Document::map({{"ParentId", parent},
                             {"PathPart", slash == std::string::npos ? path : path.substr(slash + 1)},
                             {"RestApiId", api_}}));
  }
  return reference(id);
}

std::string RestApi::resource_name(const std::string& path) { return path.empty() ? "" : normalized_path(path); }

void RestApi::add_resources() {
  const Document* known = setting("restApiResources");
  for (const Document::Entry& entry : entries(known)) {
    std::string path = entry.key;
    if (path.starts_with('/')) path.erase(0, 1);
    known_[path] = entry.value;
  }
  for (const Document& one : items(known)) {
    std::string path = text_at(one, "path");
    if (path.starts_with('/')) path.erase(0, 1);
    if (one.find("resourceId") != nullptr) known_[path] = *one.find("resourceId");
  }
  for (const HttpEvent& event : events_) static_cast<void>(resource(event.path));
}

void RestApi::add_preflights() {
  std::map<std::string, Document> by_path;
  std::vector<std::string> order;
  for (const HttpEvent& event : events_) {
    if (event.cors.is_null()) continue;
    Document& all = by_path[event.path];
    if (all.is_null()) order.push_back(event.path);
    lay_over(all, event.cors);
  }
  for (const std::string& path : order) add_preflight(path, by_path[path]);
}

void RestApi::add_preflight(const std::string& path, const Document& cors) {
  std::string origin = text_at(cors, "origin");
  Document::List origins = items(cors.find("origins"));
  if (origin.find(',') != std::string::npos) origins = split(origin);
  if (!origins.empty()) origin = origins.front().text();
  std::string methods = joined(cors.find("methods"), ",");
  const auto& all = items(cors.find("methods"));
  if (std::find(all.begin(), all.end(), Document("ANY")) != all.end())
    methods.replace(methods.find("ANY"), 3, "DELETE,GET,HEAD,PATCH,POST,PUT");
  const auto quoted = [](const std::string& said) { return Document("'" + said + "'"); };
  Document headers = Document::map({{"Access-Control-Allow-Origin", quoted(origin)},
                                    {"Access-Control-Allow-Headers", quoted(joined(cors.find("headers"), ","))},
                                    {"Access-Control-Allow-Methods", quoted(methods)}});
  if (is_true(cors.find("allowCredentials"))) headers.set("Access-Control-Allow-Credentials", "'true'");
  if (is_true(cors.find("maxAge"))) headers.set("Access-Control-Max-Age", quoted(text_at(cors, "maxAge")));
  if (is_true(cors.find("cacheControl"))) headers.set("Cache-Control", quoted(text_at(cors, "cacheControl")));
  Document named = Document::map(), said = Document::map();
  for (const Document::Entry& entry : entries(&headers)) {
    named.set("method.response.header." + entry.key, true);
    said.set("method.response.header." + entry.key, entry.value);
  }
  const Document templates = Document::map({{"application/json", origins.empty() ? "" : origin_template(origins)}});
  Document integration = Document::map(
      {{"Type", "MOCK"},
       {"RequestTemplates", Document::map({{"application/json", "{statusCode:200}"}})},
       {"ContentHandling", "CONVERT_TO_TEXT"},
       {"IntegrationResponses",
        Document::list({Document::map(
            {{"StatusCode", "200"}, {"ResponseParameters", std::move(said)}, {"ResponseTemplates", templates}})})}});
  const std::string id = "ApiGatewayMethod" + resource_name(path) + "Options";
  methods_.push_back(id);
  made_.add(id, "AWS::ApiGateway::Method",
            Document::map({{"AuthorizationType", "NONE"},
                           {"HttpMethod", "OPTIONS"},
                           {"MethodResponses", Document::list({Document::map({{"StatusCode", "200"},
                                                                              {"ResponseParameters", std::move(named)},
                                                                              {"ResponseModels", Document::map()}})})},
                           {"RequestParameters", Document::map()},
                           {"Integration", std::move(integration)},
                           {"ResourceId", resource(path)},
                           {"RestApiId", api_}}));
}

}  // namespace virga::aws::serverless_framework
