// virga compile: architecture → templates.
#include "compiler/cli/command.h"

#include "compiler/diagnostics/render.h"
#include "compiler/syntax/format.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace virga::cli {
namespace {

struct Options {
  Common common;
  std::string out;
  std::string step;
  bool json = false;
};

/// The text form of one step, as the goldens hold it.
int print_step(const Options& o, const Session& session, const std::vector<driver::TargetStack>* stacks) {
  std::string text;
  const auto& project = session.front.project;
  if (o.step == "syntax") {
    for (const auto& unit : project.program.app) text += syntax::dump(project.sources.file(unit.file->id), *unit.file);
  } else if (o.step == "architecture") {
    text = dump(session.front.architecture);
  } else if (stacks != nullptr) {
    for (const driver::TargetStack& s : *stacks) {
      if (stacks->size() > 1) text += fmt::format("# {}{}\n", s.target.name(), s.region.empty() ? "" : " " + s.region);
      if (o.step == "stack") {
        text += cloud::dump(s.lowered.stack);
      } else {
        const std::string folder = s.region.empty() ? "" : s.region + "/";
        std::size_t printed = 0;
        for (const auto& [path, bytes] : s.files) {
          if (path.starts_with(folder) && s.target.format->is_template(path.substr(folder.size())))
            text += (printed++ > 0 ? "\n" : "") + bytes;
        }
      }
    }
  }
  return print(text);
}

std::string summary(const Session& session, const std::vector<driver::TargetStack>& stacks, const std::string& out) {
  nlohmann::ordered_json j = nlohmann::ordered_json::parse(diag::render_json(session.sink, session.front.project.sources));
  auto& made = j["made"] = nlohmann::ordered_json::array();
  for (const driver::TargetStack& s : stacks) {
    nlohmann::ordered_json entry;
    entry["target"] = s.target.name();
    if (!s.region.empty()) entry["region"] = s.region;
    entry["resources"] = s.lowered.stack.resources.size();
    for (const auto& [path, bytes] : s.files) entry["files"].push_back(out + "/" + s.target.name() + "/" + path);
    made.push_back(std::move(entry));
  }
  return j.dump(2) + "\n";
}

int run(const Options& o) {
  auto session = open(o.common);
  if (!session) return kWorld;
  const bool early = o.step == "syntax" || o.step == "architecture";
  if (session->sink.has_errors() || early) {
    report(*session, o.common.form);
    if (early) {
      const int printed = print_step(o, *session, nullptr);
      if (printed != kFine) return printed;
    }
    return session->sink.has_errors() ? kErrors : kFine;
  }
  const auto wanted = targets(o.common, session->front.architecture);
  if (!wanted) return kUsage;
  const driver::Packaged code =
      driver::package(session->front.architecture, session->front.project, *session->files, session->sink);
  std::vector<driver::TargetStack> stacks;
  if (!session->sink.has_errors())
    stacks = driver::back_end(session->front, code, {*wanted, o.common.region, o.json}, session->sink);
  const bool failed = session->sink.has_errors();
  if (!o.step.empty()) {
    report(*session, o.common.form);
    const int printed = print_step(o, *session, &stacks);
    return printed != kFine ? printed : failed ? kErrors : kFine;
  }
  // All targets or none: half an output would be deployed by somebody.
  if (!failed) {
    std::map<std::string, std::string> files;
    for (const driver::TargetStack& s : stacks) {
      for (const auto& [path, bytes] : s.files) files[s.target.name() + "/" + path] = bytes;
    }
    if (auto error = write_files(o.out, files)) {
      complain(error->message);
      return kWorld;
    }
  }
  if (o.common.form == Form::json) {
    const int printed = print(summary(*session, stacks, o.out));
    if (printed != kFine) return printed;
  } else {
    report(*session, o.common.form);
  }
  if (!failed && o.common.form == Form::text) {
    std::string text;
    for (const driver::TargetStack& s : stacks) {
      const std::string main = (s.region.empty() ? "" : s.region + "/") + std::string(s.target.format->main_file());
      text += fmt::format("{}/{}/{}  {} resources for {}\n", o.out, s.target.name(), main, s.lowered.stack.resources.size(),
                          s.target.format->title());
    }
    if (!code.files.empty())
      text +=
          fmt::format("with the code of {} function{} beside each\n", code.files.size(), code.files.size() == 1 ? "" : "s");
    return print(text);
  }
  return failed ? kErrors : kFine;
}

}  // namespace

void add_compile(CLI::App& app, int& exit) {
  auto o = std::make_shared<Options>();
  CLI::App* c = app.add_subcommand("compile", "make the templates of an architecture");
  add_path(*c, o->common);
  add_targets(*c, o->common);
  add_stage(*c, o->common);
  add_form(*c, o->common);
  o->out = "out";
  c->add_option("-o,--output", o->out, "the folder to write to: OUT/<target>/…")->capture_default_str();
  c->add_flag_callback(
      "--as-json", [o] { o->json = true; }, "templates as JSON, where a target has two ways of writing: main.tf.json");
  c->add_option("--print", o->step,
                "print the text form of a step instead of writing: syntax, architecture, stack, template")
      ->check(CLI::IsMember({"syntax", "architecture", "stack", "template"}));
  c->callback([o, c, &exit] {
    // Who asks for JSON by its long name means all of it; `--json` are the findings alone.
    if (c->get_option("--format")->count() > 0 && o->common.form == Form::json) o->json = true;
    exit = run(*o);
  });
}

}  // namespace virga::cli
