// virga compile: architecture → templates.
#include "compiler/cli/command.h"
#include "compiler/cli/compiled.h"
#include "compiler/cli/standing.h"
#include "compiler/cli/workspace.h"
#include "compiler/cloud/naming.h"
#include "compiler/driver/parts.h"

#include "compiler/diagnostics/render.h"
#include "compiler/syntax/format.h"

#include <filesystem>
#include <nlohmann/json.hpp>

namespace virga::cli {
namespace {

struct Options {
  Common common;
  StandingOptions past;
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
      if (stacks->size() > 1)
        text += fmt::format("# {}{}{}\n", s.target.name(), s.region.empty() ? "" : " " + s.region,
                            s.part.empty() ? "" : " " + s.lowered.stack.name);
      if (o.step == "stack") {
        text += cloud::dump(s.lowered.stack);
      } else {
        const std::string folder = s.folder();
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

nlohmann::ordered_json summary(const Session& session, const std::vector<driver::TargetStack>& stacks,
                               const std::string& out) {
  nlohmann::ordered_json j = nlohmann::ordered_json::parse(diag::render_json(session.sink, session.front.project.sources));
  // What another app gives, and how: by itself where the engine can fetch it, as a parameter where it cannot.
  for (const Param& p : session.front.architecture.params) {
    if (p.import)
      j["imports"].push_back(
          {{"app", p.import->app}, {"output", p.import->output}, {"parameter", cloud::logical_id(p.name)}});
  }
  auto& made = j["made"] = nlohmann::ordered_json::array();
  for (const driver::TargetStack& s : stacks) {
    nlohmann::ordered_json entry;
    entry["target"] = s.target.name();
    if (!s.region.empty()) entry["region"] = s.region;
    if (!s.part.empty()) entry["stack"] = s.lowered.stack.name;
    entry["resources"] = s.lowered.stack.resources.size();
    for (const auto& [path, bytes] : s.files) entry["files"].push_back(out + "/" + s.target.name() + "/" + path);
    made.push_back(std::move(entry));
  }
  return j;
}

/// `out/<target>/<main file>  12 resources for …`, a line for each template.
std::string lines(const Compiled& made, const std::string& out) {
  std::string text;
  for (const driver::TargetStack& s : made.stacks) {
    const std::string main = s.folder() + std::string(s.target.format->main_file());
    text += fmt::format("{}/{}/{}  {} resources for {}\n", out, s.target.name(), main, s.lowered.stack.resources.size(),
                        s.target.format->title());
  }
  const std::size_t zips = made.code.files.size();
  if (zips > 0) text += fmt::format("with the code of {} function{} beside each\n", zips, zips == 1 ? "" : "s");
  return text;
}

/// Writes down what had no stack in the file of parts, and says so. False when the world said no, which is reported.
bool write_parts(const Compiled& made) {
  const driver::FrontEnd& front = made.session->front;
  const auto text = driver::new_parts_file(front, made.stacks);
  if (!text) return true;
  if (auto error = write_file(front.project.parts_path, *text)) {
    complain(error->message);
    return false;
  }
  std::map<std::string, std::set<std::string>> stacks;
  std::map<std::string, std::size_t> placed;
  for (const driver::TargetStack& s : made.stacks) {
    if (!s.part.empty()) stacks[s.target.name()].insert(s.part);
    placed[s.target.name()] += s.placed.size();
  }
  for (const auto& [target, parts] : stacks) {
    if (placed[target] > 0)
      complain(fmt::format("on {} the app stands in {} stack{}: {} new line{} in `{}`, which is to be committed", target,
                           parts.size(), parts.size() == 1 ? "" : "s", placed[target], placed[target] == 1 ? "" : "s",
                           front.project.parts_path));
  }
  return true;
}

int print_one_step(const Options& o) {
  auto session = open(o.common);
  if (!session) return kWorld;
  const bool early = o.step == "syntax" || o.step == "architecture";
  if (early || session->sink.has_errors()) {
    report(*session, o.common.form);
    if (early) {
      const int printed = print_step(o, *session, nullptr);
      if (printed != kFine) return printed;
    }
    return session->sink.has_errors() ? kErrors : kFine;
  }
  Compiled made = compile(o.common, o.json);
  if (made.usage) return kUsage;
  report(*made.session, o.common.form);
  const int printed = print_step(o, *made.session, &made.stacks);
  return printed != kFine ? printed : made.failed() ? kErrors : kFine;
}

int run_app(const Options& o) {
  Common common = o.common;
  common.out = o.out;
  const Compiled made = compile(common, o.json);
  if (!made.session) return kWorld;
  if (made.usage) return kUsage;
  // All targets or none: half an output would be deployed by somebody.
  if (!made.failed()) {
    if (!write_parts(made)) return kWorld;
    if (auto error = write_files(o.out, made.files())) {
      complain(error->message);
      return kWorld;
    }
  }
  if (o.common.form == Form::json) {
    const int printed = print(summary(*made.session, made.stacks, o.out).dump(2) + "\n");
    if (printed != kFine) return printed;
  } else {
    report(*made.session, o.common.form);
  }
  if (!made.failed() && o.common.form == Form::text) return print(lines(made, o.out));
  return made.failed() ? kErrors : kFine;
}

/// Every app of a workspace, side by side; what is written and said stands in the order in which they can be deployed.
int run_workspace(const Options& o) {
  if (!o.step.empty() || o.common.form == Form::sarif) {
    complain("`--print` and `--format sarif` are about one app; name the folder of one");
    return kUsage;
  }
  const auto workspace = open_workspace(o.common.path, o.common.form);
  if (!workspace) return kWorld;
  if (workspace->failed) return kErrors;
  // One after the other, so that what is told of them has an order.
  std::vector<Common> asked(workspace->apps.size(), o.common);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    asked[i].path = workspace->apps[i];
    asked[i].out = o.out + "/" + std::filesystem::path(workspace->apps[i]).filename().string();  // as deep as the app's name
    StandingOptions past = o.past;
    if (const int found = own_record(asked[i], past); found != kFine) return found;
    if (const int found = read_stands(asked[i], past); found != kFine) return found;
  }
  std::vector<Compiled> made(workspace->apps.size());
  in_parallel(made.size(), [&](std::size_t i) { made[i] = compile(asked[i], o.json); });
  bool failed = false;
  std::map<std::string, std::string> files;
  nlohmann::ordered_json apps = nlohmann::ordered_json::array();
  std::string text;
  for (std::size_t i = 0; i < made.size(); ++i) {
    const Compiled& app = made[i];
    if (!app.session) return kWorld;
    if (app.usage) return kUsage;
    failed = failed || app.failed();
    const std::string name = app.session->front.architecture.app.name;
    const std::string out = o.out + "/" + name;
    if (o.common.form == Form::json) {
      auto j = summary(*app.session, app.stacks, out);
      j["app"] = name;
      apps.push_back(std::move(j));
    } else {
      report(*app.session, o.common.form);
    }
    for (auto& [path, bytes] : app.files()) {
      if (!files.emplace(name + "/" + path, bytes).second) {
        complain("two apps of the workspace are called `" + name + "`");
        return kErrors;
      }
    }
    text += lines(app, out);
  }
  if (!failed) {
    if (!std::all_of(made.begin(), made.end(), write_parts)) return kWorld;
    if (auto error = write_files(o.out, files)) {
      complain(error->message);
      return kWorld;
    }
  }
  if (o.common.form == Form::json) {
    const int printed =
        print(nlohmann::ordered_json{{"workspace", workspace->name}, {"apps", std::move(apps)}}.dump(2) + "\n");
    return printed != kFine ? printed : failed ? kErrors : kFine;
  }
  return failed ? kErrors : print(text);
}

int run(Options o) {
  if (is_workspace(o.common.path)) return run_workspace(o);
  if (const int found = read_stands(o.common, o.past); found != kFine) return found;
  return o.step.empty() ? run_app(o) : print_one_step(o);
}

}  // namespace

void add_compile(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("compile", "make the templates of an architecture");
  add_app(c, o->common);
  add_as_of(c, o->common.as_of);
  const Option form = add_form(c, o->common);
  o->out = "out";
  c.text("-o,--output", o->out, "the folder to write to: OUT/<target>/…").shows_default();
  c.flag(
      "--as-json", [o] { o->json = true; }, "templates as JSON, where a target has two ways of writing: main.tf.json");
  add_past(c, o->past);
  c.flag("--locked", o->common.locked, "what has no stack in virga.parts yet is an error: for CI, which commits nothing");
  c.text("--print", o->step, "print the text form of a step instead of writing: syntax, architecture, stack, template")
      .one_of({"syntax", "architecture", "stack", "template"});
  c.runs([o, form] {
    // Who asks for JSON by its long name means all of it; `--json` are the findings alone.
    if (form.given() && o->common.form == Form::json) o->json = true;
    return run(*o);
  });
}

}  // namespace virga::cli
