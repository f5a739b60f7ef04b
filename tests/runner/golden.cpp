#include "tests/runner/golden.h"

#include "compiler/diagnostics/render.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"
#include "tests/runner/expectation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace virga::test {
namespace {

namespace fs = std::filesystem;

std::string syntax_of(const Outcome& outcome) {
  std::string out;
  for (const auto& unit : outcome.front.project.program.app) {
    out += syntax::dump(outcome.front.project.sources.file(unit.file->id), *unit.file);
  }
  return out;
}

/// The stacks of one cloud; each with its target and region on top when there are several. What two formats have in common
/// stands once.
std::string stacks_of(const Outcome& outcome, std::string_view cloud) {
  std::vector<const driver::TargetStack*> found;
  for (const auto& s : outcome.stacks) {
    const bool known = std::any_of(found.begin(), found.end(), [&](const driver::TargetStack* other) {
      return other->region == s.region && cloud::dump(other->lowered.stack) == cloud::dump(s.lowered.stack);
    });
    if (s.target.backend->catalog().cloud == cloud && !known) found.push_back(&s);
  }
  std::string out;
  for (const auto* s : found) {
    if (found.size() > 1) out += "# " + s->target.name() + (s->region.empty() ? "" : " " + s->region) + "\n";
    out += cloud::dump(s->lowered.stack);
  }
  return out;
}

/// `aws.sam/template.yaml` → bytes, for everything that would be written.
std::map<std::string, std::string> files_of(const Outcome& outcome) {
  std::map<std::string, std::string> out;
  for (const auto& s : outcome.stacks) {
    for (const auto& [path, bytes] : s.files) out[s.target.name() + "/" + path] = bytes;
  }
  return out;
}

std::string findings(const Outcome& outcome) { return diag::render_text(outcome.sink, outcome.front.project.sources); }

void check_emitted(const Outcome& outcome, const std::string& target, const fs::path& folder) {
  const auto files = files_of(outcome);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const auto it = files.find(target + "/" + fs::relative(entry.path(), folder).generic_string());
    if (it == files.end()) {
      ADD_FAILURE() << entry.path() << ": no such file is made\n" << findings(outcome);
    } else {
      expect_file(entry.path(), it->second);
    }
  }
}

/// A tree without its places and without the marks of how it was laid out.
std::string tree_of(const SourceFile& source, const syntax::File& file) {
  return syntax::dump(source, file, {.spans = false});
}

std::vector<std::string> comments_of(const SourceFile& source, const syntax::File& file) {
  std::vector<std::string> out;
  for (const syntax::Token& token : file.tokens) {
    std::string text(std::string_view(source.text).substr(token.begin, token.end - token.begin));
    if (!text.starts_with("//") && !text.starts_with("/*")) continue;
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n'))
      text.pop_back();
    out.push_back(std::move(text));
  }
  return out;
}

void check_text(const SourceFile& source, const syntax::File& file) {
  EXPECT_EQ(syntax::print(source, file), source.text) << source.path << ": printing what was parsed changes it";
  if (!file.complete) return;
  const std::string laid_out = syntax::format(source, file);
  SourceMap sources;
  diag::Sink sink;
  const SourceFile& again = sources.add(source.path, laid_out);
  const syntax::File parsed = syntax::parse(again, sink);
  EXPECT_TRUE(parsed.complete) << source.path << ": fmt makes something that does not parse:\n"
                               << diag::render_text(sink, sources);
  EXPECT_EQ(diff(tree_of(source, file), tree_of(again, parsed)), "") << source.path << ": fmt changes what the text means";
  EXPECT_EQ(comments_of(source, file), comments_of(again, parsed)) << source.path << ": fmt changes comments";
  EXPECT_EQ(diff(laid_out, syntax::format(again, parsed)), "") << source.path << ": fmt changes its own output";
}

