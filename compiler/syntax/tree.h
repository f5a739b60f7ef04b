// The tree of one file. `tokens` holds every byte of the text (comments and white space too), so printing a parsed
// file gives the same bytes; `statements` is what it means. Places are spans into the text.
#pragma once

#include "compiler/source/source_map.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace virga::syntax {

struct Name {
  std::string text;
  Span span;
};

// ---------------------------------------------------------------- expressions

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

struct BoolExpr {
  bool value = false;
};
struct NoneExpr {};  ///< `none`: said to have no value
struct NumberExpr {
  std::string digits;
  std::string unit;
  Span unit_span;
};  ///< `512MB`: "512", "MB"; no unit: ""
/// `"text ${expr} text"`; a part is text with escapes resolved, or an expression.
struct StringExpr {
  std::vector<std::variant<std::string, ExprPtr>> parts;
};
struct NameExpr {
  std::string name;
};  ///< a name alone; what it means depends on the type expected
struct MemberExpr {
  ExprPtr base;
  std::vector<Name> members;
};  ///< `base.a.b`, one flat list
struct IndexExpr {
  ExprPtr base;
  ExprPtr index;
};
struct CallExpr {
  Name function;
  std::vector<ExprPtr> arguments;
};
struct ListExpr {
  std::vector<ExprPtr> items;
};
struct MapEntry {
  ExprPtr key;
  ExprPtr value;
};  ///< key: StringExpr (a bare name is a StringExpr of one text part)
struct MapExpr {
  std::vector<MapEntry> entries;
};
struct IfExpr {
  ExprPtr condition, then, otherwise;
};
/// `[for x in xs where c: e]`, and with `key = value` in braces `{for k, v in m: k = v}`.
struct ForExpr {
  std::vector<Name> variables;
  ExprPtr iterable;
  ExprPtr where;
  ExprPtr key;
  ExprPtr value;
};
enum class UnaryOp { minus, negate };
struct UnaryExpr {
  std::vector<UnaryOp> operators;
  ExprPtr operand;
};  ///< outermost first; a list, so depth is flat
enum class BinaryOp {
  logical_or,
  logical_and,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  plus,
  minus,
  times,
  divide
};
/// Operators of one precedence level, left to right, as a flat list: `a + b - c`.
struct ChainExpr {
  struct Step {
    BinaryOp op;
    Span op_span;
    ExprPtr operand;
  };
  ExprPtr first;
  std::vector<Step> rest;
};
/// Stands where the parser met an error; never reported again.
struct ErrorExpr {};

struct Expr {
  Span span;
  std::variant<ErrorExpr, BoolExpr, NoneExpr, NumberExpr, StringExpr, NameExpr, MemberExpr, IndexExpr, CallExpr, ListExpr,
               MapExpr, IfExpr, ForExpr, UnaryExpr, ChainExpr>
      data;
};

// ---------------------------------------------------------------- types (in kinds and params)

struct AttributeDecl;
/// `duration`, `list(string)`, `enum(a, b)`, `{ name: string }`, each with `?` when it may be absent.
struct TypeExpr {
  Span span;
  std::optional<Name> name;  ///< absent for a record
  std::vector<TypeExpr> arguments;  ///< of list, map
  std::vector<Name> members;  ///< of enum
  std::vector<AttributeDecl> fields;  ///< of a record
  bool optional = false;
};

struct Statement;
using Statements = std::vector<Statement>;

/// `name: type = default { min = 1s }`, in kinds and records.
struct AttributeDecl {
  Span span;
  std::string doc;
  Name name;
  TypeExpr type;
  ExprPtr fallback;  ///< the default; null when there is none
  Statements constraints;  ///< Attributes: min, max, pattern, …
};

// ---------------------------------------------------------------- statements

/// `name = expression`
struct Attribute {
  Span span;
  Name name;
  ExprPtr value;
};

/// A place on the graph: `orders`, `orders.dead`, `"orders_${region}".dead`.
struct Endpoint {
  Span span;
  ExprPtr computed;  ///< a string in first position; null when the path starts with a name
  std::vector<Name> path;  ///< what follows it, or the whole path
};

enum class Arrow { call, hand_over };  ///< `->` the source waits; `~>` it does not

/// `a.success ~> b { … }`; within a node the source may be a port of it, or nothing at all.
struct EdgeDecl {
  Span span;
  std::string doc;
  std::optional<Endpoint> from;  ///< absent: the enclosing node itself
  ExprPtr argument;  ///< of the source port, as in GET "/path"; null when there is none
  Arrow arrow = Arrow::call;
  Span arrow_span;
  Endpoint to;
  Statements properties;
};

