// The values of the language. A value is known at compile time, or stands for something known only when the
// architecture is deployed; the two are different alternatives, never magic strings.
#pragma once

#include "compiler/source/span.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace virga {

enum class NodeId : std::uint32_t {};
enum class EdgeId : std::uint32_t {};
enum class ParamId : std::uint32_t {};

/// What a quantity measures. The amount is always in the base unit named here.
enum class Dimension : std::uint8_t {
  duration,  ///< milliseconds
  size,  ///< bytes; 1KB = 1,024
  rate,  ///< thousandths of a request per second
  cpu,  ///< thousandths of a virtual CPU
  percent,  ///< hundredths of a per cent
};

struct Quantity {
  std::int64_t amount = 0;
  Dimension dimension = Dimension::duration;
  friend auto operator<=>(const Quantity&, const Quantity&) = default;
};

struct Value;
using Values = std::vector<Value>;

struct None {
  friend bool operator==(None, None) { return true; }
};
/// A bare name of an enumeration: `nodejs20`, `cn_hangzhou`.
struct Symbol {
  std::string name;
  friend bool operator==(const Symbol&, const Symbol&) = default;
};

struct MapEntry;
/// In the order written.
struct Map {
  std::vector<MapEntry> entries;
  [[nodiscard]] const Value* find(std::string_view key) const;
  friend bool operator==(const Map&, const Map&);
};

/// A node itself: the value of an attribute such as `auth = staff`.
struct NodeRef {
  NodeId node;
  friend bool operator==(NodeRef, NodeRef) = default;
};
/// What a node is given when it is deployed: `pages.name`, `sync.arn`. Deploy time.
struct OutputRef {
  NodeId node;
  std::string output;
  friend bool operator==(const OutputRef&, const OutputRef&) = default;
};
/// A parameter. Deploy time.
struct ParamRef {
  ParamId param;
  friend bool operator==(ParamRef, ParamRef) = default;
};
/// Text with parts known only at deployment, in order. Deploy time; at least one part is.
struct Concat;
/// A choice that is made at deployment. Deploy time.
struct Choice;

/// Boxes that compare by content, so that a Value stays a value.
template <class T>
class Box {
 public:
  Box(T value) : p_(std::make_shared<const T>(std::move(value))) {}  // NOLINT(google-explicit-constructor)
  const T& operator*() const { return *p_; }
  const T* operator->() const { return p_.get(); }
  friend bool operator==(const Box& a, const Box& b) { return a.p_ == b.p_ || *a.p_ == *b.p_; }

 private:
  std::shared_ptr<const T> p_;
};

struct Value {
  using Data = std::variant<None, bool, double, Quantity, std::string, Symbol, Values, Map, NodeRef, OutputRef, ParamRef,
                            Box<Concat>, Box<Choice>>;
  Data data;
  Span span;  ///< where it is used
  Span origin;  ///< where its text stands, when names handed it on: what a relative path is relative to

  template <class T>
  [[nodiscard]] const T* get() const {
    return std::get_if<T>(&data);
  }
  [[nodiscard]] bool is_none() const { return std::holds_alternative<None>(data); }
  /// Content only; where it was written does not matter.
  friend bool operator==(const Value& a, const Value& b) { return a.data == b.data; }
};

struct MapEntry {
  std::string key;
  Value value;
  Span key_span;
  friend bool operator==(const MapEntry& a, const MapEntry& b) { return a.key == b.key && a.value == b.value; }
};

struct Concat {
  Values parts;
  friend bool operator==(const Concat&, const Concat&) = default;
};

enum class Comparison : std::uint8_t { equal, not_equal };
/// `if left == right then … else …` with a deploy-time side.
struct Choice {
  Value left;
  Comparison comparison = Comparison::equal;
  Value right;
  Value then;
  Value otherwise;
  friend bool operator==(const Choice&, const Choice&) = default;
};

inline const Value* Map::find(std::string_view key) const {
  for (const MapEntry& e : entries) {
    if (e.key == key) return &e.value;
  }
  return nullptr;
}
inline bool operator==(const Map& a, const Map& b) { return a.entries == b.entries; }

/// Both ends of `{ least = …  most = … }`.
struct RangeEnds {
  const Value* least;
  const Value* most;
};
/// Nothing when the value is something else.
[[nodiscard]] std::optional<RangeEnds> range_ends(const Value& value);

/// True when every part is known at compile time (a NodeRef is).
[[nodiscard]] bool known_at_compile_time(const Value& value);

/// `512MB`, `1h30m` → as a person would write it, in the largest unit that is exact.
[[nodiscard]] std::string to_text(Quantity quantity);
/// The number as a template would hold it: no exponent for integers, shortest form that reads back the same otherwise.
[[nodiscard]] std::string to_text(double number);
/// A value as the language would write it; for messages and the text form.
[[nodiscard]] std::string to_text(const Value& value);

/// `10s` → Quantity. Nothing when the unit is unknown. `too_large` is set when it does not fit.
[[nodiscard]] std::optional<Quantity> make_quantity(std::string_view digits, std::string_view unit, bool& too_large);
/// Every unit with its dimension, for messages: "ms", "s", "m", "h", "d", …
[[nodiscard]] const std::vector<std::string>& unit_names();

}  // namespace virga
