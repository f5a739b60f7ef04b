// Colours, on light and on dark. Plain rules without variables: not every program that shows an SVG knows those.
#include "compiler/picture/svg_parts.h"

namespace virga::picture {

std::string_view style() {
  return R"(<style>
.virga-picture{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
.virga-picture .ground{fill:#ffffff}
.virga-picture text{fill:#1f2328}
.virga-picture .heading{font-size:15px;font-weight:600}
.virga-picture .name{font-size:13px;font-weight:600;text-anchor:middle}
.virga-picture .kind{font-size:11px;fill:#59636e;text-anchor:middle}
.virga-picture .label{font-size:11px;fill:#59636e}
.virga-picture .legend,.virga-picture .note{font-size:12px;fill:#59636e}
.virga-picture .box rect,.virga-picture .box path{fill:#f6f8fa;stroke:#818b98;stroke-width:1.25}
.virga-picture .box .around{fill:none;stroke-width:1}
.virga-picture .way{fill:none;stroke:#818b98;stroke-width:1.4}
.virga-picture .head{fill:#818b98}
.virga-picture .on .way{stroke-dasharray:6 4}
.virga-picture .comes rect,.virga-picture .comes path{fill:#dafbe1;stroke:#1a7f37;stroke-width:2.25}
.virga-picture .goes rect,.virga-picture .goes path{fill:#ffebe9;stroke:#cf222e;stroke-width:2;stroke-dasharray:5 3}
.virga-picture .changes rect,.virga-picture .changes path{fill:#fff8c5;stroke:#9a6700;stroke-width:2}
.virga-picture .goes .name{text-decoration:line-through}
.virga-picture .line.comes .way{fill:none;stroke:#1a7f37;stroke-width:2.25;stroke-dasharray:none}
.virga-picture .line.goes .way{fill:none;stroke:#cf222e;stroke-width:2;stroke-dasharray:none}
.virga-picture .line.changes .way{fill:none;stroke:#9a6700;stroke-width:2.25}
.virga-picture .line.on .way{stroke-dasharray:7 5}
.virga-picture .line.comes .head{fill:#1a7f37;stroke:none}
.virga-picture .line.goes .head{fill:#cf222e;stroke:none;stroke-dasharray:none}
.virga-picture .line.changes .head{fill:#9a6700;stroke:none}
.virga-picture .comes .badge{fill:#1a7f37;stroke:none}
.virga-picture .goes .badge{fill:#cf222e;stroke:none}
.virga-picture .changes .badge{fill:#9a6700;stroke:none}
.virga-picture .box .sign,.virga-picture .line .sign{fill:none;stroke:#ffffff;stroke-width:1.75;stroke-dasharray:none}
@media screen and (prefers-color-scheme:dark){
.virga-picture .ground{fill:#0d1117}
.virga-picture text{fill:#f0f6fc}
.virga-picture .kind,.virga-picture .label,.virga-picture .legend,.virga-picture .note{fill:#9198a1}
.virga-picture .box rect,.virga-picture .box path{fill:#151b23;stroke:#656c76}
.virga-picture .way{stroke:#7d8590}
.virga-picture .head{fill:#7d8590}
.virga-picture .comes rect,.virga-picture .comes path{fill:#12261e;stroke:#3fb950}
.virga-picture .goes rect,.virga-picture .goes path{fill:#2a1619;stroke:#f85149}
.virga-picture .changes rect,.virga-picture .changes path{fill:#272115;stroke:#d29922}
.virga-picture .line.comes .way{stroke:#3fb950}
.virga-picture .line.goes .way{stroke:#f85149}
.virga-picture .line.changes .way{stroke:#d29922}
.virga-picture .line.comes .head,.virga-picture .comes .badge{fill:#3fb950}
.virga-picture .line.goes .head,.virga-picture .goes .badge{fill:#f85149}
.virga-picture .line.changes .head,.virga-picture .changes .badge{fill:#d29922}
.virga-picture .box .sign,.virga-picture .line .sign{stroke:#0d1117}
.virga-picture .box .around,.virga-picture .line .way,.virga-picture .box .sign,.virga-picture .line .sign{fill:none}
}
</style>
)";
}

}  // namespace virga::picture
