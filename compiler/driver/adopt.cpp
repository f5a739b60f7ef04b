#include "compiler/driver/adopt.h"

#include "compiler/adopt/compare.h"
#include "compiler/adopt/lower.h"
#include "compiler/adopt/share.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/nested.h"
#include "compiler/source/file_system.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"

#include <algorithm>

namespace virga::driver {
namespace {

namespace codes = diag::codes;

/// The kinds of the core.
std::map<std::string, Kind, std::less<>> core_kinds(FrontEnd& front) {
  MemoryFileSystem files;
  files.put("kinds.virga", "app kinds { }\n");
  diag::Sink nothing;
  (void)front_end({{files, {"kinds.virga"}, ""}, ""}, front, nothing);
  return front.architecture.kinds;
}

class Importer {
 public:
  Importer(const cloud::Stack& given, const cloud::Target& target, const std::string& app, cloud::NamedText files)
      : given_(given), target_(target), kinds_(core_kinds(kinds_front_)), request_{given_,
                                                                                   target.backend->catalog(),
                                                                                   *target.format->family(),
                                                                                   kinds_,
                                                                                   app,
                                                                                   target.name(),
                                                                                   "",
                                                                                   std::move(files),
                                                                                   {},
                                                                                   true} {}

  /// The same for a program that lies in another folder.
  adopt::Raised seen_from(const std::string& sources, std::string& text) {
    request_.sources = sources;
    adopt::Raised raised = adopt::raise(request_);
    if (shares_) (void)adopt::share(raised.draft);
    std::vector<std::string> lines;
    text = adopt::print(raised.draft, lines);
    return raised;
  }

  /// Raises as much as gives the same again, and says once what is said often.
  adopt::Raised run(std::string& text, std::string& left) {
    adopt::Raised raised = raise(text, left), shared = raised;
    if (!adopt::share(shared.draft)) return raised;
    // What is found of it is no reason to keep more in the engine's words.
    const adopt::RaiseRequest::Ids raw = request_.raw;
    const bool secrets = request_.secrets;
    std::string other;
    shares_ = look(shared, other) == left;
    request_.raw = raw;
    request_.secrets = secrets;
    if (!shares_) return raised;
    text = std::move(other);
    return shared;
  }

 private:
  adopt::Raised raise(std::string& text, std::string& left) {
    adopt::Raised raised;
    constexpr int kRounds = 12;
    for (int round = 0; round < kRounds; ++round) {
      raised = adopt::raise(request_);
      const adopt::RaiseRequest::Ids before = request_.raw;
      const bool secrets = request_.secrets;
      left = look(raised, text);
      if (left.empty()) return raised;
      if (request_.raw != before || request_.secrets != secrets) continue;
      if (known_) break;  // in the engine's words it differs as well
      for (const adopt::Fate& fate : raised.fates) request_.raw.insert(fate.id);  // nobody knows whose fault it is
      if (request_.raw == before) break;
    }
    return raised;
  }

  /// What is wrong with a draft, in words; what it hangs on is kept in the engine's words from then on.
  std::string look(const adopt::Raised& raised, std::string& text) {
    known_ = false;
    std::vector<std::string> lines;
    text = adopt::print(raised.draft, lines);
    MemoryFileSystem files;
    files.put(std::string(kProgram), text);
    FrontEnd front;
    diag::Sink sink;
    (void)front_end({{files, {std::string(kProgram)}, ""}, ""}, front, sink);
    if (sink.has_errors()) return blame(raised, sink, front.project.sources, lines);
    const std::map<NodeId, cloud::CodeArtifact> code;
    const cloud::Lowered lowered = target_.backend->lower(
        {front.architecture, target_.format->name(), "", {}, true, code, target_.format->has_exports(), true}, sink);
    if (sink.has_errors()) return blame(raised, sink, front.project.sources, lines);
    std::string first;
    known_ = true;
    for (const adopt::Difference& d :
         adopt::differences(given_, lowered.stack, target_.backend->catalog(), *target_.format->family())) {
      if (first.empty()) first = d.text;
      if (d.id.empty()) known_ = false;
      else keep_raw(raised, d);
    }
    return first;
  }

  /// The smallest part that holds the difference: an item within, a property, then all of it.
  void keep_raw(const adopt::Raised& raised, const adopt::Difference& d) {
    const std::size_t dot = d.property.find('.');
    const std::string item =
        dot == std::string::npos ? "" : d.id + "." + d.property.substr(dot + 1, d.property.find('.', dot + 1) - dot - 1);
    for (const adopt::Fate& fate : raised.fates) {
      if (!item.empty() && fate.id == item && fate.raised && request_.raw.insert(item).second) return;
    }
    for (const std::string_view property : {std::string_view(d.property), std::string_view(d.property).substr(0, dot)}) {
      if (!property.empty() && request_.raw.insert(d.id + "#" + std::string(property)).second) return;
    }
    request_.raw.insert(d.id);
  }

