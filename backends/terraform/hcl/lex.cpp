#include "backends/terraform/hcl/lex.h"

#include "compiler/diagnostics/codes.h"
#include "compiler/source/utf8.h"

#include <algorithm>

namespace virga::hcl {

bool Cursor::take(std::string_view text) {
  if (!looking_at(text)) return false;
  at_ += text.size();
  return true;
}

void Cursor::skip_space(bool lines) {
  while (!at_end()) {
    const char c = peek();
    if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
      step();
    } else if (c == '#' || looking_at("//")) {
      while (!at_end() && peek() != '\n') step();
    } else if (looking_at("/*")) {
      const std::size_t begin = at_;
      const std::size_t end = source_.text.find("*/", at_ + 2);
      at_ = end == std::string::npos ? source_.text.size() : end + 2;
      if (end == std::string::npos) fail(begin, begin + 2, "a comment that begins here does not end");
    } else {
      return;
    }
  }
}

std::string Cursor::word() {
  const std::size_t begin = at_;
  while (!at_end()) {
    const char c = peek();
    const bool letter =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    const bool later = (c >= '0' && c <= '9') || c == '-';
    if (!letter && !(later && at_ > begin)) break;
    step();
  }
  return std::string(since(begin));
}

void Cursor::skip_brackets() {
  const std::size_t begin = at_;
  std::size_t open = 0;
  while (!at_end()) {
    const char c = peek();
    if (c == '"') {
      skip_text();
      continue;
    }
    if (c == '#' || looking_at("//") || looking_at("/*")) {
      skip_space(false);
      continue;
    }
    step();
    if (c == '(' || c == '[' || c == '{') ++open;
    if ((c == ')' || c == ']' || c == '}') && --open == 0) return;
  }
  fail(begin, begin + 1, "a bracket that opens here is not closed");
}

void Cursor::skip_text() {
  // Texts stand within interpolations, which stand within texts; counted, not called, so that depth costs no stack.
  const std::size_t begin = at_;
  std::vector<std::size_t> braces;  // for each text that is open: the braces open within its interpolation
  step();
  bool inside = true;  // within a text, not within an interpolation
  while (!at_end()) {
    const char c = peek();
    if (inside) {
      if (c == '\\') {
        step(2);
      } else if ((looking_at("$${") || looking_at("%%{"))) {
        step(3);
      } else if (looking_at("${") || looking_at("%{")) {
        step(2);
        braces.push_back(1);
        inside = false;
      } else {
        step();
        if (c != '"') continue;
        if (braces.empty()) return;
        inside = false;
      }
    } else {
      step();
      if (c == '"') inside = true;
      if (c == '{') ++braces.back();
      if (c == '}' && --braces.back() == 0) {
        braces.pop_back();
        inside = true;
      }
    }
  }
  fail(begin, begin + 1, "a text that begins here does not end");
}

void Cursor::fail(std::size_t begin, std::size_t end, std::string_view message) {
  if (!failed_) sink_.report(span(begin, end), diag::codes::TemplateSyntax, "HCL", std::string(message));
  failed_ = true;
}

void Cursor::fail(std::string_view message) {
  const std::size_t length = at_end() ? 0 : decode_utf8(source_.text, at_).length;
  fail(at_, at_ + length, message);
}

void Cursor::fail_too_deep(std::size_t limit) {
  if (!failed_) sink_.report(span(at_), diag::codes::TemplateTooDeep, limit);
  failed_ = true;
}

}  // namespace virga::hcl
