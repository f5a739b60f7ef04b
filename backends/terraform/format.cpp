#include "backends/terraform/format.h"

#include "backends/terraform/emit.h"
#include "backends/terraform/hcl/json.h"
#include "backends/terraform/hcl/parse.h"
#include "backends/terraform/hcl/parse_json.h"
#include "backends/terraform/hcl/print.h"
#include "backends/terraform/open_blocks.h"
#include "backends/terraform/read.h"

namespace virga::terraform {
namespace {

/// The files that hold anything, under the names that everybody gives them.
std::vector<std::pair<std::string, const hcl::File*>> parts(const Configuration& c) {
  std::vector<std::pair<std::string, const hcl::File*>> out{{"main.tf", &c.main}};
  const std::pair<const char*, const hcl::File*> others[] = {{"outputs.tf", &c.outputs},
                                                             {"providers.tf", &c.providers},
                                                             {"variables.tf", &c.variables},
                                                             {"versions.tf", &c.versions}};
  for (const auto& [name, file] : others) {
    if (!file->body.items.empty()) out.emplace_back(name, file);
  }
  return out;
}

}  // namespace

cloud::Files Format::emit(const cloud::Stack& stack, std::string_view banner) const {
  const Configuration made = Emitter(table_, stack).run(banner);
  cloud::Files files;
  for (const auto& [name, file] : parts(made)) files[name] = hcl::print(*file);
  return files;
}

cloud::Files Format::emit_json(const cloud::Stack& stack, std::string_view banner) const {
  const Configuration made = Emitter(table_, stack).run(banner);
  cloud::Files files;
  for (const auto& [name, file] : parts(made)) files[name + ".json"] = hcl::print_json(*file);
  return files;
}

std::vector<cloud::Unsaid> Format::unsaid(const cloud::Stack& stack) const { return Emitter(table_, stack).run("").unsaid; }

cloud::Stack Format::read(const SourceFile& main, diag::Sink& sink) const {
  const SourceFile* const one[] = {&main};
  return read_all(one, sink);
}

cloud::Stack Format::read_all(std::span<const SourceFile* const> files, diag::Sink& sink) const {
  std::vector<hcl::File> parsed;
  for (const SourceFile* file : files) {
    const bool json = file->path.ends_with(".json");
    parsed.push_back(json ? hcl::parse_json(*file, sink) : hcl::parse(*file, sink));
    if (json) open_blocks(table_, parsed.back());
  }
  if (sink.has_errors()) return {};
  return Reader(table_, sink).run(parsed);
}

}  // namespace virga::terraform
