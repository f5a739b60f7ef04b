// `${self:custom.x, opt:y, 'z'}` as its parts. Nothing is looked up here.
#pragma once

#include "compiler/cloud/document.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace virga::aws::serverless_framework {

/// One of the sources of a variable, which are tried in their order.
struct Source {
  std::string type;  ///< `self`; empty for a literal
  std::vector<std::string> arguments;  ///< in brackets after the type; may have variables in them
  std::string address;  ///< after the colon; may have variables in it
  std::optional<cloud::Document> literal;
};

/// A piece of a text: literal, or a variable.
struct Piece {
  std::string literal;
  std::vector<Source> sources;  ///< empty for a literal
  std::string written;  ///< a variable as it stands in the file
  bool wrong = false;  ///< it begins as a variable does and is none
};

/// The pieces of a text. What other tools write between `${` and `}` (`${AWS::Region}`) stays literal.
[[nodiscard]] std::vector<Piece> pieces_of(std::string_view text);

}  // namespace virga::aws::serverless_framework
