#include "backends/aliyun/lower/values.h"

#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/ros.h"
#include "compiler/cloud/intrinsics.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

/// Base units of the language (milliseconds, bytes, thousandths, hundredths of a per cent) in one of a property's.
std::int64_t base_units(Unit unit) {
  constexpr std::int64_t kSecond = 1000, kDay = 24 * 60 * 60 * kSecond, kMegabyte = std::int64_t{1} << 20, kCpu = 1000,
                         kWhole = 10'000;
  switch (unit) {
    case Unit::milliseconds: return 1;
    case Unit::seconds: return kSecond;
    case Unit::days: return kDay;
    case Unit::bytes: return 1;
    case Unit::megabytes: return kMegabyte;
    case Unit::vcpu: return kCpu;
    case Unit::fraction: return kWhole;
  }
  return 1;
}

/// In what a parameter of the stack counts, per dimension.
std::int64_t parameter_units(Dimension dimension) {
  switch (dimension) {
    case Dimension::duration: return base_units(Unit::seconds);
    case Dimension::size: return base_units(Unit::megabytes);
    case Dimension::rate: return 1000;
    case Dimension::cpu: return base_units(Unit::vcpu);
    case Dimension::percent: return 100;
  }
  return 1;
}

/// Whether a part of one counts.
bool keeps_parts(Unit unit) { return unit == Unit::vcpu || unit == Unit::fraction; }

cloud::Value number(double n) {
  const auto whole = static_cast<std::int64_t>(n);
  if (static_cast<double>(whole) == n) return whole;
  return n;
}

/// `Fn::Calculate` takes an expression with `{0}` for the first number, and how many digits to keep.
cloud::Value calculated(const std::string& expression, cloud::Value operand, std::int64_t digits) {
  return Box<cloud::Call>(
      cloud::Call{"Fn::Calculate", cloud::Values{expression, digits, cloud::Values{std::move(operand)}}});
}

std::string_view word_for(Unit unit) {
  switch (unit) {
    case Unit::milliseconds: return "milliseconds";
    case Unit::seconds: return "seconds";
    case Unit::days: return "days";
    case Unit::bytes: return "bytes";
    case Unit::megabytes: return "MB";
    case Unit::vcpu: return "vCPU";
    case Unit::fraction: return "a fraction of one";
  }
  return {};
}

/// The same choice with `convert` done to both outcomes.
template <class Convert>
cloud::Value chosen(Lowering& l, const Choice& choice, Convert convert) {
  const std::string condition = l.condition(to_value(l, choice.left), to_value(l, choice.right));
  cloud::Value then = convert(choice.then), otherwise = convert(choice.otherwise);
  if (choice.comparison == Comparison::not_equal) std::swap(then, otherwise);
  return Box<cloud::If>(cloud::If{condition, std::move(then), std::move(otherwise)});
}

cloud::Value measured_parameter(Lowering& l, const ParamRef& ref, Unit unit) {
  const Param& param = l.architecture().param(ref.param);
  cloud::Value value = l.parameter(ref.param);
  if (param.type.tag != Type::Tag::quantity) return value;
  const std::int64_t has = parameter_units(param.type.dimension), wants = base_units(unit);
  if (has == wants) return value;
  const std::int64_t digits = keeps_parts(unit) ? 4 : 0;
  if (has > wants) return calculated(fmt::format("{{0}} * {}", has / wants), std::move(value), digits);
  return calculated(fmt::format("{{0}} / {}", wants / has), std::move(value), digits);
}

}  // namespace

cloud::Value measured(Lowering& l, const Value& value, Unit unit, std::string_view what) {
  if (const auto* q = value.get<Quantity>()) {
    const std::int64_t one = base_units(unit);
    if (q->amount % one == 0) return q->amount / one;
    if (keeps_parts(unit)) return static_cast<double>(q->amount) / static_cast<double>(one);
    const std::int64_t up = q->amount / one + 1;
    l.changes(fmt::format("`{}` is counted in whole {}: {} are taken for {}", what, word_for(unit), up, to_text(*q)));
    return up;
  }
  if (const auto* p = value.get<ParamRef>()) return measured_parameter(l, *p, unit);
  if (const auto* c = value.get<Box<Choice>>()) {
    return chosen(l, **c, [&](const Value& v) { return measured(l, v, unit, what); });
  }
  return to_value(l, value);
}

cloud::Value measured(Lowering& l, const Attributes& attributes, std::string_view name, Unit unit) {
  const Value* value = attributes.find(name);
  return value == nullptr ? cloud::Value() : measured(l, *value, unit, name);
}

