// YAML by way of yaml-cpp's events: no tree of its own is built, so depth and aliases are bounded as they come.
#include "compiler/cloud/template_parts.h"
#include "compiler/cloud/yaml_writer.h"
#include "compiler/diagnostics/codes.h"

#include <yaml-cpp/yaml.h>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <charconv>
#include <istream>
#include <limits>
#include <map>
#include <streambuf>
#include <unordered_map>

namespace virga::cloud {
namespace {

/// Leaves yaml-cpp after a mistake that was reported.
struct Stop {};

constexpr std::string_view kCore = "tag:yaml.org,2002:";
constexpr std::string_view kTagWord = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/";

/// Whether a tag may be written as `!` and `text`.
bool is_tag_word(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kTagWord) == std::string_view::npos;
}

/// Tags that were taken out of the text, by the offset at which their block scalar begins instead.
///
/// yaml-cpp 0.7 measures the indentation of a block scalar from a tag before it when both stand beside the dash of a
/// list item, so it finds no text in
///     - !Sub |
///       text
/// Written as `- |     `, same length, it reads well; Builder gives the tag back.
using DetachedTags = std::map<std::size_t, std::string>;

/// The tags in `text` that stand so. Some may be words inside a text that only look like one.
DetachedTags find_detachable_tags(std::string_view text) {
  DetachedTags tags;
  for (std::size_t at = text.find(" !"); at != std::string_view::npos; at = text.find(" !", at + 2)) {
    const std::size_t dash = text.find_last_not_of(' ', at);
    if (dash == std::string_view::npos || text[dash] != '-') continue;
    if (dash > 0 && text[dash - 1] != ' ' && text[dash - 1] != '\n') continue;
    const std::size_t end = text.find_first_of(" \t\r\n", at + 1);
    if (end == std::string_view::npos) break;
    const std::size_t next = text.find_first_not_of(' ', end);
    if (next == std::string_view::npos || (text[next] != '|' && text[next] != '>')) continue;
    const std::string_view tag = text.substr(at + 1, end - at - 1);
    if (is_tag_word(tag.substr(tag.starts_with("!!") ? 2 : 1))) tags.emplace(at + 1, tag);
  }
  return tags;
}

/// `text` without `tags`: the header of each block scalar moved to where its tag began.
std::string without_tags(std::string text, const DetachedTags& tags) {
  for (const auto& [at, tag] : tags) {
    const std::size_t header = text.find_first_not_of(' ', at + tag.size());
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", header), text.size());
    std::rotate(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(header),
                text.begin() + static_cast<std::ptrdiff_t>(end));
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(at + end - header), text.begin() + static_cast<std::ptrdiff_t>(end),
              ' ');
  }
  return text;
}

/// A stream over bytes that stay where they are.
class ViewBuffer final : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // only read: there is no put area  NOLINT
    setg(begin, begin, begin + text.size());
  }
};

/// Ends of nodes, which yaml-cpp does not tell.
class Places {
 public:
  explicit Places(const SourceFile& file) : file_(file), text_(file.text) {}

  [[nodiscard]] Span point(std::size_t at) const {
    const auto begin = static_cast<std::uint32_t>(std::min(at, text_.size()));
    return {file_.id, begin, begin};
  }

