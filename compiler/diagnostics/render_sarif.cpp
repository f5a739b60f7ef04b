#include "compiler/diagnostics/json_text.h"
#include "compiler/diagnostics/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace virga::diag {
namespace {

/// A path as a relative URI reference (RFC 3986).
std::string uri(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter_or_digit || std::string_view("-._~/").find(c) != std::string_view::npos) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

void put_region(JsonText& json, const SourceMap& sources, Span span) {
  const LineColumn begin = sources.locate(span.file, span.begin);
  const LineColumn end = sources.locate(span.file, span.end);
  json.begin_object().field("startLine", begin.line).field("startColumn", begin.column);
  json.field("endLine", end.line).field("endColumn", end.column);
  json.field("byteOffset", span.begin).field("byteLength", span.end - span.begin).end_object();
}

void put_artifact(JsonText& json, const SourceMap& sources, FileId file) {
  json.key("artifactLocation").begin_object().field("uri", uri(sources.file(file).path)).end_object();
}

void put_physical(JsonText& json, const SourceMap& sources, Span span) {
  json.key("physicalLocation").begin_object();
  put_artifact(json, sources, span.file);
  json.key("region");
  put_region(json, sources, span);
  json.end_object();
}

void put_message(JsonText& json, std::string_view name, std::string_view text) {
  json.key(name).begin_object().field("text", text).end_object();
}

/// Viewers of SARIF show little but the message, so the reason and the remedy are part of it.
std::string full_message(const Diagnostic& d) {
  std::string text = d.message;
  if (!d.span_text.empty()) text += fmt::format("\n{}", d.span_text);
  if (!d.source.empty()) text += fmt::format("\nsource: {}", d.source);
  for (const std::string& note : d.notes) text += fmt::format("\nnote: {}", note);
  for (const std::string& help : d.help) text += fmt::format("\nhelp: {}", help);
  return text;
}

void put_related(JsonText& json, const SourceMap& sources, const Diagnostic& d) {
  if (d.labels.empty()) return;
  json.key("relatedLocations").begin_array();
  std::uint64_t id = 0;
  for (const Label& label : d.labels) {
    json.begin_object().field("id", id++);
    if (label.span.known()) put_physical(json, sources, label.span);
    put_message(json, "message", label.text);
    json.end_object();
  }
  json.end_array();
}

void put_fixes(JsonText& json, const SourceMap& sources, const Diagnostic& d) {
  // SARIF has no fix without a place, nor one without a change.
  const auto whole = [](const Fix& fix) {
    return !fix.edits.empty() &&
           std::all_of(fix.edits.begin(), fix.edits.end(), [](const Edit& edit) { return edit.span.known(); });
  };
  if (std::none_of(d.fixes.begin(), d.fixes.end(), whole)) return;
  json.key("fixes").begin_array();
  for (const Fix& fix : d.fixes) {
    if (!whole(fix)) continue;
    json.begin_object();
    put_message(json, "description", fix.title);
    std::map<FileId, std::vector<const Edit*>> by_file;
    for (const Edit& edit : fix.edits) by_file[edit.span.file].push_back(&edit);
    json.key("artifactChanges").begin_array();
    for (const auto& [file, edits] : by_file) {
      json.begin_object();
      put_artifact(json, sources, file);
      json.key("replacements").begin_array();
      for (const Edit* edit : edits) {
        json.begin_object().key("deletedRegion");
        put_region(json, sources, edit->span);
        put_message(json, "insertedContent", edit->text);
        json.end_object();
      }
      json.end_array().end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

/// The reason, and the day in a bag of properties: SARIF has no word for an end.
void put_suppressions(JsonText& json, const SourceMap& sources, const Diagnostic& d) {
  if (!d.allowed) return;
  json.key("suppressions").begin_array().begin_object();
  json.field("kind", "inSource").field("justification", d.allowed->because);
  if (d.allowed->place.known()) {
    json.key("location").begin_object();
    put_physical(json, sources, d.allowed->place);
    json.end_object();
  }
  if (!d.allowed->until.empty()) json.key("properties").begin_object().field("until", d.allowed->until).end_object();
  json.end_object().end_array();
}

void put_result(JsonText& json, const SourceMap& sources, const Diagnostic& d, std::uint64_t rule) {
  json.begin_object().field("ruleId", d.code).field("ruleIndex", rule).field("level", word(d.severity));
  put_message(json, "message", full_message(d));
  json.key("locations").begin_array();
  if (d.span.known()) {
    json.begin_object();
    put_physical(json, sources, d.span);
    json.end_object();
  }
  json.end_array();
  put_related(json, sources, d);
  put_fixes(json, sources, d);
  put_suppressions(json, sources, d);
  json.end_object();
}

}  // namespace

std::string render_sarif(const Sink& sink, const SourceMap& sources, std::string_view version) {
  const std::vector<std::size_t> order = render_order(sink);
  struct Rule {
    Severity severity;
    std::uint64_t index;
  };
  std::map<std::string_view, Rule> rules;
  for (const std::size_t i : order) rules.emplace(sink.all()[i].code, Rule{sink.all()[i].severity, 0});
  std::uint64_t count = 0;
  for (auto& [code, rule] : rules) rule.index = count++;

  JsonText json;
  json.begin_object().field("$schema", "https://json.schemastore.org/sarif-2.1.0.json").field("version", "2.1.0");
  json.key("runs").begin_array().begin_object();
  json.key("tool").begin_object().key("driver").begin_object();
  json.field("name", "virga").field("version", version).key("rules").begin_array();
  for (const auto& [code, rule] : rules) {
    json.begin_object().field("id", code);
    put_message(json, "help", fmt::format("virga explain {}", code));
    json.key("defaultConfiguration").begin_object().field("level", word(rule.severity)).end_object();
    json.end_object();
  }
  json.end_array().end_object().end_object();
  json.field("columnKind", "unicodeCodePoints").key("results").begin_array();
  for (const std::size_t i : order) put_result(json, sources, sink.all()[i], rules.at(sink.all()[i].code).index);
  json.end_array().end_object().end_array().end_object();
  return std::move(json).finish();
}

}  // namespace virga::diag
