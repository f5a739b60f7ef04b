#include "backends/aws/openapi/routes.h"

#include "compiler/adopt/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aws::openapi {
namespace {

using cloud::Object;
using cloud::Value;

/// `/files/{proxy+}` → `/files/{proxy*}`, and what takes all that no other route takes.
std::string path_of(const std::string& path) {
  if (path == "$default" || path == "/$default") return "/{default*}";
  return adopt::replaced(path, "+}", "*}");
}

/// The address by which API Gateway calls a function holds its ARN; of an HTTP API the ARN does as well.
bool is_function(const Value* uri) {
  if (uri == nullptr) return false;
  if (uri->get<cloud::GetAtt>() != nullptr) return true;
  const auto* joined = uri->get<Box<cloud::Concat>>();
  if (joined == nullptr) return false;
  return std::any_of((*joined)->parts.begin(), (*joined)->parts.end(), [](const Value& part) {
    const auto* said = part.get<std::string>();
    return said != nullptr &&
           (said->find(":lambda:path/") != std::string::npos || said->find(":function:") != std::string::npos);
  });
}

}  // namespace

const Object* object(const Object& of, std::string_view name) {
  const Value* said = of.find(name);
  return said == nullptr ? nullptr : said->get<Object>();
}

std::string text(const Object& of, std::string_view name) {
  const Value* said = of.find(name);
  const auto* word = said == nullptr ? nullptr : said->get<std::string>();
  return word == nullptr ? std::string() : *word;
}

void Routes::change(const std::string& part, std::string_view fate, std::string says) {
  out_.changes.push_back({part, fate, std::move(says)});
}

void Routes::add(const Route& route) {
  const std::string part = route.port + " " + route.path;
  if (route.type == "mock" && route.port == "OPTIONS") {
    answers_browsers_ = true;
    return;
  }
  if (!is_function(route.uri)) {
    const std::string what = route.type.empty()               ? "leads to nothing of which the template tells"
                             : route.type == "mock"           ? "answers by itself"
                             : route.type.starts_with("http") ? "leads to an address"
                                                              : "asks a service of the cloud";
    change(part, "impossible", fmt::format("it {}: let a function do that", what));
    return;
  }
  if (!route.path.starts_with('/') && route.path != "$default") {
    change(part, "impossible", "its path is none of the language");
    return;
  }
  if (route.type != "aws_proxy")
    change(part, "code", "nothing is made of the request before the function gets it, nor of its answer");
  if (route.secured)
    change(part, "impossible", "who may call it only the template says: say `auth` at the gateway or the route");
  if (route.looked_at) change(part, "degraded", "requests are not looked at before the function gets them");
  out_.edges.push_back({part, route.port, path_of(route.path), false, *route.uri, "function", "", {}});
}

cloud::Told Routes::told() {
  out_.each_alone = true;
  if (answers_browsers_)
    change("", "degraded", "it answers what browsers ask before they call (CORS) by itself: say `cors` at the gateway");
  return std::move(out_);
}

}  // namespace virga::aws::openapi
