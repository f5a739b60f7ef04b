#include "compiler/syntax/tree_builder.h"

#include <limits>

namespace virga::syntax {
namespace {

namespace codes = diag::codes;

Arrow arrow_of(const ParserToken& token) { return token.kind == TokenKind::call ? Arrow::call : Arrow::hand_over; }

template <class Data>
void push(Statements& to, Data data) {
  to.push_back(Statement{std::move(data)});
}

/// Whether the parser came through the whole statement.
bool whole(const antlr4::ParserRuleContext* context) { return context->exception == nullptr; }

}  // namespace

void TreeBuilder::add(Parser::StatementContext* context, Statements& to) {
  if (context->n != nullptr) return add_named(context->n, to);
  if (context->w != nullptr) return add_worded(context->w, to);
  if (context->c != nullptr) return add_computed(context->c, to);
  if (context->app != nullptr) return add_app(context->app, to);
  if (context->param != nullptr) return add_param(context->param, to);
  if (context->let != nullptr) return add_let(context->let, to);
  if (context->out != nullptr) return add_output(context->out, to);
  if (context->use != nullptr) return add_use(context->use, to);
  if (context->kind != nullptr) return add_kind(context->kind, to);
  if (context->declared != nullptr) return add_type(context->declared, to);
  if (context->stage != nullptr) return add_stage(context->stage, to);
  if (context->on != nullptr) return add_on(context->on, to);
  if (context->rule_ != nullptr) return add_require(context->rule_, to);
  if (context->allowed != nullptr) return add_allow(context->allowed, to);
  if (context->moved_ != nullptr) return add_moved(context->moved_, to);
  if (context->resource != nullptr) return add_resource(context->resource, to);
  if (context->loop != nullptr) return add_for(context->loop, to);
  if (context->branch != nullptr) return add_if(context->branch, to);
}

// ---------------------------------------------------------------- what a path begins

void TreeBuilder::add_named(Parser::NamedContext* context, Statements& to) {
  std::size_t index = ours(context->start).index;
  std::vector<Name> before = path(index);
  switch (tokens_.at(index).kind) {
    case TokenKind::equal: return add_attribute(context, std::move(before), to);
    case TokenKind::colon: return add_attribute_decl(context, std::move(before), to);
    default: break;
  }
  if (!whole(context)) return;
  if (context->arrow != nullptr) {
    Endpoint from{join(before.front().span, before.back().span), nullptr, std::move(before)};
    return add_edge(context, std::move(from), nullptr, to);
  }
  if (context->text != nullptr || context->node != nullptr) return add_node(context, std::move(before), to);
  push(to, Overlay{span(context), std::move(before), block(context->body)});
}

void TreeBuilder::add_worded(Parser::WordedContext* context, Statements& to) {
  std::size_t index = ours(context->start).index;
  std::vector<Name> before = path(index);
  switch (tokens_.at(index).kind) {
    case TokenKind::equal: return add_attribute(context, std::move(before), to);
    case TokenKind::colon: return add_attribute_decl(context, std::move(before), to);
    default: break;
  }
  if (!whole(context)) return;
  if (context->arrow != nullptr) {
    Endpoint from{join(before.front().span, before.back().span), nullptr, std::move(before)};
    return add_edge(context, std::move(from), nullptr, to);
  }
  push(to, Overlay{span(context), std::move(before), block(context->body)});
}

void TreeBuilder::add_computed(Parser::ComputedContext* context, Statements& to) {
  if (!whole(context)) return;
  Endpoint from;
  from.computed = string(context->first);
  std::size_t index = ours(context->first->stop).index + 1;
  members(index, from.path);
  from.span = from.path.empty() ? from.computed->span : join(from.computed->span, from.path.back().span);
  add_edge(context, std::move(from), context->text == nullptr ? nullptr : string(context->text), to);
}

void TreeBuilder::add_edge_from_here(Parser::EdgeFromHereContext* context, Statements& to) {
  if (whole(context)) add_edge(context, std::nullopt, nullptr, to);
}

/// `GET "/x"` and `-> f`, which the grammar keeps apart.
void TreeBuilder::add_joined(Parser::NamedContext* head, Parser::EdgeFromHereContext* context, Statements& to) {
  if (!whole(head) || !whole(context)) return;
  std::size_t index = ours(head->start).index;
  std::vector<Name> before = path(index);
  Endpoint from{join(before.front().span, before.back().span), nullptr, std::move(before)};
  add_edge(context, std::move(from), string(head->text), to);
  auto& edge = std::get<EdgeDecl>(to.back().data);
  edge.span = join(span(head), edge.span);
  edge.doc = doc_before(head->start);
}

template <class Context>
void TreeBuilder::add_attribute(Context* context, std::vector<Name> path, Statements& to) {
  if (plain(path)) push(to, Attribute{span(context), std::move(path.front()), value_of(context->value, context)});
}

template <class Context>
void TreeBuilder::add_attribute_decl(Context* context, std::vector<Name> path, Statements& to) {
  if (context->declared == nullptr || !plain(path)) return;
  AttributeDecl result;
  result.span = span(context);
  result.doc = doc_before(context->start);
  result.name = std::move(path.front());
  result.type = type(context->declared);
  if (context->value != nullptr) result.fallback = expression(context->value);
  if (context->body != nullptr) result.constraints = block(context->body);
  push(to, std::move(result));
}

template <class Context>
void TreeBuilder::add_edge(Context* context, std::optional<Endpoint> from, ExprPtr argument, Statements& to) {
  EdgeDecl edge;
  edge.span = span(context);
  edge.doc = doc_before(context->start);
  edge.from = std::move(from);
  edge.argument = std::move(argument);
  edge.arrow = arrow_of(ours(context->arrow));
  edge.arrow_span = span_at(ours(context->arrow).index);
  edge.to = endpoint(context->target);
  if (context->body != nullptr) edge.properties = block(context->body);
  push(to, std::move(edge));
}

void TreeBuilder::add_node(Parser::NamedContext* context, std::vector<Name> kind, Statements& to) {
  NodeDecl node;
  node.span = span(context);
  node.doc = doc_before(context->start);
  node.kind = std::move(kind);
  if (context->text != nullptr) {
    node.computed_name = string(context->text);
    node.name.span = node.computed_name->span;
  } else {
    node.name = name(context->node);
  }
  node.has_body = context->body != nullptr;
  if (node.has_body) node.body = block(context->body);
  push(to, std::move(node));
}

/// An attribute has one name. A path is reported.
bool TreeBuilder::plain(const std::vector<Name>& path) {
  if (path.size() == 1) return true;
  const Span whole_path = join(path.front().span, path.back().span);
  std::string outer;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) outer += (i == 0 ? "" : ".") + path[i].text;
  reporter_
      .report(whole_path, codes::SyntaxDottedAttribute,
              shorten(text_.substr(whole_path.begin, whole_path.end - whole_path.begin)))
      .help(fmt::format("write it in the block of `{}`: `{} = …`", shorten(outer), shorten(path.back().text)));
  return false;
}

