#include "compiler/catalog/expression.h"

#include <algorithm>

namespace virga::catalog {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == ':';
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::variant<Expression, std::string> run() {
    Expression out = sum();
    if (problem_.empty() && !rest().empty()) problem_ = "`" + std::string(rest()) + "` is too much";
    if (!problem_.empty()) return problem_;
    return out;
  }

 private:
  std::string_view rest() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return text_.substr(at_);
  }
  bool take(char c) {
    if (rest().empty() || rest().front() != c) return false;
    ++at_;
    return true;
  }

  Expression sum() {
    Expression left = product();
    while (take('+')) left = {Expression::Op::add, "", {std::move(left), product()}};
    return left;
  }

  Expression product() {
    Expression left = factor();
    for (;;) {
      if (take('*')) left = {Expression::Op::multiply, "", {std::move(left), factor()}};
      else if (take('/')) left = {Expression::Op::divide, "", {std::move(left), factor()}};
      else return left;
    }
  }

  Expression factor() {
    if (take('(')) {
      Expression inner = sum();
      if (!take(')')) complain("a `)` is missing");
      return inner;
    }
    const std::string_view all = rest();
    std::size_t length = 0;
    while (length < all.size() && is_word(all[length])) ++length;
    if (length == 0) {
      complain("expected a word, but this is `" + std::string(all) + "`");
      at_ = text_.size();
      return {};
    }
    Expression out{Expression::Op::word, all.substr(0, length), {}};
    at_ += length;
    if (take('(')) call(out);
    return out;
  }

  void call(Expression& out) {
    out.op = Expression::Op::call;
    do out.arguments.push_back(sum());
    while (take(','));
    if (!take(')')) complain("a `)` is missing");
    const auto* known =
        std::find_if(std::begin(kFunctions), std::end(kFunctions), [&](const Function& f) { return f.name == out.word; });
    if (known == std::end(kFunctions)) complain("there is no function `" + std::string(out.word) + "`");
    else if (known->arguments != 0 && known->arguments != out.arguments.size())
      complain("`" + std::string(out.word) + "` takes " + std::to_string(known->arguments) + " arguments");
  }

  void complain(std::string why) {
    if (problem_.empty()) problem_ = std::move(why);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string problem_;
};

}  // namespace

std::variant<Expression, std::string> parse_expression(std::string_view text) { return Parser(text).run(); }

}  // namespace virga::catalog
