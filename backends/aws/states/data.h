// What a state is given and gives, before any execution: where in the document of a flow it stands, or what it is. States of
// the vendor hand one document on that each of them may replace; a flow keeps what each step gave under its name.
#pragma once

#include "backends/common/workflow/flow.h"
#include "compiler/cloud/stack.h"

#include <memory>

namespace virga::aws::states {

struct Datum;
/// Never null; shared, never changed.
using Data = std::shared_ptr<const Datum>;

struct Datum {
  enum class Kind : std::uint8_t {
    place,  ///< stands at a place of the flow's document
    constant,
    object,  ///< members, laid over `base`
    list,
    unknown,  ///< no place of the flow's document has it
  };
  Kind kind = Kind::unknown;
  std::vector<std::string> path;  ///< of a place
  cloud::Value value;  ///< of a constant
  std::vector<std::pair<std::string, Data>> members;
  Data base;  ///< of an object; null: it has its members alone
  std::vector<Data> items;
  std::string why;  ///< of what is unknown; of a place, what is different there: empty, nothing
  std::size_t size = 1;  ///< of it and all that is in it: what is too large is unknown
};

[[nodiscard]] Data place(std::vector<std::string> path, std::string differs = {});
[[nodiscard]] Data constant(cloud::Value value);
[[nodiscard]] Data object(std::vector<std::pair<std::string, Data>> members, Data base = nullptr);
[[nodiscard]] Data list(std::vector<Data> items);
[[nodiscard]] Data unknown(std::string why);

/// Of a reference path, `$.order.lines[0]`: a name, or a place in a list.
struct Step {
  std::string name;
  std::optional<std::size_t> index;
};
/// Nothing for what is more than that: a filter, a wildcard, a function.
[[nodiscard]] std::optional<std::vector<Step>> read_path(std::string_view text);

[[nodiscard]] Data at(const Data& data, const std::vector<Step>& path);
/// `data` with something else at a path of names.
[[nodiscard]] Data with(const Data& data, const std::vector<Step>& path, Data other);
/// What is known of both, where two ways come together.
[[nodiscard]] Data both(const Data& a, const Data& b);

/// A value as the language has it; nothing where it holds references.
[[nodiscard]] std::optional<Value> plain(const cloud::Value& value);

/// What the context of an execution gives, beside the document.
struct Around {
  Data input;  ///< of the execution
  Data item;  ///< of an iteration; null outside one
};

/// What a template of a payload makes of `data`: members that end in `.$` are paths.
[[nodiscard]] Data payload(const cloud::Value& shape, const Data& data, const Around& around);
/// What a path leads to; `$$` is the context.
[[nodiscard]] Data resolved(const std::string& path, const Data& data, const Around& around);

/// Where what was at the top of a document stands now, in words: "`$` is `input`, `$.check` is `check`".
[[nodiscard]] std::string in_words(const Data& data);

}  // namespace virga::aws::states