Endpoint TreeBuilder::endpoint(Parser::EndpointContext* context) {
  Endpoint result;
  result.span = span(context);
  std::size_t index = ours(context->start).index;
  if (context->first != nullptr) {
    result.computed = string(context->first);
    index = ours(context->first->stop).index + 1;
    members(index, result.path);
  } else {
    result.path = path(index);
  }
  return result;
}

// ---------------------------------------------------------------- declarations

void TreeBuilder::add_app(Parser::AppDeclContext* context, Statements& to) {
  if (context->body == nullptr) return;
  push(to, AppDecl{span(context), doc_before(context->start), name(context->id), block(context->body)});
}

void TreeBuilder::add_param(Parser::ParamDeclContext* context, Statements& to) {
  if (context->declared == nullptr) return;
  ParamDecl param;
  param.span = span(context);
  param.doc = doc_before(context->start);
  param.name = name(context->id);
  param.type = type(context->declared);
  if (context->value != nullptr) param.fallback = expression(context->value);
  if (context->body != nullptr) param.constraints = block(context->body);
  push(to, std::move(param));
}

void TreeBuilder::add_let(Parser::LetDeclContext* context, Statements& to) {
  if (context->id == nullptr) return;
  push(to, LetDecl{span(context), doc_before(context->start), name(context->id), value_of(context->value, context)});
}

void TreeBuilder::add_output(Parser::OutputDeclContext* context, Statements& to) {
  if (context->id == nullptr) return;
  OutputDecl output;
  output.span = span(context);
  output.doc = doc_before(context->start);
  output.name = name(context->id);
  if (context->declared != nullptr) output.type = type(context->declared);
  if (context->value != nullptr || !whole(context)) output.value = value_of(context->value, context);
  if (context->body != nullptr) output.body = block(context->body);
  push(to, std::move(output));
}

void TreeBuilder::add_use(Parser::UseDeclContext* context, Statements& to) {
  if (!whole(context)) return;
  UseDecl use;
  use.span = span(context);
  if (context->module != nullptr) {
    std::size_t index = ours(context->module->start).index;
    use.module = path(index);
  } else {
    use.path = plain_text(context->file_);
  }
  if (context->alias != nullptr) use.alias = name(context->alias);
  push(to, std::move(use));
}

