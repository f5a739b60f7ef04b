#include "backends/terraform/format.h"

#include "backends/terraform/emit.h"
#include "backends/terraform/given/given.h"
#include "backends/terraform/given/record.h"
#include "backends/terraform/hcl/json.h"
#include "backends/terraform/hcl/parse.h"
#include "backends/terraform/hcl/parse_json.h"
#include "backends/terraform/hcl/print.h"
#include "backends/terraform/open_blocks.h"
#include "backends/terraform/read.h"

#include <algorithm>

namespace virga::terraform {
namespace {

std::vector<hcl::File> parse_all(const Table& table, std::span<const SourceFile* const> files, diag::Sink& sink) {
  std::vector<hcl::File> parsed;
  for (const SourceFile* file : files) {
    const bool json = file->path.ends_with(".json");
    parsed.push_back(json ? hcl::parse_json(*file, sink) : hcl::parse(*file, sink));
    if (json) open_blocks(table, parsed.back());
  }
  return parsed;
}

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

Configuration configuration(const Table& table, const cloud::Stack& stack, std::string_view banner) {
  return stack.adopted ? given::write(table, stack, banner) : Emitter(table, stack).run(banner);
}

Format::Format(const Table& table, std::string_view title, const cloud::Dialect& engine)
    : table_(table), title_(title), dialect_(engine) {
  dialect_.boolean = "Boolean";
}

cloud::Files Format::emit(const cloud::Stack& stack, std::string_view banner) const {
  const Configuration made = configuration(table_, stack, banner);
  cloud::Files files;
  for (const auto& [name, file] : parts(made)) files[name] = hcl::print(*file);
  return files;
}

cloud::Files Format::emit_json(const cloud::Stack& stack, std::string_view banner) const {
  const Configuration made = configuration(table_, stack, banner);
  cloud::Files files;
  for (const auto& [name, file] : parts(made)) files[name + ".json"] = hcl::print_json(*file);
  return files;
}

std::vector<cloud::Unsaid> Format::unsaid(const cloud::Stack& stack) const {
  return configuration(table_, stack, "").unsaid;
}

cloud::Stack Format::read(const SourceFile& main, diag::Sink& sink) const {
  const SourceFile* const one[] = {&main};
  return read_all(one, sink);
}

cloud::Stack Format::read_all(std::span<const SourceFile* const> files, diag::Sink& sink) const {
  const std::vector<hcl::File> parsed = parse_all(table_, files, sink);
  if (sink.has_errors()) return {};
  return Reader(table_, sink).run(parsed);
}

cloud::Stack Format::read_as_given(std::span<const SourceFile* const> files, const cloud::NamedFiles&,
                                   diag::Sink& sink) const {
  if (files.size() == 1 && is_record(*files.front()))
    return given::read(table_, {given::from_record(table_, *files.front(), sink)}, sink);
  const std::vector<hcl::File> parsed = parse_all(table_, files, sink);
  if (sink.has_errors()) return {};
  return given::read(table_, parsed, sink);
}

/// By its provider, or by what it has of it.
bool Format::recognises(const SourceFile& file) const {
  if (!is_template(file.path)) return is_record(file) && given::is_of_provider(table_, file);
  diag::Sink nothing;
  const SourceFile* const one[] = {&file};
  const hcl::Body body = parse_all(table_, one, nothing).front().body;
  const std::string prefix = std::string(table_.provider) + "_";
  return std::any_of(body.items.begin(), body.items.end(), [&](const hcl::Item& item) {
    if (!item.is_block || item.labels.empty()) return false;
    if (item.name == "provider") return item.labels[0] == table_.provider;
    return (item.name == "resource" || item.name == "data") && item.labels[0].starts_with(prefix);
  });
}

}  // namespace virga::terraform
