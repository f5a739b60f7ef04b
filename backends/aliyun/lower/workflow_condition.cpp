// { pay = { status = "paid" } }   →   "status" in $Input.pay && $Input.pay.status == "paid"
//
// Conditions in the expressions of CloudFlow: comparisons, `&&`, `||`, `!` and `in`, which is all that its documentation
// names.
#include "backends/aliyun/lower/workflow.h"

namespace virga::aliyun {
namespace {

using workflow::Condition;
using Op = Condition::Op;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string constant(const Value& value) {
  if (const std::string* text = value.get<std::string>()) return quoted(*text);
  if (const bool* flag = value.get<bool>()) return *flag ? "true" : "false";
  return to_text(*value.get<double>());
}

/// Each level is asked for before what lies below it: an expression that meets nothing would fail the execution. The names
/// of the document itself are always there.
std::string there(const workflow::Path& path) {
  std::string out, where = "$Input";
  for (std::size_t i = 0; i < path.parts.size(); ++i) {
    const std::string& part = path.parts[i];
    if (i > 0 || path.parts.size() == 1) out += (out.empty() ? "" : " && ") + quoted(part) + " in " + where;
    where += "." + part;
  }
  return out;
}

/// The texts that begin so lie between the prefix and the one after it: `eu-` ≤ text < `eu.`
std::string begins(const std::string& where, std::string text) {
  const std::string first = quoted(text);
  ++text.back();
  return where + " >= " + first + " && " + where + " < " + quoted(text);
}

std::string_view sign(Op op) {
  switch (op) {
    case Op::above: return " > ";
    case Op::at_least: return " >= ";
    case Op::below: return " < ";
    case Op::at_most: return " <= ";
    default: return " == ";
  }
}

}  // namespace

std::string expression_of(const Condition& condition) {
  if (condition.op == Op::inverse) return "!(" + expression_of(condition.parts.front()) + ")";
  if (condition.op == Op::all || condition.op == Op::any) {
    std::string out;
    for (const Condition& part : condition.parts) {
      if (!out.empty()) out += condition.op == Op::all ? " && " : " || ";
      out += "(" + expression_of(part) + ")";
    }
    return out;
  }
  if (condition.op == Op::exists) return there(condition.path);
  const std::string where = "$Input." + workflow::to_text(condition.path);
  const std::string asked = condition.op == Op::prefix
                                ? begins(where, *condition.constant.get<std::string>())
                                : where + std::string(sign(condition.op)) + constant(condition.constant);
  return there(condition.path) + " && " + asked;
}

}  // namespace virga::aliyun
