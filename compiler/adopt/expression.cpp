#include "compiler/adopt/expression.h"

#include "compiler/adopt/composed.h"
#include "compiler/adopt/raise_part.h"
#include "compiler/adopt/value_text.h"
#include "compiler/cloud/document.h"
#include "compiler/cloud/dump.h"

#include <algorithm>

namespace virga::adopt {
namespace {

/// An output that is composed, as a reference: before the name of the output. No attribute of an engine begins so.
constexpr std::string_view kComposed = "=";

/// Several lines are easier to read as they are. Of a text with references in it: all that is no reference.
bool reads_as_lines(const std::string& text) {
  const bool printable =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20 || c == '\n'; });
  const std::size_t lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return printable && lines >= 2 && text.find("\"\"\"") == std::string::npos && !text.ends_with('"');
}

/// As it stands between three quotes.
std::string in_lines(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' || (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{')) out += '\\';
    out += text[i];
  }
  return out;
}

constexpr std::string_view kLinesBegin = "\"\"\"\n", kLinesEnd = "\n\"\"\"";

std::string string_text(const std::string& text) {
  if (!reads_as_lines(text)) return in_quotes(text);
  return std::string(kLinesBegin) + in_lines(text) + std::string(kLinesEnd);
}

}  // namespace

std::string Expressions::call(std::string_view function, const std::string& argument) const {
  return bracketed({key_text(function) + " = " + argument}, '{', '}', false);
}

std::string Expressions::any(const cloud::Object& object) const {
  std::vector<std::string> entries;
  for (const cloud::Member& m : object.members) entries.push_back(key_text(m.key) + " = " + any(m.value));
  return bracketed(entries, '{', '}', false);
}

std::optional<std::string> Expressions::reference(const cloud::Value& value) const {
  if (const auto* p = value.get<cloud::Parameter>()) {
    const auto found = params.find(p->name);
    return found == params.end() ? std::nullopt : std::optional(found->second);
  }
  if (const auto* p = value.get<cloud::Pseudo>()) {
    if (*p == cloud::Pseudo::no_value) return std::nullopt;
    return "engine." + std::string(cloud::to_text(*p));
  }
  const auto* ref = value.get<cloud::Ref>();
  const auto* att = value.get<cloud::GetAtt>();
  if (ref == nullptr && att == nullptr) return std::nullopt;
  const auto found = nodes.find(ref != nullptr ? ref->resource : att->resource);
  if (found == nodes.end()) return att == nullptr ? std::nullopt : of_neighbour(*att);
  const std::string attribute = ref != nullptr ? "Ref" : att->attribute;
  if (attribute.starts_with(kComposed)) return found->second.name + "." + attribute.substr(kComposed.size());
  if (found->second.row == nullptr) {
    if (!is_word(attribute)) return std::nullopt;
    return found->second.name + "." + attribute;
  }
  const std::string_view output = output_of(*found->second.row, attribute);
  // Those that begin with `@` are known to rows alone.
  if (output.empty() || output.starts_with('@')) return std::nullopt;
  return found->second.name + "." + std::string(output);
}

std::optional<std::string> Expressions::of_neighbour(const cloud::GetAtt& att) const {
  const auto made = neighbours.find(att.resource + "." + att.attribute);
  const auto node = made == neighbours.end() ? nodes.end() : nodes.find(made->second.first);
  if (node == nodes.end() || node->second.row == nullptr) return std::nullopt;
  return node->second.name + "." + made->second.second;
}

cloud::Values Expressions::composed_of(const cloud::Values& parts) const {
  cloud::Values out = parts;
  for (const cloud::Value& part : parts) {
    const auto* ref = part.get<cloud::Ref>();
    const auto* att = part.get<cloud::GetAtt>();
    if (ref == nullptr && att == nullptr) continue;
    const std::string& id = ref != nullptr ? ref->resource : att->resource;
    const auto found = nodes.find(id);
    if (found == nodes.end() || found->second.row == nullptr) continue;
    const Named& named = found->second;
    const auto property = [&](std::string_view name) -> std::optional<cloud::Value> {
      const cloud::Value* said = named.properties == nullptr ? nullptr : named.properties->find(name);
      return said == nullptr ? std::nullopt : std::optional(*said);
    };
    for (const std::string_view said : named.row->outputs) {
      const std::size_t equal = said.find('=');
      if (!is_composed(said.substr(equal + 1)) || neighbour(said.substr(equal + 1), id)) continue;
      const auto whole = composed(said.substr(equal + 1), id, property);
      const cloud::GetAtt by{id, std::string(kComposed) + std::string(said.substr(0, equal))};
      if (whole) out = with_outputs(out, *whole, by);
    }
  }
  return out;
}

