// HCL, the language of Terraform files, as a tree: bodies of arguments and blocks, and expressions. A tree that was read
// and one that was made are the same type; what was read knows its places.
#pragma once

#include "compiler/source/span.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace virga::hcl {

/// One expression. `text` and `parts` mean what the kind says.
struct Expr {
  enum class Kind : std::uint8_t {
    null,
    boolean,  ///< `flag`
    integer,  ///< `whole`
    real,  ///< `number`
    string,  ///< `text`, without escapes
    joined,  ///< a text with expressions in it: `parts`, the literal ones of kind string
    directive,  ///< `%{ … }` within a text, as written: `text`
    list,  ///< `parts`
    object,  ///< `parts`: key, value, key, value, …; a bare word as key is of kind string
    name,  ///< `text`: the first word of `var.x`
    attribute,  ///< `parts[0]`.`text`
    index,  ///< `parts[0]`[`parts[1]`]
    splat,  ///< `parts[0]`[*]; with text `.`, the older `parts[0]`.*
    call,  ///< `text`(`parts`…)
    conditional,  ///< `parts[0]` ? `parts[1]` : `parts[2]`
    binary,  ///< `parts[0]` `text` `parts[1]`
    unary,  ///< `text``parts[0]`
    parens,  ///< (`parts[0]`)
    loop  ///< a `for` in brackets of either kind, as written: `text`
  };

  Kind kind = Kind::null;
  bool flag = false;  ///< of a call: its last argument is followed by `...`
  std::int64_t whole = 0;
  double number = 0;
  std::string text;
  std::vector<Expr> parts;
  Span span;

  [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
  /// The text of a plain string, else null.
  [[nodiscard]] const std::string* string() const { return kind == Kind::string ? &text : nullptr; }
  /// Same meaning as written; places don't count.
  friend bool operator==(const Expr& a, const Expr& b);
};

[[nodiscard]] Expr null();
[[nodiscard]] Expr boolean(bool flag);
[[nodiscard]] Expr integer(std::int64_t whole);
[[nodiscard]] Expr real(double number);
[[nodiscard]] Expr string(std::string_view text);
/// Parts in order; neighbouring literals must have been joined.
[[nodiscard]] Expr joined(std::vector<Expr> parts);
[[nodiscard]] Expr list(std::vector<Expr> items = {});
[[nodiscard]] Expr object();
/// Adds to an object.
void add(Expr& object, std::string_view key, Expr value);
void add(Expr& object, Expr key, Expr value);
/// `path("var.stage")`: words joined by dots; `[0]` is written as the word `0`.
[[nodiscard]] Expr path(std::string_view dotted);
[[nodiscard]] Expr attribute(Expr of, std::string_view name);
[[nodiscard]] Expr index(Expr of, Expr at);
[[nodiscard]] Expr call(std::string_view function, std::vector<Expr> arguments);
[[nodiscard]] Expr conditional(Expr test, Expr then, Expr otherwise);
[[nodiscard]] Expr binary(Expr left, std::string_view op, Expr right);

/// The words of `var.x` or `a.b[0].c`: `{"a", "b", "0", "c"}`; empty when the expression is no such path.
[[nodiscard]] std::vector<std::string> words(const Expr& expression);

struct Item;
/// What stands between the braces of a block, or in a whole file.
struct Body {
  std::vector<Item> items;

  [[nodiscard]] const Item* argument(std::string_view name) const;
  [[nodiscard]] const Item* block(std::string_view name) const;
  /// Adds an argument.
  Item& set(std::string_view name, Expr value);
  /// Adds a block.
  Item& add(std::string_view type, std::vector<std::string> labels = {});
};

/// `name = value`, or `name "label" { … }`.
struct Item {
  std::string name;
  bool is_block = false;
  Expr value;  ///< of an argument
  std::vector<std::string> labels;  ///< of a block
  Body body;  ///< of a block
  Span name_span;
  Span span;  ///< the whole of it
};

/// One file.
struct File {
  /// Comments before anything else, in paragraphs: what a blank line separates. Without the marks.
  std::vector<std::string> comments;
  Body body;
};

/// Whether a word can stand where HCL wants an identifier.
[[nodiscard]] bool is_identifier(std::string_view word);

/// Calls `visit` with the expression and everything in it, outermost first.
template <class Visit>
void for_each(const Expr& expression, const Visit& visit) {
  visit(expression);
  for (const Expr& part : expression.parts) for_each(part, visit);
}
/// … with every expression of a body and of the blocks in it.
template <class Visit>
void for_each(const Body& body, const Visit& visit) {
  for (const Item& item : body.items) {
    if (item.is_block) for_each(item.body, visit);
    else for_each(item.value, visit);
  }
}

}  // namespace virga::hcl
