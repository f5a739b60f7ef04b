// Any text into the readers of templates: findings, or a stack that can be written and read again.
#include "compiler/cloud/backend.h"

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace virga;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (first_bad_utf8(text) != std::string_view::npos) return 0;  // the command line refuses these before any reader
  for (const cloud::Target& target : cloud::all_targets()) {
    SourceMap sources;
    diag::Sink sink;
    const cloud::Stack stack = target.format->read(sources.add("template.yaml", text), sink);
    if (!sink.has_errors()) (void)cloud::dump(stack);
  }
  return 0;
}
