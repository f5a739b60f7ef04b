#include "compiler/syntax/format.h"
#include "compiler/syntax/token.h"

namespace virga::syntax {

std::string print(const SourceFile& source, const File& file) {
  std::string text;
  text.reserve(source.text.size());
  for (const Token& token : file.tokens) text += text_of(source.text, token);
  return text;
}

}  // namespace virga::syntax
