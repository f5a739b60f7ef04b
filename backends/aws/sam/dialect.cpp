#include "backends/aws/openapi/resources.h"
#include "backends/aws/openapi/tell.h"
#include "backends/aws/permissions/statements.h"
#include "backends/aws/sam/sam.h"
#include "backends/aws/states/tell.h"

namespace virga::aws::sam {
namespace {

std::optional<cloud::Told> tell(const cloud::Resource& resource, const cloud::Stack& stack, const cloud::NamedText& files) {
  if (auto flow = states::tell(resource, files)) return flow;
  if (auto described = openapi::tell(resource, files)) return described;
  return openapi::tell_resources(resource, stack);
}

}  // namespace

const cloud::Dialect& dialect() {
  static constexpr cloud::Dialect::PseudoName kPseudos[] = {
      {cloud::Pseudo::account, "AWS::AccountId"},    {cloud::Pseudo::region, "AWS::Region"},
      {cloud::Pseudo::stack_name, "AWS::StackName"}, {cloud::Pseudo::stack_id, "AWS::StackId"},
      {cloud::Pseudo::partition, "AWS::Partition"},  {cloud::Pseudo::url_suffix, "AWS::URLSuffix"},
      {cloud::Pseudo::no_value, "AWS::NoValue"},
  };
  static constexpr std::string_view kOwn[] = {"Transform"};
  static constexpr cloud::Dialect::Nested kNested[] = {{"AWS::Serverless::Application", "Location", "Parameters"},
                                                       {"AWS::CloudFormation::Stack", "TemplateURL", "Parameters"}};
  static const cloud::Dialect aws{.cloud = "aws",
                                  .version_key = "AWSTemplateFormatVersion",
                                  .version = "2010-09-09",
                                  .pseudos = kPseudos,
                                  .short_tags = true,
                                  .sub_escapes = true,
                                  .own_sections = kOwn,
                                  .on_replace = "UpdateReplacePolicy",
                                  .snapshot = "Snapshot",
                                  .export_key = "Export",
                                  .tell = &tell,
                                  .statements_of = &permissions::statements_of,
                                  .nested = kNested};
  return aws;
}

}  // namespace virga::aws::sam
