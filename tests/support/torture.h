// Strings that YAML writers get wrong, and documents made of them.
#pragma once

#include "compiler/cloud/document.h"
#include "compiler/source/utf8.h"

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace virga::torture {

/// Several hundred strings that some parser takes for something else, or reads with other characters.
inline std::vector<std::string> nasty_strings() {
  using namespace std::string_literals;
  std::vector<std::string> all = {
      // words that are values in YAML 1.1 or 1.2
      "", "~", "null", "Null", "NULL", "nULL", "y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off",
      "OFF", "true", "True", "TRUE", "false", "False", "FALSE", "tRUE", "none", "None", "nan", "NaN", "inf", "Infinity",
      ".nan", ".NaN", ".NAN", ".inf", ".Inf", "-.inf", "+.inf", "=", "<<", "<", "<<<",
      // numbers, octal twice, binary, hexadecimal, base 60, with separators and exponents
      "0", "-0", "+0", "1", "-1", "+1", "00", "01", "012", "0123456789", "089", "0o7", "0o8", "0x1F", "0xg", "0b101", "0b2", "0X1", "1_000",
      "_1", "1_", "1,000", "1,2,3", "1e3", "1E3", "1e+3", "1e-3", "1.e3", "1.5e3", "+1.5", "1.", ".5", "-.5", "+.5", ".", "..", "...", "....", "... a",
      ".e5", "1.2.3", "1.10", "1.0", "0.0", "12:30", "12:30:45", "1:2:3.4", "190:20:30", "-12:30", "9:99", "1:1:1:1", "12e03", "685_230.15",
      "9223372036854775807", "9223372036854775808", "123456789012345678901234567890", "012345678901", "123e", "e123", "1e", "0.1.",
      "0x", "0o", "0b", "+", "+a", "-a", "-", "--", "---", "--- a", "----", "- a", "-\ta", "1-2", "1-", "3rd", "30d", "512MB", "10.0.0.0/16",
      // dates and times
      "2024-01-01", "2024-1-1", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2024-01-01T00:00:00Z", "20:03:20", "2010-09-09",
      // indicators in front, in the middle and at the end
      "?", "? a", "?a", ":", ": a", ":a", "a:", "a: b", "a :b", "a : b", "a::b", "a:b", "::", ",", ", a", ",a", "a, b", "[", "[a]", "a[b]", "]", "{", "{}",
      "{a: b}", "${a}", "${a.b}/c", "}", "#", "# a", "#a", "a #b", "a# b", "a#b", " #", "&", "&a", "& a", "a & b", "*", "*a", "* a", "a*", "!", "!a",
      "! a", "!!str a", "!Ref a", "a!", "|", "| a", "|-", ">", "> a", ">-", "'", "''", "'a'", "a'b", "it's", "\"", "\"\"", "\"a\"", "a\"b", "\"a", "'a",
      "%", "%a", "%YAML 1.2", "@", "@a", "`", "`a`", "a`b", "\\", "\\n", "a\\b", "\\x41", "a\"b\\c'd", "$", "$a", "^", "^a", ";", "(a)", "/", "/a", "//",
      "~a", "~/a", "a~", "*.example.com", "arn:x:y:z:123:a/b", "X::Y::Z", "Fn::Sub", "http://a.b/c?d=e&f=g#h", "GET /docs/{page}", "a = b", "a=b",
      "rate(5 minutes)", "cron(0 3 * * ? *)", "0 3 * * *", "* * * * *", "index.handler", "s-maxage=1, must-revalidate", "{{resolve:x:y}}",
      // blanks
      " ", "  ", " a", "a ", " a ", "a  b", "a   b ", "\t", "\ta", "a\t", "a\tb", "\xC2\xA0", "a\xC2\xA0", "\xC2\xA0" "a", "a\u2003b", "\u3000",
      // line ends and what looks like one
      "\n", "\n\n", "a\n", "a\n\n", "a\n\n\n", "\na", "\n\na\n", "a\nb", "a\nb\n", "a\n\nb", "a\n\n\nb\n\n", " a\nb", " a\n b\n", "  a\nb\n", "a\n b", "a\n  b\nc\n",
      "\n a\nb", "a \nb", "a\n b \nc", "a\n ", "a\n \n", " \na", " \n a", "\ta\nb", "a\n\tb", "a\n\tb\n", "a\tb\nc", "a\n\t\nb", "a\r\nb", "a\rb", "\r", "\r\n", "a\n#b\n", "#a\nb",
      "- a\n- b\n", "a: b\nc: d\n", "---\na\n", "a\n---\nb\n", "a\n...\nb\n", "| a\nb", "\"a\nb\"", "a:\n  b", "%a\nb", "é\n数\n", "a\nb\u2028c\n", "a\u2028b", "a\u2029b",
      "a\xC2\x85" "b", "\xC2\x85", "exports.handler = async () => {\n  return { a: '${b}' };\n};\n", "#!/bin/sh\nset -e\n\techo \"x\"\n", "\n\n  a\n", "a\n  \nb",
      // controls, invisible characters, direction marks
      "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\xC2\x80", "\xC2\x9F", "\xC2\xAD", "\0"s, "a\0b"s, "\uFEFF", "\uFEFF" "a", "a\uFEFF", "\u200B", "\u200D", "\u200E",
      "\u202E" "abc", "\u2066" "a\u2069", "\uFFFD", "\uFFFE", "\uFFFF", "\uE000", "\uD7FF",
      // beyond ASCII
      "é", "ÿ", "数据库", "数据: 库", "数据 #库", "😀", "👩‍💻", "\U0001F600\n\U0001F601\n", "\U000E0041", "\U0010FFFF", "\U0001FFFE", "e\u0301", "\u0301", "עברית", "العربية", "ß: x", "½", "١٢٣",
      "１２３", "𝟏𝟐",
      // long ones
      std::string(200, 'a'), std::string(2000, 'a'), std::string(2000, ' ') + "a", "a" + std::string(500, ' ') + "b", std::string(2000, '"'), std::string(1200, '\n'),
  };
  // Each word and number again where it could be split off from what surrounds it.
  const std::size_t count = all.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (all[i].empty() || all[i].size() > 12) continue;
    all.push_back(all[i] + ":");
    all.push_back(all[i] + " #");
    all.push_back(all[i] + "\n" + all[i]);
  }
  return all;
}

