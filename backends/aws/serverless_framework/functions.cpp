#include "backends/aws/serverless_framework/defaults.h"
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

/// What the function says, else the provider.
const Document* either(const Service& service, const Function& function, std::string_view key) {
  const Document* own = function.said.find(key);
  return is_true(own) ? own : is_true(service.setting(key)) ? service.setting(key) : nullptr;
}

/// Statements are added once, however many functions ask for them.
void allow_once(Template& made, const Document& wanted) {
  const Document* all = made.role_statements();
  if (all != nullptr && std::find(all->as_list()->begin(), all->as_list()->end(), wanted) == all->as_list()->end())
    made.allow(wanted);
}

/// The image of a function, as it is said there or under a name at the provider.
const Document* image_uri(const Service& service, const Function& function) {
  const Document* image = function.said.find("image");
  if (!is_true(image)) return nullptr;
  if (image->find("uri") != nullptr) return image->find("uri");
  const Document* name = image->find("name") != nullptr ? image->find("name") : image;
  const auto* text = name->as_string();
  if (text == nullptr || text->find('/') != std::string::npos) return name;
  const Document* known = service.setting("ecr.images");
  known = known == nullptr ? nullptr : known->find(*text);
  return known == nullptr ? name : known->find("uri") != nullptr ? known->find("uri") : known;
}

void set_code(const Service& service, const Function& function, Document& properties) {
  const Document& said = function.said;
  if (const Document* image = image_uri(service, function)) {
    properties.set("Code", Document::map({{"ImageUri", *image}}));
    properties.set("PackageType", "Image");
    Document config = Document::map();
    for (const auto& [from, to] : {std::pair{"image.command", "Command"},
                                   {"image.entryPoint", "EntryPoint"},
                                   {"image.workingDirectory", "WorkingDirectory"}})
      set_if(config, to, at(said, from));
    if (!config.as_map()->empty()) properties.set("ImageConfig", std::move(config));
    return;
  }
  std::string artifact = text_at(said, "package.artifact");
  if (artifact.empty()) artifact = text_at(service.package, "artifact");
  const bool alone = is_true(service.package.find("individually")) || is_true(at(said, "package.individually"));
  const Document file = !artifact.empty() ? Document(after_last(artifact, '/'))
                        : alone           ? Document(function.key + ".zip")
                                          : text({service.name, ".zip"});
  properties.set("Code", Document::map({{"S3Bucket", code_bucket(service)}, {"S3Key", code_key(service, file)}}));
  set_if(properties, "Handler", said.find("handler"));
  const Document* runtime = either(service, function, "runtime");
  properties.set("Runtime", runtime == nullptr ? usual("serverless_framework.runtime.default") : *runtime);
  const Document* management = either(service, function, "runtimeManagement");
  const Document* mode = management == nullptr ? nullptr : management->find("mode");
  const std::string word = mode != nullptr ? mode->text() : management != nullptr ? management->text() : "auto";
  if (word == "auto" || word.empty()) return;
  Document config = Document::map({{"UpdateRuntimeOn", word == "manual" ? "Manual" : "FunctionUpdate"}});
  if (word == "manual") set_if(config, "RuntimeVersionArn", management->find("arn"));
  properties.set("RuntimeManagementConfig", std::move(config));
}

void set_network(const Service& service, const Document& said, Document& properties) {
  const Document* own = said.find("vpc");
  if (own != nullptr && !is_true(own)) return;  // it says that it stands in none
  const auto part = [&](std::string_view key) {
    const Document* of_function = own == nullptr ? nullptr : own->find(key);
    return is_true(of_function) ? of_function : service.setting("vpc." + std::string(key));
  };
  const Document *groups = part("securityGroupIds"), *subnets = part("subnetIds");
  if (is_true(groups) && is_true(subnets))
    properties.set("VpcConfig", Document::map({{"SecurityGroupIds", *groups}, {"SubnetIds", *subnets}}));
}

void set_environment(const Service& service, const Document& said, Document& properties) {
  const Document *common = service.setting("environment"), *own = said.find("environment");
  if (!is_true(common) && !is_true(own)) return;
  properties.set("Environment", Document::map({{"Variables", laid_over(common, own)}}));
}

void set_tags(const Service& service, const Document& said, Document& properties) {
  const Document *common = service.setting("tags"), *own = said.find("tags");
  if (!is_true(common) && !is_true(own)) return;
  properties.set("Tags", tag_list(laid_over(common, own)));
}

/// Settings that ask for permissions as well.
void set_guarded(Template& made, const Function& function, Document& properties) {
  const Service& service = made.service;
  const Document& said = function.said;
  if (const Document* target = said.find("onError"); is_true(target)) {
    properties.set("DeadLetterConfig", Document::map({{"TargetArn", *target}}));
    if (target->is_scalar()) made.allow(statement({"sns:Publish"}, Document::list({*target})));
  }
  if (const Document* key = either(service, function, "kmsKeyArn")) {
    properties.set("KmsKeyArn", *key);
    if (key->is_scalar()) allow_once(made, statement({"kms:Decrypt"}, Document::list({*key})));
  }
  const Document* tracing = is_true(said.find("tracing")) ? said.find("tracing") : service.setting("tracing.lambda");
  if (is_true(tracing)) {
    properties.set("TracingConfig",
                   Document::map({{"Mode", tracing->as_boolean() != nullptr ? Document("Active") : *tracing}}));
    allow_once(made, statement({"xray:PutTraceSegments", "xray:PutTelemetryRecords"}, Document::list({"*"})));
  }
  const Document* files = said.find("fileSystemConfig");
  if (is_true(files) && files->find("arn") != nullptr) {
    made.allow(statement({"elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"},
                         Document::list({*files->find("arn")})));
    Document config = Document::map({{"Arn", *files->find("arn")}});
    set_if(config, "LocalMountPath", files->find("localMountPath"));
    properties.set("FileSystemConfigs", Document::list({std::move(config)}));
  }
}

