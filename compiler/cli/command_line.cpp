#include "compiler/cli/command_line.h"

#include <CLI/CLI.hpp>

#include <utility>

namespace virga::cli {

Option Option::required() { return Option(*parsed_->required()); }
Option Option::shows_default() { return Option(*parsed_->capture_default_str()); }
Option Option::one_of(std::vector<std::string> words) { return Option(*parsed_->check(CLI::IsMember(std::move(words)))); }
Option Option::check(std::function<std::string(const std::string&)> fault) {
  return Option(*parsed_->check(std::move(fault)));
}
Option Option::one_each() { return Option(*parsed_->allow_extra_args(false)); }
Option Option::excludes(Option other) { return Option(*parsed_->excludes(other.parsed_)); }
Option Option::needs(Option other) { return Option(*parsed_->needs(other.parsed_)); }
bool Option::given() const { return parsed_->count() > 0; }

Option Command::text(const std::string& names, std::string& into, const std::string& help) {
  return Option(*parsed_->add_option(names, into, help));
}
Option Command::text(const std::string& names, std::function<void(const std::string&)> into, const std::string& help) {
  return Option(*parsed_->add_option_function<std::string>(names, into, help));
}
Option Command::texts(const std::string& names, std::vector<std::string>& into, const std::string& help) {
  return Option(*parsed_->add_option(names, into, help));
}
Option Command::flag(const std::string& names, bool& into, const std::string& help) {
  return Option(*parsed_->add_flag(names, into, help));
}
Option Command::flag(const std::string& names, std::function<void()> given, const std::string& help) {
  return Option(*parsed_->add_flag_callback(names, std::move(given), help));
}
Option Command::number_of(const std::string& names, std::function<void(int)> into, std::map<std::string, int> words,
                          const std::string& help) {
  CLI::Option* option = parsed_->add_option_function<int>(
      names, [into = std::move(into)](const int& number) { into(number); }, help);
  return Option(*option->transform(CLI::CheckedTransformer(std::move(words), CLI::ignore_case))->type_name("ENUM"));
}

void Command::runs(std::function<int()> run) {
  parsed_->callback([run = std::move(run), exit = exit_] { *exit = run(); });
}

Program::Program(const std::string& name, const std::string& about, const std::string& version, const std::string& footer)
    : parsed_(std::make_unique<CLI::App>(about)) {
  parsed_->name(name);
  parsed_->require_subcommand(1);
  parsed_->set_version_flag("--version", version);
  parsed_->footer(footer);
}
Program::~Program() = default;

Command Program::command(const std::string& name, const std::string& about) {
  return {*parsed_->add_subcommand(name, about), exit_};
}

int Program::run(int argc, char** argv) {
  try {
    parsed_->parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    const bool asked = parsed_->exit(e) == 0;  // for --help, --version
    return asked ? kFine : kUsage;
  }
  return exit_;
}

}  // namespace virga::cli
