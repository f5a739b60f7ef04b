#include "compiler/cost/quantity.h"

#include "compiler/passes/passes.h"

#include <algorithm>
#include <cmath>

namespace virga::cost {
namespace {

using catalog::Expression;

/// From the base unit to that in which prices count.
double counted(double amount, Dimension dimension) {
  constexpr double kThousandths = 1000, kGigabyte = 1024.0 * 1024 * 1024, kHundredthsOfPercent = 10'000;
  switch (dimension) {
    case Dimension::size: return amount / kGigabyte;
    case Dimension::percent: return amount / kHundredthsOfPercent;
    case Dimension::duration:
    case Dimension::rate:
    case Dimension::cpu: break;
  }
  return amount / kThousandths;
}

std::optional<Between> between(const Value& value) {
  if (const auto* q = value.get<Quantity>()) {
    const double n = counted(static_cast<double>(q->amount), q->dimension);
    return Between{n, n};
  }
  if (const auto* n = value.get<double>()) return Between{*n, *n};
  if (const auto* map = value.get<Map>()) {  // a range
    const Value *least = map->find("least"), *most = map->find("most");
    if (least == nullptr || most == nullptr) return std::nullopt;
    const auto low = between(*least), high = between(*most);
    if (low && high) return Between{low->least, high->most};
  }
  return std::nullopt;
}

Amount unsaid(std::string_view what) {
  Amount out;
  out.missing = Missing::value;
  out.what = what;
  return out;
}

Amount exactly(double n) {
  Amount out;
  out.value = {n, n};
  return out;
}

Amount monthly(const passes::Flow& flow) {
  Amount out;
  out.by_load = true;
  out.whole = flow.whole;
  if (!flow.known) out.missing = Missing::load;
  out.value = flow.average * (kHoursInMonth * kSecondsInHour);
  return out;
}

/// What follows from both, but for its value.
Amount joined(Amount a, const Amount& b) {
  a.whole = a.whole && b.whole;
  a.by_load = a.by_load || b.by_load;
  a.assumed = a.assumed || b.assumed;
  if (a.missing == Missing::nothing || b.missing == Missing::load) {
    if (b.missing != Missing::nothing) a.missing = b.missing, a.what = b.what;
  }
  a.facts.insert(a.facts.end(), b.facts.begin(), b.facts.end());
  return a;
}

double ratio(double a, double b) { return b > 0 ? a / b : 0; }
/// Begun steps; what is one step but for rounding is one.
double steps(double x, double step) { return std::max(1.0, std::ceil(ratio(x, step) - 1e-9)); }

}  // namespace

Amount Quantities::of(std::string_view expression, const Subject& subject) const {
  const auto parsed = catalog::parse_expression(expression);
  const auto* e = std::get_if<Expression>(&parsed);  // the build has checked it
  return e == nullptr ? unsaid(expression) : of(*e, subject);
}

Amount Quantities::of(const Expression& e, const Subject& subject) const {
  if (e.op == Expression::Op::word) return word(e.word, subject);
  if (e.op == Expression::Op::call) return call(e, subject);
  const Amount a = of(e.arguments[0], subject), b = of(e.arguments[1], subject);
  Amount out = joined(a, b);
  switch (e.op) {
    case Expression::Op::multiply: out.value = {a.value.least * b.value.least, a.value.most * b.value.most}; break;
    case Expression::Op::divide: out.value = {ratio(a.value.least, b.value.most), ratio(a.value.most, b.value.least)}; break;
    default: out.value = {a.value.least + b.value.least, a.value.most + b.value.most}; break;
  }
  return out;
}

Amount Quantities::call(const Expression& e, const Subject& subject) const {
  if (e.word == "first") {
    Amount out;
    for (const Expression& a : e.arguments) {
      out = of(a, subject);
      if (out.missing != Missing::value) break;
    }
    return out;
  }
  const Amount a = of(e.arguments[0], subject);
  if (e.word == "upto") {
    Amount out = a;
    out.value.least = 0;
    return out;
  }
  const Amount b = of(e.arguments[1], subject);
  Amount out = joined(a, b);
  const double step = b.value.most;
  if (e.word == "up") {
    out.value = {steps(a.value.least, step) * step, steps(a.value.most, step) * step};
  } else if (e.word == "over") {
    out.value = {std::max(0.0, a.value.least - step), std::max(0.0, a.value.most - step)};
  } else if (e.word == "grouped") {
    out.value = {ratio(a.value.least, std::max(1.0, step)), a.value.most};
  } else if (a.missing == Missing::value) {  // units of what nobody says the size of
    out = b;
    out.value = {1, 1};
    out.assumed = true;
  } else {
    out.value = {1, steps(a.value.most, step)};
  }
  return out;
}

Amount Quantities::word(std::string_view word, const Subject& subject) const {
  if (word == "hours") return exactly(kHoursInMonth);
  if (word == "days") return exactly(kHoursInMonth / kHoursInDay);
  if (word == "seconds") return exactly(kHoursInMonth * kSecondsInHour);
  if (word == "month") return exactly(1);
  if (word == "each") return monthly(rates_->along(*subject.edge));
  if (word == "comes") return monthly(rates_->into(*subject.node));
  if (word == "starts")
    return monthly(subject.edge != nullptr ? rates_->starts(*subject.edge) : rates_->starts(*subject.node));
  if (word == "takes") return takes(*subject.node);
  if (word == "payload") {
    const auto size = payload(*subject.edge);
    return size ? exactly(counted(*size, Dimension::size)) : unsaid(word);
  }
  if (word.starts_with("fact:")) return fact(word.substr(5));
  const Value* value = find(word, subject);
  const auto found = value == nullptr ? std::nullopt : between(*value);
  if (!found) return unsaid(word);
  Amount out;
  out.value = *found;
  return out;
}

Amount Quantities::fact(std::string_view id) const {
  const catalog::Fact& f = model_->catalog().fact(id);
  double value = f.has_value ? f.value : f.has_max ? f.max : f.min;
  for (const Dimension d : {Dimension::duration, Dimension::size, Dimension::cpu}) {
    if (const auto base = passes::in_base_unit(value, f.unit, d)) {
      value = counted(*base, d);
      break;
    }
  }
  Amount out = exactly(value);
  out.facts.push_back(&f);
  return out;
}

Amount Quantities::takes(const Node& node) const {
  const auto takes = model_->of(node, "takes"), runs = model_->of(node, "runs");
  const auto& most = takes ? takes : runs;
  if (!most) return unsaid("node.takes");
  Amount out = exactly(counted(most->value, Dimension::duration));
  const bool usual = takes && takes->given && !(runs && runs->span == takes->span);
  if (!usual) out.value.least = 0;  // its limit alone is known
  return out;
}

std::optional<double> Quantities::payload(const Edge& edge, std::size_t depth) const {
  const Architecture& a = model_->architecture();
  if (const auto q = edge.for_cloud(model_->catalog().cloud).quantity("payload")) return static_cast<double>(q->amount);
  const Node& from = a.node(edge.from.node);
  const catalog::WorkRow* work = model_->work(from);
  if (work == nullptr || !work->forwards || depth > a.nodes.size()) return std::nullopt;
  std::optional<double> largest;
  for (const Edge* in : model_->into(from)) {
    const auto size = payload(*in, depth + 1);
    if (size && (!largest || *size > *largest)) largest = size;
  }
  return largest;
}

const Value* Quantities::find(std::string_view term, const Subject& subject) const {
  const Architecture& a = model_->architecture();
  const std::string_view cloud = model_->catalog().cloud;
  const std::size_t dot = term.find('.');
  const std::string_view whose = term.substr(0, dot);
  std::string_view name = term.substr(dot + 1), field;
  if (const std::size_t at = name.find('.'); at != std::string_view::npos)
    field = name.substr(at + 1), name = name.substr(0, at);
  const Attributes& attributes =
      whose == "edge"   ? subject.edge->for_cloud(cloud)
      : whose == "node" ? subject.node->for_cloud(cloud)
                        : a.node(whose == "from" ? subject.edge->from.node : subject.edge->to.node).for_cloud(cloud);
  const Value* value = attributes.find(name);
  if (value == nullptr || value->is_none() || field.empty()) return value;
  const auto* map = value->get<Map>();
  return map == nullptr ? nullptr : map->find(field);
}

bool Quantities::holds(std::string_view condition, const Subject& subject) const {
  const std::size_t equals = condition.find('=');
  const Value* value = find(condition.substr(0, equals), subject);
  if (value == nullptr || value->is_none()) return false;
  if (equals != std::string_view::npos) {
    const auto* symbol = value->get<Symbol>();
    return (symbol != nullptr ? symbol->name : to_text(*value)) == condition.substr(equals + 1);
  }
  if (const auto* flag = value->get<bool>()) return *flag;
  if (const auto* n = value->get<double>()) return *n != 0;
  if (const auto* list = value->get<Values>()) return !list->empty();
  return true;
}

}  // namespace virga::cost
