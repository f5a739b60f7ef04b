// Stands before the header of the same name that Debian ships, for the generated code and for ours: only what a lexer and a
// parser need. One of the headers left out, misc/InterpreterDataReader.h, does not compile with clang; the others cost time.
#pragma once

#include <antlr4-common.h>

#include <ANTLRErrorStrategy.h>
#include <ANTLRInputStream.h>
#include <FailedPredicateException.h>
#include <InputMismatchException.h>
#include <Lexer.h>
#include <NoViableAltException.h>
#include <Parser.h>
#include <ParserRuleContext.h>
#include <RecognitionException.h>
#include <TokenStream.h>
#include <Vocabulary.h>
#include <atn/ATN.h>
#include <atn/ATNDeserializer.h>
#include <atn/LexerATNSimulator.h>
#include <atn/ParserATNSimulator.h>
#include <atn/PredictionMode.h>
#include <dfa/DFA.h>
#include <misc/IntervalSet.h>
#include <support/CPPUtils.h>
#include <tree/ParseTree.h>
