// Short tags of CloudFormation → the maps that they stand for.
#include "backends/aws/serverless_framework/documents.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

constexpr std::string_view kFunctions[] = {"And",    "Base64", "Cidr",        "Equals",    "FindInMap", "GetAZs",
                                           "GetAtt", "If",     "ImportValue", "Join",      "Not",       "Or",
                                           "Select", "Split",  "Sub",         "Transform", "Length",    "ToJsonString"};
constexpr std::string_view kBare[] = {"Ref", "Condition"};

template <std::size_t N>
bool is_in(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

void spell_out(Document& document, diag::Sink& sink) {
  if (auto* list = document.as_list()) {
    for (Document& item : *list) spell_out(item, sink);
  } else if (auto* map = document.as_map()) {
    for (Document::Entry& entry : *map) spell_out(entry.value, sink);
  }
  if (document.tag().empty()) return;
  const std::string word = document.tag().substr(1);
  const Span span = document.span;
  document.set_tag({});
  const bool bare = is_in(kBare, word);
  if (!bare && !is_in(kFunctions, word)) {
    sink.report(span, diag::codes::TemplateExpression, "!" + word);
    return;
  }
  // The attribute of `!GetAtt a.b.c` is `b.c`.
  if (const auto* said = document.as_string(); word == "GetAtt" && said != nullptr) {
    const std::size_t dot = said->find('.');
    if (dot != std::string::npos) document = Document::list({said->substr(0, dot), said->substr(dot + 1)});
  }
  Document call = Document::map();
  call.set(bare ? word : "Fn::" + word, std::move(document));
  call.span = span;
  document = std::move(call);
}

}  // namespace virga::aws::serverless_framework
