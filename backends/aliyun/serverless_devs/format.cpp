#include "backends/aliyun/serverless_devs/format.h"

#include "backends/aliyun/ros.h"
#include "backends/aliyun/serverless_devs/emit.h"
#include "backends/aliyun/serverless_devs/given.h"
#include "backends/aliyun/serverless_devs/layout.h"
#include "backends/aliyun/serverless_devs/read.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/cloud/yaml_writer.h"

namespace virga::aliyun {
namespace {

using namespace serverless_devs;

class Format final : public cloud::Format {
 public:
  std::string_view name() const override { return "serverless_devs"; }
  std::string_view title() const override { return "Serverless Devs"; }
  std::string_view main_file() const override { return kMain; }
  bool is_template(std::string_view path) const override {
    return path == kMain || path == "s.yml" || path == template_file(kBefore) || path == template_file(kAfter);
  }
  bool has_exports() const override { return false; }
  bool uploads_code() const override { return true; }
  cloud::Files emit(const cloud::Stack& stack, std::string_view banner) const override {
    if (!stack.adopted) return Emitter(stack).run(banner);
    return {{std::string(kMain),
             cloud::write_yaml(write_given(stack), {.header = {std::string(banner)}, .spaced_sections = true})}};
  }
  std::vector<cloud::Unsaid> unsaid(const cloud::Stack& stack) const override {
    if (stack.adopted) return unsaid_given(stack);
    Emitter emitter(stack);
    (void)emitter.run("");
    return std::move(emitter.unsaid);
  }
  const cloud::Dialect* family() const override {
    static const cloud::Dialect typed = [] {
      cloud::Dialect d = dialect();
      d.typed = true;
      return d;
    }();
    return &typed;
  }
  bool recognises(const SourceFile& file) const override {
    diag::Sink nothing;
    const std::optional<cloud::Document> document = cloud::read_template(file, nothing);
    return document && is_given(*document);
  }
  cloud::Stack read_as_given(std::span<const SourceFile* const> files, const cloud::NamedFiles&,
                             diag::Sink& sink) const override {
    const std::optional<cloud::Document> document = cloud::read_template(*files.front(), sink);
    return document ? read_given(*document, sink) : cloud::Stack();
  }
  cloud::Stack read(const SourceFile& main, diag::Sink& sink) const override {
    const SourceFile* const one[] = {&main};
    return read_all(one, sink);
  }
  cloud::Stack read_all(std::span<const SourceFile* const> files, diag::Sink& sink) const override {
    return Reader(sink).run(files);
  }
};

}  // namespace

const cloud::Format& serverless_devs_format() {
  static const Format format;
  return format;
}

}  // namespace virga::aliyun
