#include "backends/aws/references.h"
#include "backends/aws/sam/sam.h"
#include "backends/aws/sam/shapes.h"

#include <algorithm>
#include <set>

namespace virga::aws::sam {
namespace {

using cloud::Object;
using cloud::Resource;
using cloud::Value;

/// Moves what a function's satellites say into the function. A satellite is folded only when unfolding gives it back.
class Folder {
 public:
  explicit Folder(cloud::Stack& stack) : stack_(stack) {
    const auto note = [&](const std::string& id, const std::string&) { needed_.insert(id); };
    for (const Resource& resource : stack_.resources) {
      needed_.insert(resource.depends_on.begin(), resource.depends_on.end());
      visit_references(Value(resource.properties), note);
    }
    for (const cloud::StackOutput& output : stack_.outputs) visit_references(output.value, note);
  }

  void fold() {
    for (Resource& resource : stack_.resources) {
      if (resource.type == kPlainFunction) fold_function(resource);
      if (resource.type == kPlainLayer) fold_layer(resource);
      if (resource.type == kPlainTable) fold_table(resource);
    }
    std::erase_if(stack_.resources, [&](const Resource& resource) { return gone_.contains(resource.id); });
  }

 private:
  void fold_function(Resource& function) {
    Object before = function.properties, made;
    for (cloud::Member& member : function.properties.members) {
      if (member.key == "Code" && image_uri(member.value) != nullptr) {
        const Value image = *image_uri(member.value);
        made.set("ImageUri", image);
      } else if (member.key == "Code") {
        made.set("CodeUri", std::move(member.value));
      } else if (member.key == "TracingConfig") {
        made.set("Tracing", tracing(member.value));
      } else if (member.key == "Tags") {
        made.set("Tags", tag_map(member.value));
      } else {
        made.set(member.key, std::move(member.value));
      }
    }
    if (!knows(kServerlessFunction, made)) {
      function.properties = std::move(before);
      return;
    }
    function.type = kServerlessFunction;
    function.properties = std::move(made);
    fold_url(function);
    fold_invoke_config(function);
    fold_events(function);
  }

  static void fold_table(Resource& table) {
    std::optional<Object> simple = simple_table(table.properties);
    if (!simple) return;
    table.type = kServerlessTable;
    table.properties = std::move(*simple);
  }

  /// SAM keeps the versions before unless told otherwise, and CloudFormation does not.
  static void fold_layer(Resource& layer) {
    const Value* content = layer.properties.find("Content");
    const bool plain =
        layer.on_removal == cloud::OnRemoval::engine_default && layer.on_replace == cloud::OnRemoval::engine_default;
    if (!plain || content == nullptr || content->get<std::string>() == nullptr) return;
    Object made;
    for (const cloud::Member& member : layer.properties.members)
      made.set(member.key == "Content" ? "ContentUri" : member.key, member.value);
    made.set("RetentionPolicy", "Delete");
    if (!knows(kServerlessLayer, made)) return;
    layer.type = kServerlessLayer;
    layer.properties = std::move(made);
  }

  /// A resource that something refers to or waits for must stay one: within a function it would have no name.
  Resource* satellite(const std::string& id, std::string_view type) {
    Resource* found = stack_.find(id);
    const bool free = found != nullptr && found->type == type && !gone_.contains(id) && !needed_.contains(id);
    return free ? found : nullptr;
  }

  /// True when `made` is what stands, and nothing else is said of the resource.
  static bool says_the_same(const Resource& standing, const Resource& made) {
    Resource bare = standing;
    bare.from = made.from;
    return bare == made;
  }

  void fold_url(Resource& function) {
    const Resource* url = satellite(function.id + "Url", "AWS::Lambda::Url");
    if (url == nullptr) return;
    Object config = url->properties;
    std::erase_if(config.members, [](const cloud::Member& m) { return m.key == "TargetFunctionArn"; });
    const std::vector<Resource> made = url_of(function.id, config);
    for (const Resource& resource : made) {
      const Resource* standing = satellite(resource.id, resource.type);
      if (standing == nullptr || !says_the_same(*standing, resource)) return;
    }
    for (const Resource& resource : made) gone_.insert(resource.id);
    function.properties.set("FunctionUrlConfig", std::move(config));
  }

  void fold_invoke_config(Resource& function) {
    const Resource* standing = satellite(function.id + "EventInvokeConfig", "AWS::Lambda::EventInvokeConfig");
    if (standing == nullptr) return;
    Object config = standing->properties;
    std::erase_if(config.members, [](const cloud::Member& m) { return m.key == "FunctionName" || m.key == "Qualifier"; });
    if (Value* destinations = config.find("DestinationConfig")) {
      for (cloud::Member& outcome : destinations->get<Object>()->members) {
        Object* target = outcome.value.get<Object>();
        const std::string type = destination_type(stack_, *target->find("Destination"));
        if (type.empty()) return;
        Object typed = cloud::object({{"Type", type}});
        typed.set("Destination", *target->find("Destination"));
        *target = std::move(typed);
      }
    }
    if (!says_the_same(*standing, invoke_config_of(function.id, config))) return;
    gone_.insert(standing->id);
    function.properties.set("EventInvokeConfig", std::move(config));
  }

  /// Mappings, subscriptions and schedules whose id begins with the function's become its events.
  void fold_events(Resource& function) {
    Object events;
    for (const Resource& resource : stack_.resources) {
      if (gone_.contains(resource.id) || !resource.id.starts_with(function.id) || resource.id == function.id) continue;
      const std::string name = resource.id.substr(function.id.size());
      const std::optional<Object> event = event_of(resource, function.id);
      if (!event) continue;
      const std::vector<Resource> made = resources_of_event(function.id, name, *event);
      bool same = !made.empty();
      for (const Resource& one : made) {
        const Resource* standing = satellite(one.id, one.type);
        same = same && standing != nullptr && says_the_same(*standing, one);
      }
      if (!same) continue;
      for (const Resource& one : made) gone_.insert(one.id);
      events.set(name, *event);
    }
    if (!events.members.empty()) function.properties.set("Events", std::move(events));
  }

  cloud::Stack& stack_;
  std::set<std::string> gone_, needed_;
};

}  // namespace

cloud::Stack fold(cloud::Stack stack) {
  Folder(stack).fold();
  return stack;
}

}  // namespace virga::aws::sam
