// virga package: the functions' folders → zips, and what they measure.
#include "compiler/cli/command.h"

#include "compiler/diagnostics/render.h"

#include <nlohmann/json.hpp>

namespace virga::cli {
namespace {

struct Options {
  Common common;
  std::string out;
};

constexpr double kKilo = 1024;

/// `1.4 MB`: for people; the JSON has the bytes.
std::string measured(std::uint64_t bytes) {
  double amount = static_cast<double>(bytes);
  for (const char* unit : {"B", "KB", "MB"}) {
    if (amount < kKilo) return fmt::format("{:.{}f} {}", amount, unit[0] == 'B' ? 0 : 1, unit);
    amount /= kKilo;
  }
  return fmt::format("{:.1f} GB", amount);
}

int run(const Options& o) {
  auto session = open(o.common);
  if (!session) return kWorld;
  const Architecture& architecture = session->front.architecture;
  driver::Packaged code;
  if (!session->sink.has_errors()) {
    const auto wanted = targets(o.common, architecture);
    if (!wanted) return kUsage;
    code = driver::package(architecture, session->front.project, *session->files, session->sink);
    driver::check_packages(session->front, code, {*wanted, o.common.region}, session->sink);
  }
  const bool failed = session->sink.has_errors();
  if (!failed) {
    if (auto error = write_files(o.out, code.files)) {
      complain(error->message);
      return kWorld;
    }
  }
  if (o.common.form == Form::json) {
    auto j = nlohmann::ordered_json::parse(diag::render_json(session->sink, session->front.project.sources));
    auto& packages = j["packages"] = nlohmann::ordered_json::array();
    for (const auto& [node, artifact] : code.artifacts) {
      packages.push_back({{"node", architecture.node(node).name},
                          {"file", o.out + "/" + artifact.path},
                          {"sha256", artifact.hash},
                          {"bytes", artifact.size},
                          {"unpacked", artifact.unpacked}});
    }
    const int printed = print(j.dump(2) + "\n");
    return printed != kFine ? printed : failed ? kErrors : kFine;
  }
  report(*session, o.common.form);
  if (failed || o.common.form != Form::text) return failed ? kErrors : kFine;
  std::string text;
  for (const auto& [node, artifact] : code.artifacts) {
    text += fmt::format("{}/{}  {}, {} unpacked, of {}\n", o.out, artifact.path, measured(artifact.size),
                        measured(artifact.unpacked), architecture.node(node).name);
  }
  if (text.empty()) text = "no node has code\n";
  return print(text);
}

}  // namespace

void add_package(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("package", "pack the code of an architecture, and measure it against the targets");
  add_path(c, o->common);
  add_targets(c, o->common);
  add_stage(c, o->common);
  add_quotas(c, o->common.quotas);
  add_form(c, o->common);
  o->out = "out";
  c.text("-o,--output", o->out, "the folder to write to: OUT/code/…").shows_default();
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
