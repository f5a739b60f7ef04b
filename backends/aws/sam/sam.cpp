#include "backends/aws/sam/sam.h"

#include "backends/aws/serverless_framework/serverless_framework.h"

#include "compiler/cloud/crossing.h"
#include "compiler/cloud/template.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/cloud/yaml_writer.h"

#include <algorithm>

namespace virga::aws::sam {
namespace {

constexpr std::string_view kTransform = "AWS::Serverless-2016-10-31";

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

/// The transform stands right below the version.
cloud::Document with_transform(const cloud::Document& plain) {
  cloud::Document made = cloud::Document::map();
  for (const cloud::Document::Entry& entry : *plain.as_map()) {
    made.set(entry.key, entry.value);
    if (entry.key == dialect().version_key) made.set("Transform", kTransform);
  }
  return made;
}

class Sam final : public cloud::Format, public cloud::Crosses {
 public:
  [[nodiscard]] std::string_view name() const override { return "sam"; }
  [[nodiscard]] std::string_view title() const override { return "AWS SAM"; }
  [[nodiscard]] std::string_view main_file() const override { return "template.yaml"; }

  /// The colon keeps these names apart from those of an app's own outputs. They know no underscore.
  [[nodiscard]] cloud::Crossing crossing(const std::string& stack, const std::string& output) const override {
    std::string name = stack + ":" + output;
    std::replace(name.begin(), name.end(), '_', '-');
    return {name, Box<cloud::Call>(cloud::Call{"Fn::ImportValue", name})};
  }

  [[nodiscard]] cloud::Files emit(const cloud::Stack& stack, std::string_view banner) const override {
    if (stack.adopted) {  // its own sections say whether it asks for the transform
      const cloud::Document document = cloud::to_document(stack, dialect());
      return {{std::string(main_file()), cloud::write_yaml(document, {.header = lines(banner), .spaced_sections = true})}};
    }
    const cloud::Document document = with_transform(cloud::to_document(fold(stack), dialect()));
    return {{std::string(main_file()), cloud::write_yaml(document, {.header = lines(banner), .spaced_sections = true})}};
  }

  [[nodiscard]] cloud::Stack read(const SourceFile& main, diag::Sink& sink) const override {
    const std::optional<cloud::Document> document = cloud::read_template(main, sink);
    if (!document) return {};
    return unfold(cloud::to_stack(*document, dialect(), sink));
  }

  [[nodiscard]] const cloud::Dialect* family() const override { return &dialect(); }

  [[nodiscard]] cloud::Stack read_as_given(std::span<const SourceFile* const> files, const cloud::NamedFiles& named,
                                           diag::Sink& sink) const override {
    const SourceFile& main = *files.front();
    if (serverless_framework::is_service(main)) {
      const auto made = serverless_framework::read_serverless(main, named, sink);
      return made ? *made : cloud::Stack();
    }
    const std::optional<cloud::Document> document = cloud::read_template(main, sink);
    if (!document) return {};
    cloud::Dialect whole = dialect();
    whole.own_sections = {};
    return without_globals(cloud::to_stack(*document, whole, sink));
  }

  [[nodiscard]] bool recognises(const SourceFile& file) const override {
    static constexpr std::string_view kTypes[] = {"AWS::", "Custom::"};
    return cloud::is_template(file, dialect(), kTypes) || serverless_framework::is_service(file);
  }
};

}  // namespace

const cloud::Format& format() {
  static const Sam one;
  return one;
}

}  // namespace virga::aws::sam
