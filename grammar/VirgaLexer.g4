// The tokens of Virga. With VirgaParser.g4 this is the definition of the language; README.md beside it shows each rule
// by example.
//
// The compiler reads tokens with a lexer of its own (compiler/syntax/lexer.cpp, some fifty times as fast); the tests prove
// that it gives the same tokens as this grammar does.
lexer grammar VirgaLexer;

@lexer::members {
  // Two tokens depend on the one before: `-` and brackets. Since nothing separates the items of a list, `[a -b]` must be
  // one thing or the other without looking ahead: after something that can end an operand, `-` is the binary
  // operator, and a bracket that touches it is a call or an index.
  size_t before = 0;              // type of the token before, white space and comments included
  size_t significantBefore = 0;   // the same without them

  static bool endsOperand(size_t type) {
    switch (type) {
      case APP: case PARAM: case LET: case OUTPUT: case USE: case AS: case KIND: case TYPE: case SOURCE: case TARGET:
      case PORT: case STAGE: case ON: case REQUIRE: case RESOURCE: case ALLOW: case TRUE: case FALSE: case NONE: case NAME: case BAD_NAME:
      case NUMBER: case BAD_STRING: case STRING_CLOSE: case STRING_BREAK: case BLOCK_CLOSE:
      case RPAREN: case RBRACKET: case RBRACE:
        return true;
      default:
        return false;
    }
  }

  void emit(std::unique_ptr<antlr4::Token> token_) override {
    before = token_->getType();
    if (token_->getChannel() == antlr4::Token::DEFAULT_CHANNEL) significantBefore = before;
    antlr4::Lexer::emit(std::move(token_));
  }

  // A `}` without its `{` leaves the mode as it is.
  size_t popMode() override { return modeStack.empty() ? mode : antlr4::Lexer::popMode(); }

  // A line end in a string ends it, and the strings around it whose interpolation it stands in: the mistake stays on its line.
  void leaveStrings() {
    std::vector<size_t> modes(modeStack);
    modes.push_back(mode);
    size_t outermost = 0;
    while (modes[outermost] != STRING) ++outermost;
    mode = modes[outermost - 1];
    modeStack.assign(modes.begin(), modes.begin() + static_cast<std::ptrdiff_t>(outermost) - 1);
  }
}

// ---------------------------------------------------------------- words

// Words with a meaning of their own where a statement begins; names everywhere else.
WHERE    : 'where' ;
APP      : 'app' ;
PARAM    : 'param' ;
LET      : 'let' ;
OUTPUT   : 'output' ;
USE      : 'use' ;
AS       : 'as' ;
KIND     : 'kind' ;
TYPE     : 'type' ;
SOURCE   : 'source' ;
TARGET   : 'target' ;
PORT     : 'port' ;
STAGE    : 'stage' ;
ON       : 'on' ;
REQUIRE  : 'require' ;
RESOURCE : 'resource' ;
ALLOW    : 'allow' ;
MOVED    : 'moved' ;

// Reserved words.
TRUE     : 'true' ;
FALSE    : 'false' ;
NONE     : 'none' ;
IF       : 'if' ;
THEN     : 'then' ;
ELSE     : 'else' ;
FOR      : 'for' ;
IN       : 'in' ;

NAME     : [A-Za-z_] [A-Za-z0-9_]* ;
NUMBER   : DIGITS ('.' DIGITS)? ([A-Za-z] [A-Za-z0-9_]* | '%')? ;

fragment DIGITS : [0-9] [0-9_]* ;

// ---------------------------------------------------------------- signs

