#include "backends/aws/sam/shapes.h"

#include "backends/aws/lower/lowering.h"

#include <algorithm>

namespace virga::aws::sam {
namespace {

using cloud::Object;
using cloud::Resource;
using cloud::Value;

Resource made(std::string id, std::string_view type, Object properties) {
  Resource resource;
  resource.id = std::move(id);
  resource.type = type;
  resource.properties = std::move(properties);
  return resource;
}

/// The properties of `from`, without those named.
Object without(const Object& from, std::initializer_list<std::string_view> names) {
  Object rest;
  for (const cloud::Member& member : from.members) {
    if (std::find(names.begin(), names.end(), member.key) == names.end()) rest.set(member.key, member.value);
  }
  return rest;
}

Object event(std::string_view type, Object properties) {
  return cloud::object({{"Type", type}, {"Properties", std::move(properties)}});
}

bool refers_to(const Value* value, const std::string& resource) {
  const cloud::Ref* ref = value == nullptr ? nullptr : value->get<cloud::Ref>();
  return ref != nullptr && ref->resource == resource;
}

/// What SAM's event calls the source of a mapping.
struct MappingEvent {
  std::string_view event, source;
};

std::optional<MappingEvent> mapping_event(const Object& properties) {
  const Value* source = properties.find("EventSourceArn");
  const cloud::GetAtt* att = source == nullptr ? nullptr : source->get<cloud::GetAtt>();
  if (att == nullptr) return std::nullopt;
  if (att->attribute == "StreamArn") return MappingEvent{"DynamoDB", "Stream"};
  // A queue is read from where it is; of a stream must be said where to begin.
  if (properties.find("StartingPosition") != nullptr) return MappingEvent{"Kinesis", "Stream"};
  return MappingEvent{"SQS", "Queue"};
}

std::optional<Object> mapping(const Resource& resource, const std::string& function) {
  if (!refers_to(resource.properties.find("FunctionName"), function)) return std::nullopt;
  const std::optional<MappingEvent> kind = mapping_event(resource.properties);
  if (!kind) return std::nullopt;
  Object properties = cloud::object({{std::string(kind->source), *resource.properties.find("EventSourceArn")}});
  for (cloud::Member& member : without(resource.properties, {"EventSourceArn", "FunctionName"}).members)
    properties.set(member.key, member.value);
  return event(kind->event, std::move(properties));
}

std::optional<Object> subscription(const Resource& resource, const std::string& function) {
  const Value* endpoint = resource.properties.find("Endpoint");
  if (endpoint == nullptr || !(*endpoint == Value(cloud::GetAtt{function, "Arn"}))) return std::nullopt;
  Object properties = cloud::object({{"Topic", *resource.properties.find("TopicArn")}});
  for (cloud::Member& member : without(resource.properties, {"TopicArn", "Endpoint", "Protocol"}).members)
    properties.set(member.key, member.value);
  return event("SNS", std::move(properties));
}

std::optional<Object> schedule(const Resource& resource, const std::string& function) {
  const Value* target = resource.properties.find("Target");
  const Object* to = target == nullptr ? nullptr : target->get<Object>();
  const Value* arn = to == nullptr ? nullptr : to->find("Arn");
  if (arn == nullptr || !(*arn == Value(cloud::GetAtt{function, "Arn"}))) return std::nullopt;
  Object properties = without(resource.properties, {"Target"});
  for (const cloud::Member& member : without(*to, {"Arn"}).members) properties.set(member.key, member.value);
  return event("ScheduleV2", std::move(properties));
}

}  // namespace

bool knows(std::string_view type, const Object& properties) {
  const catalog::PropertyList* list = catalog().properties_of(type);
  return list == nullptr || std::all_of(properties.members.begin(), properties.members.end(), [&](const cloud::Member& m) {
           return std::find(list->properties.begin(), list->properties.end(), m.key) != list->properties.end();
         });
}

std::optional<Object> plain_table(const Object& simple) {
  const Value* key = simple.find("PrimaryKey");
  const Object* named = key == nullptr ? nullptr : key->get<Object>();
  const Value* name = named == nullptr ? nullptr : named->find("Name");
  const Value* type = named == nullptr ? nullptr : named->find("Type");
  if (name == nullptr || type == nullptr) return std::nullopt;
  const char* letter = *type == Value("String")   ? "S"
                       : *type == Value("Number") ? "N"
                       : *type == Value("Binary") ? "B"
                                                  : nullptr;
  if (letter == nullptr) return std::nullopt;
  Object plain;
  for (const cloud::Member& member : simple.members) {
    if (member.key == "PrimaryKey") {
      Object defined = cloud::object({{"AttributeName", *name}, {"AttributeType", letter}});
      Object used = cloud::object({{"AttributeName", *name}, {"KeyType", "HASH"}});
      plain.set("AttributeDefinitions", cloud::Values{std::move(defined)});
      plain.set("KeySchema", cloud::Values{std::move(used)});
      plain.set("BillingMode", "PAY_PER_REQUEST");
    } else if (member.key == "Tags") {
      plain.set("Tags", tag_list(member.value));
    } else if (member.key == "TableName" || member.key == "PointInTimeRecoverySpecification") {
      plain.set(member.key, member.value);
    } else {
      return std::nullopt;
    }
  }
  return plain;
}

std::optional<Object> simple_table(const Object& plain) {
  const Value* definitions = plain.find("AttributeDefinitions");
  const cloud::Values* list = definitions == nullptr ? nullptr : definitions->get<cloud::Values>();
  if (list == nullptr || list->size() != 1) return std::nullopt;
  const Object* key = list->front().get<Object>();
  const Value* name = key == nullptr ? nullptr : key->find("AttributeName");
  const Value* letter = key == nullptr ? nullptr : key->find("AttributeType");
  if (name == nullptr || letter == nullptr) return std::nullopt;
  const char* type = *letter == Value("S") ? "String" : *letter == Value("N") ? "Number" : "Binary";
  Object simple;
  for (const cloud::Member& member : plain.members) {
    if (member.key == "AttributeDefinitions") {
      simple.set("PrimaryKey", cloud::object({{"Name", *name}, {"Type", type}}));
    } else if (member.key == "Tags") {
      simple.set("Tags", tag_map(member.value));
    } else if (member.key != "KeySchema" && member.key != "BillingMode") {
      simple.set(member.key, member.value);
    }
  }
  // Whatever else the table says would be lost.
  const std::optional<Object> back = plain_table(simple);
  if (!back || !(Value(*back) == Value(plain))) return std::nullopt;
  return simple;
}

const Value* image_uri(const Value& code) {
  const Object* object = code.get<Object>();
  return object == nullptr || object->members.size() != 1 ? nullptr : object->find("ImageUri");
}

Value tracing(const Value& config) {
  const Object* object = config.get<Object>();
  const Value* mode = object == nullptr ? nullptr : object->find("Mode");
  return mode == nullptr ? config : *mode;
}

Value tracing_config(const Value& mode) { return cloud::object({{"Mode", mode}}); }

Value tag_map(const Value& list) {
  Object map;
  const cloud::Values* items = list.get<cloud::Values>();
  for (const Value& item : items == nullptr ? cloud::Values{} : *items) {
    const Object* tag = item.get<Object>();
    const Value* key = tag == nullptr ? nullptr : tag->find("Key");
    if (key == nullptr || key->get<std::string>() == nullptr || tag->find("Value") == nullptr) return list;
    map.set(*key->get<std::string>(), *tag->find("Value"));
  }
  return map;
}

Value tag_list(const Value& map) {
  const Object* object = map.get<Object>();
  if (object == nullptr) return map;
  cloud::Values list;
  for (const cloud::Member& member : object->members)
    list.emplace_back(cloud::object({{"Key", member.key}, {"Value", member.value}}));
  return list;
}

std::vector<Resource> url_of(const std::string& function, const Object& config) {
  const Value callee = cloud::Ref{function};
  Object url = cloud::object({{"TargetFunctionArn", callee}});
  for (const cloud::Member& member : config.members) url.set(member.key, member.value);
  std::vector<Resource> resources{made(function + "Url", "AWS::Lambda::Url", std::move(url))};
  const Value* auth = config.find("AuthType");
  if (auth == nullptr || !(*auth == Value("NONE"))) return resources;
  resources.push_back(made(function + "UrlPublicPermissions", "AWS::Lambda::Permission",
                           cloud::object({{"Action", "lambda:InvokeFunctionUrl"},
                                          {"FunctionName", callee},
                                          {"Principal", "*"},
                                          {"FunctionUrlAuthType", "NONE"}})));
  resources.push_back(made(function + "URLInvokeAllowPublicAccess", "AWS::Lambda::Permission",
                           cloud::object({{"Action", "lambda:InvokeFunction"},
                                          {"FunctionName", callee},
                                          {"Principal", "*"},
                                          {"InvokedViaFunctionUrl", true}})));
  return resources;
}

Resource invoke_config_of(const std::string& function, const Object& config) {
  Object properties = cloud::object({{"FunctionName", cloud::Ref{function}}, {"Qualifier", "$LATEST"}});
  for (const cloud::Member& member : config.members) properties.set(member.key, member.value);
  if (Value* destinations = properties.find("DestinationConfig");
      destinations != nullptr && destinations->get<Object>() != nullptr) {
    for (cloud::Member& outcome : destinations->get<Object>()->members) {
      if (Object* target = outcome.value.get<Object>()) *target = without(*target, {"Type"});
    }
  }
  return made(function + "EventInvokeConfig", "AWS::Lambda::EventInvokeConfig", std::move(properties));
}

std::string destination_type(const cloud::Stack& stack, const Value& destination) {
  std::string id;
  if (const cloud::GetAtt* att = destination.get<cloud::GetAtt>()) id = att->resource;
  if (const cloud::Ref* ref = destination.get<cloud::Ref>()) id = ref->resource;
  const Resource* target = stack.find(id);
  if (target == nullptr) return {};
  if (target->type == kPlainFunction || target->type == kServerlessFunction || target->type == "AWS::Lambda::Alias")
    return "Lambda";
  if (target->type == "AWS::SQS::Queue") return "SQS";
  if (target->type == "AWS::SNS::Topic") return "SNS";
  if (target->type == "AWS::S3::Bucket") return "S3Bucket";
  return {};
}

std::optional<Object> event_of(const Resource& resource, const std::string& function) {
  std::optional<Object> made;
  if (resource.type == "AWS::Lambda::EventSourceMapping") made = mapping(resource, function);
  if (resource.type == "AWS::SNS::Subscription") made = subscription(resource, function);
  if (resource.type == "AWS::Scheduler::Schedule") made = schedule(resource, function);
  if (!made) return std::nullopt;
  const std::string* type = made->find("Type")->get<std::string>();
  const Object* said = made->find("Properties")->get<Object>();
  if (!knows(std::string(kServerlessFunction) + " event " + *type, *said)) return std::nullopt;
  return made;
}

std::vector<Resource> resources_of_event(const std::string& function, const std::string& name, const Object& event) {
  const Value* type = event.find("Type");
  const Value* said = event.find("Properties");
  const Object* given = said == nullptr ? nullptr : said->get<Object>();
  if (type == nullptr || given == nullptr) return {};
  const std::string id = function + name;
  if (*type == Value("SQS") || *type == Value("DynamoDB") || *type == Value("Kinesis")) {
    const std::string_view source = *type == Value("SQS") ? "Queue" : "Stream";
    const Value* arn = given->find(source);
    if (arn == nullptr) return {};
    Object properties = cloud::object({{"EventSourceArn", *arn}, {"FunctionName", cloud::Ref{function}}});
    for (cloud::Member& member : without(*given, {source}).members) properties.set(member.key, member.value);
    return {made(id, "AWS::Lambda::EventSourceMapping", std::move(properties))};
  }
  if (*type == Value("SNS")) {
    const Value* topic = given->find("Topic");
    if (topic == nullptr) return {};
    Object properties =
        cloud::object({{"TopicArn", *topic}, {"Protocol", "lambda"}, {"Endpoint", cloud::GetAtt{function, "Arn"}}});
    for (cloud::Member& member : without(*given, {"Topic"}).members) properties.set(member.key, member.value);
    Object permission = cloud::object({{"Action", "lambda:InvokeFunction"},
                                       {"FunctionName", cloud::Ref{function}},
                                       {"Principal", "sns.amazonaws.com"},
                                       {"SourceArn", *topic}});
    return {made(id, "AWS::SNS::Subscription", std::move(properties)),
            made(id + "Permission", "AWS::Lambda::Permission", std::move(permission))};
  }
  if (*type == Value("ScheduleV2")) {
    Object target = cloud::object({{"Arn", cloud::GetAtt{function, "Arn"}}});
    for (const char* name_of : {"RoleArn", "Input", "RetryPolicy", "DeadLetterConfig"}) {
      if (const Value* found = given->find(name_of)) target.set(name_of, *found);
    }
    Object properties = without(*given, {"RoleArn", "Input", "RetryPolicy", "DeadLetterConfig"});
    properties.set("Target", std::move(target));
    return {made(id, "AWS::Scheduler::Schedule", std::move(properties))};
  }
  return {};
}

}  // namespace virga::aws::sam