void TreeBuilder::add_kind(Parser::KindDeclContext* context, Statements& to) {
  if (context->body == nullptr) return;
  KindDecl kind;
  kind.span = span(context);
  kind.doc = doc_before(context->start);
  kind.name = name(context->id);
  if (context->cloud != nullptr) kind.cloud = name(context->cloud);
  kind.body = kind_body(context->body);
  push(to, std::move(kind));
}

void TreeBuilder::add_type(Parser::TypeDeclContext* context, Statements& to) {
  if (context->declared == nullptr) return;
  push(to, TypeDecl{span(context), doc_before(context->start), name(context->id), type(context->declared)});
}

void TreeBuilder::add_stage(Parser::StageDeclContext* context, Statements& to) {
  if (context->body == nullptr) return;
  push(to, StageDecl{span(context), doc_before(context->start), name(context->id), block(context->body)});
}

void TreeBuilder::add_on(Parser::OnBlockContext* context, Statements& to) {
  if (context->body != nullptr) push(to, OnBlock{span(context), name(context->cloud), block(context->body)});
}

void TreeBuilder::add_require(Parser::RequireDeclContext* context, Statements& to) {
  if (!whole(context)) return;
  RequireDecl rule;
  rule.span = span(context);
  rule.doc = doc_before(context->start);
  for (auto* word : context->words) {
    std::size_t index = ours(word->start).index;
    rule.words.push_back(path(index));
  }
  if (context->condition != nullptr) rule.condition = expression(context->condition);
  if (context->holds != nullptr) rule.holds = expression(context->holds);
  rule.reason = plain_text(context->reason);
  push(to, std::move(rule));
}

/// A word that the grammar takes for any name; another one is reported.
bool TreeBuilder::is_word(const antlr4::Token* token, std::string_view word) {
  const Name found = name(token);
  if (found.text == word) return true;
  reporter_.report(found.span, codes::SyntaxExpected, fmt::format("`{}`", word), fmt::format("`{}`", shorten(found.text)));
  return false;
}

void TreeBuilder::add_allow(Parser::AllowDeclContext* context, Statements& to) {
  if (!whole(context) || !is_word(context->because, "because")) return;
  AllowDecl allow;
  allow.span = span(context);
  const std::size_t before = reporter_.reported();
  allow.code = plain_text(context->code, true);
  allow.reason = plain_text(context->reason, true);
  if (reporter_.reported() != before) return;
  if (context->until != nullptr) {
    if (!is_word(context->until, "until")) return;
    const Name year = name(context->year), month = name(context->month), day = name(context->day);
    allow.until = Name{fmt::format("{}-{}-{}", year.text, month.text, day.text), join(year.span, day.span)};
  }
  push(to, std::move(allow));
}

void TreeBuilder::add_moved(Parser::MovedDeclContext* context, Statements& to) {
  if (!whole(context)) return;
  push(to, MovedDecl{span(context), name(context->from), name(context->to)});
}

void TreeBuilder::add_resource(Parser::ResourceDeclContext* context, Statements& to) {
  if (!whole(context)) return;
  NodeDecl node;
  node.span = span(context);
  node.doc = doc_before(context->start);
  node.kind.push_back(name(context->start));
  node.cloud = name(context->cloud);
  node.vendor_type = plain_text(context->vendor);
  if (context->text != nullptr) {
    node.computed_name = string(context->text);
    node.name.span = node.computed_name->span;
  } else {
    node.name = name(context->id);
  }
  node.has_body = context->body != nullptr;
  if (node.has_body) node.body = block(context->body);
  push(to, std::move(node));
}

void TreeBuilder::add_for(Parser::ForBlockContext* context, Statements& to) {
  if (context->body == nullptr) return;
  push(to, ForBlock{span(context), names(context->variables), value_of(context->iterable, context), block(context->body)});
}

void TreeBuilder::add_if(Parser::IfBlockContext* context, Statements& to) {
  if (context->body == nullptr) return;
  IfBlock result{span(context), value_of(context->condition, context), block(context->body), {}};
  if (context->chained != nullptr) add_if(context->chained, result.otherwise);
  if (context->otherwise != nullptr) result.otherwise = block(context->otherwise);
  push(to, std::move(result));
}

void TreeBuilder::add_port(Parser::PortDeclContext* context, Statements& to) {
  if (context->id == nullptr) return;
  PortDecl port;
  port.span = span(context);
  port.doc = doc_before(context->start);
  port.side = ours(context->side).kind == TokenKind::source ? PortSide::source : PortSide::target;
  port.name = name(context->id);
  if (context->argument != nullptr) port.argument = name(context->argument);
  for (const antlr4::Token* arrow : context->arrows) {
    (arrow_of(ours(arrow)) == Arrow::call ? port.call : port.hand_over) = true;
  }
  if (context->properties != nullptr) port.properties = record(context->properties);
  push(to, std::move(port));
}

