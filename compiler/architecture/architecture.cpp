#include "compiler/architecture/architecture.h"

namespace virga {
namespace {

template <class T>
std::optional<std::pair<T, T>> ends_of(const Value* value) {
  if (value == nullptr) return std::nullopt;
  if (const T* alone = value->get<T>()) return std::pair{*alone, *alone};
  const std::optional<RangeEnds> ends = range_ends(*value);
  const T* a = ends ? ends->least->get<T>() : nullptr;
  const T* b = ends ? ends->most->get<T>() : nullptr;
  return a == nullptr || b == nullptr ? std::nullopt : std::optional(std::pair{*a, *b});
}

}  // namespace

const AttributeValue* Attributes::entry(std::string_view name) const {
  for (const AttributeValue& a : all) {
    if (a.name == name) return &a;
  }
  return nullptr;
}

const Value* Attributes::find(std::string_view name) const {
  const AttributeValue* a = entry(name);
  return a == nullptr ? nullptr : &a->value;
}

void Attributes::set(std::string name, Value value, Origin origin, bool literal) {
  for (AttributeValue& a : all) {
    if (a.name == name) {
      a.value = std::move(value);
      a.origin = origin;
      a.literal = literal;
      return;
    }
  }
  all.push_back({std::move(name), std::move(value), origin, literal});
}

bool Attributes::flag(std::string_view name, bool otherwise) const {
  const Value* v = find(name);
  const bool* b = v == nullptr ? nullptr : v->get<bool>();
  return b == nullptr ? otherwise : *b;
}

std::optional<double> Attributes::number(std::string_view name) const {
  const Value* v = find(name);
  const double* n = v == nullptr ? nullptr : v->get<double>();
  return n == nullptr ? std::nullopt : std::optional(*n);
}

std::optional<Quantity> Attributes::quantity(std::string_view name) const {
  const Value* v = find(name);
  const Quantity* q = v == nullptr ? nullptr : v->get<Quantity>();
  return q == nullptr ? std::nullopt : std::optional(*q);
}

std::optional<std::pair<Quantity, Quantity>> Attributes::quantities(std::string_view name) const {
  return ends_of<Quantity>(find(name));
}

std::optional<std::pair<double, double>> Attributes::numbers(std::string_view name) const {
  return ends_of<double>(find(name));
}

std::string Attributes::text(std::string_view name) const {
  const Value* v = find(name);
  if (v == nullptr) return {};
  if (const auto* s = v->get<std::string>()) return *s;
  if (const auto* s = v->get<Symbol>()) return s->name;
  return {};
}

const Map* Attributes::map(std::string_view name) const {
  const Value* v = find(name);
  return v == nullptr ? nullptr : v->get<Map>();
}

const Values* Attributes::list(std::string_view name) const {
  const Value* v = find(name);
  return v == nullptr ? nullptr : v->get<Values>();
}

std::optional<NodeId> Attributes::node(std::string_view name) const {
  const Value* v = find(name);
  const NodeRef* n = v == nullptr ? nullptr : v->get<NodeRef>();
  return n == nullptr ? std::nullopt : std::optional(n->node);
}

bool Attributes::has(std::string_view name) const {
  const Value* v = find(name);
  return v != nullptr && !v->is_none();
}

namespace {

const Attributes& pick(const std::map<std::string, Attributes, std::less<>>& on, const Attributes& all,
                       std::string_view cloud) {
  const auto it = on.find(cloud);
  return it == on.end() ? all : it->second;
}

}  // namespace

const Attributes& Node::for_cloud(std::string_view cloud_name) const { return pick(on, attributes, cloud_name); }
bool Node::stands_elsewhere(std::string_view cloud_name) const { return for_cloud(cloud_name).has("elsewhere"); }
const Attributes& Edge::for_cloud(std::string_view cloud_name) const { return pick(on, properties, cloud_name); }

const std::vector<Value>& App::regions_for(std::string_view cloud_name) const {
  static const std::vector<Value> none;
  auto it = regions.find(cloud_name);
  if (it == regions.end()) it = regions.find("");
  return it == regions.end() ? none : it->second;
}

const Node* Architecture::find(std::string_view name) const {
  for (const Node& n : nodes) {
    if (n.name == name) return &n;
  }
  return nullptr;
}

std::vector<const Edge*> Architecture::edges_from(NodeId id, std::string_view port) const {
  std::vector<const Edge*> out;
  for (const Edge& e : edges) {
    if (e.from.node == id && (port.empty() || e.from.name == port)) out.push_back(&e);
  }
  return out;
}

std::vector<const Edge*> Architecture::edges_to(NodeId id, std::string_view port) const {
  std::vector<const Edge*> out;
  for (const Edge& e : edges) {
    if (e.to.node == id && (port.empty() || e.to.name == port)) out.push_back(&e);
  }
  return out;
}

namespace {

std::string describe(const Architecture& a, const Port& port) {
  std::string out = a.node(port.node).name;
  if (!port.argument.empty()) return out + " " + port.name + " \"" + port.argument + "\"";
  return port.name == "self" ? out : out + "." + port.name;
}

}  // namespace

std::string describe(const Architecture& a, const Edge& edge) {
  return describe(a, edge.from) + (edge.delivery == Delivery::call ? " -> " : " ~> ") + describe(a, edge.to);
}

}  // namespace virga
