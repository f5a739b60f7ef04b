#include "backends/terraform/functions.h"

#include "backends/terraform/hcl/parse.h"
#include "backends/terraform/hcl/print.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace virga::terraform {
namespace {

using Kind = hcl::Expr::Kind;

constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();

constexpr Function kFunctions[] = {
    {"Condition", Form::condition, "", 0, 0},       {"Fn::And", Form::operation, "&&", 2, kAny},
    {"Fn::Calculate", Form::calculation, "", 3, 3}, {"Fn::Equals", Form::operation, "==", 2, 2},
    {"Fn::Join", Form::call, "join", 2, 2},         {"Fn::Not", Form::negation, "", 1, 1},
    {"Fn::Or", Form::operation, "||", 2, kAny},     {"Fn::Select", Form::index, "", 2, 2},
    {"Fn::Split", Form::call, "split", 2, 2},
};

constexpr std::string_view kFormat = "format", kToNumber = "tonumber";
/// What stands for the n-th value while a formula is parsed.
std::string stand_in(std::size_t n) { return "value_" + std::to_string(n); }

void replace(hcl::Expr& e, const std::vector<hcl::Expr>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (e.is(Kind::name) && e.text == stand_in(i)) {
      e = values[i];
      return;
    }
  }
  for (hcl::Expr& part : e.parts) replace(part, values);
}

/// Takes the values out of a formula, leaving `{0}`, `{1}`, … in their places.
void take_out(hcl::Expr& e, std::vector<hcl::Expr>& values) {
  if (e.is(Kind::binary) || e.is(Kind::parens) || e.is(Kind::unary)) {
    for (hcl::Expr& part : e.parts) take_out(part, values);
  } else if (!e.is(Kind::integer) && !e.is(Kind::real)) {
    const auto same = std::find(values.begin(), values.end(), e);
    const auto n = static_cast<std::size_t>(same - values.begin());
    if (same == values.end()) values.push_back(e);
    e = hcl::path("{" + std::to_string(n) + "}");
  }
}

}  // namespace

std::span<const Function> functions() { return kFunctions; }

const Function* find_function(std::string_view ours) {
  const auto* found =
      std::find_if(std::begin(kFunctions), std::end(kFunctions), [&](const Function& f) { return f.ours == ours; });
  return found == std::end(kFunctions) ? nullptr : found;
}

std::optional<hcl::Expr> calculate(const std::string& formula, std::int64_t digits, const std::vector<hcl::Expr>& values) {
  std::string text = "value = " + formula + "\n";
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string hole = "{" + std::to_string(i) + "}";
    for (std::size_t at = text.find(hole); at != std::string::npos; at = text.find(hole))
      text.replace(at, hole.size(), stand_in(i));
  }
  SourceMap sources;
  diag::Sink sink;
  const hcl::File parsed = hcl::parse(sources.add("formula", text), sink);
  if (sink.has_errors() || parsed.body.items.size() != 1) return std::nullopt;
  hcl::Expr inner = parsed.body.items.front().value;
  replace(inner, values);
  hcl::Expr out =
      hcl::call(kToNumber, {hcl::call(kFormat, {hcl::string("%." + std::to_string(digits) + "f"), std::move(inner)})});
  const std::optional<Calculation> back = calculation(out);
  if (!back || back->formula != formula || back->digits != digits || back->values != values) return std::nullopt;
  return out;
}

std::optional<Calculation> calculation(const hcl::Expr& expression) {
  if (!expression.is(Kind::call) || expression.text != kToNumber || expression.parts.size() != 1) return std::nullopt;
  const hcl::Expr& format = expression.parts.front();
  if (!format.is(Kind::call) || format.text != kFormat || format.parts.size() != 2) return std::nullopt;
  const std::string* pattern = format.parts[0].string();
  if (pattern == nullptr || !pattern->starts_with("%.") || !pattern->ends_with('f')) return std::nullopt;
  Calculation out;
  const auto [end, error] = std::from_chars(pattern->data() + 2, pattern->data() + pattern->size() - 1, out.digits);
  if (error != std::errc() || end != pattern->data() + pattern->size() - 1) return std::nullopt;
  hcl::Expr inner = format.parts[1];
  take_out(inner, out.values);
  out.formula = hcl::print(inner);
  return out;
}

}  // namespace virga::terraform