LBRACE      : '{' -> pushMode(DEFAULT_MODE) ;
RBRACE      : '}' -> popMode ;                    // also ends an interpolation
CALL_OPEN   : '(' { endsOperand(before) }? ;      // `f(`: touches the name before
LPAREN      : '(' ;
RPAREN      : ')' ;
INDEX_OPEN  : '[' { endsOperand(before) }? ;      // `xs[`
LBRACKET    : '[' ;
RBRACKET    : ']' ;
COMMA       : ',' ;
DOT         : '.' ;
COLON       : ':' ;
QUESTION    : '?' ;
EQUAL       : '=' ;
CALL        : '->' ;
HAND_OVER   : '~>' ;
OR          : '||' ;
AND         : '&&' ;
EQUAL_EQUAL : '==' ;
NOT_EQUAL   : '!=' ;
LESS_EQUAL  : '<=' ;
GREATER_EQUAL : '>=' ;
LESS        : '<' ;
GREATER     : '>' ;
PLUS        : '+' ;
MINUS       : '-' { endsOperand(significantBefore) }? ;
NEGATIVE    : '-' ;
TIMES       : '*' ;
DIVIDE      : '/' ;
NOT         : '!' ;

BLOCK_OPEN  : '"""' -> pushMode(BLOCK) ;
STRING_OPEN : '"' -> pushMode(STRING) ;

// ---------------------------------------------------------------- between tokens

WHITE_SPACE : [ \t\r\n\f]+ -> channel(HIDDEN) ;
DOC         : '///' (~[/\r\n] ~[\r\n]*)? -> channel(HIDDEN) ;
COMMENT     : '//' ~[\r\n]* -> channel(HIDDEN) ;

// ---------------------------------------------------------------- what people write who come from elsewhere
// Each is reported once, by name, and then passed over or read as what was meant.

BLOCK_COMMENT : '/*' .*? '*/' -> channel(HIDDEN) ;
HASH_COMMENT  : '#' ~[\r\n]* -> channel(HIDDEN) ;
SEMICOLON     : ';' -> channel(HIDDEN) ;
BAD_STRING    : '\'' ~['\r\n]* '\''
              | '`' ~[`\r\n]* '`'
              | [\u2018-\u201B\u00B4\uFF07] ~[\u2018-\u201B\u00B4\uFF07'\r\n]* [\u2018-\u201B\u00B4\uFF07']
              | [\u201C-\u201F\u00AB\u00BB\uFF02] ~[\u201C-\u201F\u00AB\u00BB\uFF02"\r\n]* [\u201C-\u201F\u00AB\u00BB\uFF02"] ;
BAD_NAME      : ([A-Za-z_] [A-Za-z0-9_]*)? OTHER_LETTER ([A-Za-z0-9_] | OTHER_LETTER)* ;
// Arrows of other languages.
BAD_ARROW     : ('=>' | '-->' | '\u2192' | '\u21D2' | '\u27F6') -> channel(HIDDEN) ;
STRAY         : . -> channel(HIDDEN) ;

// Anything beyond ASCII that is not a space, a sign or a quotation mark.
fragment OTHER_LETTER
  : [\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF\u2C00-\u2FFF\u3005-\u3007\u3021-\uF8FF\uF900-\uFDFF\uFE70-\uFEFE\u{10000}-\u{10FFFF}] ;

// ---------------------------------------------------------------- inside "…"

mode STRING;

STRING_CLOSE  : '"' -> popMode ;
INTERPOLATION : '${' -> pushMode(DEFAULT_MODE) ;
ESCAPE        : '\\' ('u{' [0-9A-Fa-f]* '}' | ~[\r\n])? ;
TEXT          : ~["\\$\r\n]+ ;
STRING_DOLLAR : '$' -> type(TEXT) ;
STRING_BREAK  : ('\r\n' | '\r' | '\n') { leaveStrings(); } ;

// ---------------------------------------------------------------- inside """ … """

mode BLOCK;

BLOCK_CLOSE         : '"""' -> popMode ;
BLOCK_INTERPOLATION : '${' -> type(INTERPOLATION), pushMode(DEFAULT_MODE) ;
BLOCK_ESCAPE        : '\\' ('u{' [0-9A-Fa-f]* '}' | ~[\r\n])? -> type(ESCAPE) ;
BLOCK_TEXT          : (~["\\$]+ | '$' | '"') -> type(TEXT) ;
