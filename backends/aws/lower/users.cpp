// users staff { sign_in = email }        authorizer signed_in { users = staff }
//   → AWS::Cognito::UserPool         Staff         the people, and the rules of their passwords
//     AWS::Cognito::UserPoolClient   StaffClient   the program that signs them in, which keeps no secret of its own
#include "backends/aws/lower/users.h"

#include "backends/aws/lower/kinds.h"

namespace virga::aws {
namespace {

std::string_view second_factor(const std::string& asked) {
  return asked == "required" ? "ON" : asked == "optional" ? "OPTIONAL" : "OFF";
}

}  // namespace

cloud::Value users_issuer(Lowering& lowering, const Node& users) { return cloud::GetAtt{lowering.id(users), "ProviderURL"}; }

cloud::Value users_client(Lowering& lowering, const Node& users) { return cloud::Ref{lowering.id(users, "Client")}; }

void lower_users(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Attributes& asked = lowering.of(node);
  const bool by_mail = asked.text("sign_in") == "email", keep = asked.text("when_removed") != "delete";
  const std::string id = lowering.id(node);
  cloud::Object password = cloud::object({{"MinimumLength", lowering.value(*asked.find("password_length"))},
                                          {"RequireLowercase", false},
                                          {"RequireNumbers", false},
                                          {"RequireSymbols", false},
                                          {"RequireUppercase", false}});
  cloud::Object pool = cloud::object({{"UserPoolName", lowering.name("AWS::Cognito::UserPool", "UserPoolName", node)},
                                      {"UsernameConfiguration", cloud::object({{"CaseSensitive", false}})},
                                      {"AutoVerifiedAttributes", cloud::Values{"email"}}});
  if (by_mail) pool.set("UsernameAttributes", cloud::Values{"email"});
  pool.set("Policies", cloud::object({{"PasswordPolicy", std::move(password)}}));
  pool.set("AdminCreateUserConfig", cloud::object({{"AllowAdminCreateUserOnly", !asked.flag("sign_up")}}));
  pool.set(
      "AccountRecoverySetting",
      cloud::object({{"RecoveryMechanisms", cloud::Values{cloud::object({{"Name", "verified_email"}, {"Priority", 1}})}}}));
  const std::string factor = asked.text("second_factor");
  pool.set("MfaConfiguration", second_factor(factor));
  if (factor != "none") pool.set("EnabledMfas", cloud::Values{"SOFTWARE_TOKEN_MFA"});
  pool.set("DeletionProtection", keep ? "ACTIVE" : "INACTIVE");
  pool.set("UserPoolTags", lowering.tag_map(node));
  cloud::Resource& made = lowering.add(node, id, "AWS::Cognito::UserPool", std::move(pool));
  made.on_removal = keep ? cloud::OnRemoval::keep : cloud::OnRemoval::remove;
  made.on_replace = made.on_removal;

  // A page in a browser can keep no secret, so the client has none, and passwords never travel in the clear (SRP).
  cloud::Object client =
      cloud::object({{"ClientName", lowering.name("AWS::Cognito::UserPoolClient", "ClientName", node)},
                     {"UserPoolId", cloud::Ref{id}},
                     {"GenerateSecret", false},
                     {"ExplicitAuthFlows", cloud::Values{"ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"}},
                     {"AccessTokenValidity", lowering.quantity(node, "token_life", Unit::minutes)},
                     {"IdTokenValidity", lowering.quantity(node, "token_life", Unit::minutes)},
                     {"TokenValidityUnits", cloud::object({{"AccessToken", "minutes"}, {"IdToken", "minutes"}})},
                     {"PreventUserExistenceErrors", "ENABLED"},
                     {"EnableTokenRevocation", true}});
  lowering.add(node, lowering.id(node, "Client"), "AWS::Cognito::UserPoolClient", std::move(client));
}

}  // namespace virga::aws