  static std::string about(Span span, const SourceMap& sources, const std::vector<std::string>& lines) {
    const std::size_t line = span.known() ? sources.locate(span.file, span.begin).line - 1 : lines.size();
    return line < lines.size() ? lines[line] : std::string();
  }

  /// What a finding is about. Of several edges it is one that calls: a permission, which may allow more than is used, where
  /// an event is what happens.
  std::string culprit(const adopt::Raised& raised, const diag::Diagnostic& d, const SourceMap& sources,
                      const std::vector<std::string>& lines) const {
    for (const diag::Label& label : d.labels) {
      const std::string id = about(label.span, sources, lines);
      const auto& edges = raised.draft.edges;
      const bool calls = std::any_of(edges.begin(), edges.end(), [&](const adopt::DraftEdge& e) {
        return e.id == id && !e.hand_over && e.argument.empty() && !request_.raw.contains(id);
      });
      if (calls) return id;
    }
    return about(d.span, sources, lines);
  }

  std::string blame(const adopt::Raised& raised, const diag::Sink& sink, const SourceMap& sources,
                    const std::vector<std::string>& lines) {
    std::string first;
    for (const diag::Diagnostic& d : sink.all()) {
      if (d.severity != diag::Severity::error) continue;
      if (first.empty()) first = d.message;
      if (request_.secrets && d.code.starts_with("secret/")) {  // the template lets one stand where the language lets none
        request_.secrets = false;
        return first;
      }
      // An attribute, and when that was not it, what has it.
      const std::string about = culprit(raised, d, sources, lines);
      if (!about.empty() && !request_.raw.insert(about).second) request_.raw.insert(about.substr(0, about.find('~')));
    }
    return first;
  }

  const cloud::Stack& given_;
  cloud::Target target_;
  FrontEnd kinds_front_;  ///< owns the texts of the kinds
  std::map<std::string, Kind, std::less<>> kinds_;
  adopt::RaiseRequest request_;
  bool shares_ = false;  ///< what several nodes say has a name
  bool known_ = false;  ///< each difference that was found last names its resource
};

/// What the template names and nobody has put beside it.
void tell_missing_files(const cloud::Stack& given, const cloud::Dialect& dialect, const cloud::NamedText& files, Span place,
                        diag::Sink& sink) {
  for (const cloud::Resource& r : given.resources) {
    const auto told = dialect.tell == nullptr ? std::nullopt : dialect.tell(r, given, files);
    // What lies above the folder nobody can look at from here.
    if (told && !told->missing.empty() && !told->missing.starts_with(".."))
      sink.report(place, codes::AdoptFile, r.id, told->missing).help("import the template where its files are");
  }
}

}  // namespace

std::string laid_out(const std::string& text) {
  SourceMap sources;
  diag::Sink nothing;
  const SourceFile& source = sources.add(std::string(kProgram), text);
  const syntax::File file = syntax::parse(source, nothing);
  return nothing.has_errors() ? text : syntax::format(source, file);
}

Adopted adopt_template(std::span<const SourceFile* const> files, const cloud::Target& target, const std::string& app,
                       const std::string& sources, const cloud::NamedFiles& named, diag::Sink& sink) {
  Adopted out;
  const SourceFile& file = *files.front();
  out.given = target.format->read_as_given(files, named, sink);
  if (out.given.resources.empty()) {
    if (!sink.has_errors()) sink.report({file.id, 0, 0}, codes::AdoptEmpty, file.path);
    return out;
  }
  // Asked for once in each round, and read once.
  std::map<std::string, const SourceFile*, std::less<>> known;
  const auto text_of = [&](std::string_view path) -> const std::string* {
    if (!named) return nullptr;
    const auto [found, is_new] = known.try_emplace(std::string(path), nullptr);
    if (is_new) found->second = named(path);
    return found->second == nullptr ? nullptr : &found->second->text;
  };
  if (named) {
    for (const Nested& one : nested_in(out.given, *target.format->family(), named)) {
      if (one.file != nullptr && !one.known) sink.report({file.id, 0, 0}, codes::AdoptNoTemplate, one.id, one.path);
      else if (one.known) sink.report({file.id, 0, 0}, codes::AdoptNested, one.id, one.path, one.name);
      else sink.report({file.id, 0, 0}, codes::AdoptFile, one.id, one.path).help("import the template where its files are");
    }
  }
  if (named) tell_missing_files(out.given, *target.format->family(), text_of, {file.id, 0, 0}, sink);
  Importer importer(out.given, target, app, text_of);
  std::string left;
  adopt::Raised raised = importer.run(out.text, left);
  if (!sources.empty()) raised = importer.seen_from(sources, out.text);
  out.text = laid_out(out.text);
  out.fates = raised.fates;
  out.files = raised.draft.files;
  out.raised = std::move(raised);
  if (!left.empty()) sink.report({file.id, 0, 0}, codes::AdoptDiffers, left);
  return out;
}

cloud::Target recognise(const SourceFile& file) {
  for (const cloud::Target& target : cloud::all_targets()) {
    if (target.format->recognises(file)) return target;
  }
  return {};
}

}  // namespace virga::driver