std::optional<std::string> Expressions::text(const cloud::Value& value) const {
  if (const auto* s = value.get<std::string>()) return string_text(*s);
  if (const auto* b = value.get<bool>()) return std::string(*b ? "\"true\"" : "\"false\"");
  if (const auto* n = value.get<std::int64_t>()) return in_quotes(std::to_string(*n));
  if (const auto* d = value.get<double>()) return in_quotes(to_text(*d));
  if (const auto* c = value.get<Box<cloud::Concat>>()) {
    const cloud::Values parts = composed_of((*c)->parts);
    if (parts.size() == 1) return reference(parts.front());
    std::string whole;
    for (const cloud::Value& part : parts)
      whole += part.get<std::string>() == nullptr ? std::string(1, '-') : *part.get<std::string>();
    const bool lines = reads_as_lines(whole);
    std::string out(lines ? kLinesBegin : "\"");
    for (const cloud::Value& part : parts) {
      if (const auto* s = part.get<std::string>()) {
        const std::string inner = in_quotes(*s);
        out += lines ? in_lines(*s) : inner.substr(1, inner.size() - 2);
        continue;
      }
      const auto inner = reference(part);
      if (!inner) return std::nullopt;
      // A `$` right before the brace would be taken for the other one's.
      out += "${" + *inner + "}";
    }
    return out + std::string(lines ? kLinesEnd : "\"");
  }
  return reference(value);
}

std::string Expressions::any(const cloud::Value& value) const {
  if (value.get<cloud::Null>() != nullptr) return "none";
  if (const auto* b = value.get<bool>()) return *b ? "true" : "false";
  if (const auto* n = value.get<std::int64_t>()) {
    constexpr std::int64_t kExact = std::int64_t{1} << 53;  // numbers of the language are doubles
    return *n > kExact || *n < -kExact ? in_quotes(std::to_string(*n)) : std::to_string(*n);
  }
  if (const auto* d = value.get<double>()) {
    std::string out = to_text(*d);
    // `2.0` is a version to some: as a number of the language it would be 2.
    constexpr double kShort = 1e15;
    const bool is_whole = out.find('.') == std::string::npos && *d<kShort&& * d> - kShort;
    if (is_whole && !dialect_.typed) return in_quotes(cloud::real_text(*d));
    return out.find_first_not_of("-0123456789.") == std::string::npos ? out : in_quotes(out);
  }
  if (const auto* list = value.get<cloud::Values>()) {
    std::vector<std::string> items;
    for (const cloud::Value& item : *list) items.push_back(any(item));
    return bracketed(items, '[', ']', true);
  }
  if (const auto* object = value.get<cloud::Object>()) return any(*object);
  if (auto plain = text(value)) return *plain;
  if (const auto* c = value.get<Box<cloud::Concat>>())
    return call(dialect_.join, any(cloud::Value(cloud::Values{"", (*c)->parts})));
  if (const auto* i = value.get<Box<cloud::If>>())
    return call(dialect_.choose, any(cloud::Value(cloud::Values{(*i)->condition, (*i)->then, (*i)->otherwise})));
  if (const auto* f = value.get<Box<cloud::Call>>()) return call((*f)->function, any((*f)->argument));
  if (const auto* p = value.get<cloud::Pseudo>()) return call(dialect_.ref, in_quotes(dialect_.name_of(*p)));
  if (const auto* p = value.get<cloud::Parameter>()) return call(dialect_.ref, in_quotes(p->name));
  if (const auto* r = value.get<cloud::Ref>()) return call(dialect_.ref, in_quotes(r->resource));
  const auto& g = *value.get<cloud::GetAtt>();
  return call(dialect_.get_att, "[" + in_quotes(g.resource) + ", " + in_quotes(g.attribute) + "]");
}

std::string Expressions::node(const cloud::Value& value, std::string_view kind, std::string_view output) const {
  const auto* ref = value.get<cloud::Ref>();
  const auto* att = value.get<cloud::GetAtt>();
  if (const auto* id = value.get<std::string>(); id != nullptr && output == "@id") {
    const auto found = nodes.find(*id);
    const bool is = found != nodes.end() && found->second.row != nullptr && found->second.row->kind == kind;
    return is ? found->second.name : std::string();
  }
  if (ref == nullptr && att == nullptr) return {};
  const auto found = nodes.find(ref != nullptr ? ref->resource : att->resource);
  if (found == nodes.end() || found->second.row == nullptr) return {};
  if (!kind.empty() && found->second.row->kind != kind) return {};
  const std::string_view given = output_of(*found->second.row, ref != nullptr ? "Ref" : att->attribute);
  return given == output ? found->second.name : std::string();
}

std::string Expressions::only_node(const cloud::Value& value, std::string_view kind) const {
  std::vector<std::string> ids;
  collect_references(value, ids);
  std::set<std::string> found;
  for (const std::string& id : ids) {
    const auto named = nodes.find(id);
    if (named != nodes.end() && named->second.row != nullptr && named->second.row->kind == kind)
      found.insert(named->second.name);
  }
  return found.size() == 1 ? *found.begin() : std::string();
}

Reading Expressions::reading() const {
  return {catalog_, [this](const cloud::Value& v) { return text(v); }, [this](const cloud::Value& v) { return any(v); },
          [this](const cloud::Value& v, std::string_view kind, std::string_view output) { return node(v, kind, output); },
          [this](const std::string& path) { return moved_path(path, sources); }};
}

}  // namespace virga::adopt
