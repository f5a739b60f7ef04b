#include "compiler/cli/compiled.h"

namespace virga::cli {

std::map<std::string, std::string> Compiled::files() const {
  std::map<std::string, std::string> out;
  for (const driver::TargetStack& s : stacks) {
    for (const auto& [path, bytes] : s.files) out[s.target.name() + "/" + path] = bytes;
  }
  return out;
}

Compiled compile(const Common& common, bool json) { return compile(open(common), common, json); }

Compiled compile(std::unique_ptr<Session> session, const Common& common, bool json) {
  Compiled out;
  out.session = std::move(session);
  if (!out.session || out.session->sink.has_errors()) return out;
  const auto wanted = targets(common, out.session->front.architecture);
  out.usage = !wanted;
  if (out.usage) return out;
  out.code =
      driver::package(out.session->front.architecture, out.session->front.project, *out.session->files, out.session->sink);
  driver::settle(out.session->front, out.session->sink);
  if (!out.session->sink.has_errors())
    out.stacks = driver::back_end(out.session->front, out.code, {*wanted, common.region, json, common.locked, common.stands},
                                  out.session->sink);
  return out;
}

}  // namespace virga::cli
