#include "backends/aws/sam/sam.h"
#include "backends/aws/sam/shapes.h"

namespace virga::aws::sam {
namespace {

using cloud::Object;
using cloud::Resource;
using cloud::Value;

/// Takes an AWS::Serverless::Function apart. Gives nothing when it says something that folding does not make: then the
/// function stays as it is, so that nothing is lost.
std::optional<std::vector<Resource>> take_apart(const Resource& function) {
  Resource plain = function;
  plain.type = kPlainFunction;
  plain.properties = Object{};
  std::vector<Resource> satellites;
  for (const cloud::Member& member : function.properties.members) {
    const Object* object = member.value.get<Object>();
    if (member.key == "ImageUri") {
      plain.properties.set("Code", cloud::object({{"ImageUri", member.value}}));
    } else if (member.key == "CodeUri") {
      plain.properties.set("Code", member.value);
    } else if (member.key == "Tracing") {
      plain.properties.set("TracingConfig", tracing_config(member.value));
    } else if (member.key == "Tags") {
      plain.properties.set("Tags", tag_list(member.value));
    } else if (member.key == "FunctionUrlConfig" && object != nullptr) {
      for (Resource& made : url_of(function.id, *object)) satellites.push_back(std::move(made));
    } else if (member.key == "EventInvokeConfig" && object != nullptr) {
      satellites.push_back(invoke_config_of(function.id, *object));
    } else if (member.key == "Events" && object != nullptr) {
      for (const cloud::Member& event : object->members) {
        const Object* said = event.value.get<Object>();
        std::vector<Resource> made;
        if (said != nullptr) made = resources_of_event(function.id, event.key, *said);
        if (made.empty()) return std::nullopt;
        for (Resource& one : made) satellites.push_back(std::move(one));
      }
    } else if (member.key == "Policies" || member.key == "AutoPublishAlias" || member.key == "DeploymentPreference" ||
               member.key == "DeadLetterQueue" || member.key == "Connectors" || member.key == "InlineCode") {
      return std::nullopt;  // what SAM makes of these is more than this format folds
    } else {
      plain.properties.set(member.key, member.value);
    }
  }
  if (plain.properties.find("Role") == nullptr) return std::nullopt;  // SAM would make a role
  std::vector<Resource> all{std::move(plain)};
  for (Resource& made : satellites) all.push_back(std::move(made));
  return all;
}

/// A layer of SAM that keeps no older versions is CloudFormation's own.
bool is_plain(const Resource& layer) {
  const Value* kept = layer.properties.find("RetentionPolicy");
  return layer.type == kServerlessLayer && kept != nullptr && *kept == Value("Delete");
}

Resource plain_layer(const Resource& layer) {
  Resource plain = layer;
  plain.type = kPlainLayer;
  plain.properties = Object{};
  for (const cloud::Member& member : layer.properties.members) {
    if (member.key != "RetentionPolicy")
      plain.properties.set(member.key == "ContentUri" ? "Content" : member.key, member.value);
  }
  return plain;
}

}  // namespace

cloud::Stack unfold(cloud::Stack stack) {
  std::vector<Resource> plain;
  for (Resource& resource : stack.resources) {
    std::optional<std::vector<Resource>> parts;
    if (resource.type == kServerlessFunction) parts = take_apart(resource);
    if (is_plain(resource)) parts = {plain_layer(resource)};
    if (resource.type == kServerlessTable) {
      if (std::optional<Object> table = plain_table(resource.properties)) {
        resource.type = kPlainTable;
        resource.properties = std::move(*table);
      }
    }
    if (!parts) {
      plain.push_back(std::move(resource));
      continue;
    }
    for (Resource& part : *parts) plain.push_back(std::move(part));
  }
  stack.resources = std::move(plain);
  return stack;
}

}  // namespace virga::aws::sam
