// What one cloud is to hold in one region: resources under the cloud's own names, references between them, and the node
// or edge that each came from. Two stacks are equal when a deployment of them would be.
#pragma once

#include "compiler/architecture/value.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace virga::cloud {

struct Value;
using Values = std::vector<Value>;
struct Member;
/// In the order in which it is emitted.
struct Object {
  std::vector<Member> members;
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] Value* find(std::string_view key);
  /// Sets or replaces.
  Object& set(std::string key, Value value);
  /// Order does not matter.
  friend bool operator==(const Object&, const Object&);
};

struct Null {
  friend bool operator==(Null, Null) { return true; }
};
/// The engine's main value of a resource (a name or an id).
struct Ref {
  std::string resource;
  friend bool operator==(const Ref&, const Ref&) = default;
};
/// An attribute of a resource.
struct GetAtt {
  std::string resource;
  std::string attribute;
  friend bool operator==(const GetAtt&, const GetAtt&) = default;
};
/// A parameter of the stack.
struct Parameter {
  std::string name;
  friend bool operator==(const Parameter&, const Parameter&) = default;
};
/// What the engine knows by itself. The formats spell it.
enum class Pseudo : std::uint8_t { account, region, stack_name, stack_id, partition, url_suffix, no_value };
/// By the language's word for it, `region` of `engine.region`.
[[nodiscard]] std::optional<Pseudo> pseudo_named(std::string_view name);
struct Concat;  ///< text with references in it, in order; normalised by `concat`
struct If;  ///< a choice at deployment
struct Call;  ///< any other function of the engine, kept by name: `Fn::Select`

struct Value {
  using Data = std::variant<Null, bool, std::int64_t, double, std::string, Values, Object, Ref, GetAtt, Parameter, Pseudo,
                            Box<Concat>, Box<If>, Box<Call>>;
  Data data;

  // Defined below Member: a constructor may have to destroy what it made, and a list of Members can be destroyed only
  // where Member is complete.
  Value();
  Value(bool b);  // NOLINT(google-explicit-constructor)
  Value(int n);  // NOLINT(google-explicit-constructor)
  Value(std::int64_t n);  // NOLINT(google-explicit-constructor)
  Value(double n);  // NOLINT(google-explicit-constructor)
  Value(const char* s);  // NOLINT(google-explicit-constructor)
  Value(std::string s);  // NOLINT(google-explicit-constructor)
  Value(std::string_view s);  // NOLINT(google-explicit-constructor)
  Value(Values v);  // NOLINT(google-explicit-constructor)
  Value(Object o);  // NOLINT(google-explicit-constructor)
  Value(Ref r);  // NOLINT(google-explicit-constructor)
  Value(GetAtt g);  // NOLINT(google-explicit-constructor)
  Value(Parameter p);  // NOLINT(google-explicit-constructor)
  Value(Pseudo p);  // NOLINT(google-explicit-constructor)
  Value(Box<Concat> c);  // NOLINT(google-explicit-constructor)
  Value(Box<If> i);  // NOLINT(google-explicit-constructor)
  Value(Box<Call> c);  // NOLINT(google-explicit-constructor)

  template <class T>
  [[nodiscard]] const T* get() const {
    return std::get_if<T>(&data);
  }
  template <class T>
  [[nodiscard]] T* get() {
    return std::get_if<T>(&data);
  }
  friend bool operator==(const Value& a, const Value& b);
};

struct Member {
  std::string key;
  Value value;
};
inline Value::Value() = default;
inline Value::Value(bool b) : data(b) {}
inline Value::Value(int n) : data(std::int64_t{n}) {}
inline Value::Value(std::int64_t n) : data(n) {}
inline Value::Value(double n) : data(n) {}
inline Value::Value(const char* s) : data(std::string(s)) {}
inline Value::Value(std::string s) : data(std::move(s)) {}
inline Value::Value(std::string_view s) : data(std::string(s)) {}
inline Value::Value(Values v) : data(std::move(v)) {}
inline Value::Value(Object o) : data(std::move(o)) {}
inline Value::Value(Ref r) : data(std::move(r)) {}
inline Value::Value(GetAtt g) : data(std::move(g)) {}
inline Value::Value(Parameter p) : data(std::move(p)) {}
inline Value::Value(Pseudo p) : data(p) {}
inline Value::Value(Box<Concat> c) : data(std::move(c)) {}
inline Value::Value(Box<If> i) : data(std::move(i)) {}
inline Value::Value(Box<Call> c) : data(std::move(c)) {}