/// `count` strings made of the pieces that matter, the same ones for the same seed.
inline std::vector<std::string> generated_strings(std::size_t count, std::uint32_t seed) {
  static const std::vector<std::string> pieces = {
      " ", " ", "  ", "\n", "\n", "\n\n", "\t", "\r", ":", ": ", " #", "#", "-", "- ", "?", "? ", ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "\\", "=", "<<",
      "~", "0", "1", "7", "9", "0x", "0o", "e", "E", "+", ".", "_", "a", "b", "y", "n", "no", "true", "null", "é", "数", "😀", "\u2028", "\xC2\x85", "\uFEFF", "\x01", "\x1b", "\xC2\xA0", "$", "${x}", "/", "---", "...",
  };
  std::mt19937 random(seed);  // its sequence is fixed by the standard; the distributions are not, hence the modulo
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text;
    for (auto n = random() % 9; n > 0; --n) text += pieces[random() % pieces.size()];
    all.push_back(std::move(text));
  }
  return all;
}

/// Every string as an item, as a value, as a key and under a tag, and the shapes of nesting.
inline cloud::Document document() {
  using cloud::Document;
  std::vector<std::string> strings = nasty_strings();
  for (std::string& text : generated_strings(2000, 20261122)) strings.push_back(std::move(text));

  Document items = Document::list(), keys = Document::map(), tagged = Document::list(), pairs = Document::list();
  std::set<std::string> seen;
  std::int64_t number = 0;
  for (const std::string& text : strings) {
    items.append(text);
    tagged.append(Document(text).tagged("!Sub"));
    // `__proto__` and its like are no concern of YAML.
    if (seen.insert(text).second) keys[text] = Document(number++);
    pairs.append(Document::map({{"k", text}, {"l", Document::list({text, Document::list({text})})}, {"m", 1}}));
  }
  Document shapes = Document::map({
      {"empty list", Document::list()},
      {"empty map", Document::map()},
      {"null", nullptr},
      {"booleans", Document::list({true, false})},
      {"integers", Document::list({0, -1, 42, std::int64_t{9007199254740991}, std::int64_t{-9007199254740991}})},
      {"reals", Document::list({0.5, 1.0, -2.25, 1e100, 1.5e-7, 1e20, 123456.789, 5e-324})},
      {"lists", Document::list({Document::list(), Document::list({Document::list({Document::list({"deep"})}), "a"}),
                                Document::list({Document::map({{"a", Document::list({"b", Document::map({{"c", "d"}})})}})})})},
      {"maps", Document::map({{"a", Document::map({{"b", Document::map({{"c", Document::map()}})}})}})},
      {"tags", Document::list({Document("a.b").tagged("!GetAtt"), Document::list({"c", 1, nullptr}).tagged("!If"),
                               Document::map({{"k", "v"}, {"w", Document::list({1})}}).tagged("!Transform"),
                               Document::list({Document::list({"x"}).tagged("!Join"), "y"}), Document::list().tagged("!Empty"),
                               Document::list({Document("a\nb\n").tagged("!Sub"), Document::map({{"a", " b\nc"}})}).tagged("!Sub")})},
      {"texts", Document::map({{"kept", "a\n\n"}, {"after", 1}, {"indented", "  a\nb\n\n\n"}, {"last", "x\n"}})},
  });
  return Document::map({{"Shapes", std::move(shapes)},
                        {"Items", std::move(items)},
                        {"Keys", std::move(keys)},
                        {"Tagged", std::move(tagged)},
                        {"... a", "at the start of a line"},
                        {"--- b", "there too"},
                        {"Kept", "line ends stay\n\n"},
                        {"Pairs", std::move(pairs)}});
}

}  // namespace virga::torture
