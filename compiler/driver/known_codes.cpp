#include "compiler/driver/known_codes.h"

#include "compiler/cloud/backend.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"

#include <map>

namespace virga::driver {

std::vector<KnownCode> known_codes() {
  std::map<std::string_view, KnownCode> all;
  const auto add = [&](std::string_view id, diag::Severity severity, bool number) {
    const bool error = severity == diag::Severity::error;
    KnownCode& known = all.try_emplace(id, KnownCode{id, true, false}).first->second;
    known.only_error = known.only_error && error;  // one code may bound several attributes
    known.of_a_number = known.of_a_number || number;
  };
  for (const diag::CodeInfo& c : diag::all_codes()) add(c.id, c.severity, false);
  // What the fact behind it is worth decides how bad it is, whatever its line in the list says.
  for (const std::string_view id :
       {diag::codes::LoadReservedSum.id, diag::codes::PathOverlap.id, diag::codes::PathPayload.id,
        diag::codes::PathTooMany.id, diag::codes::RegionLacks.id, diag::codes::TargetTooLarge.id})
    add(id, diag::Severity::warning, true);
  for (const cloud::Backend* b : cloud::all_backends()) {
    const catalog::Catalog& c = b->catalog();
    for (const diag::CodeInfo& code : b->codes()) add(code.id, code.severity, false);
    for (const catalog::Bound& bound : c.bounds) add(bound.code, passes::severity_of(c.fact(bound.fact)), true);
    // Where one template fits every region, a limit that holds in some of them only is a warning.
    for (const catalog::PackageLimit& limit : c.packages) {
      const catalog::Fact& fact = c.fact(limit.fact);
      const bool everywhere = limit.regions.empty() && limit.except.empty();
      add(limit.code, everywhere ? passes::severity_of(fact) : diag::Severity::warning, true);
    }
  }
  std::vector<KnownCode> out;
  for (const auto& [id, known] : all) out.push_back(known);
  return out;
}

}  // namespace virga::driver