/// `function sync { … }`, `notify.dingtalk told { … }`, `resource cloud "Vendor::X::Y" name { … }`
struct NodeDecl {
  Span span;
  std::string doc;
  std::vector<Name> kind;  ///< `notify.dingtalk` is two names; `resource` one
  std::optional<Name> cloud;  ///< of a raw resource
  std::optional<Name> vendor_type;  ///< of a raw resource: the text of the string
  ExprPtr computed_name;  ///< StringExpr when the name is written as a string; else null
  Name name;
  bool has_body = false;
  Statements body;
};

struct AppDecl {
  Span span;
  std::string doc;
  Name name;
  Statements body;
};
struct ParamDecl {
  Span span;
  std::string doc;
  Name name;
  TypeExpr type;
  ExprPtr fallback;
  Statements constraints;
};
struct LetDecl {
  Span span;
  std::string doc;
  Name name;
  ExprPtr value;
};
/// `output url = expr { … }`; in a primitive kind `output url: string`.
struct OutputDecl {
  Span span;
  std::string doc;
  Name name;
  std::optional<TypeExpr> type;
  ExprPtr value;
  Statements body;
};
/// `use std.notify`, `use "./lib/queues.virga" as queues`
struct UseDecl {
  Span span;
  std::vector<Name> module;
  std::optional<Name> path;
  std::optional<Name> alias;
};
/// `kind bff { … }`; `kind function on cloud { … }` adds attributes said only to one cloud.
struct KindDecl {
  Span span;
  std::string doc;
  Name name;
  std::optional<Name> cloud;
  Statements body;
};
/// `type runtime = enum(nodejs20, python312)`
struct TypeDecl {
  Span span;
  std::string doc;
  Name name;
  TypeExpr type;
};

enum class PortSide { source, target };
/// `source GET(path) -> ~> { … }`, `target self ~>`: what a kind offers to attach to.
struct PortDecl {
  Span span;
  std::string doc;
  PortSide side = PortSide::source;
  Name name;
  std::optional<Name> argument;  ///< what the string after the port means, for the reference
  bool call = false, hand_over = false;
  std::vector<AttributeDecl> properties;
};
/// `port handler`, `port out = worker.success`: a name on a pattern for a port within it.
struct PortAlias {
  Span span;
  std::string doc;
  Name name;
  std::vector<Name> path;
};

/// `stage prod { … }`
struct StageDecl {
  Span span;
  std::string doc;
  Name name;
  Statements body;
};
/// Within a stage: `sync { memory = 2GB }`, `app { … }`
struct Overlay {
  Span span;
  std::vector<Name> path;
  Statements body;
};
/// `on cloud { … }` within a node or the app
struct OnBlock {
  Span span;
  Name cloud;
  Statements body;
};

/// `require every function f where … : … "why"`: what must hold of the finished graph
struct RequireDecl {
  Span span;
  std::string doc;
  std::vector<std::vector<Name>> words;  ///< `every`, `function`, `f`: each a path; what they mean the rule's reader says
  ExprPtr condition;  ///< after `where`; null when there is none
  ExprPtr holds;  ///< after `:`; null when there is none
  Name reason;  ///< the text of the string
};

/// `allow "path/lost" because "the nightly run repeats it" until 2027-01-01`: a finding that is let stand
struct AllowDecl {
  Span span;
  Name code;  ///< the text of the string
  Name reason;
  std::optional<Name> until;  ///< the day as it is written
};

/// `moved orders -> purchases`: a node has a new name, and what stands of it stays
struct MovedDecl {
  Span span;
  Name from;
  Name to;
};

/// `for x in xs { … }` over statements
struct ForBlock {
  Span span;
  std::vector<Name> variables;
  ExprPtr iterable;
  Statements body;
};
/// `if c { … } else { … }` over statements
struct IfBlock {
  Span span;
  ExprPtr condition;
  Statements then;
  Statements otherwise;
};

struct Statement {
  std::variant<Attribute, AttributeDecl, EdgeDecl, NodeDecl, AppDecl, ParamDecl, LetDecl, OutputDecl, UseDecl, KindDecl,
               TypeDecl, PortDecl, PortAlias, StageDecl, Overlay, OnBlock, RequireDecl, AllowDecl, MovedDecl, ForBlock,
               IfBlock>
      data;
};
[[nodiscard]] Span span_of(const Statement& statement);

// ---------------------------------------------------------------- files

enum class TokenKind : std::uint8_t;  ///< the grammar's own token types; see token.h

struct Token {
  TokenKind kind;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct File {
  FileId id{};
  std::vector<Token> tokens;  ///< covers the text without a gap
  Statements statements;  ///< partial after errors
  bool complete = true;  ///< false when the parser reported an error
};

}  // namespace virga::syntax
