#include "compiler/syntax/layout.h"

namespace virga::syntax {
namespace {

class Marker {
 public:
  Marks run(const File& file) {
    statements(file.statements);
    return std::move(marks_);
  }

 private:
  void mark(Span span, Mark::Align align = Mark::Align::none, std::uint32_t argument = 0) {
    marks_.starts.emplace(span.begin, Mark{align, argument});
  }

  // ---------------------------------------------------------------- expressions: only maps have entries

  void expression(const ExprPtr& expr) {
    if (expr == nullptr) return;
    std::visit([&](const auto& data) { visit(data); }, expr->data);
  }
  void visit(const ErrorExpr&) {}
  void visit(const BoolExpr&) {}
  void visit(const NoneExpr&) {}
  void visit(const NumberExpr&) {}
  void visit(const StringExpr&) {}  // one piece, kept as it is
  void visit(const NameExpr&) {}
  void visit(const MemberExpr& e) { expression(e.base); }
  void visit(const IndexExpr& e) {
    expression(e.base);
    expression(e.index);
  }
  void visit(const CallExpr& e) {
    for (const ExprPtr& argument : e.arguments) expression(argument);
  }
  void visit(const ListExpr& e) {
    for (const ExprPtr& item : e.items) expression(item);
  }
  void visit(const MapExpr& e) {
    for (const MapEntry& entry : e.entries) {
      mark(entry.key->span, Mark::Align::value);
      expression(entry.value);
    }
  }
  void visit(const IfExpr& e) {
    expression(e.condition);
    expression(e.then);
    expression(e.otherwise);
  }
  void visit(const ForExpr& e) {
    for (const ExprPtr* part : {&e.iterable, &e.where, &e.key, &e.value}) expression(*part);
  }
  void visit(const UnaryExpr& e) { expression(e.operand); }
  void visit(const ChainExpr& e) {
    expression(e.first);
    for (const ChainExpr::Step& step : e.rest) expression(step.operand);
  }

  // ---------------------------------------------------------------- types

  void type(const TypeExpr& t) {
    for (const TypeExpr& argument : t.arguments) type(argument);
    fields(t.fields);
  }
  void fields(const std::vector<AttributeDecl>& all) {
    for (const AttributeDecl& field : all) {
      mark(field.span);
      visit(field);
    }
  }

  // ---------------------------------------------------------------- statements

  void statements(const Statements& all) {
    for (const Statement& statement : all) {
      const Span span = span_of(statement);
      if (const auto* edge = std::get_if<EdgeDecl>(&statement.data)) {
        const auto align = edge->from ? Mark::Align::edge : Mark::Align::none;
        mark(span, align, edge->argument ? edge->argument->span.begin : 0);
      } else if (std::holds_alternative<Attribute>(statement.data)) {
        mark(span, Mark::Align::value);
      } else if (std::holds_alternative<LetDecl>(statement.data)) {
        mark(span, Mark::Align::let);
      } else if (std::holds_alternative<OutputDecl>(statement.data)) {
        mark(span, Mark::Align::output);
      } else if (std::holds_alternative<OnBlock>(statement.data) || std::holds_alternative<Overlay>(statement.data)) {
        mark(span, Mark::Align::block);
      } else if (std::holds_alternative<PortDecl>(statement.data)) {
        mark(span, Mark::Align::port);
      } else {
        mark(span);
      }
      std::visit([&](const auto& data) { visit(data); }, statement.data);
    }
  }
  void visit(const Attribute& s) { expression(s.value); }
  void visit(const AttributeDecl& s) {
    type(s.type);
    expression(s.fallback);
    statements(s.constraints);
  }
  void visit(const EdgeDecl& s) { statements(s.properties); }
  void visit(const NodeDecl& s) { statements(s.body); }
  void visit(const AppDecl& s) { statements(s.body); }
  void visit(const ParamDecl& s) {
    type(s.type);
    expression(s.fallback);
    statements(s.constraints);
  }
  void visit(const LetDecl& s) { expression(s.value); }
  void visit(const OutputDecl& s) {
    if (s.type) type(*s.type);
    expression(s.value);
    statements(s.body);
  }
  void visit(const UseDecl&) {}
  void visit(const KindDecl& s) { statements(s.body); }
  void visit(const TypeDecl& s) { type(s.type); }
  void visit(const PortDecl& s) { fields(s.properties); }
  void visit(const PortAlias&) {}
  void visit(const StageDecl& s) { statements(s.body); }
  void visit(const Overlay& s) { statements(s.body); }
  void visit(const OnBlock& s) { statements(s.body); }
  void visit(const RequireDecl& s) {
    expression(s.condition);
    expression(s.holds);
  }
  void visit(const AllowDecl& s) {
    marks_.sentences.push_back(s.span);
    if (s.until) marks_.days.push_back(s.until->span);
  }
  void visit(const MovedDecl& s) { marks_.sentences.push_back(s.span); }
  void visit(const ForBlock& s) {
    expression(s.iterable);
    statements(s.body);
  }
  void visit(const IfBlock& s) {
    expression(s.condition);
    statements(s.then);
    // `else if` is one head, not a statement in a block.
    const auto* chained = s.otherwise.size() == 1 ? std::get_if<IfBlock>(&s.otherwise.front().data) : nullptr;
    if (chained != nullptr && chained->span.end == s.span.end) return visit(*chained);
    statements(s.otherwise);
  }

  Marks marks_;
};

}  // namespace

Marks marks(const File& file) { return Marker().run(file); }

}  // namespace virga::syntax
