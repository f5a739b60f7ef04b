#include "compiler/syntax/parser_base.h"

#include "grammar/VirgaParser.h"

namespace virga::syntax {
namespace {

using grammar::VirgaParser;

/// The rules through which every nesting passes.
bool nests(std::size_t rule) {
  switch (rule) {
    case VirgaParser::RuleBlock:
    case VirgaParser::RuleKindBody:
    case VirgaParser::RuleIfBlock:
    case VirgaParser::RuleType:
    case VirgaParser::RuleExpression: return true;
    default: return false;
  }
}

}  // namespace

void ParserBase::enterRule(antlr4::ParserRuleContext* context, std::size_t state, std::size_t rule) {
  setState(state);
  _ctx = context;
  context->start = _input->LT(1);
  if (nests(rule) && ++depth_ > kMaxDepth) throw TooDeep{context->start->getStartIndex(), context->start->getStopIndex()};
}

void ParserBase::exitRule() {
  antlr4::ParserRuleContext* const context = _ctx;
  context->stop = _input->LT(-1);
  if (nests(context->getRuleIndex())) --depth_;
  setState(context->invokingState);
  _ctx = static_cast<antlr4::ParserRuleContext*>(context->parent);
}

}  // namespace virga::syntax
