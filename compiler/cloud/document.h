// What a template file says, as a plain ordered tree: between a cloud's own formats and YAML or JSON.
#pragma once

#include "compiler/source/span.h"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace virga::cloud {

/// A value of a template. Maps keep the order in which they were filled; a key stands in a map once.
///
///     Document queue = Document::map({{"Type", "Queue"}, {"Size", 3}});
///     queue["Tags"].append("blue");
///     queue.set("Owner", Document("Team").tagged("!Ref"));
class Document {
 public:
  struct Entry;
  using List = std::vector<Document>;
  using Map = std::vector<Entry>;
  enum class Kind : unsigned char { null, boolean, integer, real, string, list, map };

  Document();
  Document(std::nullptr_t) : Document() {}  // NOLINT(google-explicit-constructor)
  Document(bool value);  // NOLINT(google-explicit-constructor)
  template <std::integral T>
  requires(!std::same_as<T, bool> && !std::same_as<T, char>) Document(T value)
      : Document(Integer{static_cast<std::int64_t>(value)}) {}  // NOLINT(google-explicit-constructor)
  Document(double value);  // NOLINT(google-explicit-constructor)
  Document(std::string value);  // NOLINT(google-explicit-constructor)
  Document(std::string_view value);  // NOLINT(google-explicit-constructor)
  Document(const char* value);  // NOLINT(google-explicit-constructor)
  Document(List items);  // NOLINT(google-explicit-constructor)
  Document(Map entries);  // NOLINT(google-explicit-constructor)
  Document(const Document& other);
  Document(Document&& other) noexcept;
  Document& operator=(const Document& other);
  Document& operator=(Document&& other) noexcept;
  ~Document();

  [[nodiscard]] static Document list(std::initializer_list<Document> items = {});
  [[nodiscard]] static Document map(std::initializer_list<Entry> entries = {});

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(value_.index()); }
  [[nodiscard]] bool is_null() const { return kind() == Kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind() < Kind::list; }

  /// The value as its type; null when it is of another kind.
  [[nodiscard]] const bool* as_boolean() const { return std::get_if<bool>(&value_); }
  [[nodiscard]] const std::int64_t* as_integer() const { return std::get_if<std::int64_t>(&value_); }
  [[nodiscard]] const double* as_real() const { return std::get_if<double>(&value_); }
  [[nodiscard]] const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const List* as_list() const { return std::get_if<List>(&value_); }
  [[nodiscard]] const Map* as_map() const { return std::get_if<Map>(&value_); }
  [[nodiscard]] List* as_list() { return std::get_if<List>(&value_); }
  [[nodiscard]] Map* as_map() { return std::get_if<Map>(&value_); }

  /// The value under `key`; null when there is none or this is no map.
  [[nodiscard]] const Document* find(std::string_view key) const;
  [[nodiscard]] Document* find(std::string_view key);

  /// The value under `key`, added at the end when missing. A null becomes a map first; other kinds are a mistake.
  Document& operator[](std::string_view key);
  /// Puts `value` under `key`, in its old place when the key stands already.
  Document& set(std::string_view key, Document value);
  /// Adds to a list. A null becomes a list first; other kinds are a mistake.
  Document& append(Document value);
  /// Removes `key`; whether it stood there.
  bool erase(std::string_view key);

  /// The YAML tag as it is written, `!Ref`; empty for most nodes.
  [[nodiscard]] const std::string& tag() const;
  Document& set_tag(std::string tag);
  [[nodiscard]] Document tagged(std::string tag) &&;

  /// A scalar as text. One that was read gives the words of its file, so that `1.10`, `0x1F` or `yes` can be taken for
  /// the strings they look like; otherwise as JSON would write it. Empty for null, lists and maps.
  [[nodiscard]] std::string text() const;
  /// The words of the file when they are not what a writer would make of the value, else empty. The YAML writer repeats
  /// them, so that what passes through unread keeps its meaning for every parser.
  [[nodiscard]] const std::string& spelling() const;
  Document& set_spelling(std::string spelling);

  Span span;  ///< where it was read; nowhere for a value that was made

  /// Equal values under equal tags, entries in the same order. Places and spellings don't count.
  friend bool operator==(const Document& a, const Document& b);

 private:
  struct Extra {
    std::string tag, spelling;
  };
  struct Integer {
    std::int64_t value;
  };
  explicit Document(Integer value);
  Extra& extra();

  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Map> value_;  // in the order of Kind
  std::unique_ptr<Extra> extra_;  // few nodes have one, and documents have many nodes
};

struct Document::Entry {
  std::string key;
  Document value;
  Span key_span = {};

  friend bool operator==(const Entry& a, const Entry& b) { return a.key == b.key && a.value == b.value; }
};

/// A double with the fewest digits that read back as the same, always with a point: `1.0`, `1.5e-07`, `1.0e+20`.
/// Neither infinite nor "not a number".
[[nodiscard]] std::string real_text(double value);

}  // namespace virga::cloud
