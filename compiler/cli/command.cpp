#include "compiler/cli/command.h"

#include "compiler/diagnostics/render.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/driver/fix.h"
#include "compiler/driver/revision.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace virga::cli {

std::string version() { return VIRGA_VERSION; }

void complain(const std::string& message) { fmt::print(stderr, "virga: {}\n", message); }

int print(const std::string& text) {
  const bool fine = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  return fine ? kFine : kWorld;
}

void add_path(Command& command, Common& common) {
  command.text("path", common.path, "a .virga file, or a folder of them").shows_default();
}
void add_stage(Command& command, Common& common) {
  command.text("--stage", common.stage, "the stage whose changes are laid over the architecture");
}
void add_targets(Command& command, Common& common) {
  command.texts("--target,-t", common.targets, "a target, such as those that `virga targets` lists; may stand several times")
      .one_each();
  command.text("--region", common.region, "only this region");
}
Option add_form(Command& command, Common& common) {
  static const std::map<std::string, Form> forms{{"text", Form::text}, {"json", Form::json}, {"sarif", Form::sarif}};
  const Option form = command.choice("--format", common.form, forms, "of the findings: text, json or sarif");
  command.flag(
      "--json", [&common] { common.form = Form::json; }, "findings as JSON");
  return form;
}

void add_quotas(Command& command, std::string& quotas) {
  command.text("--quotas", quotas, "a file with the numbers of your account, over those of quotas.yaml and the app");
}
void add_as_of(Command& command, std::string& as_of) {
  const auto is_day = [](const std::string& text) {
    using namespace std::chrono;
    int y = 0;
    unsigned m = 0, d = 0;
    char end = 0;
    const bool read = text.size() == 10 && std::sscanf(text.c_str(), "%4d-%2u-%2u%c", &y, &m, &d, &end) == 3;
    return read && year_month_day(year(y), month(m), day(d)).ok() ? std::string()
                                                                  : "`" + text + "` is no day such as 2026-11-28";
  };
  command.text("--as-of", as_of, "the day by which dates are judged, such as 2026-11-28; the clock is never asked")
      .check(is_day);
}

void add_app(Command& command, Common& common) {
  add_path(command, common);
  add_targets(command, common);
  add_stage(command, common);
  add_quotas(command, common.quotas);
}

std::optional<IoError> write_file(const std::string& path, const std::string& text) {
  const std::filesystem::path given(path);
  return write_files(given.has_parent_path() ? given.parent_path().string() : ".", {{given.filename().string(), text}});
}

std::optional<driver::NamedText> read_named(const std::string& path, std::size_t most) {
  const std::filesystem::path given(path);
  const DiskFileSystem files(given.has_parent_path() ? given.parent_path().string() : ".");
  auto text = files.read(given.filename().string(), most);
  if (text) return driver::NamedText{path, std::move(*text)};
  complain(text.error().message);
  return std::nullopt;
}

namespace {

namespace fs = std::filesystem;

/// The nearest folder above that holds a workspace's file; empty when there is none.
fs::path workspace_above(const fs::path& folder) {
  std::error_code error;
  for (fs::path at = fs::absolute(folder, error).lexically_normal();; at = at.parent_path()) {
    if (fs::is_regular_file(at / driver::kWorkspaceFile, error)) return at;
    if (!at.has_relative_path()) return {};
  }
}

std::string with_slash(std::string folder) {
  if (folder == ".") return "";
  if (!folder.empty() && folder.back() != '/') folder += '/';
  return folder;
}

}  // namespace

bool is_workspace(const std::string& path) {
  std::error_code error;
  return fs::is_regular_file(fs::path(path) / driver::kWorkspaceFile, error);
}

Expected<driver::LoadRequest> request_for(const std::string& path, std::unique_ptr<FileSystem>& files, const Root& root) {
  const auto below = [&](const std::string& at) -> Expected<std::unique_ptr<FileSystem>> {
    if (root) return root(at);
    return std::unique_ptr<FileSystem>(std::make_unique<DiskFileSystem>(at));
  };
  std::error_code error;
  const bool directory = fs::is_directory(path, error);
  if (!directory && !fs::exists(path, error))
    return IoError{IoError::Kind::missing, "there is no file or folder `" + path + "`"};
  const fs::path given(path);
  const std::string own = directory ? path : given.has_parent_path() ? given.parent_path().string() : ".";
  std::string folder, shown_root;
  const fs::path workspace = workspace_above(own);
  fs::path inside =
      workspace.empty() ? fs::path() : fs::absolute(own, error).lexically_normal().lexically_relative(workspace);
  if (!inside.has_filename()) inside = inside.parent_path();
  if (workspace.empty() || inside.empty() || inside == ".") {
    auto found = below(own);
    if (!found) return found.error();
    files = std::move(*found);
  } else {
    auto found = below(workspace.string());
    if (!found) return found.error();
    files = std::move(*found);
    folder = inside.generic_string();
    shown_root = with_slash(workspace.lexically_relative(fs::current_path(error)).generic_string());
  }
  std::vector<std::string> texts;
  if (directory) {
    auto paths = driver::program_files(*files, folder.empty() ? "." : folder);
    if (!paths) {
      return IoError{paths.error().kind, is_workspace(path)
                                             ? "`" + path + "` is a workspace; name the folder of one of its apps"
                                             : "there is no .virga file in `" + path + "`"};
    }
    texts = std::move(*paths);
  } else {
    texts.push_back((folder.empty() ? "" : folder + "/") + given.filename().string());
  }
  return driver::LoadRequest{*files, std::move(texts), with_slash(own), std::move(folder), std::move(shown_root)};
}

