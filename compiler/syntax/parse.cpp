#include "compiler/syntax/parse.h"

#include "compiler/syntax/lexer.h"
#include "compiler/syntax/lexical_errors.h"
#include "compiler/syntax/parser_base.h"
#include "compiler/syntax/recovery.h"
#include "compiler/syntax/token_stream.h"
#include "compiler/syntax/tree_builder.h"

#include "grammar/VirgaParser.h"

namespace virga::syntax {
namespace {

namespace codes = diag::codes;

/// Spans are 32 bits wide, and no program that a person wrote comes near.
constexpr std::size_t kMaxBytes = std::size_t{64} << 20;

bool starts_edge(TokenKind kind) { return kind == TokenKind::call || kind == TokenKind::hand_over; }
bool starts_statement(TokenKind kind) { return starts_item(kind) && !starts_edge(kind); }

/// The rule `file` of the grammar, one statement at a time: what ANTLR makes of a statement is turned into our tree and
/// freed before the next one, so its memory does not grow with the file.
void read_statements(const SourceFile& source, File& file, Reporter& reporter) {
  const LexicalErrors lexical = report_lexical_errors(file.tokens, reporter);
  ParserTokens tokens(source.text, file.tokens);
  grammar::VirgaParser parser(&tokens);
  parser.removeErrorListeners();
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  const auto recovery = std::make_shared<Recovery>(tokens, reporter, lexical);
  parser.setErrorHandler(recovery);
  TreeBuilder builder(tokens, file.tokens, reporter);
  for (;;) {
    const TokenKind next = tokens.at(tokens.position()).kind;
    if (next == TokenKind::end_of_file) break;
    if (!starts_statement(next)) {
      recovery->skip_stray_tokens();
      continue;
    }
    auto* const statement = parser.statement();
    const bool route = statement->n != nullptr && statement->n->text != nullptr && statement->n->body == nullptr;
    auto* const edge = route && starts_edge(tokens.at(tokens.position()).kind) ? parser.edgeFromHere() : nullptr;
    builder.add_outside_nodes(statement, edge, file.statements);
    parser.release();
    if (tokens.at(tokens.position()).kind == TokenKind::comma) tokens.consume();
  }
}

}  // namespace

File parse(const SourceFile& source, diag::Sink& sink) {
  File file;
  file.id = source.id;
  Reporter reporter(source, sink);
  if (source.text.size() > kMaxBytes) {
    reporter.report(reporter.span(0, 0), codes::SyntaxTooLarge, std::to_string(source.text.size()),
                    std::to_string(kMaxBytes));
    file.complete = false;
    return file;
  }
  file.tokens = lex(source.text);
  try {
    read_statements(source, file, reporter);
  } catch (const TooManyErrors&) {
    // Said by the reporter; what was read until then stays.
  } catch (const TooDeep& error) {
    file.statements.clear();
    try {
      reporter.report(reporter.span(error.begin, error.end), codes::SyntaxTooDeep, std::to_string(kMaxDepth))
          .help("give the inner parts names with `let`, or make a kind of them");
    } catch (const TooManyErrors&) {
    }
  }
  file.complete = reporter.reported() == 0;
  return file;
}

}  // namespace virga::syntax