void TreeBuilder::add_port_alias(Parser::PortAliasContext* context, Statements& to) {
  if (!whole(context)) return;
  PortAlias alias{span(context), doc_before(context->start), name(context->id), {}};
  if (context->target != nullptr) {
    std::size_t index = ours(context->target->start).index;
    alias.path = path(index);
  }
  push(to, std::move(alias));
}

// ---------------------------------------------------------------- blocks

void TreeBuilder::add(const std::vector<Parser::StatementContext*>& statements,
                      const std::vector<Parser::EdgeFromHereContext*>& edges, bool in_node, Statements& to) {
  // The grammar keeps the two apart; the order of the text is that of the tree.
  const auto start = [](const antlr4::ParserRuleContext* context) { return ours(context->start).index; };
  std::size_t edge = 0;
  for (std::size_t i = 0; i <= statements.size(); ++i) {
    // Edges up to the next statement.
    const std::size_t limit = i < statements.size() ? start(statements[i]) : std::numeric_limits<std::size_t>::max();
    Parser::NamedContext* head = i == 0 ? nullptr : statements[i - 1]->n;
    const bool open_head = head != nullptr && head->text != nullptr && head->body == nullptr;
    if (open_head && edge < edges.size() && start(edges[edge]) == ours(head->stop).index + 1) {
      add_joined(head, edges[edge++], to);
    } else if (i > 0) {
      add(statements[i - 1], to);
    }
    for (; edge < edges.size() && start(edges[edge]) < limit; ++edge) {
      if (in_node) {
        add_edge_from_here(edges[edge], to);
      } else {
        reporter_.report(span_at(start(edges[edge])), codes::SyntaxExpected,
                         "the name of the node that the edge starts from",
                         std::string(said(tokens_.at(start(edges[edge])).kind)));
      }
    }
  }
}

void TreeBuilder::add_outside_nodes(Parser::StatementContext* statement, Parser::EdgeFromHereContext* edge, Statements& to) {
  std::vector<Parser::EdgeFromHereContext*> edges;
  if (edge != nullptr) edges.push_back(edge);
  add({statement}, edges, false, to);
}

Statements TreeBuilder::block(Parser::BlockContext* context) {
  Statements result;
  result.reserve(context->statements.size() + context->edges.size());
  add(context->statements, context->edges, true, result);
  return result;
}

Statements TreeBuilder::kind_body(Parser::KindBodyContext* context) {
  Statements result;
  result.reserve(context->items.size());
  for (auto* item : context->items) {
    if (item->port != nullptr) add_port(item->port, result);
    if (item->alias != nullptr) add_port_alias(item->alias, result);
    if (item->node != nullptr) add_outside_nodes(item->node, item->edge, result);
  }
  return result;
}

// ---------------------------------------------------------------- names, documentation

std::vector<Name> TreeBuilder::path(std::size_t& index) const {
  std::vector<Name> result;
  result.push_back(name_at(index++));
  members(index, result);
  return result;
}

void TreeBuilder::members(std::size_t& index, std::vector<Name>& path) const {
  while (tokens_.at(index).kind == TokenKind::dot && is_name(tokens_.at(index + 1).kind)) {
    path.push_back(name_at(index + 1));
    index += 2;
  }
}

Name TreeBuilder::plain_text(Parser::StringContext* context, bool may_be_empty) {
  const ExprPtr written = string(context);
  const auto& parts = std::get<StringExpr>(written->data).parts;
  const auto* text = parts.size() == 1 ? std::get_if<std::string>(&parts.front()) : nullptr;
  if (text != nullptr) return {*text, written->span};
  if (parts.empty() && may_be_empty) return {"", written->span};
  reporter_.report(written->span, codes::SyntaxExpected, "a plain string", "one with `${`");
  return {"", written->span};
}

std::string TreeBuilder::doc_before(const antlr4::Token* token) const {
  std::size_t first = ours(token).raw;
  while (first > 0 && is_trivia(raw_[first - 1].kind)) --first;
  std::string doc;
  bool any = false;
  for (std::size_t i = first; i < ours(token).raw; ++i) {
    if (raw_[i].kind != TokenKind::doc) continue;
    std::string_view line = text_of(text_, raw_[i]).substr(3);
    if (line.starts_with(' ')) line.remove_prefix(1);
    while (line.ends_with(' ') || line.ends_with('\t') || line.ends_with('\f')) line.remove_suffix(1);
    if (any) doc += '\n';
    doc += line;
    any = true;
  }
  return doc;
}

}  // namespace virga::syntax
