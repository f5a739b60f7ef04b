#include "compiler/cli/fix.h"

#include "compiler/driver/fix.h"

namespace virga::cli {
namespace {

constexpr std::size_t kLargestFile = 64u << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

using Texts = std::map<std::string, std::string>;

/// The project's own texts as they were read.
Texts texts_of(const driver::Project& project) {
  Texts out;
  for (const auto& [file, home] : project.homes) {
    if (std::string path = driver::path_of(project, file); !path.empty())
      out[std::move(path)] = project.sources.file(file).text;
  }
  return out;
}

/// The exit code. A file that somebody else changed meanwhile stays as it is, and so do all.
int write(const Session& session, const Texts& before, const Texts& changed) {
  Texts files;
  for (const auto& [path, text] : changed) {
    auto there = session.disk->read(path, kLargestFile);
    if (!there) {
      complain(there.error().message);
      return kWorld;
    }
    // A mark at its beginning was not part of the text.
    const std::string mark(there->starts_with(kByteOrderMark) ? kByteOrderMark : "");
    const auto was = before.find(path);
    if (was == before.end() || *there != mark + was->second) {
      complain("`" + path + "` was changed while it was looked at; nothing is written");
      return kWorld;
    }
    files[path] = mark + text;
  }
  if (auto error = write_files(session.root, files)) {
    complain(error->message);
    return kWorld;
  }
  return kFine;
}

}  // namespace

int fix_and_check(const CheckWith& check, bool really, Form form, std::unique_ptr<Session>& session) {
  // Each round mends what showed in the one before; what goes on for longer goes round in a circle.
  constexpr int kMostRounds = 8;
  Texts changed;
  int exit = check(changed, session);
  if (!session || exit == kUsage || exit == kWorld) return exit;
  const Texts before = texts_of(session->front.project);
  std::vector<std::string> said;
  for (int i = 0; i < kMostRounds; ++i) {
    const driver::Round round = driver::fix_certain(session->front.project, session->sink);
    if (round.texts.empty()) break;
    Texts next = changed;
    for (const auto& [path, text] : round.texts) next[path] = text;
    std::unique_ptr<Session> again;
    const int outcome = check(next, again);
    // Whatever a fix was sure of, it must not break what was right. (What could not be read before may now show mistakes.)
    if (!again || (again->sink.has_errors() && !session->sink.has_errors())) break;
    changed = std::move(next);
    session = std::move(again);
    exit = outcome;
    said.insert(said.end(), round.said.begin(), round.said.end());
  }
  if (really && !changed.empty()) {
    if (const int written = write(*session, before, changed); written != kFine) return written;
  }
  for (const std::string& line : said) {
    // The results on the standard output are the findings when a program reads them.
    const std::string text = (really ? "fixed " : "would fix ") + line + "\n";
    if (form != Form::text) fmt::print(stderr, "{}", text);
    else if (const int printed = print(text); printed != kFine) return printed;
  }
  return exit;
}

}  // namespace virga::cli
