#include "compiler/syntax/format.h"
#include "compiler/syntax/tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace virga::syntax {
namespace {

std::string_view sign(BinaryOp op) {
  switch (op) {
    case BinaryOp::logical_or: return "||";
    case BinaryOp::logical_and: return "&&";
    case BinaryOp::equal: return "==";
    case BinaryOp::not_equal: return "!=";
    case BinaryOp::less: return "<";
    case BinaryOp::less_equal: return "<=";
    case BinaryOp::greater: return ">";
    case BinaryOp::greater_equal: return ">=";
    case BinaryOp::plus: return "+";
    case BinaryOp::minus: return "-";
    case BinaryOp::times: return "*";
    case BinaryOp::divide: return "/";
  }
  return "";
}

std::string_view sign(Arrow arrow) { return arrow == Arrow::call ? "->" : "~>"; }

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      fmt::format_to(std::back_inserter(result), "\\x{:02x}", static_cast<unsigned>(c));
    } else {
      if (c == '"' || c == '\\') result += '\\';
      result += c;
    }
  }
  return result + '"';
}

std::string dotted(const std::vector<Name>& path) {
  std::string result;
  for (const Name& name : path) result += (result.empty() ? "" : ".") + name.text;
  return result;
}

std::string joined(const std::vector<Name>& names) {
  std::string result;
  for (const Name& name : names) result += (result.empty() ? "" : " ") + name.text;
  return result;
}

class Dumper {
 public:
  Dumper(const SourceFile& source, DumpOptions options) : source_(source), options_(options) {}

  std::string run(const File& file) {
    statements(file.statements);
    return std::move(out_);
  }

 private:
  // One line: what it is, then where.
  void line(std::string_view text, Span span) {
    out_.append(depth_ * 2, ' ');
    out_ += text;
    if (options_.spans) {
      out_ += "  @";
      place(span.begin);
      out_ += '-';
      place(span.end);
    }
    out_ += '\n';
  }
  void place(std::uint32_t offset) {
    const auto& starts = source_.line_starts;
    const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
    fmt::format_to(std::back_inserter(out_), "{}:{}", after - starts.begin(), offset - *std::prev(after) + 1);
  }
  void doc(const std::string& text) {
    if (text.empty()) return;
    out_.append(depth_ * 2, ' ');
    out_ += "doc " + quoted(text) + "\n";
  }
  /// A heading without a place of its own, over what belongs to it.
  template <class Body>
  void part(std::string_view title, Body body) {
    out_.append(depth_ * 2, ' ');
    out_ += title;
    out_ += '\n';
    nested(body);
  }
  template <class Body>
  void nested(Body body) {
    ++depth_;
    body();
    --depth_;
  }

  // ---------------------------------------------------------------- expressions

  void expression(const ExprPtr& expr) {
    if (expr == nullptr) return;
    std::visit([&](const auto& data) { show(data, expr->span); }, expr->data);
  }
  void part(std::string_view title, const ExprPtr& expr) {
    if (expr != nullptr) part(title, [&] { expression(expr); });
  }

