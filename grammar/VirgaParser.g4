// The statements and expressions of Virga. README.md beside it shows each rule by example.
//
// Every decision needs one token, or two where a word such as `param` may also be a name. No rule calls itself on its
// left, so long chains of operators, members and prefixes cost no stack.
parser grammar VirgaParser;

options {
  tokenVocab = VirgaLexer;
  superClass = ParserBase;
}

@parser::postinclude {
#include "compiler/syntax/parser_base.h"
}

file : (statement edgeFromHere? COMMA?)* EOF ;

// ---------------------------------------------------------------- statements

statement
  : n=named
  | w=worded
  | c=computed
  | app=appDecl
  | param=paramDecl
  | let=letDecl
  | out=outputDecl
  | use=useDecl
  | kind=kindDecl
  | declared=typeDecl
  | stage=stageDecl
  | on=onBlock
  | rule_=requireDecl
  | allowed=allowDecl
  | moved_=movedDecl
  | resource=resourceDecl
  | loop=forBlock
  | branch=ifBlock
  ;

block : LBRACE ((statements+=statement | edges+=edgeFromHere) COMMA?)* RBRACE ;

// `a = 1`, `a: int = 1`, `a.b ~> c`, `GET "/x" -> c`, `queue orders { … }`, `sync { … }`: the sign after the path tells.
// What starts as `GET "/x"` may be an edge or a node named by a string, and is read without the arrow: `edgeFromHere` follows
// it, and the tree joins the two. In one rule the parser would have to look ahead through the whole edge.
named
  : NAME (DOT name)*
    ( EQUAL value=expression
    | COLON declared=type (EQUAL value=expression)? body=block?
    | arrow=(CALL | HAND_OVER) target=endpoint body=block?
    | text=string body=block?
    | node=name body=block?
    | body=block
    )
  ;

// The same where the name is one of the words below; such a word is never a kind of node.
worded
  : word (DOT name)*
    ( EQUAL value=expression
    | COLON declared=type (EQUAL value=expression)? body=block?
    | arrow=(CALL | HAND_OVER) target=endpoint body=block?
    | body=block
    )
  ;

// `"orders_${region}".dead ~> alarm`
computed
  : first=string (DOT name)* text=string? arrow=(CALL | HAND_OVER) target=endpoint body=block? ;

// `-> pages.write`: from the node that the block belongs to, or from `GET "/x"` before it.
edgeFromHere : arrow=(CALL | HAND_OVER) target=endpoint body=block? ;

endpoint : (name | first=string) (DOT name)* ;

appDecl    : APP id=name body=block ;
paramDecl  : PARAM id=name COLON declared=type (EQUAL value=expression)? body=block? ;
letDecl    : LET id=name EQUAL value=expression ;
outputDecl : OUTPUT id=name (COLON declared=type)? (EQUAL value=expression)? body=block? ;
useDecl    : USE (module=path | file_=string) (AS alias=name)? ;
typeDecl   : TYPE id=name EQUAL declared=type ;
stageDecl  : STAGE id=name body=block ;
onBlock    : ON cloud=name body=block ;
resourceDecl : RESOURCE cloud=name vendor=string (id=name | text=string) body=block? ;

// `require every function f where f.memory > 1GB: f.timeout <= 10m "why"`, `require no path from public to ledger "why"`.
// What the words before `where` and `:` mean is read from them later: none of them is a word of the language.
requireDecl : REQUIRE words+=plainPath+ (WHERE condition=expression)? (COLON holds=expression)? reason=string ;

// `allow "path/lost" because "why" until 2027-01-01`. `because` and `until` are names like any other; the tree tells them from
// others. A date is three numbers and what stands between them: no statement has a number behind its first name.
allowDecl : ALLOW code=string because=NAME reason=string (until=NAME year=NUMBER MINUS month=NUMBER MINUS day=NUMBER)? ;

