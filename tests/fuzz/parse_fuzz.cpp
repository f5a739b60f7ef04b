// Any text: lexing agrees with itself, parsing survives, and the laws of print and format hold.
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/token.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace virga;

void require(bool law, const char* what, const std::string& text) {
  if (law) return;
  std::fprintf(stderr, "broken law: %s\n%s\n", what, text.c_str());
  std::abort();
}

struct Parsed {
  explicit Parsed(std::string text)
      : source(&sources.add("fuzz.virga", std::move(text))), file(syntax::parse(*source, sink)) {}

  SourceMap sources;
  diag::Sink sink;
  const SourceFile* source;
  syntax::File file;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (first_bad_utf8(text) != std::string::npos) return 0;

  const Parsed once(text);
  std::uint32_t at = 0;
  for (const syntax::Token& token : once.file.tokens) {
    require(token.begin == at && token.end > at, "tokens cover the text", text);
    at = token.end;
  }
  require(at == text.size(), "tokens cover the text", text);
  require(syntax::print(*once.source, once.file) == text, "print gives the text", text);
  require(once.file.complete == !once.sink.has_errors(), "complete means without errors", text);
  for (const auto& d : once.sink.all())
    require(d.span.begin <= d.span.end && d.span.end <= size, "places are in the text", text);
  const std::string tree = syntax::dump(*once.source, once.file, {.spans = false});
  if (!once.file.complete) return 0;

  const std::string formatted = syntax::format(*once.source, once.file);
  const Parsed twice(formatted);
  require(twice.file.complete, "formatted text has no errors", text);
  require(syntax::format(*twice.source, twice.file) == formatted, "formatting twice changes nothing", text);
  require(syntax::dump(*twice.source, twice.file, {.spans = false}) == tree, "formatting keeps the tree", text);
  return 0;
}