  void show(const ErrorExpr&, Span span) { line("error", span); }
  void show(const BoolExpr& e, Span span) { line(e.value ? "true" : "false", span); }
  void show(const NoneExpr&, Span span) { line("none", span); }
  void show(const NumberExpr& e, Span span) {
    line(fmt::format("number {}{}{}", e.digits, e.unit.empty() ? "" : " ", e.unit), span);
  }
  void show(const NameExpr& e, Span span) { line(fmt::format("name {}", e.name), span); }
  void show(const StringExpr& e, Span span) {
    const auto* text = e.parts.size() == 1 ? std::get_if<std::string>(&e.parts.front()) : nullptr;
    if (text != nullptr) return line(fmt::format("string {}", quoted(*text)), span);
    line("string", span);
    nested([&] {
      for (const auto& piece : e.parts) {
        if (const auto* literal = std::get_if<std::string>(&piece)) {
          out_.append(depth_ * 2, ' ');
          out_ += "text " + quoted(*literal) + "\n";
        } else {
          expression(std::get<ExprPtr>(piece));
        }
      }
    });
  }
  void show(const MemberExpr& e, Span span) {
    line(fmt::format("member {}", dotted(e.members)), span);
    nested([&] { expression(e.base); });
  }
  void show(const IndexExpr& e, Span span) {
    line("index", span);
    nested([&] {
      expression(e.base);
      expression(e.index);
    });
  }
  void show(const CallExpr& e, Span span) {
    line(fmt::format("call {}", e.function.text), span);
    nested([&] {
      for (const ExprPtr& argument : e.arguments) expression(argument);
    });
  }
  void show(const ListExpr& e, Span span) {
    line("list", span);
    nested([&] {
      for (const ExprPtr& item : e.items) expression(item);
    });
  }
  void show(const MapExpr& e, Span span) {
    line("map", span);
    nested([&] {
      for (const MapEntry& entry : e.entries) {
        part("entry", [&] {
          expression(entry.key);
          expression(entry.value);
        });
      }
    });
  }
  void show(const IfExpr& e, Span span) {
    line("if", span);
    nested([&] {
      part("condition", e.condition);
      part("then", e.then);
      part("else", e.otherwise);
    });
  }
  void show(const ForExpr& e, Span span) {
    line(fmt::format("for {}", joined(e.variables)), span);
    nested([&] {
      part("in", e.iterable);
      part("where", e.where);
      part("key", e.key);
      part("value", e.value);
    });
  }
  void show(const UnaryExpr& e, Span span) {
    std::string operators;
    for (const UnaryOp op : e.operators) operators += op == UnaryOp::minus ? '-' : '!';
    line(fmt::format("unary {}", operators), span);
    nested([&] { expression(e.operand); });
  }
  void show(const ChainExpr& e, Span span) {
    line("chain", span);
    nested([&] {
      expression(e.first);
      for (const ChainExpr::Step& step : e.rest) {
        line(sign(step.op), step.op_span);
        expression(step.operand);
      }
    });
  }

  // ---------------------------------------------------------------- types

  void type(const TypeExpr& t) {
    const std::string_view mark = t.optional ? "?" : "";
    line(t.name ? fmt::format("type {}{}", t.name->text, mark) : fmt::format("record{}", mark), t.span);
    nested([&] {
      for (const TypeExpr& argument : t.arguments) type(argument);
      for (const Name& member : t.members) line(fmt::format("member {}", member.text), member.span);
      for (const AttributeDecl& field : t.fields) show(field);
    });
  }

  // ---------------------------------------------------------------- statements

  void statements(const Statements& all) {
    for (const Statement& statement : all) {
      std::visit([&](const auto& data) { show(data); }, statement.data);
    }
  }
  void part(std::string_view title, const Statements& all) {
    if (!all.empty()) part(title, [&] { statements(all); });
  }

  void endpoint(std::string_view title, const Endpoint& e) {
    line(e.path.empty() ? std::string(title) : fmt::format("{} {}{}", title, e.computed ? "." : "", dotted(e.path)), e.span);
    nested([&] { expression(e.computed); });
  }

