// Values of the language → values of the stack.
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/lowering.h"

#include <cmath>

namespace virga::aws {
namespace {

cloud::Value number(double n) {
  if (n == std::floor(n) && std::fabs(n) < 9e15) return static_cast<std::int64_t>(n);
  return n;
}

/// A part of a text: numbers as the language writes them.
cloud::Value text_part(Lowering& lowering, const Value& part) {
  if (const double* n = part.get<double>()) return to_text(*n);
  if (const bool* b = part.get<bool>()) return *b ? "true" : "false";
  return lowering.value(part);
}

std::string letters(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out += c;
  }
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

/// `EnvIsProd`, when the question is one about a parameter; a hash of the question otherwise.
std::string condition_name(Lowering& lowering, const Choice& choice) {
  const ParamRef* param = choice.left.get<ParamRef>();
  std::string answer;
  if (const std::string* text = choice.right.get<std::string>()) answer = letters(*text);
  if (const Symbol* symbol = choice.right.get<Symbol>()) answer = letters(symbol->name);
  if (const bool* flag = choice.right.get<bool>()) answer = *flag ? "True" : "False";
  if (param != nullptr && !answer.empty()) {
    return lowering.id(lowering.architecture.param(param->param)) + "Is" + answer;
  }
  return "Choice" + cloud::short_hash(to_text(choice.left) + " == " + to_text(choice.right));
}

}  // namespace

cloud::Value Lowering::choice(const Choice& choice) {
  const std::string name = condition_name(*this, choice);
  const bool known =
      std::any_of(conditions.begin(), conditions.end(), [&](const cloud::Condition& c) { return c.name == name; });
  for (const virga::Value* side : {&choice.left, &choice.right}) {
    const ParamRef* param = side->get<ParamRef>();
    if (param == nullptr || !fetched(architecture.param(param->param))) continue;
    sink.report(side->span, codes::ImportCondition, architecture.param(param->param).import->app)
        .help("take the value as a `param` and pass it on when you deploy");
  }
  if (!known) {
    cloud::Values sides{text_part(*this, choice.left), text_part(*this, choice.right)};
    conditions.push_back({name, cloud::Value(Box<cloud::Call>(cloud::Call{"Fn::Equals", std::move(sides)}))});
  }
  cloud::Value then = value(choice.then);
  cloud::Value otherwise = value(choice.otherwise);
  if (choice.comparison == Comparison::not_equal) std::swap(then, otherwise);
  return Box<cloud::If>(cloud::If{name, std::move(then), std::move(otherwise)});
}

cloud::Value Lowering::value(const virga::Value& from_language) {
  struct Convert {
    Lowering& lowering;
    Span place;
    cloud::Value operator()(const None&) const { return cloud::Pseudo::no_value; }
    cloud::Value operator()(bool b) const { return b; }
    cloud::Value operator()(double n) const { return number(n); }
    cloud::Value operator()(const Quantity& q) const { return to_text(q); }
    cloud::Value operator()(const std::string& text) const { return text; }
    cloud::Value operator()(const Symbol& symbol) const { return symbol.name; }
    cloud::Value operator()(const Values& items) const {
      cloud::Values list;
      for (const virga::Value& item : items) list.push_back(lowering.value(item));
      return list;
    }
    cloud::Value operator()(const Map& map) const {
      cloud::Object object;
      for (const MapEntry& entry : map.entries) object.set(entry.key, lowering.value(entry.value));
      return object;
    }
    cloud::Value operator()(const NodeRef& ref) const {
      return cloud::Ref{lowering.id(lowering.architecture.node(ref.node))};
    }
    cloud::Value operator()(const OutputRef& ref) const {
      return lowering.output(lowering.architecture.node(ref.node), ref.output, place);
    }
    cloud::Value operator()(const ParamRef& ref) const {
      const Param& param = lowering.architecture.param(ref.param);
      if (!param.engine.empty()) return *cloud::pseudo_named(param.engine);
      if (lowering.fetched(param))
        return Box<cloud::Call>(cloud::Call{"Fn::ImportValue", Lowering::export_name(*param.import)});
      return cloud::Parameter{lowering.id(lowering.architecture.param(ref.param))};
    }
    cloud::Value operator()(const Box<Concat>& text) const {
      cloud::Values parts;
      for (const virga::Value& part : text->parts) parts.push_back(text_part(lowering, part));
      return cloud::concat(std::move(parts));
    }
    cloud::Value operator()(const Box<Choice>& made_later) const { return lowering.choice(*made_later); }
  };
  return std::visit(Convert{*this, from_language.span}, from_language.data);
}

cloud::Value Lowering::quantity(const virga::Value& from_language, Unit unit, Span place) {
  if (const Quantity* known = from_language.get<Quantity>()) {
    const double count = static_cast<double>(known->amount) / amount(unit);
    if (count != std::floor(count) && !divisible(unit)) {
      sink.report(place, codes::InexactQuantity, to_text(*known), std::string(aws::name(unit)))
          .help("AWS counts this in " + std::string(aws::name(unit)));
    }
    return number(count);
  }
  if (const ParamRef* param = from_language.get<ParamRef>()) {
    const auto [found, is_new] = param_units.emplace(param->param, unit);
    if (!is_new && found->second != unit) {
      sink.report(place, codes::ParameterUnits, architecture.param(param->param).name, std::string(aws::name(found->second)),
                  std::string(aws::name(unit)))
          .help("CloudFormation cannot calculate: make two parameters of it");
    }
  }
  if (const Box<Choice>* made_later = from_language.get<Box<Choice>>()) {
    Choice converted = **made_later;
    cloud::Value asked = choice(converted);
    cloud::If sides = **asked.get<Box<cloud::If>>();
    sides.then = quantity(converted.then, unit, place);
    sides.otherwise = quantity(converted.otherwise, unit, place);
    if (converted.comparison == Comparison::not_equal) std::swap(sides.then, sides.otherwise);
    return Box<cloud::If>(std::move(sides));
  }
  return value(from_language);
}

cloud::Value Lowering::quantity(const Node& node, std::string_view attribute, Unit unit) {
  const virga::Value* found = of(node).find(attribute);
  return found == nullptr ? cloud::Value() : quantity(*found, unit, where(node, attribute));
}

}  // namespace virga::aws