  /// The scalar whose properties or text begin at `begin`; `value` is what it means.
  [[nodiscard]] Span scalar(std::size_t begin, std::string_view value) const {
    std::size_t at = std::min(begin, text_.size());
    while (at < text_.size() && (text_[at] == '!' || text_[at] == '&')) {
      at = std::min(text_.find_first_of(" \t\r\n", at), text_.size());
      at = std::min(text_.find_first_not_of(" \t\r\n", at), text_.size());
    }
    return {file_.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end_of_scalar(at, value))};
  }

  /// `{{ name }}` at that place; empty when something else stands there.
  [[nodiscard]] Span blank(std::size_t at) const {
    constexpr std::string_view kSpace = " \t", kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
    const std::string_view rest = text_.substr(std::min(at, text_.size()));
    if (!rest.starts_with("{{")) return point(at);
    const std::size_t name = std::min(rest.find_first_not_of(kSpace, 2), rest.size());
    if (name == rest.size() || kLetters.find(rest[name]) == std::string_view::npos) return point(at);
    const std::size_t end = std::min(rest.find_first_not_of(std::string(kLetters) + "0123456789.-", name), rest.size());
    const std::size_t close = std::min(rest.find_first_not_of(kSpace, end), rest.size());
    if (!rest.substr(close).starts_with("}}")) return point(at);
    return {file_.id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + close + 2)};
  }

  /// Whether a line `---` leads to what begins at `at`.
  [[nodiscard]] bool marks_document(std::size_t at) const {
    const std::size_t line = text_.rfind("---", at);
    return line != std::string_view::npos && (line == 0 || text_[line - 1] == '\n');
  }

  [[nodiscard]] std::string_view text(Span span) const { return text_.substr(span.begin, span.end - span.begin); }

 private:
  [[nodiscard]] std::size_t end_of_line(std::size_t at) const {
    std::size_t end = std::min(text_.find('\n', at), text_.size());
    while (end > at && (text_[end - 1] == '\r' || text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
    return end;
  }

  [[nodiscard]] std::size_t end_of_scalar(std::size_t at, std::string_view value) const {
    if (at >= text_.size()) return text_.size();
    if (text_[at] == '|' || text_[at] == '>') return end_of_line(at);  // the header stands for the block
    if (text_[at] == '"' || text_[at] == '\'') {
      for (std::size_t i = at + 1; i < text_.size(); ++i) {
        if (text_[at] == '"' && text_[i] == '\\') {
          ++i;
        } else if (text_[i] == text_[at]) {
          if (text_[at] == '"' || i + 1 >= text_.size() || text_[i + 1] != '\'') return i + 1;
          ++i;
        }
      }
      return text_.size();
    }
    return text_.substr(at).starts_with(value) ? at + value.size() : end_of_line(at);
  }

  const SourceFile& file_;
  std::string_view text_;
};

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// What a scalar without quotes and tag is: see read_template.
Document resolve_plain(const std::string& text) {
  if (is_one_of(text, {"", "~", "null", "Null", "NULL"})) return {};
  if (is_one_of(text, {"true", "True", "TRUE"})) return Document(true);
  if (is_one_of(text, {"false", "False", "FALSE"})) return Document(false);

  const char first = text.front();
  if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
    const std::string_view unsigned_text = std::string_view(text).substr(first == '-' || first == '+' ? 1 : 0);
    const auto with_base = [&](int base) -> std::optional<Document> {
      std::int64_t value = 0;
      const char* end = text.data() + text.size();
      const auto [stop, error] = std::from_chars(text.data() + 2, end, value, base);
      if (error != std::errc() || stop != end || text[2] == '-') return std::nullopt;
      return std::move(Document(value).set_spelling(text));
    };
    std::optional<Document> number;
    if (text.starts_with("0x")) {
      number = with_base(16);
    } else if (text.starts_with("0o")) {
      number = with_base(8);
    } else if (is_one_of(unsigned_text, {".inf", ".Inf", ".INF"})) {
      const double infinite = std::numeric_limits<double>::infinity();
      number = Document(first == '-' ? -infinite : infinite);
    } else if (is_one_of(text, {".nan", ".NaN", ".NAN"})) {
      number = Document(std::numeric_limits<double>::quiet_NaN());
    } else if (!(unsigned_text.size() > 1 && unsigned_text[0] == '0' &&
                 unsigned_text.find_first_not_of("0123456789") == std::string_view::npos)) {
      number = decimal_number(text);
    }
    if (number) return std::move(*number);
  }
  Document string(text);
  // The words as they are only where a quoted string would mean something else to the cloud's own parser.
  if (is_ambiguous_yaml(text)) string.set_spelling(text);
  return string;
}

class Builder final : public YAML::EventHandler {
 public:
  Builder(const SourceFile& file, const DetachedTags& tags, diag::Sink& sink, const ReadLimits& limits)
      : places_(file), tags_(tags), sink_(sink), limits_(limits) {}

