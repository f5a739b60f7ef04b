// param keep_for: duration = 30d { min = 1d }   → a Number in the unit of the property that it is used for
#include "backends/aws/lower/finish.h"

#include <cmath>

namespace virga::aws {
namespace {

std::string_view type_of(const Type& type) {
  switch (type.tag) {
    case Type::Tag::integer:
    case Type::Tag::number:
    case Type::Tag::quantity: return "Number";
    case Type::Tag::list: return "CommaDelimitedList";
    default: return "String";
  }
}

double in_unit(const Value& value, Unit unit) {
  if (const Quantity* quantity = value.get<Quantity>()) return static_cast<double>(quantity->amount) / amount(unit);
  const double* number = value.get<double>();
  return number != nullptr ? *number : 0;
}

class Parameters {
 public:
  explicit Parameters(Lowering& lowering) : lowering_(lowering) {}

  cloud::StackParameter make(const Param& param) {
    cloud::StackParameter made;
    made.name = lowering_.id(param);
    made.type = type_of(param.type);
    made.description = param.doc;
    made.secret = param.secret();
    const Unit unit = unit_of(param);
    if (param.type.tag == Type::Tag::quantity) {
      made.description +=
          (made.description.empty() ? "In " : " (in ") + std::string(name(unit)) + (param.doc.empty() ? "" : ")");
    }
    if (param.fallback) made.fallback = fallback(param, unit);
    if (param.type.tag == Type::Tag::boolean) made.allowed = {"true", "false"};
    for (const std::string& word : param.allowed) made.allowed.emplace_back(word);
    made.pattern = param.pattern;
    if (param.min) made.min = in_unit(*param.min, unit);
    if (param.max) made.max = in_unit(*param.max, unit);
    bound_by_uses(param, unit, made);
    return made;
  }

 private:
  Unit unit_of(const Param& param) const {
    const auto used = lowering_.param_units.find(param.id);
    return used != lowering_.param_units.end() ? used->second : usual_unit(param.type.dimension);
  }

  cloud::Value fallback(const Param& param, Unit unit) {
    const Value& given = *param.fallback;
    if (given.get<Quantity>() != nullptr)
      return lowering_.quantity(given, unit, given.span.known() ? given.span : param.span);
    if (const bool* flag = given.get<bool>()) return *flag ? "true" : "false";
    const Values* items = given.get<Values>();
    if (items == nullptr) return lowering_.value(given);
    std::string text;
    for (const Value& item : *items)
      text += (text.empty() ? "" : ",") + (item.get<std::string>() != nullptr ? *item.get<std::string>() : to_text(item));
    return text;
  }

  /// What is proved of a value known at compile time becomes a constraint on one that is not.
  void bound_by_uses(const Param& param, Unit unit, cloud::StackParameter& made) const {
    for (const catalog::Bound& bound : catalog().bounds) {
      // What is known at deployment only is no reason to become a build.
      if (bound.strategy == "build_project" || !used_for(param, bound)) continue;
      const catalog::Fact& fact = catalog().fact(bound.fact);
      const double scale = scale_of(fact.unit, unit);
      if (scale <= 0 || fact.kind == catalog::FactKind::quota || !fact.cases.empty()) continue;  // may be raised
      if (bound.test == catalog::Bound::Test::at_most) {
        const double most = (fact.has_max ? fact.max : fact.value) * scale;
        made.max = made.max ? std::min(*made.max, most) : most;
      } else if (bound.test == catalog::Bound::Test::at_least) {
        const double least = (fact.has_min ? fact.min : fact.value) * scale;
        made.min = made.min ? std::max(*made.min, least) : least;
      }
    }
  }

  [[nodiscard]] bool used_for(const Param& param, const catalog::Bound& bound) const {
    const auto names_it = [&](const Value* value) {
      const ParamRef* ref = value == nullptr ? nullptr : value->get<ParamRef>();
      return ref != nullptr && ref->param == param.id;
    };
    if (bound.edge_to.empty()) {
      return std::any_of(lowering_.architecture.nodes.begin(), lowering_.architecture.nodes.end(), [&](const Node& node) {
        return node.kind == bound.kind && names_it(lowering_.of(node).find(bound.attribute));
      });
    }
    return std::any_of(lowering_.architecture.edges.begin(), lowering_.architecture.edges.end(), [&](const Edge& edge) {
      return lowering_.from(edge).kind == bound.kind && names_it(lowering_.of(edge).find(bound.attribute));
    });
  }

  /// How many of the parameter's unit one of the fact's is; 1 for counts, 0 when the two have nothing in common.
  static double scale_of(std::string_view fact_unit, Unit unit) {
    if (fact_unit == "seconds") return amount(Unit::seconds) / amount(unit);
    if (fact_unit == "milliseconds") return amount(Unit::milliseconds) / amount(unit);
    if (fact_unit == "MB") return amount(Unit::megabytes) / amount(unit);
    if (fact_unit == "bytes") return amount(Unit::bytes) / amount(unit);
    return 1;
  }

  Lowering& lowering_;
};

}  // namespace

void finish_parameters(Lowering& lowering) {
  Parameters parameters(lowering);
  for (const Param& param : lowering.architecture.params) {
    if (!lowering.fetched(param) && param.engine.empty())
      lowering.out.stack.parameters.push_back(parameters.make(param));  // else the engine fetches it
  }
}

}  // namespace virga::aws
