// The numbers of a user's account, from `quotas.yaml` or from the app, laid over the clouds' catalogues.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/catalog/overrides.h"
#include "compiler/cloud/backend.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/source_map.h"

#include <memory>
#include <span>
#include <vector>

namespace virga::driver {

/// The file beside an app that says them.
inline constexpr std::string_view kQuotasFile = "quotas.yaml";
/// More than this of it is not read.
inline constexpr std::size_t kLargestQuotas = 1u << 20;

/// The catalogues as one program sees them: those of the clouds, and in place of some of them one with other numbers.
class Catalogs {
 public:
  /// What is to be used while something looks at the program: `const catalog::Use facts(front.catalogs.laid());`
  [[nodiscard]] std::span<const catalog::Catalog* const> laid() const { return pointers_; }
  [[nodiscard]] const catalog::Catalog& of(const cloud::Backend& backend) const;

  void lay(std::shared_ptr<const catalog::Resolved> resolved);

 private:
  std::vector<std::shared_ptr<const catalog::Resolved>> resolved_;
  std::vector<const catalog::Catalog*> pointers_;
};

/// Where numbers come from. What stands in a later one holds: a file beside the app, the app itself, a file named by hand.
struct QuotaSources {
  const SourceFile* beside = nullptr;
  const Map* app = nullptr;
  const SourceFile* by_hand = nullptr;
};

/// Reads them. What is wrong is reported and left out; a hard limit that is said otherwise is a warning.
[[nodiscard]] Catalogs resolve_catalogs(const QuotaSources& from, const SourceMap& sources, diag::Sink& sink);

}  // namespace virga::driver
