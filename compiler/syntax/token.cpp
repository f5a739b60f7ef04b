#include "compiler/syntax/token.h"

namespace virga::syntax {

std::string_view said(TokenKind kind) {
  switch (kind) {
    case TokenKind::end_of_file: return "the end of the file";
#define TOKEN(name, grammar_name, said) \
  case TokenKind::name:                 \
    return said;
#include "compiler/syntax/tokens.def"
#undef TOKEN
  }
  return "";
}

}  // namespace virga::syntax
