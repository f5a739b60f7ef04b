// Texts for the tests of syntax: every program in the repository, and texts made of them by chance.
#pragma once

#include "compiler/source/source_map.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace virga::syntax_inputs {

struct Program {
  std::string path;
  std::string text;
};

/// The standard kinds, the examples and the tests' programs, sorted by path.
inline std::vector<Program> programs() {
  namespace fs = std::filesystem;
  std::vector<Program> all;
  for (const char* folder : {"stdlib", "examples", "tests"}) {
    const fs::path root = fs::path(VIRGA_SOURCE_DIR) / folder;
    if (!fs::exists(root)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".virga") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::string text{std::istreambuf_iterator<char>(in), {}};
      if (first_bad_utf8(text) == std::string::npos) all.push_back({entry.path().string(), std::move(text)});
    }
  }
  std::sort(all.begin(), all.end(), [](const Program& a, const Program& b) { return a.path < b.path; });
  return all;
}

/// Pieces at which lexers and parsers go wrong.
inline constexpr auto kPieces = std::to_array<std::string_view>(
    {"{",       "}",        "(",      ")",          "[",   "]",      ",",         ".",       ":",      "?",       "=",
     "==",      "!=",       "<=",     ">=",         "<",   ">",      "+",         "-",       "*",      "/",       "!",
     "||",      "&&",       "->",     "~>",         "=>",  "-->",    "~",         "|",       "&",      "\"",      "\"\"",
     "\"\"\"",  "\"\"\"\n", "${",     "$",          "$$",  "\\",     "\\n",       "\\u{e9}", "\\u{",   "\\u{zz}", "\\\"",
     "'",       "''",       "`",      "//",         "///", "////",   "/*",        "*/",      "#",      ";",       "\n",
     "\r\n",    "\r",       " ",      "\t",         "\f",  "a",      "app",       "where",   "source", "target",  "port",
     "on",      "allow",    "for",    "if",         "in",  "then",   "else",      "none",    "true",   "512MB",   "10%",
     "0.5vcpu", "1_000",    "1.",     "1e3",        "_",   "\u00e9", "caf\u00e9", "\u201c",  "\u201d", "\u2018",  "\uff1b",
     "\uff08",  "\u3000",   "\u2192", "\U0001f600", "@"});

/// A text of such pieces.
inline std::string random_text(std::mt19937& random, std::size_t longest) {
  std::string text;
  const std::size_t count = random() % longest;
  for (std::size_t i = 0; i < count; ++i) text += kPieces[random() % kPieces.size()];
  return text;
}

/// `text` with a few changes: a piece put in, a stretch cut out or doubled.
inline std::string mutated(std::string text, std::mt19937& random) {
  const auto boundary = [&] {
    std::size_t at = text.empty() ? 0 : random() % (text.size() + 1);
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u) ++at;
    return at;
  };
  for (std::size_t changes = random() % 4 + 1; changes > 0; --changes) {
    std::size_t a = boundary();
    std::size_t b = boundary();
    if (b < a) std::swap(a, b);
    if (b - a > 40) {
      b = a + 40;
      while (b < text.size() && (static_cast<unsigned char>(text[b]) & 0xC0u) == 0x80u) ++b;
    }
    switch (random() % 3) {
      case 0: text.insert(a, kPieces[random() % kPieces.size()]); break;
      case 1: text.erase(a, b - a); break;
      default: text.insert(a, text.substr(a, b - a));
    }
  }
  return text;
}

}  // namespace virga::syntax_inputs