namespace {

/// Builds what was asked for, into a session that has its files.
std::unique_ptr<Session> build(const Common& common, const driver::LoadRequest& request, std::unique_ptr<Session> session) {
  const std::string& root = request.folder.empty() ? request.shown_prefix : request.shown_root;
  session->root = root.empty() ? "." : root;
  session->files = std::make_unique<driver::ChangedFileSystem>(*session->disk, session->changed);
  const driver::LoadRequest load{*session->files, request.paths, request.shown_prefix, request.folder, request.shown_root};
  std::optional<driver::NamedText> quotas;
  if (!common.quotas.empty() && !(quotas = read_named(common.quotas, driver::kLargestQuotas))) return nullptr;
  auto built = driver::front_end({load, common.stage, {}, quotas, common.as_of}, session->front, session->sink);
  if (!built) {
    complain(built.error().message);
    return nullptr;
  }
  return session;
}

}  // namespace

std::unique_ptr<Session> open(const Common& common, std::map<std::string, std::string> changed) {
  auto session = std::make_unique<Session>();
  auto request = request_for(common.path, session->disk);
  if (!request) {
    complain(request.error().message);
    return nullptr;
  }
  session->changed = std::move(changed);
  return build(common, *request, std::move(session));
}

std::unique_ptr<Session> open_at(const Common& common, const std::string& revision, std::string& name,
                                 bool& nothing_stands) {
  nothing_stands = false;
  auto session = std::make_unique<Session>();
  bool opened = false;
  auto request =
      request_for(common.path, session->disk, [&](const std::string& folder) -> Expected<std::unique_ptr<FileSystem>> {
        auto found = driver::open_revision(folder, revision);
        if (!found) return found.error();
        opened = true;
        name = found->name;
        return std::move(found->files);
      });
  if (!request) {
    nothing_stands =
        request.error().kind == IoError::Kind::missing && (opened || driver::is_revision(common.path, revision));
    if (!nothing_stands) complain(request.error().message);
    return nullptr;
  }
  return build(common, *request, std::move(session));
}

std::optional<std::vector<cloud::Target>> targets(const Common& common, const Architecture& architecture) {
  if (common.targets.empty()) return driver::targets_of(architecture);
  std::vector<cloud::Target> out;
  std::vector<std::string> names;
  for (const cloud::Target& t : cloud::all_targets()) names.push_back(t.name());
  for (const std::string& name : common.targets) {
    const cloud::Target target = cloud::find_target(name);
    if (target.format == nullptr) {
      const std::string near = diag::nearest(name, names);
      std::string all;
      for (const std::string& n : names) all += (all.empty() ? "" : ", ") + n;
      complain("there is no target `" + name + "`; " + (near.empty() ? "there are " + all : "did you mean `" + near + "`?"));
      return std::nullopt;
    }
    out.push_back(target);
  }
  return out;
}

void report(const Session& session, Form form) {
  const SourceMap& sources = session.front.project.sources;
  if (form == Form::json) {
    (void)print(diag::render_json(session.sink, sources));
    return;
  }
  if (form == Form::sarif) {
    (void)print(diag::render_sarif(session.sink, sources, version()));
    return;
  }
  const char* no_color = std::getenv("NO_COLOR");
  const bool color = isatty(STDERR_FILENO) != 0 && (no_color == nullptr || *no_color == '\0');
  const std::string text = diag::render_text(session.sink, sources, {color});
  std::fwrite(text.data(), 1, text.size(), stderr);
  const diag::Counts counts = diag::count(session.sink);
  std::vector<std::string> parts;
  const auto add = [&](std::size_t n, const char* what) {
    if (n > 0) parts.push_back(fmt::format("{} {}{}", n, what, n == 1 ? "" : "s"));
  };
  add(counts.errors, "error");
  add(counts.warnings, "warning");
  if (counts.allowed > 0) parts.push_back(fmt::format("{} allowed", counts.allowed));
  if (!parts.empty()) fmt::print(stderr, "{}\n", fmt::join(parts, ", "));
}

}  // namespace virga::cli
