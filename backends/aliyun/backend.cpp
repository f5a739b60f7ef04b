#include "backends/aliyun/backend.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/lowering.h"
#include "backends/aliyun/ros.h"
#include "backends/aliyun/serverless_devs/format.h"
#include "backends/terraform/format.h"
#include "compiler/adopt/lower.h"

namespace virga::aliyun {

/// kinds.virga and explain/, made by the build.
[[nodiscard]] std::span<const EmbeddedFile> kinds();
[[nodiscard]] std::span<const EmbeddedFile> pages();
/// catalog/terraform/, made by the build.
[[nodiscard]] const terraform::Table& terraform_table();

namespace {

class Backend final : public cloud::Backend {
 public:
  const catalog::Catalog& catalog() const override { return aliyun::catalog(); }
  std::span<const cloud::Format* const> formats() const override {
    static const terraform::Format hcl(terraform_table(), "Terraform for Alibaba Cloud", dialect());
    static const cloud::Format* const all[] = {&ros(), &serverless_devs_format(), &hcl};
    return all;
  }
  std::span<const EmbeddedFile> kinds() const override { return aliyun::kinds(); }
  std::span<const diag::CodeInfo> codes() const override { return codes::all(); }
  std::span<const EmbeddedFile> pages() const override { return aliyun::pages(); }
  cloud::Lowered lower(const cloud::LowerRequest& request, diag::Sink& sink) const override {
    if (adopt::is_adopted(request.architecture, catalog().cloud))
      return adopt::lower(request, *this, *format(request.format)->family(), sink);
    return Lowering(request, sink).run();
  }
};

}  // namespace

const cloud::Backend& backend() {
  static const Backend made;
  return made;
}

}  // namespace virga::aliyun