// `moved orders -> purchases`: a node has a new name, and what stands of it stays.
movedDecl : MOVED from=name CALL to=name ;

forBlock : FOR variables+=name (COMMA? variables+=name)* IN iterable=expression body=block ;
ifBlock  : IF condition=expression body=block (ELSE (chained=ifBlock | otherwise=block))? ;

// ---------------------------------------------------------------- kinds

kindDecl : KIND id=name (ON cloud=name)? body=kindBody ;

kindBody : LBRACE (items+=kindItem COMMA?)* RBRACE ;

// No edge on its own in here: an arrow after a port always belongs to the port.
kindItem
  : node=statement edge=edgeFromHere?
  | port=portDecl
  | alias=portAlias
  ;

portDecl
  : side=(SOURCE | TARGET) id=name ((CALL_OPEN | LPAREN) argument=name RPAREN)? arrows+=(CALL | HAND_OVER)* properties=record? ;

portAlias : PORT id=name (EQUAL target=path)? ;

// ---------------------------------------------------------------- types

type
  : ( id=name ((CALL_OPEN | LPAREN) (arguments+=typeArgument COMMA?)* RPAREN)?
    | fields=record
    ) QUESTION?
  ;

// A reserved word can be a member of an enum.
typeArgument : inner=type | TRUE | FALSE | NONE ;

record : LBRACE (fields+=attributeDecl COMMA?)* RBRACE ;

attributeDecl : id=name COLON declared=type (EQUAL value=expression)? body=block? ;

// ---------------------------------------------------------------- expressions

// The levels, from loosest: `||`, `&&`, comparisons (two operands only), `+ -`, `* /`. The tree is built by level in
// compiler/syntax/build_expression.cpp; one rule here keeps a plain value from passing through six.
expression
  : operands+=operand (operators+=( OR | AND | EQUAL_EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL
                                  | PLUS | MINUS | TIMES | DIVIDE ) operands+=operand)*
  | IF condition=expression THEN yes=expression ELSE no=expression
  ;

operand
  : (NOT | NEGATIVE)*
    ( simple=(TRUE | FALSE | NONE | NUMBER)
    | id=name (open=CALL_OPEN (arguments+=expression COMMA?)* close=RPAREN)?
    | text=string
    | items=list
    | entries=map
    | LPAREN inner=expression RPAREN
    )
    (DOT members+=name | INDEX_OPEN indexes+=expression RBRACKET)*
  ;

list
  : LBRACKET
    ( FOR variables+=name (COMMA? variables+=name)* IN iterable=expression (WHERE condition=expression)?
      COLON value=expression
    | (items+=expression COMMA?)*
    )
    RBRACKET
  ;

map
  : LBRACE
    ( FOR variables+=name (COMMA? variables+=name)* IN iterable=expression (WHERE condition=expression)?
      COLON key=expression EQUAL value=expression
    | (entries+=entry COMMA?)*
    )
    RBRACE
  ;

// A key may be any word but `for`. `:` is what JSON writes; it is read as `=` and reported.
entry : (id=name | reserved=(TRUE | FALSE | NONE | IF | THEN | ELSE | IN) | text=string) sign=(EQUAL | COLON) value=expression ;

string
  : STRING_OPEN (TEXT | ESCAPE | INTERPOLATION values+=expression RBRACE)* (STRING_CLOSE | STRING_BREAK)
  | BLOCK_OPEN (TEXT | ESCAPE | INTERPOLATION values+=expression RBRACE)* BLOCK_CLOSE
  | BAD_STRING
  ;

// ---------------------------------------------------------------- names

path : name (DOT name)* ;

plainPath : NAME (DOT name)* ;

name : NAME | word ;

word
  : WHERE | APP | PARAM | LET | OUTPUT | USE | AS | KIND | TYPE | SOURCE | TARGET | PORT | STAGE | ON | REQUIRE | RESOURCE | ALLOW | MOVED ;
