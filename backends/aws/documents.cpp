#include "backends/aws/documents.h"

#include "backends/aws/sam/sam.h"
#include "compiler/cloud/template_reader.h"

#include <fmt/format.h>

namespace virga::aws {
namespace {

/// Stands in a text for what is no text, until it is read.
std::string mark(std::size_t i) { return fmt::format("<<virga-reference-{}>>", i); }

cloud::Value filled_text(const std::string& text, const Stands& stands) {
  cloud::Values parts;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t first = std::string::npos;
    const std::pair<std::string, cloud::Value>* found = nullptr;
    for (const auto& one : stands) {
      const std::size_t here = text.find(one.first, at);
      if (here < first) first = here, found = &one;
    }
    parts.emplace_back(text.substr(at, first - at));
    if (found == nullptr) break;
    parts.push_back(found->second);
    at = first + found->first.size();
  }
  return cloud::concat(std::move(parts));
}

std::optional<cloud::Value> read(const std::string& text) {
  SourceMap sources;
  diag::Sink nothing;
  const auto document = cloud::read_template(sources.add("document", text), nothing);
  if (!document || nothing.has_errors()) return std::nullopt;
  return cloud::from_document(*document, sam::dialect(), {});
}

}  // namespace

cloud::Value filled(const cloud::Value& value, const Stands& stands) {
  if (const auto* text = value.get<std::string>()) return filled_text(*text, stands);
  if (const auto* list = value.get<cloud::Values>()) {
    cloud::Values out;
    for (const cloud::Value& item : *list) out.push_back(filled(item, stands));
    return out;
  }
  if (const auto* object = value.get<cloud::Object>()) {
    cloud::Object out;
    for (const cloud::Member& m : object->members) out.members.push_back({m.key, filled(m.value, stands)});
    return out;
  }
  return value;
}

std::optional<cloud::Value> read_document(const cloud::Value& said) {
  if (const auto* plain = said.get<std::string>()) return read(*plain);
  const auto* joined = said.get<Box<cloud::Concat>>();
  if (joined == nullptr) return std::nullopt;
  std::string text;
  Stands stands;
  for (const cloud::Value& part : (*joined)->parts) {
    if (const auto* plain = part.get<std::string>()) {
      text += *plain;
      continue;
    }
    stands.emplace_back(mark(stands.size()), part);
    text += stands.back().first;
  }
  const auto made = read(text);
  return made ? std::optional(filled(*made, stands)) : std::nullopt;
}

NamedDocument read_named(const cloud::Value& path, const cloud::NamedText& files) {
  const auto* name = path.get<std::string>();
  if (name == nullptr || name->find("://") != std::string::npos) return {};
  const std::string* text = files ? files(*name) : nullptr;
  if (text == nullptr) return {std::nullopt, *name};
  return {read(*text), {}};
}

}  // namespace virga::aws