/// Every line, whatever order they are in: JSON puts blocks of one type together.
std::vector<std::string> lines_of(const cloud::Files& files) {
  std::vector<std::string> out;
  for (const auto& [name, bytes] : files) {
    std::istringstream in(bytes);
    for (std::string line; std::getline(in, line);) {
      if (line.ends_with(',')) line.pop_back();
      out.push_back(name + ": " + line);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// The same laws of the other syntax that a format has.
void check_reading_json_back(const driver::TargetStack& stack) {
  const cloud::Format& format = *stack.target.format;
  const cloud::Files made = format.emit_json(stack.lowered.stack, "");
  SourceMap sources;
  diag::Sink sink;
  std::vector<const SourceFile*> texts;
  for (const auto& [name, bytes] : made) texts.push_back(&sources.add(name, bytes));
  const cloud::Stack read = format.read_all(texts, sink);
  EXPECT_TRUE(sink.all().empty()) << stack.target.name() << " does not understand its JSON:\n"
                                  << diag::render_text(sink, sources);
  EXPECT_EQ(cloud::difference(stack.lowered.stack, read), "")
      << stack.target.name() << ": its JSON reads back as another stack";
  EXPECT_EQ(lines_of(format.emit_json(read, "")), lines_of(made))
      << stack.target.name() << ": what was read back is written differently as JSON";
}

void check_reading_back(const driver::TargetStack& stack) {
  if (stack.target.format->has_json()) check_reading_json_back(stack);
  const std::string path = main_file(stack);
  ASSERT_TRUE(stack.files.contains(path)) << stack.target.name() << " makes no " << path;
  const std::string folder = path.substr(0, path.size() - stack.target.format->main_file().size());
  SourceMap sources;
  diag::Sink sink;
  std::vector<const SourceFile*> texts;
  for (const auto& [name, bytes] : stack.files) {
    if (name.starts_with(folder) && stack.target.format->is_template(name.substr(folder.size())))
      texts.push_back(&sources.add(name, bytes));
  }
  const cloud::Stack read = stack.target.format->read_all(texts, sink);
  EXPECT_TRUE(sink.all().empty()) << stack.target.name() << " does not understand what it wrote:\n"
                                  << diag::render_text(sink, sources);
  EXPECT_EQ(cloud::difference(stack.lowered.stack, read), "")
      << stack.target.name() << "/" << path << ": reads back as another stack";
  const cloud::Files again = stack.target.format->emit(read, "");
  for (const auto& [name, bytes] : stack.target.format->emit(stack.lowered.stack, "")) {
    const auto same = again.find(name);
    EXPECT_EQ(diff(bytes, same == again.end() ? "" : same->second), "")
        << stack.target.name() << "/" << name << ": what was read back is written differently";
  }
}

/// What a format of a cloud has no words for although another one of the cloud has, each reason once.
/// For want of words: found in the finished stack, or said by a row of the tables for one format, or by a finding that names
/// the target that has them.
bool for_want_of_words(const diag::Diagnostic& d) {
  if (!d.help.empty() && d.help.front().starts_with("deploy with `")) return true;
  return d.code == "target/unsaid" || d.code == "target/kind-impossible" ||
         (d.code == "target/edge-impossible" && !d.help.empty() && d.help.front().starts_with("no words yet"));
}

std::string unsaid(const Outcome& outcome) {
  std::set<std::string> lines;
  for (const diag::Diagnostic& d : outcome.sink.all()) {
    if (for_want_of_words(d)) lines.insert("  " + d.message + "\n");
  }
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

std::size_t other_errors(const Outcome& outcome) {
  std::set<std::string> messages;  // the same one comes again for every format
  for (const diag::Diagnostic& d : outcome.sink.all()) {
    if (d.severity == diag::Severity::error && !for_want_of_words(d)) messages.insert(d.message);
  }
  return messages.size();
}

/// The same, as tests/golden/unsaid.txt has it: names of programs, and indented below each what is refused.
std::string listed_unsaid(const std::string& program) {
  std::istringstream lines(read_text(fs::path(VIRGA_SOURCE_DIR) / "tests/golden/unsaid.txt"));
  std::string out;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  ")) inside = line == program;
    else if (inside) out += line + "\n";
  }
  return out;
}

/// Every format of the clouds that a program is made for, whichever of them its app names.
std::vector<std::string> all_formats(const Outcome& outcome) {
  std::set<std::string> names;
  for (const auto& s : outcome.stacks) {
    for (const cloud::Format* format : s.target.backend->formats())
      names.insert(cloud::Target{s.target.backend, format}.name());
  }
  return {names.begin(), names.end()};
}

void expect_same(const Outcome& one, const Outcome& other, const char* where) {
  EXPECT_EQ(one.sink.all().size(), other.sink.all().size()) << "other findings " << where;
  EXPECT_EQ(diff(dump(one.front.architecture), dump(other.front.architecture)), "") << "another architecture " << where;
  const auto expected = files_of(one);
  const auto actual = files_of(other);
  ASSERT_EQ(expected.size(), actual.size()) << "other files " << where;
  for (const auto& [path, bytes] : expected) {
    const auto it = actual.find(path);
    ASSERT_NE(it, actual.end()) << path << " is not made " << where;
    EXPECT_TRUE(bytes == it->second) << path << " has other bytes " << where;
  }
}

}  // namespace

void check_everywhere(const Program& program) {
  SCOPED_TRACE(program.name);
  RunOptions options;
  for (const cloud::Target& t : cloud::all_targets()) options.targets.push_back(t.name());
  const auto outcome = run(program, options);
  for (const driver::TargetStack& stack : outcome->stacks) check_reading_back(stack);
}

void check_expectations(const Program& program, const fs::path& expectations) {
  const auto outcome = run(program);
  ASSERT_EQ(outcome->world, "");
  bool findings_expected = false;
  const std::set<fs::path> entries(fs::directory_iterator(expectations), fs::directory_iterator{});
  for (const fs::path& entry : entries) {
    const std::string name = entry.filename().string();
    if (name == "expect.syntax") {
      expect_file(entry, syntax_of(*outcome));
    } else if (name == "expect.architecture") {
      expect_file(entry, dump(outcome->front.architecture));
    } else if (name == "expect.diagnostics") {
      findings_expected = true;
      expect_file(entry, findings(*outcome));
    } else if (name.starts_with("expect.") && name.ends_with(".stack")) {
      expect_file(entry, stacks_of(*outcome, name.substr(7, name.size() - 7 - 6)));
    } else if (name.starts_with("expect.") && fs::is_directory(entry)) {
      check_emitted(*outcome, name.substr(7), entry);
    } else if (name.starts_with("expect.")) {
      ADD_FAILURE() << entry << " is no expectation that the runner knows";
    }
  }
  if (!findings_expected) {
    EXPECT_FALSE(outcome->sink.has_errors()) << "errors, and no expect.diagnostics:\n" << findings(*outcome);
  }
}

void check_laws(const Program& program) {
  const auto outcome = run(program);
  ASSERT_EQ(outcome->world, "");
  const auto& project = outcome->front.project;
  for (const auto* units : {&project.program.app, &project.program.modules}) {
    for (const auto& unit : *units) check_text(project.sources.file(unit.file->id), *unit.file);
  }
  expect_same(*outcome, *run(program), "the second time");
  if (!program.folder.empty()) {
    const DiskFileSystem disk(program.folder.string());
    expect_same(*outcome, *run(program, {.files = &disk, .shown_prefix = "some/where/else/"}),
                "from the disk, in another place");
  }
  if (outcome->stacks.empty()) return;
  const auto everywhere =
      run(program, {.files = nullptr, .shown_prefix = "", .lower = true, .targets = all_formats(*outcome)});
  EXPECT_EQ(diff(listed_unsaid(program.name), unsaid(*everywhere)), "")
      << "a format of the cloud refuses this, or does so no longer: tests/golden/unsaid.txt";
  EXPECT_EQ(other_errors(*everywhere), other_errors(*outcome)) << findings(*everywhere);
  for (const auto& stack : everywhere->stacks) check_reading_back(stack);
}

void check_clean(const Program& program) {
  const auto outcome = run(program);
  ASSERT_EQ(outcome->world, "");
  EXPECT_FALSE(outcome->sink.has_errors()) << findings(*outcome);
  std::set<std::string> made;
  for (const auto& s : outcome->stacks) made.insert(s.target.name());
  for (const cloud::Target& target : cloud::all_targets()) {
    if (made.contains(target.name())) continue;
    const auto refused = run(program, {.files = nullptr, .shown_prefix = "", .lower = true, .targets = {target.name()}});
    EXPECT_TRUE(refused->sink.has_errors()) << program.name << " leaves out " << target.name() << ", which it could have";
  }
}

}  // namespace virga::test
