#include "backends/aliyun/ros.h"

#include "compiler/cloud/crossing.h"
#include "compiler/cloud/template.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/cloud/yaml_writer.h"

namespace virga::aliyun {
namespace {

using cloud::Dialect;
using cloud::Pseudo;

/// The account is the tenant: `ALIYUN::AccountId` would be whoever runs the deployment.
constexpr Dialect::PseudoName kPseudos[] = {
    {Pseudo::account, "ALIYUN::TenantId"}, {Pseudo::region, "ALIYUN::Region"},    {Pseudo::stack_name, "ALIYUN::StackName"},
    {Pseudo::stack_id, "ALIYUN::StackId"}, {Pseudo::no_value, "ALIYUN::NoValue"},
};

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

class Ros final : public cloud::Format, public cloud::Crosses {
 public:
  std::string_view name() const override { return "ros"; }
  std::string_view title() const override { return "Alibaba Cloud ROS"; }
  std::string_view main_file() const override { return "template.yaml"; }

  /// The output of any stack, by names alone; while there is no such stack the engine gives an empty text, so the stacks
  /// are deployed in the order of their needs. https://www.alibabacloud.com/help/en/ros/user-guide/function-getstackoutput
  cloud::Crossing crossing(const std::string& stack, const std::string& output) const override {
    return {"", Box<cloud::Call>(cloud::Call{"Fn::GetStackOutput", cloud::Values{stack, output}})};
  }

  cloud::Files emit(const cloud::Stack& stack, std::string_view banner) const override {
    const cloud::YamlOptions options{.header = lines(banner), .spaced_sections = true};
    return {{std::string(main_file()), cloud::write_yaml(cloud::to_document(stack, dialect()), options)}};
  }

  cloud::Stack read(const SourceFile& main, diag::Sink& sink) const override {
    const std::optional<cloud::Document> document = cloud::read_template(main, sink);
    if (!document) return {};
    return cloud::to_stack(*document, dialect(), sink);
  }

  std::vector<cloud::Unsaid> unsaid(const cloud::Stack& stack) const override { return cloud::unsaid(stack, dialect()); }

  const Dialect* family() const override { return &dialect(); }

  bool recognises(const SourceFile& file) const override {
    static constexpr std::string_view kTypes[] = {"ALIYUN::", "Aliyun::", "DATASOURCE::"};
    return cloud::is_template(file, dialect(), kTypes);
  }
};

}  // namespace

/// Functions are spelt out: all of the vendor's own samples do so, and a template in long form can be turned into JSON,
/// which the engine takes as well, without a loss. `${!` is not documented for `Fn::Sub`, so it is never relied on.
const cloud::Dialect& dialect() {
  static const Dialect made = [] {
    static constexpr Dialect::Nested kNested[] = {{"ALIYUN::ROS::Stack", "TemplateURL", "Parameters"}};
    Dialect d;
    d.nested = kNested;
    d.cloud = "aliyun";
    d.version_key = "ROSTemplateFormatVersion";
    d.version = "2015-09-01";
    d.pseudos = kPseudos;
    return d;
  }();
  return made;
}

const cloud::Format& ros() {
  static const Ros format;
  return format;
}

}  // namespace virga::aliyun
