#include "backends/aliyun/serverless_devs/format.h"

#include "backends/aliyun/serverless_devs/emit.h"
#include "backends/aliyun/serverless_devs/layout.h"
#include "backends/aliyun/serverless_devs/read.h"

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
  cloud::Files emit(const cloud::Stack& stack, std::string_view banner) const override { return Emitter(stack).run(banner); }
  std::vector<cloud::Unsaid> unsaid(const cloud::Stack& stack) const override {
    Emitter emitter(stack);
    (void)emitter.run("");
    return std::move(emitter.unsaid);
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
