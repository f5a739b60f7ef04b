// What the subcommands share: exit codes, the program named on the command line, and where findings go.
#pragma once

#include "compiler/driver/compile.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace virga::cli {

/// Exit codes, as `virga --help` lists them.
enum Exit : int {
  kFine = 0,
  kErrors = 1,  ///< the architecture has errors
  kChanges = 2,  ///< of a plan that was asked for them: changes were found
  kUsage = 3,
  kWorld = 4,  ///< a file or a permission
  kLoss = 5,  ///< a plan loses data, and nobody accepts it
  kBug = 70,  ///< ours
};

enum class Form { text, json, sarif };

/// Options that most commands take.
struct Common {
  std::string path = ".";
  std::string stage;
  std::string region;
  std::vector<std::string> targets;
  std::string out;  ///< the folder that templates are written to; empty: none
  std::string quotas;  ///< a file of the account's numbers, instead of the one beside the app
  std::string as_of;  ///< the day by which ends of support are judged
  driver::StandingIds stands;  ///< what stays in the first stack of an app that is parted for the first time
  bool locked = false;  ///< the file of parts must say where everything stands
  Form form = Form::text;
};

/// A program that was read and built, with the files below its folder.
struct Session {
  std::string root;  ///< the folder below which the files lie, as one would type it
  std::map<std::string, std::string> changed;  ///< texts that are looked at in place of those on the disk
  std::unique_ptr<FileSystem> disk;
  std::unique_ptr<FileSystem> files;  ///< with what is changed
  driver::FrontEnd front;
  diag::Sink sink;
};

void add_path(CLI::App& command, Common& common);
void add_stage(CLI::App& command, Common& common);
void add_targets(CLI::App& command, Common& common);
void add_form(CLI::App& command, Common& common);
/// A path, targets, a stage, the account's numbers: what a command asks for that compiles an app.
void add_app(CLI::App& command, Common& common);
/// What numbers and days the facts are judged by.
void add_quotas(CLI::App& command, std::string& quotas);
void add_as_of(CLI::App& command, std::string& as_of);

/// A text that the user named on the command line. Nothing when the world said no, which was reported.
[[nodiscard]] std::optional<driver::NamedText> read_named(const std::string& path, std::size_t most);

/// Reads and builds the program at `common.path`. Nothing when the world said no, which has then been reported.
[[nodiscard]] std::unique_ptr<Session> open(const Common& common, std::map<std::string, std::string> changed = {});
/// The program as it stood at a revision, without findings of its own; nothing, with `nothing_stands` set, when there was
/// none of it then.
[[nodiscard]] std::unique_ptr<Session> open_at(const Common& common, const std::string& revision, std::string& name,
                                               bool& nothing_stands);
/// Gives the files below a folder of the disk.
using Root = std::function<Expected<std::unique_ptr<FileSystem>>(const std::string& folder)>;
/// The same for a path alone, without building: the driver's request for it.
[[nodiscard]] Expected<driver::LoadRequest> request_for(const std::string& path, std::unique_ptr<FileSystem>& files,
                                                        const Root& root = {});

/// Whether the folder holds the file of a workspace.
[[nodiscard]] bool is_workspace(const std::string& path);

/// The template of a target in these files, or in the folder of one: its findings go to the session. Nothing when the world
/// said no, which was reported.
[[nodiscard]] std::optional<cloud::Stack> read_template(const std::vector<std::string>& paths, const cloud::Target& target,
                                                        Session& session);
/// Writes one file, whole or not at all.
[[nodiscard]] std::optional<IoError> write_file(const std::string& path, const std::string& text);

/// The targets asked for, else the app's own. Nothing after a target that does not exist, which has been reported.
[[nodiscard]] std::optional<std::vector<cloud::Target>> targets(const Common& common, const Architecture& architecture);

/// Writes the findings: text to stderr with a line that counts them, and those that are allowed; JSON and SARIF to stdout.
void report(const Session& session, Form form);
/// `virga: message` on stderr.
void complain(const std::string& message);
/// Text to stdout; kWorld when it cannot be written.
[[nodiscard]] int print(const std::string& text);

[[nodiscard]] std::string version();

// The commands. Each adds itself to the parser and sets `exit` when it has run.
void add_compile(CLI::App& app, int& exit);
void add_check(CLI::App& app, int& exit);
void add_plan(CLI::App& app, int& exit);
void add_drift(CLI::App& app, int& exit);
void add_record(CLI::App& app, int& exit);
void add_package(CLI::App& app, int& exit);
void add_cost(CLI::App& app, int& exit);
void add_fmt(CLI::App& app, int& exit);
void add_graph(CLI::App& app, int& exit);
void add_explain(CLI::App& app, int& exit);
void add_facts(CLI::App& app, int& exit);
void add_kinds(CLI::App& app, int& exit);
void add_targets_command(CLI::App& app, int& exit);
void add_read(CLI::App& app, int& exit);
void add_import(CLI::App& app, int& exit);
void add_migrate(CLI::App& app, int& exit);

}  // namespace virga::cli
