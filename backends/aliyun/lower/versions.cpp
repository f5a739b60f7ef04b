// function api { versions = true }                                     → FC3::FunctionVersion ApiVersion<hash>
// function api { versions = true  canary = 10%  stable_version = "4" }  → the same
//   where the format can say it: FC3::Alias ApiAlias, `live`, which callers, triggers and settings name beside the function
#include "backends/aliyun/lower/versions.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/strategies.h"
#include "backends/aliyun/lower/values.h"
#include "compiler/cloud/dump.h"
#include "compiler/cloud/references.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

constexpr std::string_view kAlias = "live";
constexpr std::string_view kBehindAlias = "fc3_function_alias";

Span span_of(const Lowering& l, const Node& node, std::string_view attribute) {
  const Value* v = l.of(node).find(attribute);
  return v != nullptr && v->span.known() ? v->span : node.span;
}

/// The newest version gets a part of the calls only.
bool has_canary(const Attributes& a) {
  const std::optional<Quantity> share = a.quantity("canary");
  constexpr Quantity kWhole{10'000, Dimension::percent};
  return a.has("canary") && (!share || share->amount < kWhole.amount);
}

/// What tells one version from the next. Callers of an alias reach a version alone, so its settings count as well; without
/// one they reach the newest code, and what is published is the code, or the name of the image.
std::string hash_of(Lowering& l, const Node& node, const cloud::Object& properties, bool alias) {
  if (alias) return cloud::short_hash(cloud::to_text(cloud::Value(properties)), 12);
  if (l.of(node).has("image")) return cloud::short_hash(cloud::to_text(to_value(l, *l.of(node).find("image"))), 12);
  const auto code = l.request().code.find(node.id);
  return code == l.request().code.end() ? "" : code->second.hash.substr(0, 12);
}

/// Whether a value that is given at deployment is among the settings; where the code lies is none of them.
bool depends_on_parameters(cloud::Object properties) {
  properties.set("Code", cloud::Value());
  cloud::Stack alone;
  alone.resources.emplace_back().properties = std::move(properties);
  return !cloud::used_parameters(alone).empty();
}

void add_alias(Lowering& l, const Node& node, const cloud::Value& function, const std::string& version) {
  const Attributes& a = l.of(node);
  const cloud::Value newest = cloud::GetAtt{version, "VersionId"};
  cloud::Object p;
  p.set("FunctionName", function).set("AliasName", kAlias);
  if (!has_canary(a)) {
    p.set("VersionId", newest);
  } else if (a.has("stable_version")) {
    p.set("VersionId", to_value(l, *a.find("stable_version")));
    p.set("AdditionalVersionWeight",
          cloud::Values{cloud::object({{"VersionId", newest}, {"Weight", measured(l, a, "canary", Unit::fraction)}})});
    l.changes(
        "the share stays as it is written until the next deployment: nothing shifts it over time, and no alarm takes it "
        "back");
  } else {
    l.sink()
        .report(span_of(l, node, "canary"), codes::CanaryVersion, node.name)
        .help("say which version gets the rest: `stable_version = \"12\"`, or a parameter");
  }
  l.add(l.id(node, "Alias"), "ALIYUN::FC3::Alias", std::move(p));
  l.changes(
      "a version goes when new code makes the next one: one that is to stay, such as that of `stable_version`, is taken out "
      "of the state first, with `terraform state rm`");
}

}  // namespace

bool has_alias(const Lowering& l, const Node& function) {
  if (function.kind != "function") return false;
  const KindStrategy* strategy = strategy_of(l, function);
  return strategy != nullptr && strategy->name == kBehindAlias;
}

cloud::Value qualifier_of(Lowering& l, const Node& function) {
  if (has_alias(l, function)) return cloud::GetAtt{l.id(function, "Alias"), "AliasName"};
  return "LATEST";
}

std::string_view alias_name(const Lowering& l, const Node& function) { return has_alias(l, function) ? kAlias : ""; }

void add_versions(Lowering& l, const Node& node, const cloud::Object& properties) {
  const Attributes& a = l.of(node);
  const bool alias = has_alias(l, node);
  if (a.has("canary") && !alias) {
    l.sink()
        .report(span_of(l, node, "canary"), codes::Canary, node.name, format_title(l))
        .source(catalog::cite(catalog().fact("ros.fc3.types")))
        .help(fmt::format(
            "deploy with {}, which makes one; or say it to the other cloud alone, such as `on aws {{ versions = true "
            " canary = 10% }}`, and shift traffic here by hand with `s alias publish --additionalVersionWeight`",
            targets_with("function", kBehindAlias)));
    return;
  }
  if (!alias && !a.flag("versions")) return;
  const std::string hash = hash_of(l, node, properties, alias);
  const cloud::Value function = cloud::GetAtt{l.id(node, "Function"), "FunctionName"};
  cloud::Object p;
  p.set("FunctionName", function).set("Description", hash);
  // A version is a picture of the function at one time: new code is a new resource, and the old version stays.
  const std::string id = l.id(node, "Version" + hash);
  l.add(id, "ALIYUN::FC3::FunctionVersion", std::move(p)).on_removal = cloud::OnRemoval::keep;
  if (alias) add_alias(l, node, function, id);
  if (alias && depends_on_parameters(properties)) {
    l.changes(
        "a parameter that is given another value publishes no version: callers keep what they had until the code or a "
        "setting in the program changes");
  }
  if (!alias) l.changes("a version is published, but ROS has no alias `live` to call it by: callers reach the newest code");
  if (!alias && a.has("image") && a.text("image").empty()) {
    l.changes(
        "which image it is is known only at deployment, so another one under the same parameter publishes no version: write "
        "the image's name into the program, or give it by `stage`");
  }
}

}  // namespace virga::aliyun
