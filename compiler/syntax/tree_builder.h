// From what ANTLR's parser found to our tree, one statement at a time.
// The generated parser's header; included by .cpp files of this folder only.
#pragma once

#include "compiler/syntax/reporter.h"
#include "compiler/syntax/token_stream.h"
#include "compiler/syntax/tree.h"

#include "grammar/VirgaParser.h"

#include <string>
#include <vector>

namespace virga::syntax {

/// Contexts that the parser gave up on are read as far as they go: an attribute without its value gets an ErrorExpr, other
/// statements are left out. Nothing here reports what the parser has reported.
class TreeBuilder {
 public:
  using Parser = grammar::VirgaParser;

  TreeBuilder(const ParserTokens& tokens, const std::vector<Token>& raw, Reporter& reporter)
      : tokens_(tokens), raw_(raw), text_(reporter.source().text), reporter_(reporter) {}

  /// A statement of the file or a kind, and the edge that belongs to it: `public.GET "/x"` and `-> f`.
  void add_outside_nodes(Parser::StatementContext* statement, Parser::EdgeFromHereContext* edge, Statements& to);

 private:
  // build_statement.cpp
  void add(const std::vector<Parser::StatementContext*>& statements, const std::vector<Parser::EdgeFromHereContext*>& edges,
           bool in_node, Statements& to);
  void add(Parser::StatementContext* context, Statements& to);
  void add_joined(Parser::NamedContext* head, Parser::EdgeFromHereContext* context, Statements& to);
  void add_named(Parser::NamedContext* context, Statements& to);
  void add_worded(Parser::WordedContext* context, Statements& to);
  void add_computed(Parser::ComputedContext* context, Statements& to);
  void add_edge_from_here(Parser::EdgeFromHereContext* context, Statements& to);
  void add_app(Parser::AppDeclContext* context, Statements& to);
  void add_param(Parser::ParamDeclContext* context, Statements& to);
  void add_let(Parser::LetDeclContext* context, Statements& to);
  void add_output(Parser::OutputDeclContext* context, Statements& to);
  void add_use(Parser::UseDeclContext* context, Statements& to);
  void add_kind(Parser::KindDeclContext* context, Statements& to);
  void add_type(Parser::TypeDeclContext* context, Statements& to);
  void add_stage(Parser::StageDeclContext* context, Statements& to);
  void add_on(Parser::OnBlockContext* context, Statements& to);
  void add_require(Parser::RequireDeclContext* context, Statements& to);
  void add_allow(Parser::AllowDeclContext* context, Statements& to);
  void add_moved(Parser::MovedDeclContext* context, Statements& to);
  [[nodiscard]] bool is_word(const antlr4::Token* token, std::string_view word);
  void add_resource(Parser::ResourceDeclContext* context, Statements& to);
  void add_for(Parser::ForBlockContext* context, Statements& to);
  void add_if(Parser::IfBlockContext* context, Statements& to);
  void add_port(Parser::PortDeclContext* context, Statements& to);
  void add_port_alias(Parser::PortAliasContext* context, Statements& to);

  template <class Context>
  void add_attribute(Context* context, std::vector<Name> path, Statements& to);
  template <class Context>
  void add_attribute_decl(Context* context, std::vector<Name> path, Statements& to);
  template <class Context>
  void add_edge(Context* context, std::optional<Endpoint> from, ExprPtr argument, Statements& to);
  void add_node(Parser::NamedContext* context, std::vector<Name> kind, Statements& to);
  [[nodiscard]] bool plain(const std::vector<Name>& path);
  [[nodiscard]] Statements block(Parser::BlockContext* context);
  [[nodiscard]] Statements kind_body(Parser::KindBodyContext* context);
  [[nodiscard]] Endpoint endpoint(Parser::EndpointContext* context);

  // build_type.cpp
  [[nodiscard]] TypeExpr type(Parser::TypeContext* context);
  void type_arguments(Parser::TypeContext* context, TypeExpr& into);
  [[nodiscard]] AttributeDecl attribute_decl(Parser::AttributeDeclContext* context);
  [[nodiscard]] std::vector<AttributeDecl> record(Parser::RecordContext* context);

  // build_expression.cpp
  [[nodiscard]] ExprPtr expression(Parser::ExpressionContext* context);
  /// The value after an `=` that was read; an ErrorExpr when the value was not.
  [[nodiscard]] ExprPtr value_of(Parser::ExpressionContext* context, antlr4::ParserRuleContext* owner);
  [[nodiscard]] ExprPtr chain(Parser::ExpressionContext* context, std::size_t first, std::size_t last, std::size_t level);
  [[nodiscard]] ExprPtr operand(Parser::OperandContext* context);
  [[nodiscard]] ExprPtr primary(Parser::OperandContext* context);
  [[nodiscard]] ExprPtr with_suffixes(ExprPtr base, Parser::OperandContext* context);
  [[nodiscard]] ExprPtr list(Parser::ListContext* context);
  [[nodiscard]] ExprPtr map(Parser::MapContext* context);
  template <class Context>
  [[nodiscard]] ForExpr comprehension(Context* context);
  [[nodiscard]] ExprPtr number(const ParserToken& token);

  // build_string.cpp
  [[nodiscard]] ExprPtr string(Parser::StringContext* context);
  [[nodiscard]] ExprPtr plain_string(std::string text, Span span);
  /// A string without `${`, as a name; anything else is reported.
  [[nodiscard]] Name plain_text(Parser::StringContext* context, bool may_be_empty = false);
  void dedent(StringExpr& string, const std::vector<bool>& literal, Span span);

  [[nodiscard]] Name name(const antlr4::Token* token) const { return name_at(ours(token).index); }
  [[nodiscard]] Name name(antlr4::ParserRuleContext* context) const { return name(context->start); }
  template <class Context>
  [[nodiscard]] std::vector<Name> names(const std::vector<Context*>& contexts) const {
    std::vector<Name> result;
    result.reserve(contexts.size());
    for (auto* context : contexts) result.push_back(name(context));
    return result;
  }
  [[nodiscard]] Name name_at(std::size_t index) const { return {std::string(text_at(index)), span_at(index)}; }
  /// `a.b.c` from `index` on, which becomes the index after it.
  [[nodiscard]] std::vector<Name> path(std::size_t& index) const;
  /// `.b.c` from `index` on.
  void members(std::size_t& index, std::vector<Name>& path) const;
  /// The lines of `///` before the token at `index`.
  [[nodiscard]] std::string doc_before(const antlr4::Token* token) const;

  [[nodiscard]] std::string_view text_at(std::size_t index) const {
    const ParserToken& token = tokens_.at(index);
    return text_.substr(token.begin, token.end - token.begin);
  }
  [[nodiscard]] Span span_at(std::size_t index) const {
    return reporter_.span(tokens_.at(index).begin, tokens_.at(index).end);
  }
  [[nodiscard]] Span span(const antlr4::ParserRuleContext* context) const {
    const ParserToken& first = ours(context->start);
    const std::uint32_t end = context->stop == nullptr ? first.end : ours(context->stop).end;
    return reporter_.span(first.begin, end < first.end ? first.end : end);
  }

  const ParserTokens& tokens_;
  const std::vector<Token>& raw_;
  std::string_view text_;
  Reporter& reporter_;
};

template <class Data>
[[nodiscard]] ExprPtr make_expr(Span span, Data data) {
  auto expr = std::make_unique<Expr>();
  expr->span = span;
  expr->data = std::move(data);
  return expr;
}

}  // namespace virga::syntax
