// function sync { versions = true  min_instances = 2 }
//   → AWS::Lambda::Version   SyncVersion<hash>   a new one with each change of the code or the settings
//     AWS::Lambda::Alias     SyncAlias           `live`, what callers go through; keeps instances warm
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/kinds.h"

#include "compiler/cloud/dump.h"

namespace virga::aws {
namespace {

/// Changes when the code or a setting does.
std::string version_hash(Lowering& lowering, const Node& node) {
  std::string all;
  const auto packed = lowering.request.code.find(node.id);
  if (packed != lowering.request.code.end()) all += packed->second.hash;
  all += to_text(cloud::Value(lowering.find(lowering.id(node))->properties));
  return cloud::short_hash(all, 10);
}

double number_of(const Attributes& asked, std::string_view name, double otherwise) {
  return asked.number(name).value_or(otherwise);
}

/// The newest version gets a part of the traffic only.
bool has_canary(const Attributes& asked) {
  const std::optional<Quantity> canary = asked.quantity("canary");
  return asked.has("canary") && (!canary || static_cast<double>(canary->amount) < amount(Unit::fraction));
}

/// Warm instances come out of those that the function may have at all.
void check_warm(Lowering& lowering, const Node& node) {
  const Attributes& asked = lowering.of(node);
  const double warm = number_of(asked, "min_instances", 0);
  if (warm <= number_of(asked, "concurrency", warm)) return;
  lowering.sink
      .report(lowering.where(node, "min_instances"), codes::WarmAboveReserved, node.name, to_text(warm),
              to_text(*asked.number("concurrency")))
      .label(lowering.where(node, "concurrency"), "at most so many at once")
      .source(catalog::cite(catalog().fact("lambda.provisioned.within_reserved")))
      .help(fmt::format("say `concurrency = {}` or more", to_text(warm)));
}

void check_canary(Lowering& lowering, const Node& node) {
  const Attributes& asked = lowering.of(node);
  if (!has_canary(asked)) return;
  if (!asked.has("stable_version")) {
    lowering.sink.report(lowering.where(node, "canary"), codes::CanaryVersion, node.name)
        .help("say which version gets the rest: `stable_version = \"12\"`, or a parameter");
  }
  if (number_of(asked, "min_instances", 0) <= 0) return;
  lowering.sink.report(lowering.where(node, "canary"), codes::CanaryWarm, node.name)
      .label(lowering.where(node, "min_instances"), "kept warm here")
      .source(catalog::cite(catalog().fact("lambda.alias.weights_or_provisioned")))
      .help("say `min_instances = 0` while a canary runs, for AWS alone inside of `on aws { … }`");
}

void publish(Lowering& lowering, const Node& node) {
  const Attributes& asked = lowering.of(node);
  const std::string version = lowering.id(node, "Version" + version_hash(lowering, node));
  cloud::Object picture = cloud::object({{"FunctionName", cloud::Ref{lowering.id(node)}}});
  // Which image it is may be known only at deployment, where the id stays the same; another description makes another
  // version all the same, because CloudFormation never changes one. Terraform sees by itself that the image is another one.
  if (lowering.request.format == "sam" && asked.has("image") && asked.text("image").empty())
    picture.set("Description", lowering.value(*asked.find("image")));
  cloud::Resource& made = lowering.add(node, version, "AWS::Lambda::Version", std::move(picture));
  // The version before stays: it is what a roll-back or a canary points to.
  made.on_removal = cloud::OnRemoval::keep;
  made.on_replace = cloud::OnRemoval::keep;

  cloud::Object alias;
  alias.set("FunctionName", cloud::Ref{lowering.id(node)});
  alias.set("Name", kAlias);
  if (has_canary(asked)) {
    alias.set("FunctionVersion", lowering.value(*asked.find("stable_version")));
    alias.set(
        "RoutingConfig",
        cloud::object(
            {{"AdditionalVersionWeights",
              cloud::Values{cloud::object({{"FunctionVersion", cloud::GetAtt{version, "Version"}},
                                           {"FunctionWeight", lowering.quantity(node, "canary", Unit::fraction)}})}}}));
  } else {
    alias.set("FunctionVersion", cloud::GetAtt{version, "Version"});
  }
  if (asked.number("min_instances").value_or(0) > 0) {
    alias.set("ProvisionedConcurrencyConfig",
              cloud::object({{"ProvisionedConcurrentExecutions", lowering.value(*asked.find("min_instances"))}}));
  }
  lowering.add(node, lowering.id(node, "Alias"), "AWS::Lambda::Alias", std::move(alias));
}

}  // namespace

void check_versions(Lowering& lowering, const Node& node) {
  check_warm(lowering, node);
  check_canary(lowering, node);
}

void publish_versions(Lowering& lowering) {
  for (const Node& node : lowering.architecture.nodes) {
    if (node.kind == "function" && lowering.stands(node) && has_versions(lowering, node)) publish(lowering, node);
  }
}

}  // namespace virga::aws