  /// Those of the detached tags that proved to be tags.
  [[nodiscard]] const DetachedTags& tags_given_back() const { return tags_given_back_; }
  [[nodiscard]] Document take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ < 2) return;
    if (!places_.marks_document(offset(mark))) {
      sink_.report(places_.point(offset(mark)), diag::codes::TemplateSyntax, "YAML", "nothing may follow the document");
      throw Stop();
    }
    sink_.report(places_.point(offset(mark)), diag::codes::TemplateSeveralDocuments)
        .help("put each document into a file of its own");
    throw Stop();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (within_blank_ > 0) return;
    // yaml-cpp does not tell a missing value from one that is spelled out; the text does.
    const std::size_t begin = offset(mark);
    Span span = places_.point(begin);
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      const Span found = places_.scalar(begin, word);
      if (places_.text(found).ends_with(word)) span = found;
    }
    if (awaits_key()) {
      set_key(std::string(places_.text(span)), span, false);
      return;
    }
    Document null;
    null.span = span;
    add(std::move(null), {}, anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    if (within_blank_ > 0) return;
    const Span span = places_.scalar(offset(mark), value);
    if (awaits_key()) {
      set_key(value, span, tag == "?" && value == "<<");
      if (anchor != 0) remember(anchor, Document(value), Size{1, 1});
      return;
    }
    Document node;
    std::string own = own_tag(tag);
    if (const auto detached = tags_.find(offset(mark)); detached != tags_.end()) {
      tags_given_back_.insert(*detached);
      own = own_tag(detached->second.starts_with("!!") ? std::string(kCore) + detached->second.substr(2) : detached->second);
    }
    if (!own.empty()) {
      node = Document(value).tagged(std::move(own));
    } else if (tag == "?" || is_one_of(tag, {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
                                             "tag:yaml.org,2002:null"})) {
      node = resolve_plain(value);
    } else {
      node = Document(value);
    }
    node.span = span;
    add(std::move(node), Size{1 + value.size() / 64, 1}, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (within_blank_ > 0) return;
    const std::size_t begin = offset(mark);
    const Span span = places_.scalar(begin, name_at(begin));
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      sink_.report(span, diag::codes::TemplateAliasCycle).help("a template has no cycles: write the value out");
      throw Stop();
    }
    const Anchored& anchored = found->second;
    if (awaits_key()) {
      if (!anchored.value.is_scalar()) complex_key(span, anchored.value.kind());
      set_key(anchored.value.text(), span, false);
      return;
    }
    if (frames_.size() + anchored.size.height > limits_.max_depth + 1) too_deep(span);
    charge(anchored.size, span);
    // The copy keeps the places of what it copies: that is where a mistake in it is to be mended.
    add(anchored.value, anchored.size, 0);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Document::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    if (within_blank_ > 0 || (style == YAML::EmitterStyle::Flow && takes_blank(mark))) {
      ++within_blank_;
      return;
    }
    open(Document::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override {
    if (within_blank_ > 0) --within_blank_;
    else close();
  }

 private:
  /// What a value costs to copy, and how deep it reaches.
  struct Size {
    std::size_t values = 1;
    std::size_t height = 1;
  };
  struct Anchored {
    Document value;
    Size size;
  };
  /// A list or map whose end was not seen yet.
  struct Frame {
    Document::Kind kind;
    std::string tag;
    YAML::anchor_t anchor;
    Span span;
    Size size;
    Document::List items;
    MapBuilder entries;
    std::vector<Document> merged;
    bool has_key = false;
    bool key_merges = false;
    std::string key;
    Span key_span;
  };

  /// `{{ name }}` without quotes: to YAML a map with a map as its key, and in a template of applications a blank that
  /// somebody fills in. It is taken as the text that it is; a key that is a map would be refused.
  bool takes_blank(const YAML::Mark& mark) {
    const Span span = places_.blank(offset(mark));
    if (span.begin == span.end) return false;
    if (awaits_key()) {
      set_key(std::string(places_.text(span)), span, false);
    } else {
      Document node(places_.text(span));
      node.span = span;
      add(std::move(node), Size{1, 1}, 0);
    }
    return true;
  }

  static std::size_t offset(const YAML::Mark& mark) { return static_cast<std::size_t>(std::max(mark.pos, 0)); }

  /// The tag as Document has it; empty for those that YAML itself gives a meaning here, and for what is none.
  static std::string own_tag(const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!" || tag == kCore) return {};
    if (tag.starts_with('!') && is_tag_word(std::string_view(tag).substr(1))) return tag;
    if (tag.starts_with(kCore) && is_tag_word(std::string_view(tag).substr(kCore.size()))) {
      const std::string name = tag.substr(kCore.size());
      if (is_one_of(name, {"str", "int", "float", "bool", "null", "seq", "map"})) return {};
      return "!!" + name;
    }
    // Spelled out, a tag holds the characters of a URI.
    const bool is_uri = tag.find_first_not_of(std::string(kTagWord) + "%#;?@&=+$,!~*'()[]") == std::string::npos;
    return is_uri ? "!<" + tag + ">" : std::string();
  }

  [[nodiscard]] std::string name_at(std::size_t begin) const {
    const std::string_view rest =
        places_.text({FileId{}, static_cast<std::uint32_t>(begin), places_.point(begin + 200).end});
    return std::string(rest.substr(0, rest.find_first_of(" \t\r\n,]}")));
  }

  [[nodiscard]] bool awaits_key() const {
    return !frames_.empty() && frames_.back().kind == Document::Kind::map && !frames_.back().has_key;
  }

  void set_key(std::string key, Span span, bool merges) {
    Frame& frame = frames_.back();
    frame.has_key = true;
    frame.key_merges = merges;
    frame.key = std::move(key);
    frame.key_span = span;
    frame.span = join(frame.span, span);
  }

  [[noreturn]] void complex_key(Span span, Document::Kind kind) {
    sink_.report(span, diag::codes::TemplateComplexKey, std::string(kind_word(kind)));
    throw Stop();
  }

  [[noreturn]] void too_deep(Span span) {
    sink_.report(span, diag::codes::TemplateTooDeep, limits_.max_depth);
    throw Stop();
  }

  /// Anchors and aliases copy; what they copy all in all is limited.
  void charge(Size size, Span span) {
    copied_ += size.values;
    if (copied_ <= limits_.max_alias_values) return;
    sink_.report(span, diag::codes::TemplateAliasBomb, limits_.max_alias_values)
        .help("write the values out, or make them fewer");
    throw Stop();
  }

  void remember(YAML::anchor_t anchor, Document value, Size size) {
    charge(size, value.span);
    anchors_.insert_or_assign(anchor, Anchored{std::move(value), size});
  }

  void open(Document::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    const Span span = places_.point(offset(mark));
    if (awaits_key()) complex_key(span, kind);
    if (frames_.size() > limits_.max_depth) too_deep(span);
    Frame frame{};
    frame.kind = kind;
    frame.tag = own_tag(tag);
    frame.anchor = anchor;
    frame.span = span;
    frames_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    Document node;
    if (frame.kind == Document::Kind::list) {
      node = Document(std::move(frame.items));
    } else {
      // A key of the map itself goes before a merged one, an earlier merged map before a later one.
      for (Document& map : frame.merged) {
        for (Document::Entry& entry : *map.as_map()) {
          if (!frame.entries.contains(entry.key)) frame.entries.add(std::move(entry));
        }
      }
      node = Document(frame.entries.take());
    }
    node.set_tag(std::move(frame.tag));
    node.span = frame.span;
    add(std::move(node), frame.size, frame.anchor);
  }

  /// Hands a finished value to what it stands in.
  void add(Document node, Size size, YAML::anchor_t anchor) {
    if (anchor != 0) remember(anchor, node, size);
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    frame.size.values += size.values;
    frame.size.height = std::max(frame.size.height, size.height + 1);
    frame.span = join(frame.span, node.span);
    if (frame.kind == Document::Kind::list) {
      frame.items.push_back(std::move(node));
      return;
    }
    frame.has_key = false;
    if (frame.key_merges) {
      merge(frame, std::move(node));
    } else {
      frame.entries.add_once({std::move(frame.key), std::move(node), frame.key_span}, sink_);
    }
  }

  void merge(Frame& frame, Document node) {
    const auto take_in = [&](Document map) {
      if (map.as_map() != nullptr) {
        frame.merged.push_back(std::move(map));
      } else {
        sink_
            .report(map.span.known() ? map.span : frame.key_span, diag::codes::TemplateMerge,
                    std::string(kind_word(map.kind())))
            .label(frame.key_span, "taken in here");
      }
    };
    if (Document::List* maps = node.as_list()) {
      for (Document& map : *maps) take_in(std::move(map));
    } else {
      take_in(std::move(node));
    }
  }

  Places places_;
  const DetachedTags& tags_;
  DetachedTags tags_given_back_;
  diag::Sink& sink_;
  const ReadLimits& limits_;
  int documents_ = 0;
  std::vector<Frame> frames_;
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  std::size_t copied_ = 0;
  std::size_t within_blank_ = 0;  ///< so many maps are open of which it is made
  Document root_;
};

std::optional<Document> parse(Builder& builder, const SourceFile& file, std::string_view text, diag::Sink& sink,
                              const ReadLimits& limits) {
  const Places places(file);
  const auto place = [&](const YAML::Mark& mark) { return places.point(static_cast<std::size_t>(std::max(mark.pos, 0))); };
  try {
    ViewBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    return builder.take();
  } catch (const Stop&) {
  } catch (const YAML::DeepRecursion& error) {
    sink.report(place(error.mark), diag::codes::TemplateTooDeep, limits.max_depth);
  } catch (const YAML::Exception& error) {
    sink.report(place(error.mark), diag::codes::TemplateSyntax, "YAML", error.msg);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Document> read_yaml(const SourceFile& file, diag::Sink& sink, const ReadLimits& limits) {
  const DetachedTags tags = find_detachable_tags(file.text);
  if (!tags.empty()) {
    diag::Sink first;
    Builder builder(file, tags, first, limits);
    std::optional<Document> document = parse(builder, file, without_tags(file.text, tags), first, limits);
    const DetachedTags real = builder.tags_given_back();
    if (real.size() != tags.size()) {
      // The others stood inside a text, which must stay as it is. They do not change what the tags are.
      diag::Sink second;
      Builder again(file, real, second, limits);
      document = parse(again, file, without_tags(file.text, real), second, limits);
      std::swap(first, second);
    }
    for (const diag::Diagnostic& d : first.all()) sink.add(d);
    return document;
  }
  Builder builder(file, tags, sink, limits);
  return parse(builder, file, file.text, sink, limits);
}

}  // namespace virga::cloud
