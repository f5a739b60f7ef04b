#include "compiler/cloud/template_reader.h"

#include "compiler/cloud/template_parts.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <charconv>

namespace virga::cloud {

bool MapBuilder::contains(std::string_view key) const {
  if (!keys_.empty()) return keys_.contains(std::string(key));
  return std::any_of(entries_.begin(), entries_.end(), [&](const Document::Entry& e) { return e.key == key; });
}

void MapBuilder::add(Document::Entry entry) {
  constexpr std::size_t kLong = 16;
  if (!keys_.empty()) {
    keys_.insert(entry.key);
  } else if (entries_.size() == kLong) {
    for (const Document::Entry& e : entries_) keys_.insert(e.key);
    keys_.insert(entry.key);
  }
  entries_.push_back(std::move(entry));
}

void MapBuilder::add_once(Document::Entry entry, diag::Sink& sink) {
  if (!contains(entry.key)) {
    add(std::move(entry));
    return;
  }
  const auto first = std::find_if(entries_.begin(), entries_.end(), [&](const auto& e) { return e.key == entry.key; });
  sink.report(entry.key_span, diag::codes::TemplateDuplicateKey, entry.key)
      .says("again here")
      .label(first->key_span, "first here")
      .help("remove one of the two: which of them counts differs from tool to tool");
}

std::optional<Document> decimal_number(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with('+') || digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.empty() || digits.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
  const bool whole = digits.find_first_not_of("0123456789") == std::string_view::npos;
  std::string_view signed_text = text;
  if (signed_text.front() == '+') signed_text.remove_prefix(1);  // which from_chars does not know

  const auto parse = [&](auto& value) {
    const auto [end, error] = std::from_chars(signed_text.data(), signed_text.data() + signed_text.size(), value);
    return error == std::errc() && end == signed_text.data() + signed_text.size();
  };
  Document number;
  std::int64_t integer = 0;
  double real = 0;
  if (whole && parse(integer)) {
    number = Document(integer);
  } else if (parse(real)) {
    number = Document(real);
  } else {
    return std::nullopt;
  }
  if (number.text() != text) number.set_spelling(std::string(text));
  return number;
}

std::string_view kind_word(Document::Kind kind) {
  switch (kind) {
    case Document::Kind::null: return "null";
    case Document::Kind::boolean: return "boolean";
    case Document::Kind::integer:
    case Document::Kind::real: return "number";
    case Document::Kind::string: return "string";
    case Document::Kind::list: return "list";
    case Document::Kind::map: return "map";
  }
  return "value";
}

std::optional<Document> read_template(const SourceFile& file, diag::Sink& sink, const ReadLimits& limits) {
  const std::size_t begin = file.text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos || (file.text[begin] != '{' && file.text[begin] != '[')) {
    return read_yaml(file, sink, limits);
  }
  // Almost always JSON; but YAML has brackets too, and lets keys and texts stand in them without quotes.
  diag::Sink as_json;
  std::optional<Document> document = read_json(file, as_json, limits);
  const bool no_json = std::any_of(as_json.all().begin(), as_json.all().end(),
                                   [](const diag::Diagnostic& d) { return d.code == diag::codes::TemplateSyntax.id; });
  if (no_json) {
    diag::Sink as_yaml;
    std::optional<Document> yaml = read_yaml(file, as_yaml, limits);
    if (yaml) {
      for (const diag::Diagnostic& d : as_yaml.all()) sink.add(d);
      return yaml;
    }
  }
  for (const diag::Diagnostic& d : as_json.all()) sink.add(d);
  return document;
}

}  // namespace virga::cloud
