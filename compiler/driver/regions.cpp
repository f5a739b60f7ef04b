#include "compiler/driver/regions.h"

#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/suggest.h"

#include <optional>

namespace virga::driver {

namespace codes = diag::codes;

Regions regions_of(const Architecture& a, const catalog::Catalog& catalog, const std::string& only, diag::Sink& sink) {
  Regions out;
  std::vector<std::string> names;
  for (const catalog::Region& r : catalog.regions) names.emplace_back(r.name);
  const auto vendor_name = [&](const std::string& name, Span span) -> std::optional<std::string> {
    if (const catalog::Region* r = catalog.region(name)) return std::string(r->vendor);
    auto r = sink.report(span, codes::TargetRegion, std::string(catalog.title), name);
    if (const std::string near = diag::nearest(name, names); !near.empty() && span.known()) {
      r.help("did you mean `" + near + "`?").fix(span, near, diag::Confidence::likely, "write `" + near + "`");
    } else {
      r.help("give this cloud its own: `on " + std::string(catalog.cloud) + " { regions = [" +
             (names.empty() ? "" : names.front()) + "] }` in the app");
    }
    out.good = false;
    return std::nullopt;
  };
  for (const Value& v : a.app.regions_for(catalog.cloud)) {
    const auto* name = v.get<Symbol>();
    if (name == nullptr) continue;
    if (auto vendor = vendor_name(name->name, v.span)) {
      if (only.empty() || only == name->name || only == *vendor) out.wanted.push_back(out.vendor.size());
      out.vendor.push_back(std::move(*vendor));
    }
  }
  if (!only.empty() && out.good && out.wanted.empty()) {
    if (!out.vendor.empty()) {
      sink.report({}, codes::TargetRegion, "this app on " + std::string(catalog.title), only);
      out.good = false;
    } else if (auto vendor = vendor_name(only, {})) {
      out.vendor.push_back(std::move(*vendor));
      out.wanted.push_back(0);
    }
  }
  return out;
}

}  // namespace virga::driver
