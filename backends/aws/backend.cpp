#include "backends/aws/backend.h"

#include "backends/aws/codes.h"
#include "backends/aws/lower/build.h"
#include "backends/aws/lower/cache.h"
#include "backends/aws/lower/database.h"
#include "backends/aws/lower/lower.h"
#include "backends/aws/lower/lowering.h"
#include "backends/aws/sam/sam.h"
#include "backends/terraform/format.h"
#include "compiler/adopt/lower.h"

namespace virga::aws {

/// kinds.virga and catalog/terraform/, made by the build.
[[nodiscard]] std::span<const EmbeddedFile> kind_files();
[[nodiscard]] const terraform::Table& terraform_table();

namespace {

class Aws final : public cloud::Backend {
 public:
  [[nodiscard]] const catalog::Catalog& catalog() const override { return aws::catalog(); }
  [[nodiscard]] std::span<const cloud::Format* const> formats() const override {
    static const terraform::Format hcl(terraform_table(), "Terraform for AWS", sam::dialect());
    static const cloud::Format* const all[] = {&sam::format(), &hcl};
    return all;
  }
  [[nodiscard]] std::span<const EmbeddedFile> kinds() const override { return kind_files(); }
  [[nodiscard]] std::span<const diag::CodeInfo> codes() const override { return all_codes(); }
  [[nodiscard]] std::span<const EmbeddedFile> pages() const override { return explain_pages(); }
  [[nodiscard]] std::string_view strategy_of(const Architecture& architecture, const Node& node) const override {
    if (node.kind == "workflow")
      return node.for_cloud(catalog().cloud).flag("express") ? "express_machine" : "standard_machine";
    if (node.kind == "cache") return on_machines(node.for_cloud(catalog().cloud)) ? "cache_nodes" : "serverless_cache";
    if (node.kind == "database") return on_machine(node.for_cloud(catalog().cloud)) ? "rds_instance" : "aurora";
    if (node.kind != "function") return {};
    return runs_as_build(architecture, node) ? "build_project" : "lambda_function";
  }
  [[nodiscard]] cloud::Lowered lower(const cloud::LowerRequest& request, diag::Sink& sink) const override {
    if (adopt::is_adopted(request.architecture, catalog().cloud))
      return adopt::lower(request, *this, *format(request.format)->family(), sink);
    return aws::lower(request, sink);
  }
};

}  // namespace

const cloud::Backend& backend() {
  static const Aws one;
  return one;
}

}  // namespace virga::aws
