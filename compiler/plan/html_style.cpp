// How the page looks: light, dark and on paper.
#include "compiler/plan/html_parts.h"

namespace virga::plan {

std::string_view page_style() {
  return R"(<style>
body{max-width:76rem;margin:0 auto;padding:1.5rem;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:#1f2328;background:#ffffff;overflow-wrap:anywhere}
h1{font-size:1.7rem;margin:0}
h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:1px solid #d1d9e0;padding-bottom:.3rem}
h3{font-size:1.1rem;margin:1.5rem 0 .25rem}
h4{font-size:1rem;margin:1rem 0 .25rem}
header p{margin:.25rem 0 0}
code,pre{font-family:ui-monospace,"Cascadia Mono","DejaVu Sans Mono",monospace;font-size:.87em}
code{background:#eff2f5;border-radius:4px;padding:.1em .3em;white-space:pre-wrap}
pre{background:#eff2f5;border-radius:6px;padding:.75rem;overflow-x:auto}
.type,.place{color:#59636e;font-weight:400;font-size:.9em}
.dangers{border:2px solid #cf222e;border-left-width:8px;border-radius:6px;padding:.25rem 1rem;margin:1rem 0;background:#ffebe9}
.dangers h2{border:0;margin:.5rem 0}
.dangers li{margin:.5rem 0}
.fine{border:1px solid #1a7f37;border-left-width:8px;border-radius:6px;padding:.5rem 1rem;background:#dafbe1}
.badge{display:inline-block;border:1.5px solid #818b98;border-radius:1em;padding:0 .6em;font-size:.8em;font-weight:600}
.badge.comes{border-color:#1a7f37;color:#1a7f37}
.badge.goes{border-color:#cf222e;border-style:dashed;color:#cf222e}
.badge.changes{border-color:#9a6700;color:#9a6700}
.badge.replaces{border:4px double #bc4c00;color:#bc4c00}
.picture{overflow-x:auto;border:1px solid #d1d9e0;border-radius:6px}
.picture svg{display:block}
table{border-collapse:collapse;margin:.5rem 0}
th,td{border:1px solid #d1d9e0;padding:.2rem .6rem;text-align:left;vertical-align:top}
.counts td{text-align:right}
.counts tr:first-child th{background:#f6f8fa}
.properties{width:100%}
.properties code{background:none;padding:0}
.properties th{font-weight:600;white-space:nowrap}
.plus{background:#dafbe1}
.minus{background:#ffebe9}
details{margin:.3rem 0}
details.owner{border:1px solid #d1d9e0;border-radius:6px;padding:.35rem .75rem}
details.unit{margin-left:1rem}
summary{cursor:pointer}
.effect{margin:.25rem 0 .5rem 1rem}
.effect.bad{color:#cf222e;font-weight:600}
.close{font-weight:600}
@media screen and (prefers-color-scheme:dark){
body{color:#f0f6fc;background:#0d1117}
h2,th,td,.picture,details.owner{border-color:#3d444d}
code,pre,.counts tr:first-child th{background:#151b23}
.type,.place{color:#9198a1}
.dangers{background:#2a1619;border-color:#f85149}
.fine{background:#12261e;border-color:#3fb950}
.badge.comes{border-color:#3fb950;color:#3fb950}
.badge.goes{border-color:#f85149;color:#f85149}
.badge.changes{border-color:#d29922;color:#d29922}
.badge.replaces{border-color:#db6d28;color:#db6d28}
.plus{background:#12261e}
.minus{background:#2a1619}
.effect.bad{color:#f85149}
}
@media print{
body{max-width:none;padding:0;font-size:11px}
.picture{overflow:visible;border:0}
.picture svg{max-width:100%;height:auto}
details.owner,.dangers,tr{break-inside:avoid}
details:not([open])>*{display:revert}
details::details-content{content-visibility:visible}
}
</style>
)";
}

}  // namespace virga::plan