/// `Role`, and what has to stand before it.
std::vector<std::string> set_role(const Service& service, const Function& function, Document& properties) {
  const Document* role = own_role(service, function);
  const std::string name = role == nullptr ? "IamRoleLambdaExecution" : role->is_scalar() ? role->text() : "";
  if (!name.empty() && !name.starts_with("arn:")) {
    properties.set("Role", get_att(name));
    if (name == "IamRoleLambdaExecution") return {};
    return {name};
  }
  properties.set("Role", *role);
  const Document* of = role->find("Fn::GetAtt");
  if (of == nullptr || items(of).empty()) return {};
  return {of->as_list()->front().text()};
}

void add_version(Template& made, Function& function, Document& resource_properties) {
  const Document& said = function.said;
  const Document* own = said.find("versionFunction");
  const Document* common = made.service.setting("versionFunctions");
  const bool versions = own != nullptr && !own->is_null() ? is_true(own) : common == nullptr || is_true(common);
  const bool warm = is_true(said.find("provisionedConcurrency")), snap = is_true(said.find("snapStart"));
  if (!versions && !warm && !snap) return;
  // The framework ends this id in a hash of the code, which is not at hand.
  const std::string id = normalized(function.key) + "LambdaVersion";
  Document properties = Document::map({{"FunctionName", reference(function.id)}});
  if (is_true(said.find("description"))) properties.set("Description", *said.find("description"));
  Document& version = made.add(id, "AWS::Lambda::Version", std::move(properties));
  if (versions) version.set("DeletionPolicy", "Retain");
  made.output(function.id + "QualifiedArn", "Current Lambda function version", reference(id));
  if (!warm && !snap) return;
  if (snap) resource_properties.set("SnapStart", Document::map({{"ApplyOn", "PublishedVersions"}}));
  function.alias = snap ? "snapstart" : "provisioned";
  function.alias_id = normalized(function.key) + (snap ? "SnapStartLambdaAlias" : "ProvConcLambdaAlias");
  Document alias = Document::map(
      {{"FunctionName", reference(function.id)}, {"FunctionVersion", get_att(id, "Version")}, {"Name", function.alias}});
  if (!snap)
    alias.set("ProvisionedConcurrencyConfig",
              Document::map({{"ProvisionedConcurrentExecutions", *said.find("provisionedConcurrency")}}));
  made.add(function.alias_id, "AWS::Lambda::Alias", std::move(alias), {function.id});
}

void add_function(Template& made, Function& function) {
  const Service& service = made.service;
  const Document& said = function.said;
  if (!is_true(said.find("handler")) && !is_true(said.find("image"))) {
    made.wrong(said, function.key, "a function with a `handler` or an `image`");
    return;
  }
  Document properties = Document::map();
  set_code(service, function, properties);
  properties.set("FunctionName", function.name);
  const Document *memory = either(service, function, "memorySize"), *timeout = either(service, function, "timeout");
  properties.set("MemorySize", memory == nullptr ? usual("serverless_framework.memory.default") : *memory);
  properties.set("Timeout", timeout == nullptr ? usual("serverless_framework.timeout.default") : *timeout);
  if (const Document* machine = either(service, function, "architecture"))
    properties.set("Architectures", Document::list({*machine}));
  if (is_true(said.find("description"))) properties.set("Description", *said.find("description"));
  set_tags(service, said, properties);
  if (is_true(said.find("ephemeralStorageSize")))
    properties.set("EphemeralStorage", Document::map({{"Size", *said.find("ephemeralStorageSize")}}));
  set_guarded(made, function, properties);
  set_environment(service, said, properties);
  std::vector<std::string> waits;
  if (!is_true(said.find("disableLogs"))) waits.push_back(normalized(function.key) + "LogGroup");
  for (const Document& id : as_items(said.find("dependsOn"))) waits.push_back(id.text());
  for (std::string& id : set_role(service, function, properties)) waits.push_back(std::move(id));
  set_network(service, said, properties);
  set_if(properties, "ReservedConcurrentExecutions", said.find("reservedConcurrency"));
  if (const Document* layers = either(service, function, "layers")) properties.set("Layers", *layers);
  made.add(function.id, "AWS::Lambda::Function", std::move(properties), waits);
  if (is_true(said.find("condition"))) made.find(function.id)->set("Condition", *said.find("condition"));
  Document snapped = Document::map();
  add_version(made, function, snapped);
  merge(*made.find(function.id)->find("Properties"), snapped);
}

}  // namespace

void add_functions(Template& made, std::vector<Function>& functions) {
  for (Function& function : functions) add_function(made, function);
  // What reaches a function needs all aliases.
  for (const Function& function : functions) {
    if (made.find(function.id) == nullptr) continue;
    add_function_url(made, function);
    add_invoke_config(made, function);
  }
}

}  // namespace virga::aws::serverless_framework
