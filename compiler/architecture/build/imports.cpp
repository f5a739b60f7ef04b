// `use "../orders" as orders`: another app, whose outputs are values here. Each becomes a parameter that the other app
// gives.
#include "compiler/architecture/build/state.h"

#include "compiler/diagnostics/suggest.h"

#include <algorithm>

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

}  // namespace

void Builder::bind_import(Module& module, const syntax::UseDecl& use, const std::string& alias, const ImportedApp& app) {
  syntax::Name name{alias, use.alias ? use.alias->span : use.path->span};
  Binding b;
  b.span = name.span;
  if (&module != app_) {
    sink_.report(use.path->span, codes::ImportPlace, use.path->text)
        .help("let the app use it, and hand the output to the module's kind as an attribute");
    module.missing.push_back(alias);
  } else if (!app.broken) {
    auto stage = app.stages.find(options_.stage);
    // An app without stages stands once, for all of ours.
    if (stage == app.stages.end() && app.stages.size() == 1) stage = app.stages.begin();
    if (stage == app.stages.end()) {
      std::string all;
      for (const auto& [known, architecture] : app.stages)
        all += known.empty() ? "" : (all.empty() ? "`" : ", `") + known + "`";
      sink_.report(use.path->span, codes::ImportStage, app.stages.begin()->second->app.name, options_.stage)
          .help("its stages are " + all + "; declare `stage " + options_.stage + " { }` there");
    } else {
      b.tag = Binding::Tag::app;
      b.app = stage->second.get();
      used_apps_.push_back({use.path->span, b.app});
    }
  }
  (void)bind(module.scope, name, std::move(b));
}

void Builder::check_import_regions() {
  for (const UsedApp& used : used_apps_) {
    for (const std::string& cloud : options_.clouds) {
      const bool wanted = out_.app.targets.empty() ||
                          std::any_of(out_.app.targets.begin(), out_.app.targets.end(),
                                      [&](const Symbol& target) { return target.name.starts_with(cloud + "."); });
      if (!wanted) continue;
      const Values& ours = out_.app.regions_for(cloud);
      const Values& theirs = used.app->app.regions_for(cloud);
      if (theirs.empty()) continue;  // its template fits any region
      for (const Value& region : ours) {
        if (std::find(theirs.begin(), theirs.end(), region) != theirs.end()) continue;
        sink_.report(used.span, codes::ImportRegion, used.app->app.name, to_text(region), cloud)
            .label(region.span, "this app goes there")
            .help("outputs are read in the region in which they are used: let `" + used.app->app.name +
                  "` stand there as well");
        return;
      }
    }
  }
}

std::optional<Value> Builder::output_of_app(const Architecture& app, const syntax::Name& output, Span span) {
  const auto found =
      std::find_if(app.outputs.begin(), app.outputs.end(), [&](const Output& o) { return o.name == output.text; });
  if (found == app.outputs.end()) {
    std::vector<std::string> names;
    for (const Output& o : app.outputs) names.push_back(o.name);
    auto r = sink_.report(output.span, codes::OutputUnknown, "the app `" + app.app.name + "`", output.text);
    const std::string near = diag::nearest(output.text, names);
    if (!near.empty()) {
      r.help("did you mean `" + near + "`?").fix(output.span, near, diag::Confidence::likely, "write `" + near + "`");
    } else {
      std::string all;
      for (const std::string& n : names) all += (all.empty() ? "`" : ", `") + n + "`";
      r.help(all.empty() ? "it has no outputs" : "its outputs are " + all);
    }
    return std::nullopt;
  }
  if (!found->exported) {
    sink_.report(output.span, codes::ImportNotExported, app.app.name, output.text)
        .help("say so there, which is a promise to keep it: `output " + output.text + " = … { export = true }`");
    return std::nullopt;
  }
  const auto [it, fresh] = imported_.emplace(std::pair(app.app.name, output.text), ParamId{});
  if (fresh) {
    Param param;
    param.id = ParamId{static_cast<std::uint32_t>(out_.params.size())};
    param.name = app.app.name + "_" + output.text;
    for (const Param& other : out_.params) {
      if (other.name != param.name) continue;
      sink_.report(other.span, codes::NameDuplicate, other.name)
          .label(span, "the parameter that brings this output has the same name");
    }
    param.doc = "Output `" + output.text + "` of the app " + app.app.name + (found->doc.empty() ? "." : ": " + found->doc);
    param.type.tag = Type::Tag::string;
    param.import = Import{app.app.name, app.app.stage, output.text};
    param.span = span;
    it->second = param.id;
    out_.params.push_back(std::move(param));
  }
  return at(ParamRef{it->second}, span);
}

}  // namespace virga::architecture
