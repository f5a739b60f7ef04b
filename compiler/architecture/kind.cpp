#include "compiler/architecture/kind.h"

namespace virga {

const AttributeSpec* Kind::attribute(std::string_view wanted) const {
  for (const AttributeSpec& a : attributes) {
    if (a.name == wanted) return &a;
  }
  return nullptr;
}

Type range_of(Type item, Span declared) {
  Type type;
  type.tag = Type::Tag::range;
  for (const char* end : {"least", "most"}) {
    AttributeSpec field;
    field.name = end;
    field.type = item;
    field.span = declared;
    type.fields.push_back(std::move(field));
  }
  type.arguments.push_back(std::move(item));
  return type;
}

const PortSpec* Kind::port(std::string_view wanted, syntax::PortSide side) const {
  for (const PortSpec& p : ports) {
    if (p.side == side && p.name == wanted) return &p;
  }
  return nullptr;
}

namespace {

std::string base_text(const Type& type) {
  switch (type.tag) {
    case Type::Tag::any: return "any";
    case Type::Tag::boolean: return "bool";
    case Type::Tag::string: return "string";
    case Type::Tag::integer: return "int";
    case Type::Tag::number: return "number";
    case Type::Tag::path: return "path";
    case Type::Tag::region: return "region";
    case Type::Tag::secret: return "secret";
    case Type::Tag::node: return type.name;
    case Type::Tag::any_node: return "any_node";
    case Type::Tag::list: return "list(" + to_text(type.arguments.at(0)) + ")";
    case Type::Tag::range: return "range(" + to_text(type.arguments.at(0)) + ")";
    case Type::Tag::map: return "map(" + to_text(type.arguments.at(0)) + ")";
    case Type::Tag::quantity:
      switch (type.dimension) {
        case Dimension::duration: return "duration";
        case Dimension::size: return "size";
        case Dimension::rate: return "rate";
        case Dimension::cpu: return "cpu";
        case Dimension::percent: return "percent";
      }
      return "quantity";
    case Type::Tag::enumeration: {
      if (!type.name.empty()) return type.name;
      std::string out = "enum(";
      for (const std::string& m : type.members) out += (out.size() > 5 ? ", " : "") + m;
      return out + ")";
    }
    case Type::Tag::record: {
      if (!type.name.empty()) return type.name;
      std::string out = "{";
      for (const AttributeSpec& f : type.fields) out += (out.size() > 1 ? "  " : " ") + f.name + ": " + to_text(f.type);
      return out + " }";
    }
  }
  return "any";
}

}  // namespace

std::string to_text(const Type& type) { return base_text(type) + (type.optional ? "?" : ""); }

}  // namespace virga
