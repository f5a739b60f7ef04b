// function sync { code = "./sync"  runtime = nodejs20  memory = 1GB }
//   → AWS::Lambda::Function   Sync        the code and its settings, all of them written out
//     AWS::IAM::Role          SyncRole    logs, and what the edges ask for
//     AWS::Logs::LogGroup     SyncLogs    /aws/lambda/<name>, kept for `log_retention`
#include "backends/aws/lower/function.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"
#include "backends/aws/lower/network.h"

#include <cmath>

namespace virga::aws {
namespace {

void degrade(cloud::Decision& decision, catalog::Fidelity to, const std::string& change) {
  if (decision.fidelity < to) decision.fidelity = to;
  decision.change += (decision.change.empty() ? "" : "; ") + change;
}

cloud::Value runtime_of(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const std::string wanted = lowering.of(node).text("runtime");
  const catalog::Runtime* row = catalog().runtime(wanted);
  if (row == nullptr || row->fidelity == catalog::Fidelity::impossible) {
    auto reported = lowering.sink.report(lowering.where(node, "runtime"), codes::RuntimeMissing, wanted);
    if (row != nullptr) reported.note(std::string(row->note));
    reported.help("take `custom` and bring the runtime along, as an executable named `bootstrap`");
    return {};
  }
  if (row->fidelity != catalog::Fidelity::exact || !row->note.empty())
    degrade(decision, row->fidelity, std::string(row->note));
  return row->vendor;
}

/// Lambda gives processors by memory: what was asked for, or what the virtual CPUs need.
cloud::Value memory_of(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  const cloud::Value memory = lowering.quantity(node, "memory", Unit::megabytes);
  const std::optional<Quantity> cpu = asked.quantity("cpu");
  const std::int64_t* given = memory.get<std::int64_t>();
  if (!cpu || given == nullptr) return memory;
  const double cpus = static_cast<double>(cpu->amount) / amount(Unit::virtual_cpus);
  const auto needed = static_cast<std::int64_t>(std::ceil(cpus * limit("lambda.memory.one_vcpu")));
  if (needed <= *given) return memory;
  degrade(decision, catalog::Fidelity::emulated,
          fmt::format("AWS Lambda gives processors by memory: {} comes with {}MB instead of {}MB", to_text(*cpu), needed,
                      *given));
  return needed;
}

/// Lambda takes images from one sort of registry, and says so only when it is deployed.
void check_registry(Lowering& lowering, const Node& node) {
  const std::string image = lowering.of(node).text("image");
  const std::string_view host = std::string_view(image).substr(0, image.find('/'));
  const catalog::Fact& registry = catalog().fact("lambda.image.registry");
  if (image.empty() || host.find(registry.members.front()) != std::string_view::npos) return;
  lowering.sink.report(lowering.where(node, "image"), codes::ImageRegistry, node.name, std::string(host))
      .source(catalog::cite(registry))
      .help("copy the image into a private repository of Amazon ECR, and say so to AWS alone: `on aws { image = … }`");
}

/// What runs: an image, or packed code under a runtime.
void set_program(Lowering& lowering, const Node& node, cloud::Object& properties, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  if (!asked.has("image")) {
    properties.set("Runtime", runtime_of(lowering, node, decision));
    properties.set("Handler", asked.has("handler") ? lowering.value(*asked.find("handler")) : cloud::Value("index.handler"));
    properties.set("Code", code_of(lowering, node));
    return;
  }
  check_registry(lowering, node);
  properties.set("PackageType", "Image");
  properties.set("Code", cloud::object({{"ImageUri", lowering.value(*asked.find("image"))}}));
  cloud::Object config;
  if (asked.has("entry_point")) config.set("EntryPoint", lowering.value(*asked.find("entry_point")));
  if (asked.has("command")) config.set("Command", lowering.value(*asked.find("command")));
  if (!config.members.empty()) properties.set("ImageConfig", std::move(config));
}

}  // namespace

cloud::Value code_of(const Lowering& lowering, const Node& node) {
  const auto packed = lowering.request.code.find(node.id);
  return packed != lowering.request.code.end() ? packed->second.path : lowering.of(node).text("code");
}

FunctionLog function_log(Lowering& lowering, const Node& node, std::string_view prefix, cloud::Decision& decision) {
  const std::optional<NodeId> shared = lowering.of(node).node("log");
  cloud::Value group, group_arn;
  if (shared) {
    const Node& log = lowering.architecture.node(*shared);
    group = name_of(lowering, log);
    group_arn = arn_of(lowering, log);
  } else {
    const std::string name = std::string(prefix) + lowering.name("AWS::Lambda::Function", "FunctionName", node);
    const cloud::Resource& made =
        add_log_group(lowering, node, "Logs", name, retention_days(lowering, node, "log_retention", decision));
    group = cloud::Ref{made.id};
    group_arn = cloud::GetAtt{made.id, "Arn"};
  }
  lowering.allow(lowering.function_role(node), {{"logs:CreateLogStream", "logs:PutLogEvents"}, {group_arn}, {}});
  return {group};
}

void lower_environment(Lowering& lowering, const Node& node) {
  const Map* given = lowering.of(node).map("environment");
  if (given == nullptr) return;
  const std::span<const std::string_view> reserved = catalog().fact("lambda.env.reserved_keys").members;
  for (const MapEntry& entry : given->entries) {
    if (std::find(reserved.begin(), reserved.end(), entry.key) != reserved.end()) {
      lowering.sink.report(entry.key_span.known() ? entry.key_span : node.span, codes::NameTaken, entry.key)
          .source(catalog::cite(catalog().fact("lambda.env.reserved_keys")))
          .help("give the variable another name");
    }
    lowering.environment(node, entry.key, lowering.value(entry.value));
  }
}

void lower_function(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  const std::string id = lowering.id(node);
  cloud::Object properties;
  properties.set("FunctionName", spelt_name(lowering, node));
  if (asked.has("description")) properties.set("Description", lowering.value(*asked.find("description")));
  set_program(lowering, node, properties, decision);
  properties.set("Role", cloud::GetAtt{lowering.function_role(node).id, "Arn"});
  if (asked.has("architecture")) properties.set("Architectures", cloud::Values{asked.text("architecture")});
  properties.set("MemorySize", memory_of(lowering, node, decision));
  properties.set("Timeout", lowering.quantity(node, "timeout", Unit::seconds));
  properties.set("EphemeralStorage", cloud::object({{"Size", lowering.quantity(node, "disk", Unit::megabytes)}}));
  if (cloud::Values layers = layers_of(lowering, node); !layers.empty()) properties.set("Layers", std::move(layers));
  if (asked.has("concurrency")) properties.set("ReservedConcurrentExecutions", lowering.value(*asked.find("concurrency")));
  properties.set("TracingConfig", cloud::object({{"Mode", asked.flag("tracing") ? "Active" : "PassThrough"}}));
  if (asked.flag("tracing")) {
    lowering.allow(lowering.function_role(node), {{"xray:PutTelemetryRecords", "xray:PutTraceSegments"}, {"*"}, {}});
  }
  const FunctionLog log = function_log(lowering, node, "/aws/lambda/", decision);
  properties.set("LoggingConfig", cloud::object({{"LogGroup", log.group}, {"LogFormat", "Text"}}));
  if (encrypt(lowering, node, properties, "KmsKeyArn"))
    lowering.allow(lowering.function_role(node), {{"kms:Decrypt"}, {*properties.find("KmsKeyArn")}, {}});
  join_network(lowering, node, properties);
  properties.set("Tags", lowering.tags(node));

  if (asked.number("instance_concurrency").value_or(1) > 1) {
    degrade(
        decision, catalog::Fidelity::degraded,
        fmt::format("each instance serves one request at a time, not {}", to_text(*asked.number("instance_concurrency"))));
  }
  if (has_versions(lowering, node) && !asked.flag("versions")) {
    degrade(decision, catalog::Fidelity::exact,
            "a version is published with each change, because only versions can be kept warm or share the traffic");
  }
  lowering.add(node, id, "AWS::Lambda::Function", std::move(properties));
  lowering.known_by_name(id, "", spelt_name(lowering, node));
  lowering.known_by_name(id, "Arn", spelt_arn(lowering, node));
  lower_environment(lowering, node);
  if (asked.has("http")) lower_function_http(lowering, node);
  check_versions(lowering, node);
}

}  // namespace virga::aws
