// The command line: what commands declare of it, and who runs them. A library parses it, which `command_line.cpp` alone
// includes: its header takes longer to compile than any command.
#pragma once

#include "compiler/cli/exit.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace virga::cli {

/// An option that a command has declared, for what more is to be said of it. A copy is the same option.
class Option {
 public:
  explicit Option(CLI::Option& parsed) : parsed_(&parsed) {}

  /// Without it the command line is wrong.
  Option required();
  /// `--help` shows what its variable holds now.
  Option shows_default();
  /// Other words are wrong.
  Option one_of(std::vector<std::string> words);
  /// `fault` says what is wrong with a value, for the user; nothing is wrong where it is empty.
  Option check(std::function<std::string(const std::string& value)> fault);
  /// Of a list: each time that it stands it has one value, and what follows is another option's.
  Option one_each();
  /// Both together are wrong.
  Option excludes(Option other);
  /// Without the other it is wrong.
  Option needs(Option other);

  /// Whether it stands on the command line: to be asked when the command runs.
  [[nodiscard]] bool given() const;

 private:
  CLI::Option* parsed_;
};

/// A command, which declares its options and then what it does. Names are such as `--target,-t`; without dashes it is what
/// stands by its place. Variables are written before the command runs, and must live as long as what runs it.
class Command {
 public:
  /// `exit` is set when the command has run.
  Command(CLI::App& parsed, int& exit) : parsed_(&parsed), exit_(&exit) {}

  Option text(const std::string& names, std::string& into, const std::string& help);
  Option text(const std::string& names, std::function<void(const std::string&)> into, const std::string& help);
  /// Several values, or several times.
  Option texts(const std::string& names, std::vector<std::string>& into, const std::string& help);
  Option flag(const std::string& names, bool& into, const std::string& help);
  /// `given` is called when it stands there.
  Option flag(const std::string& names, std::function<void()> given, const std::string& help);
  /// A word for one of an enumeration, in small letters or capitals.
  template <class Enum>
  Option choice(const std::string& names, Enum& into, const std::map<std::string, Enum>& words, const std::string& help) {
    std::map<std::string, int> numbers;
    for (const auto& [word, value] : words) numbers.emplace(word, static_cast<int>(value));
    return number_of(
        names, [&into](int number) { into = static_cast<Enum>(number); }, std::move(numbers), help);
  }

  /// What it does when it is named; gives the exit code.
  void runs(std::function<int()> run);

 private:
  Option number_of(const std::string& names, std::function<void(int)> into, std::map<std::string, int> words,
                   const std::string& help);

  CLI::App* parsed_;
  int* exit_;
};

/// The program, of which each command line runs one command.
class Program {
 public:
  /// `about` stands at the top of `--help`, `footer` below that of each command.
  Program(const std::string& name, const std::string& about, const std::string& version, const std::string& footer);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  [[nodiscard]] Command command(const std::string& name, const std::string& about);

  /// Runs what the command line names. Its exit code; kUsage when the command line is wrong, which has been reported; kFine
  /// after `--help` and `--version`. What a command throws goes through.
  [[nodiscard]] int run(int argc, char** argv);

 private:
  std::unique_ptr<CLI::App> parsed_;
  int exit_ = kFine;
};

}  // namespace virga::cli
