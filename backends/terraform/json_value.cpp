#include "backends/terraform/json_value.h"

#include "compiler/cloud/document.h"
#include "compiler/cloud/template_reader.h"

#include <algorithm>
#include <charconv>

namespace virga::terraform {
namespace {

using cloud::Document;
using cloud::Value;

/// Around the number of a reference within a text: characters for private use, which no name holds.
constexpr std::string_view kOpen = "\uE000", kClose = "\uE001";

/// The text with its references again.
Value filled(std::string_view text, const cloud::Values& references) {
  cloud::Values parts;
  while (true) {
    const std::size_t open = text.find(kOpen);
    parts.emplace_back(text.substr(0, open));
    if (open == std::string_view::npos) return cloud::concat(std::move(parts));
    text.remove_prefix(open + kOpen.size());
    std::size_t index = references.size();
    const std::size_t close = std::min(text.find(kClose), text.size());
    (void)std::from_chars(text.data(), text.data() + close, index);
    // An escape may spell the characters too; then what comes out is not the text that went in, which the caller sees.
    if (index < references.size()) parts.push_back(references[index]);
    text.remove_prefix(std::min(close + kClose.size(), text.size()));
  }
}

Value read(const Document& document, const cloud::Values& references) {
  if (const bool* flag = document.as_boolean()) return *flag;
  if (const auto* whole = document.as_integer()) return *whole;
  if (const double* number = document.as_real()) return *number;
  if (const auto* text = document.as_string()) return filled(*text, references);
  if (const auto* items = document.as_list()) {
    cloud::Values out;
    for (const Document& item : *items) out.push_back(read(item, references));
    return out;
  }
  if (const auto* entries = document.as_map()) {
    cloud::Object out;
    for (const Document::Entry& entry : *entries) out.set(entry.key, read(entry.value, references));
    return out;
  }
  return {};
}

}  // namespace

std::optional<Value> from_json(const Value& text) {
  cloud::Values parts{text}, references;
  if (const auto* several = text.get<Box<cloud::Concat>>()) parts = (*several)->parts;
  SourceFile source;
  for (const Value& part : parts) {
    if (const auto* plain = part.get<std::string>()) {
      source.text += *plain;
    } else {
      source.text += std::string(kOpen) + std::to_string(references.size()) + std::string(kClose);
      references.push_back(part);
    }
  }
  diag::Sink mistakes;
  const std::optional<Document> said = cloud::read_json(source, mistakes);
  if (!said || mistakes.has_errors()) return std::nullopt;
  return read(*said, references);
}

}  // namespace virga::terraform