  void show(const Attribute& s) {
    line(fmt::format("attribute {}", s.name.text), s.span);
    nested([&] { expression(s.value); });
  }
  void show(const AttributeDecl& s) {
    line(fmt::format("declare {}", s.name.text), s.span);
    nested([&] {
      doc(s.doc);
      type(s.type);
      part("default", s.fallback);
      part("constraints", s.constraints);
    });
  }
  void show(const EdgeDecl& s) {
    line(fmt::format("edge {}", sign(s.arrow)), s.span);
    nested([&] {
      doc(s.doc);
      if (s.from) endpoint("from", *s.from);
      part("argument", s.argument);
      endpoint("to", s.to);
      part("properties", s.properties);
    });
  }
  void show(const NodeDecl& s) {
    std::string head = fmt::format("node {}", dotted(s.kind));
    if (s.cloud) head += fmt::format(" {}", s.cloud->text);
    if (s.vendor_type) head += fmt::format(" {}", quoted(s.vendor_type->text));
    if (!s.computed_name) head += fmt::format(" {}", s.name.text);
    line(head, s.span);
    nested([&] {
      doc(s.doc);
      part("name", s.computed_name);
      if (s.has_body) part("body", [&] { statements(s.body); });
    });
  }
  void show(const AppDecl& s) { named_block("app", s); }
  void show(const StageDecl& s) { named_block("stage", s); }
  template <class Decl>
  void named_block(std::string_view word, const Decl& s) {
    line(fmt::format("{} {}", word, s.name.text), s.span);
    nested([&] {
      doc(s.doc);
      statements(s.body);
    });
  }
  void show(const ParamDecl& s) {
    line(fmt::format("param {}", s.name.text), s.span);
    nested([&] {
      doc(s.doc);
      type(s.type);
      part("default", s.fallback);
      part("constraints", s.constraints);
    });
  }
  void show(const LetDecl& s) {
    line(fmt::format("let {}", s.name.text), s.span);
    nested([&] {
      doc(s.doc);
      expression(s.value);
    });
  }
  void show(const OutputDecl& s) {
    line(fmt::format("output {}", s.name.text), s.span);
    nested([&] {
      doc(s.doc);
      if (s.type) type(*s.type);
      expression(s.value);
      part("body", s.body);
    });
  }
  void show(const UseDecl& s) {
    line(fmt::format("use {}{}", s.path ? quoted(s.path->text) : dotted(s.module), s.alias ? " as " + s.alias->text : ""),
         s.span);
  }
  void show(const KindDecl& s) {
    line(fmt::format("kind {}{}", s.name.text, s.cloud ? " on " + s.cloud->text : ""), s.span);
    nested([&] {
      doc(s.doc);
      statements(s.body);
    });
  }
  void show(const TypeDecl& s) {
    line(fmt::format("alias {}", s.name.text), s.span);
    nested([&] {
      doc(s.doc);
      type(s.type);
    });
  }
  void show(const PortDecl& s) {
    line(fmt::format("{} {}{}{}{}", s.side == PortSide::source ? "source" : "target", s.name.text,
                     s.argument ? fmt::format("({})", s.argument->text) : "", s.call ? " ->" : "", s.hand_over ? " ~>" : ""),
         s.span);
    nested([&] {
      doc(s.doc);
      for (const AttributeDecl& property : s.properties) show(property);
    });
  }
  void show(const RequireDecl& s) {
    std::string words;
    for (const auto& word : s.words) words += " " + dotted(word);
    line(fmt::format("require{} {}", words, quoted(s.reason.text)), s.span);
    nested([&] {
      doc(s.doc);
      part("where", s.condition);
      part("holds", s.holds);
    });
  }
  void show(const AllowDecl& s) {
    line(fmt::format("allow {} because {}{}", quoted(s.code.text), quoted(s.reason.text),
                     s.until ? " until " + s.until->text : ""),
         s.span);
  }
  void show(const MovedDecl& s) { line(fmt::format("moved {} -> {}", s.from.text, s.to.text), s.span); }
  void show(const PortAlias& s) {
    line(fmt::format("port {}{}", s.name.text, s.path.empty() ? "" : " = " + dotted(s.path)), s.span);
    nested([&] { doc(s.doc); });
  }
  void show(const Overlay& s) {
    line(fmt::format("overlay {}", dotted(s.path)), s.span);
    nested([&] { statements(s.body); });
  }
  void show(const OnBlock& s) {
    line(fmt::format("on {}", s.cloud.text), s.span);
    nested([&] { statements(s.body); });
  }
  void show(const ForBlock& s) {
    line(fmt::format("for {}", joined(s.variables)), s.span);
    nested([&] {
      part("in", s.iterable);
      part("do", s.body);
    });
  }
  void show(const IfBlock& s) {
    line("if", s.span);
    nested([&] {
      part("condition", s.condition);
      part("then", s.then);
      part("else", s.otherwise);
    });
  }

  const SourceFile& source_;
  DumpOptions options_;
  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string dump(const SourceFile& source, const File& file, DumpOptions options) {
  return Dumper(source, options).run(file);
}

}  // namespace virga::syntax
