#include "compiler/diagnostics/json_text.h"
#include "compiler/diagnostics/render.h"

namespace virga::diag {
namespace {

void put_position(JsonText& json, const SourceMap& sources, FileId file, std::uint32_t offset) {
  const LineColumn at = sources.locate(file, offset);
  json.begin_object().field("offset", offset).field("line", at.line).field("column", at.column).end_object();
}

/// The `place` of something; left out when it stands in no text.
void put_place(JsonText& json, const SourceMap& sources, Span span) {
  if (!span.known()) return;
  json.key("place").begin_object().field("path", sources.file(span.file).path);
  json.key("begin");
  put_position(json, sources, span.file, span.begin);
  json.key("end");
  put_position(json, sources, span.file, span.end);
  json.end_object();
}

void put_texts(JsonText& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name).begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

void put_finding(JsonText& json, const SourceMap& sources, const Diagnostic& d) {
  json.begin_object().field("code", d.code).field("severity", word(d.severity)).field("message", d.message);
  put_place(json, sources, d.span);
  if (!d.span_text.empty()) json.field("says", d.span_text);
  json.key("labels").begin_array();
  for (const Label& label : d.labels) {
    json.begin_object();
    put_place(json, sources, label.span);
    json.field("text", label.text).end_object();
  }
  json.end_array();
  if (!d.source.empty()) json.field("source", d.source);
  put_texts(json, "notes", d.notes);
  put_texts(json, "help", d.help);
  json.key("fixes").begin_array();
  for (const Fix& fix : d.fixes) {
    json.begin_object().field("title", fix.title);
    json.field("confidence", fix.confidence == Confidence::certain ? "certain" : "likely");
    json.key("edits").begin_array();
    for (const Edit& edit : fix.edits) {
      json.begin_object();
      put_place(json, sources, edit.span);
      json.field("text", edit.text).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
  if (d.allowed) {
    json.key("allowed").begin_object().field("because", d.allowed->because);
    if (!d.allowed->until.empty()) json.field("until", d.allowed->until);
    put_place(json, sources, d.allowed->place);
    json.end_object();
  }
  json.end_object();
}

}  // namespace

std::string render_json(const Sink& sink, const SourceMap& sources) {
  JsonText json;
  json.begin_object().field("version", 1).key("diagnostics").begin_array();
  for (const std::size_t index : render_order(sink)) {
    put_finding(json, sources, sink.all()[index]);
  }
  json.end_array().key("summary").begin_object();
  const Counts counts = count(sink);
  json.field("errors", counts.errors).field("warnings", counts.warnings).field("notes", counts.notes);
  json.field("allowed", counts.allowed).end_object();
  json.end_object();
  return std::move(json).finish();
}

}  // namespace virga::diag
