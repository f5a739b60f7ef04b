#include "backends/aws/permissions/statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace virga::aws::permissions {
namespace {

using cloud::Object;
using cloud::Resource;

/// Policies of AWS's own that allow nothing an edge says: logs, traces and ways into a network.
/// https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
constexpr std::array<std::string_view, 5> kNoEdges = {"AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole",
                                                      "AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess",
                                                      "CloudWatchLambdaInsightsExecutionRolePolicy"};

/// The last part of a name: `arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`.
bool says_no_edge(const cloud::Value& value) {
  const auto* whole = value.get<Box<cloud::Concat>>();
  const auto* text = whole == nullptr ? value.get<std::string>() : (*whole)->parts.back().get<std::string>();
  if (text == nullptr) return false;
  const std::string_view word = std::string_view(*text).substr(text->find_last_of('/') + 1);
  return std::find(kNoEdges.begin(), kNoEdges.end(), word) != kNoEdges.end();
}

/// The resource that a value is, by its main value or by an attribute; empty when it is none.
std::string resource_of(const cloud::Value* value) {
  if (value == nullptr) return {};
  if (const auto* ref = value->get<cloud::Ref>()) return ref->resource;
  const auto* att = value->get<cloud::GetAtt>();
  return att == nullptr ? std::string() : att->resource;
}

/// The items of a list; a single value needs none.
std::vector<const cloud::Value*> items(const cloud::Value* value) {
  std::vector<const cloud::Value*> out;
  const auto* list = value == nullptr ? nullptr : value->get<cloud::Values>();
  if (value != nullptr && list == nullptr) out.push_back(value);
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) out.push_back(&(*list)[i]);
  return out;
}

bool is_function(const Resource& r) { return r.type == "AWS::Serverless::Function" || r.type == "AWS::Lambda::Function"; }

class Finder {
 public:
  explicit Finder(const cloud::Stack& stack) : stack_(stack) {}

  cloud::Statements run() {
    for (const Resource& r : stack_.resources) {
      if (is_function(r)) know(r);
    }
    for (const Resource& r : stack_.resources) {
      if (r.type == "AWS::IAM::Role") role(r);
      if (r.type == "aws_iam_role_policy_attachment") attachment(r);  // Terraform alone has it
    }
    for (const Resource& r : stack_.resources) {
      if (r.type == "AWS::IAM::Policy" || r.type == "AWS::IAM::ManagedPolicy" || r.type == "AWS::IAM::RolePolicy") policy(r);
    }
    return std::move(out_);
  }

 private:
  using Ids = std::vector<std::string>;

  /// A function that names a role has no policies of its own.
  void know(const Resource& function) {
    const cloud::Value* role = function.properties.find("Role");
    if (role == nullptr) {
      own(function);
      return;
    }
    const Resource* here = stack_.find(resource_of(role));
    if (here == nullptr || here->type != "AWS::IAM::Role") out_.more.insert(function.id);
    else users_[here->id].push_back(function.id);
  }

  void own(const Resource& function) {
    const auto policies = items(function.properties.find("Policies"));
    for (std::size_t i = 0; i < policies.size(); ++i) {
      const auto* said = policies[i]->get<Object>();
      const cloud::Value* statements = said == nullptr ? nullptr : said->find("Statement");
      if (statements != nullptr) add(function, fmt::format("Policies.{}.", i), statements, {function.id});
      else if (said == nullptr) named(*policies[i], {function.id});
    }
  }

  void role(const Resource& role) {
    const Ids& whom = users_[role.id];
    const auto policies = items(role.properties.find("Policies"));
    for (std::size_t i = 0; i < policies.size(); ++i) {
      const auto* said = policies[i]->get<Object>();
      const cloud::Value* document = said == nullptr ? nullptr : said->find("PolicyDocument");
      add_document(role, fmt::format("Policies.{}.PolicyDocument.", i), document, whom);
    }
    for (const cloud::Value* value : items(role.properties.find("ManagedPolicyArns"))) named(*value, whom);
  }

  void attachment(const Resource& attachment) {
    const cloud::Value* role = attachment.properties.find("role");
    const cloud::Value* policy = attachment.properties.find("policy_arn");
    const auto users = users_.find(resource_of(role));
    if (policy != nullptr && users != users_.end()) named(*policy, users->second);
  }

  /// A policy of the template, or one of AWS's or of the account.
  void named(const cloud::Value& value, const Ids& whom) {
    const Resource* here = stack_.find(resource_of(&value));
    if (here != nullptr && here->type == "AWS::IAM::ManagedPolicy") {
      Ids& all = holders_[here->id];
      all.insert(all.end(), whom.begin(), whom.end());
    } else if (!says_no_edge(value)) {
      out_.more.insert(whom.begin(), whom.end());
    }
  }

  void policy(const Resource& policy) {
    Ids whom = holders_[policy.id];
    for (const std::string_view property : {"Roles", "RoleName"}) {
      for (const cloud::Value* role : items(policy.properties.find(property))) {
        const Ids& more = users_[resource_of(role)];
        whom.insert(whom.end(), more.begin(), more.end());
      }
    }
    add_document(policy, "PolicyDocument.", policy.properties.find("PolicyDocument"), whom);
  }

  void add_document(const Resource& in, const std::string& part, const cloud::Value* document, const Ids& whom) {
    const auto* said = document == nullptr ? nullptr : document->get<Object>();
    const cloud::Value* statements = said == nullptr ? nullptr : said->find("Statement");
    if (statements != nullptr) add(in, part, statements, whom);
    else out_.more.insert(whom.begin(), whom.end());  // a macro, or a choice, makes it
  }

  void add(const Resource& in, const std::string& part, const cloud::Value* statements, const Ids& whom) {
    const auto all = items(statements);
    for (std::size_t i = 0; i < all.size() && !whom.empty(); ++i) {
      const auto* says = all[i]->get<Object>();
      if (says == nullptr) out_.more.insert(whom.begin(), whom.end());
      else out_.all.push_back({in.id, fmt::format("{}Statement.{}", part, i), says, whom});
    }
  }

  const cloud::Stack& stack_;
  cloud::Statements out_;
  std::map<std::string, Ids> users_;  ///< of a role
  std::map<std::string, Ids> holders_;  ///< of a policy that is named
};

}  // namespace

cloud::Statements statements_of(const cloud::Stack& stack) { return Finder(stack).run(); }

}  // namespace virga::aws::permissions
