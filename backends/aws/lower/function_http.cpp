// function hook { http = { auth = none } }
//   → AWS::Lambda::Url           HookUrl
//     AWS::Lambda::Permission    two of them, when everybody may call
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/cors.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {
namespace {

/// What names the function in a permission or an address: the alias, where callers go through it.
cloud::Value callee(Lowering& lowering, const Node& node) {
  return has_versions(lowering, node) ? cloud::Value(cloud::Ref{lowering.id(node, "Alias")})
                                      : cloud::Value(cloud::Ref{lowering.id(node)});
}

}  // namespace

void lower_function_http(Lowering& lowering, const Node& node) {
  const Map* http = lowering.of(node).map("http");
  if (http == nullptr) return;
  const Value* auth = http->find("auth");
  const Symbol* way = auth == nullptr ? nullptr : auth->get<Symbol>();
  const bool everybody = way != nullptr && way->name == "none";

  cloud::Object properties;
  properties.set("TargetFunctionArn", callee(lowering, node));
  properties.set("AuthType", everybody ? "NONE" : "AWS_IAM");
  properties.set("InvokeMode", "BUFFERED");
  if (const Value* cors = http->find("cors"); cors != nullptr && cors->get<Map>() != nullptr) {
    properties.set("Cors", cors_of(lowering, *cors->get<Map>(), node.span));
  }
  lowering.add(node, lowering.id(node, "Url"), "AWS::Lambda::Url", std::move(properties));
  if (!everybody) return;

  lowering.add(node, lowering.id(node, "UrlPublicPermissions"), "AWS::Lambda::Permission",
               cloud::object({{"Action", "lambda:InvokeFunctionUrl"},
                              {"FunctionName", callee(lowering, node)},
                              {"Principal", "*"},
                              {"FunctionUrlAuthType", "NONE"}}));
  // Since October 2025 a caller of the address needs the permission to invoke as well.
  lowering.add(node, lowering.id(node, "URLInvokeAllowPublicAccess"), "AWS::Lambda::Permission",
               cloud::object({{"Action", "lambda:InvokeFunction"},
                              {"FunctionName", callee(lowering, node)},
                              {"Principal", "*"},
                              {"InvokedViaFunctionUrl", true}}));
}

}  // namespace virga::aws
