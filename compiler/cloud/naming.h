// Names that people and services can live with: deterministic, within each service's rules, and never the same for two
// nodes, two stages or two apps of one account.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/catalog/catalog.h"

#include <string>
#include <string_view>

namespace virga::cloud {

/// `docs_site`, `prod`, `told.handler` → `docs_site-prod-told-handler`; with `--` between and `-` within where the service
/// has no underscore, `__` and `_` where it has no hyphen. What is too long, or cannot be spelt without a loss, is cut and
/// ends in six characters of a hash of the whole. The rule's suffix is added and counted. Two different triples give two
/// different names (up to that hash), because program names hold no hyphen and no double underscore.
/// `reserve` characters are kept free for what the caller appends (an account id, a region).
[[nodiscard]] std::string physical_name(const catalog::NameRule& rule, std::string_view app, std::string_view stage,
                                        std::string_view node, std::size_t reserve = 0);

/// `told.handler` → `ToldHandler`: a logical id of the template. Distinct for distinct node names, but for `a.b` beside
/// `a_b`: those two give one environment name as well, and the architecture refuses them side by side.
[[nodiscard]] std::string logical_id(std::string_view node);

/// `pages` + `BUCKET_NAME` → `PAGES_BUCKET_NAME`; a dot becomes `_`.
[[nodiscard]] std::string environment_name(std::string_view node, std::string_view what);

/// `CodeBucket` → `VIRGA_CODE_BUCKET`: where a deployment finds the value of a parameter. With a prefix, so that none is
/// filled by what a shell happens to hold: `Path`, `Home`, `User`. Distinct for distinct names, and never `kRegionVariable`.
[[nodiscard]] std::string deployment_variable(std::string_view parameter);
/// Where it finds the region of a template that fits every one.
inline constexpr std::string_view kRegionVariable = "VIRGA_REGION";

/// The first `digits` lower-case hex digits of the SHA-256 of `text`.
[[nodiscard]] std::string short_hash(std::string_view text, std::size_t digits = 6);

}  // namespace virga::cloud