cloud::Value to_value(Lowering& l, const Value& value) {
  struct Visitor {
    Lowering& l;
    const Value& whole;
    cloud::Value operator()(None) const { return {}; }
    cloud::Value operator()(bool b) const { return b; }
    cloud::Value operator()(double n) const { return number(n); }
    cloud::Value operator()(const Quantity& q) const {
      return number(static_cast<double>(q.amount) / static_cast<double>(parameter_units(q.dimension)));
    }
    cloud::Value operator()(const std::string& s) const { return s; }
    cloud::Value operator()(const Symbol& s) const { return s.name; }
    cloud::Value operator()(const Values& items) const {
      cloud::Values list;
      for (const Value& item : items) list.push_back(to_value(l, item));
      return list;
    }
    cloud::Value operator()(const Map& map) const {
      cloud::Object object;
      for (const MapEntry& e : map.entries) object.set(e.key, to_value(l, e.value));
      return object;
    }
    cloud::Value operator()(NodeRef r) const { return name_of(l, l.architecture().node(r.node)); }
    cloud::Value operator()(const OutputRef& r) const {
      return output_of(l, l.architecture().node(r.node), r.output, whole.span);
    }
    cloud::Value operator()(ParamRef r) const { return l.parameter(r.param); }
    cloud::Value operator()(const Box<Concat>& c) const {
      cloud::Values parts;
      for (const Value& part : c->parts) parts.push_back(to_value(l, part));
      return cloud::concat(std::move(parts));
    }
    cloud::Value operator()(const Box<Choice>& c) const {
      return chosen(l, *c, [&](const Value& v) { return to_value(l, v); });
    }
  };
  return std::visit(Visitor{l, value}, value.data);
}

cloud::Value with_functions(Lowering& l, cloud::Value value) {
  // By way of a document: what is a function of the engine in a template is one here.
  cloud::ParameterNames parameters;
  for (const Param& param : l.architecture().params) {
    if (param.engine.empty()) parameters.insert(l.parameter(param.id).get<cloud::Parameter>()->name);
  }
  return cloud::from_document(cloud::to_document(value, dialect()), dialect(), parameters);
}

std::string_view unit_of_parameter(const Type& type) {
  if (type.tag != Type::Tag::quantity) return {};
  switch (type.dimension) {
    case Dimension::duration: return "seconds";
    case Dimension::size: return "MB";
    case Dimension::rate: return "requests per second";
    case Dimension::cpu: return "vCPU";
    case Dimension::percent: return "per cent";
  }
  return {};
}

cloud::Value at_most(Lowering& l, cloud::Value text, std::string_view fact) {
  const auto most = static_cast<std::size_t>(Lowering::number(fact));
  const auto* words = text.get<std::string>();
  if (words == nullptr) return text;
  std::size_t characters = 0, end = 0;
  for (; end < words->size(); ++end) {
    const bool starts = (static_cast<unsigned char>((*words)[end]) & 0xC0) != 0x80;
    if (starts && characters++ == most) break;
  }
  if (end == words->size()) return text;
  l.changes(fmt::format("the description is cut to {} characters", most));
  return words->substr(0, end);
}

std::string json_text(const Value& value) {
  struct Visitor {
    static std::string quoted(std::string_view text) {
      std::string out = "\"";
      for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out += {'\\', c};
        else if (u < 0x20) out += fmt::format("\\u{:04x}", u);
        else out += c;
      }
      return out + "\"";
    }
    std::string operator()(None) const { return "null"; }
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(double n) const { return to_text(n); }
    std::string operator()(const Quantity& q) const { return quoted(to_text(q)); }
    std::string operator()(const std::string& s) const { return quoted(s); }
    std::string operator()(const Symbol& s) const { return quoted(s.name); }
    std::string operator()(const Values& items) const {
      std::string out = "[";
      for (const Value& v : items) out += (out.size() > 1 ? "," : "") + json_text(v);
      return out + "]";
    }
    std::string operator()(const Map& map) const {
      std::string out = "{";
      for (const MapEntry& e : map.entries) out += (out.size() > 1 ? "," : "") + quoted(e.key) + ":" + json_text(e.value);
      return out + "}";
    }
    // Known only at deployment; callers ask for `known_at_compile_time` first.
    std::string operator()(NodeRef) const { return "null"; }
    std::string operator()(const OutputRef&) const { return "null"; }
    std::string operator()(ParamRef) const { return "null"; }
    std::string operator()(const Box<Concat>&) const { return "null"; }
    std::string operator()(const Box<Choice>&) const { return "null"; }
  };
  return std::visit(Visitor{}, value.data);
}

}  // namespace virga::aliyun
