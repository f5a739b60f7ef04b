// read_serverless FILE [--stage NAME] [--region NAME] [--dump]: what the reader of serverless.yml makes of a file, as JSON
// of a CloudFormation template (or as the dump of the stack), and its findings on the other output. For tests only.
#include "backends/aws/sam/sam.h"
#include "backends/aws/serverless_framework/serverless_framework.h"
#include "compiler/cloud/json_writer.h"
#include "compiler/cloud/template.h"
#include "compiler/source/source_map.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

namespace {

std::optional<std::string> read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || !std::filesystem::is_regular_file(path)) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (virga::first_bad_utf8(text) != std::string::npos) return std::nullopt;
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 3;
  const std::filesystem::path path = argv[1];
  virga::aws::serverless_framework::Options options;
  bool dump = false;
  for (int i = 2; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--stage" && i + 1 < argc) options.stage = argv[++i];
    if (word == "--region" && i + 1 < argc) options.region = argv[++i];
    if (word == "--dump") dump = true;
  }
  virga::SourceMap sources;
  const auto load = [&](const std::filesystem::path& of, const std::string& name) -> const virga::SourceFile* {
    std::optional<std::string> text = read_text(of);
    return text ? &sources.add(name, std::move(*text)) : nullptr;
  };
  const virga::SourceFile* main_file = load(path, path.filename().string());
  if (main_file == nullptr) return 4;
  virga::diag::Sink sink;
  const std::optional<virga::cloud::Stack> stack = virga::aws::serverless_framework::read_serverless(
      *main_file, [&](std::string_view name) { return load(path.parent_path() / name, std::string(name)); }, sink, options);
  for (const virga::diag::Diagnostic& d : sink.all()) {
    std::cerr << word(d.severity) << '[' << d.code << "]: " << d.message;
    if (d.span.known())
      std::cerr << " (" << sources.file(d.span.file).path << ':' << sources.locate(d.span.file, d.span.begin).line << ')';
    for (const std::string& note : d.notes) std::cerr << "; " << note;
    std::cerr << '\n';
  }
  if (!stack) return 1;
  if (dump) {
    std::cout << virga::cloud::dump(*stack);
    return 0;
  }
  virga::cloud::Dialect plain = virga::aws::sam::dialect();
  plain.short_tags = false;  // JSON has no tags
  virga::cloud::Document document = virga::cloud::to_document(*stack, plain);
  document.set("Metadata", virga::cloud::Document::map({{"Region", stack->region}}));
  std::cout << virga::cloud::write_json(document);
  return sink.has_errors() ? 1 : 0;
}
