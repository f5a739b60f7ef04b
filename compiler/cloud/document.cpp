#include "compiler/cloud/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace virga::cloud {
namespace {

const std::string kNone;

template <class Entries>
auto find_in(Entries* entries, std::string_view key) -> decltype(&entries->front().value) {
  if (entries == nullptr) return nullptr;
  const auto found = std::find_if(entries->begin(), entries->end(), [&](const auto& entry) { return entry.key == key; });
  return found == entries->end() ? nullptr : &found->value;
}

}  // namespace

Document::Document() = default;
Document::Document(bool value) : value_(value) {}
Document::Document(Integer integer) : value_(integer.value) {}
Document::Document(double value) : value_(value) {}
Document::Document(std::string value) : value_(std::move(value)) {}
Document::Document(std::string_view value) : value_(std::string(value)) {}
Document::Document(const char* value) : value_(std::string(value)) {}
Document::Document(List items) : value_(std::move(items)) {}
Document::Document(Map entries) : value_(std::move(entries)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Document::Document(const Document& other)
    : span(other.span), value_(other.value_), extra_(other.extra_ ? std::make_unique<Extra>(*other.extra_) : nullptr) {}

Document& Document::operator=(const Document& other) {
  // By way of a copy: `other` may be a part of what is replaced.
  Document copy(other);
  return *this = std::move(copy);
}

Document Document::list(std::initializer_list<Document> items) { return List(items); }

Document Document::map(std::initializer_list<Entry> entries) { return Map(entries); }

const Document* Document::find(std::string_view key) const { return find_in(as_map(), key); }

Document* Document::find(std::string_view key) { return find_in(as_map(), key); }

Document& Document::operator[](std::string_view key) {
  if (is_null()) value_ = Map();
  if (Document* there = find(key)) return *there;
  auto& entries = std::get<Map>(value_);
  entries.push_back({std::string(key), Document()});
  return entries.back().value;
}

Document& Document::set(std::string_view key, Document value) {
  (*this)[key] = std::move(value);
  return *this;
}

Document& Document::append(Document value) {
  if (is_null()) value_ = List();
  std::get<List>(value_).push_back(std::move(value));
  return *this;
}

bool Document::erase(std::string_view key) {
  Map* entries = as_map();
  return entries != nullptr && std::erase_if(*entries, [&](const Entry& entry) { return entry.key == key; }) != 0;
}

Document::Extra& Document::extra() {
  if (!extra_) extra_ = std::make_unique<Extra>();
  return *extra_;
}

const std::string& Document::tag() const { return extra_ ? extra_->tag : kNone; }

Document& Document::set_tag(std::string tag) {
  if (extra_ || !tag.empty()) extra().tag = std::move(tag);
  return *this;
}

Document Document::tagged(std::string tag) && {
  set_tag(std::move(tag));
  return std::move(*this);
}

const std::string& Document::spelling() const { return extra_ ? extra_->spelling : kNone; }

Document& Document::set_spelling(std::string spelling) {
  if (extra_ || !spelling.empty()) extra().spelling = std::move(spelling);
  return *this;
}

std::string Document::text() const {
  if (!spelling().empty()) return spelling();
  if (const bool* b = as_boolean()) return *b ? "true" : "false";
  if (const std::int64_t* i = as_integer()) return fmt::format("{}", *i);
  if (const double* d = as_real()) return std::isfinite(*d) ? real_text(*d) : fmt::format("{}", *d);
  if (const std::string* s = as_string()) return *s;
  return {};
}

bool operator==(const Document& a, const Document& b) { return a.value_ == b.value_ && a.tag() == b.tag(); }

std::string real_text(double value) {
  std::string text = fmt::format("{}", value);
  // YAML 1.1 takes `1e+20` for a word: its numbers with an exponent have a point before it.
  if (text.find('.') == std::string::npos) text.insert(std::min(text.find('e'), text.size()), ".0");
  return text;
}

}  // namespace virga::cloud
