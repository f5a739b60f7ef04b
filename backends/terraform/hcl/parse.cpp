#include "backends/terraform/hcl/parse.h"

#include "backends/terraform/hcl/lex.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/source/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace virga::hcl {
namespace {

using Kind = Expr::Kind;

constexpr std::size_t kDeepest = 256;
/// Steps of a path and operands of a chain: each makes the tree a level deeper, and what walks it must not be led into the
/// abyss.
constexpr std::size_t kLongest = 64;

/// Operators by how strongly they bind, the weakest first.
constexpr std::array<std::array<std::string_view, 4>, 6> kOperators = {
    {{"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}}};

class Parser {
 public:
  Parser(const SourceFile& source, diag::Sink& sink) : in_(source, sink) {}

  File run() {
    File file;
    file.comments = comments();
    file.body = body(/*top=*/true);
    return file;
  }

  Expr whole_text(std::size_t size) { return pieces(0, size, 0); }

  Expr whole_expression() {
    Expr e = expression(true);
    in_.skip_space(true);
    if (!in_.failed() && !in_.at_end()) in_.fail("expected the end of the expression");
    return e;
  }

 private:
  /// Counts what stands inside what, so that no input exhausts the stack.
  class Deeper {
   public:
    explicit Deeper(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > kDeepest) parser_.in_.fail_too_deep(kDeepest);
    }
    ~Deeper() { --parser_.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    Parser& parser_;
  };

  // ---- bodies

  /// Paragraphs of `#` lines before anything else.
  std::vector<std::string> comments() {
    std::vector<std::string> out;
    bool open = false;
    while (!in_.at_end()) {
      const std::size_t begin = in_.at();
      while (in_.peek() == ' ' || in_.peek() == '\t' || in_.peek() == '\r') in_.step();
      if (in_.peek() == '\n') {
        in_.step();
        open = false;
        continue;
      }
      if (in_.peek() != '#') {
        in_.jump(begin);
        return out;
      }
      in_.step();
      if (in_.peek() == ' ') in_.step();
      const std::size_t text = in_.at();
      while (!in_.at_end() && in_.peek() != '\n') in_.step();
      std::string line(in_.since(text));
      if (line.ends_with('\r')) line.pop_back();
      in_.step();
      if (open) out.back() += "\n" + line;
      else out.push_back(std::move(line));
      open = true;
    }
    return out;
  }

  Body body(bool top) {
    const Deeper deeper(*this);
    Body out;
    while (!in_.failed()) {
      in_.skip_space(true);
      if (in_.at_end() || (!top && in_.peek() == '}')) break;
      item(out);
    }
    return out;
  }

  void item(Body& out) {
    const std::size_t begin = in_.at();
    const std::string name = in_.word();
    if (name.empty()) return in_.fail("expected the name of an argument or a block");
    Item made;
    made.name = name;
    made.name_span = in_.span(begin);
    in_.skip_space(false);
    if (in_.peek() == '=' && in_.peek(1) != '=') {
      in_.step();
      made.value = expression(false);
      argument_ends();
    } else {
      made.is_block = true;
      block(made);
    }
    if (in_.failed()) return;
    made.span = in_.span(begin);
    const Item* first = made.is_block ? nullptr : out.argument(name);
    if (first != nullptr) {
      in_.sink()
          .report(made.name_span, diag::codes::TemplateDuplicateKey, name)
          .says("again here")
          .label(first->name_span, "first here");
      return;
    }
    out.items.push_back(std::move(made));
  }

  void argument_ends() {
    in_.skip_space(false);
    if (in_.failed() || in_.at_end() || in_.peek() == '\n' || in_.peek() == '}') return;
    in_.fail("expected the end of the line after this value");
  }

  void block(Item& made) {
    while (!in_.failed() && in_.peek() != '{') {
      if (in_.peek() == '"') {
        const Expr label = text();
        if (label.string() == nullptr) return in_.fail("a label is a plain text");
        made.labels.push_back(label.text);
      } else {
        const std::string label = in_.word();
        if (label.empty()) return in_.fail("expected `=`, a label or `{` after `" + made.name + "`");
        made.labels.push_back(label);
      }
      in_.skip_space(false);
    }
    if (in_.failed()) return;
    const std::size_t open = in_.at();
    in_.step();
    made.body = body(/*top=*/false);
    if (in_.failed()) return;
    if (!in_.take("}")) in_.fail(open, open + 1, "the block that opens here is not closed");
  }

  // ---- expressions; `lines`: line ends mean nothing here, because a bracket is open

  Expr expression(bool lines) {
    const Deeper deeper(*this);
    if (in_.failed()) return {};
    in_.skip_space(lines);
    const std::size_t begin = in_.at();
    Expr test = operation(0, lines);
    in_.skip_space(lines);
    if (in_.peek() != '?') return test;
    in_.step();
    Expr then = expression(lines);
    in_.skip_space(lines);
    if (!in_.take(":")) {
      in_.fail("expected `:` and what holds otherwise");
      return {};
    }
    Expr otherwise = expression(lines);
    return placed(conditional(std::move(test), std::move(then), std::move(otherwise)), begin);
  }

  Expr operation(std::size_t level, bool lines) {
    if (level == kOperators.size()) return unary(lines);
    const std::size_t begin = in_.at();
    Expr left = operation(level + 1, lines);
    for (std::size_t operands = 1; !in_.failed(); ++operands) {
      if (operands > kLongest) in_.fail_too_deep(kLongest);
      in_.skip_space(lines);
      const std::string_view op = operator_here(level);
      if (op.empty()) break;
      in_.step(op.size());
      in_.skip_space(lines);
      Expr right = operation(level + 1, lines);
      left = placed(binary(std::move(left), op, std::move(right)), begin);
    }
    return left;
  }

  std::string_view operator_here(std::size_t level) const {
    for (const std::string_view op : kOperators[level]) {
      if (!op.empty() && in_.looking_at(op)) return op;
    }
    return {};
  }

  Expr unary(bool lines) {
    const Deeper deeper(*this);
    if (in_.failed()) return {};
    const std::size_t begin = in_.at();
    if (in_.peek() != '-' && in_.peek() != '!') return access();
    const std::string op(1, in_.peek());
    in_.step();
    in_.skip_space(lines);
    Expr of = unary(lines);
    if (op == "-" && of.is(Kind::integer)) {
      of.whole = -of.whole;
      return placed(std::move(of), begin);
    }
    if (op == "-" && of.is(Kind::real)) {
      of.number = -of.number;
      return placed(std::move(of), begin);
    }
    Expr made;
    made.kind = Kind::unary;
    made.text = op;
    made.parts.push_back(std::move(of));
    return placed(std::move(made), begin);
  }

  /// A term and what is taken out of it: `.name`, `[…]`, `[*]`, `.*`.
  Expr access() {
    const std::size_t begin = in_.at();
    Expr e = term();
    std::size_t steps = 0;
    while (!in_.failed()) {
      if (in_.peek() == '.' || in_.peek() == '[') {
        if (++steps > kLongest) in_.fail_too_deep(kLongest);
      }
      if (in_.looking_at(".*") || in_.looking_at("[*]")) {
        Expr made;
        made.kind = Kind::splat;
        made.text = in_.peek() == '.' ? "." : "";
        in_.step(in_.peek() == '.' ? 2 : 3);
        made.parts.push_back(std::move(e));
        e = placed(std::move(made), begin);
      } else if (in_.peek() == '.' && in_.peek(1) >= '0' && in_.peek(1) <= '9') {
        in_.step();
        Expr at = number();
        e = placed(index(std::move(e), std::move(at)), begin);
      } else if (in_.peek() == '.' && in_.peek(1) != '.') {
        in_.step();
        const std::string name = in_.word();
        if (name.empty()) in_.fail("expected a name after the dot");
        e = placed(attribute(std::move(e), name), begin);
      } else if (in_.peek() == '[') {
        in_.step();
        Expr at = expression(true);
        in_.skip_space(true);
        if (!in_.take("]")) in_.fail("expected `]`");
        e = placed(index(std::move(e), std::move(at)), begin);
      } else {
        break;
      }
    }
    return e;
  }

  Expr term() {
    const std::size_t begin = in_.at();
    const char c = in_.peek();
    if (c == '"') return text();
    if (c >= '0' && c <= '9') return number();
    if (c == '[' || c == '{') return collection();
    if (in_.looking_at("<<")) return heredoc();
    if (c == '(') {
      in_.step();
      Expr made;
      made.kind = Kind::parens;
      made.parts.push_back(expression(true));
      in_.skip_space(true);
      if (!in_.take(")")) in_.fail("expected `)`");
      return placed(std::move(made), begin);
    }
    std::string word = in_.word();
    while (in_.looking_at("::")) {
      in_.step(2);
      word += "::" + in_.word();
    }
    if (word.empty()) {
      in_.fail("expected a value");
      return {};
    }
    if (in_.peek() == '(') return call(std::move(word), begin);
    if (word == "null") return placed(null(), begin);
    if (word == "true" || word == "false") return placed(boolean(word == "true"), begin);
    return placed(path_of(std::move(word)), begin);
  }

  static Expr path_of(std::string word) {
    Expr e;
    e.kind = Kind::name;
    e.text = std::move(word);
    return e;
  }

  Expr call(std::string name, std::size_t begin) {
    Expr made;
    made.kind = Kind::call;
    made.text = std::move(name);
    in_.step();
    while (!in_.failed()) {
      in_.skip_space(true);
      if (in_.take(")")) break;
      made.parts.push_back(expression(true));
      in_.skip_space(true);
      if (in_.take("...")) made.flag = true;
      in_.skip_space(true);
      if (!in_.take(",") && in_.peek() != ')') in_.fail("expected `,` or `)`");
    }
    return placed(std::move(made), begin);
  }

  Expr number() {
    const std::size_t begin = in_.at();
    const auto digits = [&] {
      while (in_.peek() >= '0' && in_.peek() <= '9') in_.step();
    };
    digits();
    bool whole = true;
    if (in_.peek() == '.' && in_.peek(1) >= '0' && in_.peek(1) <= '9') {
      whole = false;
      in_.step();
      digits();
    }
    const bool sign = in_.peek(1) == '+' || in_.peek(1) == '-';
    const char exponent = in_.peek(sign ? 2 : 1);
    if ((in_.peek() == 'e' || in_.peek() == 'E') && exponent >= '0' && exponent <= '9') {
      whole = false;
      in_.step(sign ? 2 : 1);
      digits();
    }
    const std::string_view text = in_.since(begin);
    std::int64_t n = 0;
    if (whole && std::from_chars(text.data(), text.data() + text.size(), n).ec == std::errc())
      return placed(integer(n), begin);
    double d = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), d).ec != std::errc())
      in_.fail(begin, in_.at(), "this number is too large");
    return placed(real(d), begin);
  }

  Expr collection() {
    const std::size_t begin = in_.at();
    const bool list = in_.peek() == '[';
    in_.step();
    in_.skip_space(true);
    const std::size_t first = in_.at();
    if (in_.word() == "for" && (in_.peek() == ' ' || in_.peek() == '\n' || in_.peek() == '\t')) {
      in_.jump(begin);
      in_.skip_brackets();
      Expr made;
      made.kind = Kind::loop;
      made.text = in_.since(begin);
      return placed(std::move(made), begin);
    }
    in_.jump(first);
    Expr made = list ? hcl::list() : object();
    const std::string_view close = list ? "]" : "}";
    while (!in_.failed()) {
      in_.skip_space(true);
      if (in_.take(close)) break;
      if (!list) member(made);
      else made.parts.push_back(expression(true));
      // Members of an object may be parted by line ends alone, which then are not skipped before they are seen.
      in_.skip_space(list);
      if (in_.take(",") || in_.looking_at(close) || (!list && in_.peek() == '\n')) continue;
      in_.fail(list ? "expected `,` or `]`" : "expected `,`, a new line or `}`");
    }
    return placed(std::move(made), begin);
  }

  void member(Expr& made) {
    const std::size_t begin = in_.at();
    Expr key;
    const std::string word = in_.word();
    in_.skip_space(false);
    const bool assigned = (in_.peek() == '=' && in_.peek(1) != '=') || in_.peek() == ':';
    if (!word.empty() && assigned) {
      key = placed(string(word), begin);
    } else {
      in_.jump(begin);
      key = expression(false);
      in_.skip_space(false);
    }
    if (in_.failed()) return;
    if (!in_.take("=") && !in_.take(":")) return in_.fail("expected `=` after the key");
    add(made, std::move(key), expression(false));
  }

  // ---- texts

  Expr text() {
    const std::size_t begin = in_.at();
    in_.step();
    Expr out = pieces(begin, std::numeric_limits<std::size_t>::max(), 0);
    if (!in_.failed() && !in_.take("\"")) in_.fail(begin, begin + 1, "a text that begins here does not end");
    return placed(std::move(out), begin);
  }

  /// A text up to its quote, or up to `end` for a heredoc, whose lines lose `margin` blanks and whose backslashes are
  /// plain.
  Expr pieces(std::size_t begin, std::size_t end, std::size_t margin) {
    const Deeper deeper(*this);
    const bool heredoc = end != std::numeric_limits<std::size_t>::max();
    std::vector<Expr> parts;
    std::string literal;
    bool line_begins = heredoc;
    const auto flush = [&] {
      if (!literal.empty()) parts.push_back(string(literal));
      literal.clear();
    };
    while (!in_.failed() && !in_.at_end() && in_.at() < end) {
      if (line_begins) {
        for (std::size_t i = 0; i < margin && in_.peek() == ' ' && in_.at() < end; ++i) in_.step();
        line_begins = false;
        continue;
      }
      const char c = in_.peek();
      if (!heredoc && c == '"') break;
      if (!heredoc && c == '\n') {
        in_.fail(begin, begin + 1, "a text that begins here does not end on its line");
      } else if (in_.looking_at("$${") || in_.looking_at("%%{")) {
        literal += c;
        literal += '{';
        in_.step(3);
      } else if (in_.looking_at("${")) {
        flush();
        parts.push_back(interpolation());
      } else if (in_.looking_at("%{")) {
        flush();
        parts.push_back(directive());
      } else if (!heredoc && c == '\\') {
        escape(literal);
      } else {
        literal += c;
        line_begins = heredoc && c == '\n';
        in_.step();
      }
    }
    flush();
    if (parts.empty()) return string("");
    if (parts.size() == 1 && parts.front().is(Kind::string)) return std::move(parts.front());
    return joined(std::move(parts));
  }

  Expr interpolation() {
    const std::size_t begin = in_.at();
    in_.step(2);
    if (in_.peek() == '~') in_.step();  // trims blanks around; what is printed never has any
    Expr e = expression(true);
    in_.skip_space(true);
    if (in_.peek() == '~') in_.step();
    if (!in_.take("}")) in_.fail(begin, begin + 2, "the interpolation that opens here is not closed");
    return e;
  }

  Expr directive() {
    const std::size_t begin = in_.at();
    in_.step();
    in_.skip_brackets();
    Expr made;
    made.kind = Kind::directive;
    const std::string_view whole = in_.since(begin);
    made.text = whole.size() >= 3 ? whole.substr(2, whole.size() - 3) : "";
    return placed(std::move(made), begin);
  }

  void escape(std::string& out) {
    const std::size_t begin = in_.at();
    in_.step();
    const char c = in_.peek();
    in_.step();
    switch (c) {
      case 'n': out += '\n'; return;
      case 'r': out += '\r'; return;
      case 't': out += '\t'; return;
      case '"': out += '"'; return;
      case '\\': out += '\\'; return;
      case 'u': return code_point(out, begin, 4);
      case 'U': return code_point(out, begin, 8);
      default: in_.fail(begin, in_.at(), "there is no such escape");
    }
  }

  void code_point(std::string& out, std::size_t begin, std::size_t digits) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char c = in_.peek();
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return in_.fail(begin, in_.at(), "expected hexadecimal digits after this escape");
      value = value << 4 | static_cast<std::uint32_t>(digit);
      in_.step();
    }
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value > 0x10FFFF || surrogate || value == 0) return in_.fail(begin, in_.at(), "there is no such character");
    append_utf8(out, value);
  }

  Expr heredoc() {
    const std::size_t begin = in_.at();
    in_.step(2);
    const bool indented = in_.take("-");
    const std::string marker = in_.word();
    if (marker.empty()) {
      in_.fail("expected the word that ends this text");
      return {};
    }
    while (in_.peek() == ' ' || in_.peek() == '\r') in_.step();
    if (!in_.take("\n")) {
      in_.fail("expected a new line");
      return {};
    }
    const std::size_t first = in_.at();
    std::size_t margin = std::numeric_limits<std::size_t>::max();
    while (true) {
      const std::size_t line = in_.at();
      while (in_.peek() == ' ' || in_.peek() == '\t') in_.step();
      const std::size_t blanks = in_.at() - line;
      const std::size_t word = in_.at();
      while (!in_.at_end() && in_.peek() != '\n') in_.step();
      std::string_view rest = in_.since(word);
      while (rest.ends_with(' ') || rest.ends_with('\r')) rest.remove_suffix(1);
      const std::size_t behind = in_.at();
      if (rest == marker) {
        in_.jump(first);
        Expr out = line > first ? pieces(begin, line, indented ? margin : 0) : string("");
        in_.jump(behind);
        return placed(std::move(out), begin);
      }
      if (!rest.empty()) margin = std::min(margin, blanks);
      if (in_.at_end()) break;
      in_.step();
    }
    in_.fail(begin, first, "a text that begins here does not end");
    return {};
  }

  Expr placed(Expr e, std::size_t begin) const {
    e.span = in_.span(begin);
    return e;
  }

  Cursor in_;
  std::size_t depth_ = 0;
};

}  // namespace

File parse(const SourceFile& source, diag::Sink& sink) { return Parser(source, sink).run(); }

Expr parse_template(const SourceFile& source, diag::Sink& sink) {
  return Parser(source, sink).whole_text(source.text.size());
}

Expr parse_expression(const SourceFile& source, diag::Sink& sink) { return Parser(source, sink).whole_expression(); }

}  // namespace virga::hcl
