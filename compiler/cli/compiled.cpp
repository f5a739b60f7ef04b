#include "compiler/cli/compiled.h"

#include <filesystem>

namespace virga::cli {

std::map<std::string, std::string> Compiled::files() const {
  std::map<std::string, std::string> out;
  for (const driver::TargetStack& s : stacks) {
    for (const auto& [path, bytes] : s.files) out[s.target.name() + "/" + path] = bytes;
  }
  return out;
}

namespace {

/// From the folder of each target to that of the program, where it lies below that: then it is the same on every machine.
/// From elsewhere nobody knows the way, and paths stay as they are written.
std::map<std::string, std::string> sources_of(const Common& common, const std::vector<cloud::Target>& targets) {
  namespace fs = std::filesystem;
  std::map<std::string, std::string> out;
  if (common.out.empty()) return out;
  std::error_code error;
  fs::path program = fs::absolute(common.path).lexically_normal();
  if (!fs::is_directory(program, error)) program = program.parent_path();
  for (const cloud::Target& target : targets) {
    const fs::path folder = fs::absolute(common.out + "/" + target.name()).lexically_normal();
    const std::string way = (program / "").lexically_normal().parent_path().lexically_relative(folder).generic_string();
    if (!way.empty() && way.find_first_not_of("./") == std::string::npos) out[target.name()] = way + "/";
  }
  return out;
}

}  // namespace

Compiled compile(const Common& common, bool json) { return compile(open(common), common, json); }

Compiled compile(std::unique_ptr<Session> session, const Common& common, bool json) {
  Compiled out;
  out.session = std::move(session);
  if (!out.session || out.session->sink.has_errors()) return out;
  const auto wanted = targets(common, out.session->front.architecture);
  out.usage = !wanted;
  if (out.usage) return out;
  out.code = driver::package_for(*wanted, out.session->front.architecture, out.session->front.project, *out.session->files,
                                 out.session->sink);
  driver::settle(out.session->front, out.session->sink);
  if (!out.session->sink.has_errors())
    out.stacks = driver::back_end(out.session->front, out.code,
                                  {*wanted, common.region, json, common.locked, common.stands, sources_of(common, *wanted)},
                                  out.session->sink);
  return out;
}

}  // namespace virga::cli
