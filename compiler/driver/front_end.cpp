#include "compiler/diagnostics/codes.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/imports.h"
#include "compiler/driver/parts.h"
#include "compiler/passes/passes.h"
#include "compiler/source/source_map.h"

#include <algorithm>

namespace virga::driver {
namespace {

namespace codes = diag::codes;

Expected<bool> load_quotas(const FrontEndRequest& request, Project& project, diag::Sink& sink) {
  const LoadRequest& from = request.load;
  const std::string path = (from.folder.empty() ? "" : from.folder + "/") + std::string(kQuotasFile);
  if (from.files.is_file(path)) {
    auto text = from.files.read(path, kLargestQuotas);
    if (!text) return text.error();
    project.quotas = add_text(project, from.shown(path), std::move(*text), sink);
  }
  if (request.quotas) project.quotas_by_hand = add_text(project, request.quotas->name, request.quotas->text, sink);
  return true;
}

}  // namespace

const SourceFile* add_text(Project& project, std::string name, std::string text, diag::Sink& sink) {
  const std::size_t bad = first_bad_utf8(text);
  if (bad == std::string::npos) return &project.sources.add(std::move(name), std::move(text));
  text.resize(bad);
  const SourceFile& source = project.sources.add(name, std::move(text));
  const auto at = static_cast<std::uint32_t>(bad);
  sink.report({source.id, at, at}, codes::FileEncoding, "`" + name + "`").help("save the file as UTF-8 text");
  return nullptr;
}

architecture::Options build_options(std::string stage) {
  architecture::Options options;
  options.stage = std::move(stage);
  for (const cloud::Backend* b : cloud::all_backends()) options.clouds.emplace_back(b->catalog().cloud);
  for (const cloud::Target& t : cloud::all_targets()) options.targets.push_back(t.name());
  return options;
}

Expected<bool> front_end(const FrontEndRequest& request, FrontEnd& result, diag::Sink& sink) {
  auto loaded = load(request.load, result.project, sink);
  if (!loaded) return loaded.error();
  if (auto read = load_quotas(request, result.project, sink); !read) return read.error();
  if (auto read = load_parts(request.load, result, sink); !read) return read.error();
  result.allowances = allowances_of(result.project, request.as_of, sink);
  import_apps(request, result.project, sink);
  result.architecture = architecture::build(result.project.program, build_options(request.stage), sink);
  result.catalogs = catalogs_of(result.project, result.architecture, sink);
  result.as_of = request.as_of;
  result.whole = !sink.has_errors() && passes::run(result.architecture, sink);
  settle(result, sink);
  return true;
}

Catalogs catalogs_of(const Project& project, const Architecture& architecture, diag::Sink& sink) {
  return resolve_catalogs({project.quotas, &architecture.app.quotas, project.quotas_by_hand}, project.sources, sink);
}

bool asks_for_all(const FrontEnd& front, const std::vector<cloud::Target>& targets, std::string_view region) {
  const std::vector<cloud::Target> named = targets_of(front.architecture);
  return region.empty() && std::all_of(named.begin(), named.end(), [&](const cloud::Target& wanted) {
           return std::any_of(targets.begin(), targets.end(),
                              [&](const cloud::Target& t) { return t.name() == wanted.name(); });
         });
}

std::vector<cloud::Target> targets_of(const Architecture& architecture) {
  std::vector<cloud::Target> out;
  for (const Symbol& s : architecture.app.targets) out.push_back(cloud::find_target(s.name));
  return out.empty() ? cloud::all_targets() : out;
}

}  // namespace virga::driver