struct Concat {
  Values parts;
  friend bool operator==(const Concat&, const Concat&);
};
/// `condition` names a Condition of the stack.
struct If {
  std::string condition;
  Value then;
  Value otherwise;
  friend bool operator==(const If&, const If&);
};
struct Call {
  std::string function;
  Value argument;
  friend bool operator==(const Call&, const Call&);
};

/// Text from parts: adjacent texts joined, nested concats flattened, empty texts dropped; plain text when nothing else
/// is left, and the part itself when it is the only one.
[[nodiscard]] Value concat(Values parts);
/// `object({{"A", 1}, {"B", "x"}})`
[[nodiscard]] Object object(std::initializer_list<Member> members);

/// Where a resource came from; not part of equality.
struct Provenance {
  std::optional<NodeId> node;
  std::optional<EdgeId> edge;
  std::string strategy;  ///< the strategy that made it, when there was a choice
};

enum class OnRemoval : std::uint8_t { engine_default, keep, remove, snapshot };

struct Resource {
  std::string id;  ///< logical id, unique in the stack
  std::string type;  ///< the engine's: `Vendor::Service::Type`
  Object properties;
  std::vector<std::string> depends_on;  ///< beyond what references say; sorted
  std::string condition;
  OnRemoval on_removal = OnRemoval::engine_default;
  OnRemoval on_replace = OnRemoval::engine_default;
  Object metadata;
  Object more;  ///< what else stands beside its properties, under the engine's own keys
  Provenance from;
  Span span;  ///< of its id, when it was read; not part of equality
  friend bool operator==(const Resource& a, const Resource& b);
};

struct StackParameter {
  std::string name;
  std::string type = "String";  ///< the engine's: String, Number, CommaDelimitedList, …
  std::string description;
  std::optional<Value> fallback;
  bool secret = false;  ///< never shown again by the engine
  std::vector<Value> allowed;
  std::string pattern;
  std::optional<double> min, max;
  std::optional<std::int64_t> min_length, max_length;
  Object more;  ///< what else the engine is told of it, under its own keys
  friend bool operator==(const StackParameter&, const StackParameter&);
};

struct StackOutput {
  std::string name;
  std::string description;
  Value value;
  std::string export_name;
  std::string condition;
  Object more;  ///< what else the engine is told of it, under its own keys
  friend bool operator==(const StackOutput&, const StackOutput&);
};

/// `Equals(left, right)` and the like, as the engine's own expression.
struct Condition {
  std::string name;
  Value expression;
  friend bool operator==(const Condition&, const Condition&);
};

struct Stack {
  std::string cloud;
  std::string name;  ///< what a deployment of it is called, for formats that have to say; not part of equality
  std::string region;  ///< the engine's name; empty when the template fits every region
  std::string description;
  std::vector<StackParameter> parameters;
  std::vector<Condition> conditions;
  std::vector<Resource> resources;  ///< in the order in which they are emitted
  std::vector<StackOutput> outputs;
  Object sections;  ///< what else stands in the template, under the engine's own keys
  /// The template was made elsewhere: formats write it as it stands, and fold nothing.
  bool adopted = false;

  [[nodiscard]] const Resource* find(std::string_view id) const;
  [[nodiscard]] Resource* find(std::string_view id);
  /// Order of parameters, conditions, resources and outputs does not matter; name, region and provenance neither.
  friend bool operator==(const Stack& a, const Stack& b);
};

/// The first difference of two stacks in words, for tests and the laws; empty when they are equal.
[[nodiscard]] std::string difference(const Stack& a, const Stack& b);

/// The stable text form: `--print=stack` and the goldens.
[[nodiscard]] std::string dump(const Stack& stack);

}  // namespace virga::cloud
