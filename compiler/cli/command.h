// What the subcommands share: the program named on the command line, and where findings go.
#pragma once

#include "compiler/cli/command_line.h"
#include "compiler/driver/compile.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace virga::cli {

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

void add_path(Command& command, Common& common);
void add_stage(Command& command, Common& common);
void add_targets(Command& command, Common& common);
/// Gives the option that names the form.
Option add_form(Command& command, Common& common);
/// A path, targets, a stage, the account's numbers: what a command asks for that compiles an app.
void add_app(Command& command, Common& common);
/// What numbers and days the facts are judged by.
void add_quotas(Command& command, std::string& quotas);
void add_as_of(Command& command, std::string& as_of);

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

// The commands. Each adds itself to the program.
void add_compile(Program& program);
void add_check(Program& program);
void add_plan(Program& program);
void add_drift(Program& program);
void add_record(Program& program);
void add_package(Program& program);
void add_cost(Program& program);
void add_fmt(Program& program);
void add_graph(Program& program);
void add_explain(Program& program);
void add_facts(Program& program);
void add_kinds(Program& program);
void add_targets_command(Program& program);
void add_read(Program& program);
void add_import(Program& program);
void add_migrate(Program& program);

}  // namespace virga::cli
