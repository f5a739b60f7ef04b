#include "compiler/adopt/beside.h"

#include "compiler/adopt/convert.h"
#include "compiler/adopt/path.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/source/source_map.h"

#include <algorithm>

namespace virga::adopt {
namespace {

/// A constant of a row: a word, or JSON when it begins as that does.
cloud::Value written(std::string_view text, const cloud::Dialect& dialect) {
  if (!text.starts_with('{') && !text.starts_with('[')) return constant(text);
  SourceMap sources;
  diag::Sink nothing;
  const auto document = cloud::read_json(sources.add("row", std::string(text)), nothing);
  return document ? cloud::from_document(*document, dialect, {}) : cloud::Value();
}

}  // namespace

bool is_of(const Row& row, std::string_view type) {
  return row.type.ends_with('*') ? type.starts_with(row.type.substr(0, row.type.size() - 1)) : row.type == type;
}

bool is_about(const Row& row, const Owner& owner) {
  if (!row.owner.empty() && row.owner != owner.type) return false;
  if (owner.is_node()) return row.beside == owner.kind || row.beside == "any";
  if (row.beside == "any") return true;
  return row.beside == "edge" && row.from == owner.from && row.to == owner.to &&
         row.arrow == (owner.hand_over ? "~>" : "->");
}

const Row* row_beside(const Table& table, const Owner& owner, std::string_view type) {
  const auto& rows = table.beside();
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Row* row) { return is_of(*row, type) && is_about(*row, owner); });
  return found == rows.end() ? nullptr : *found;
}

cloud::Object following(const Row& row, const cloud::Dialect& dialect,
                        const std::function<std::optional<cloud::Value>(bool source, std::string_view output)>& end) {
  cloud::Object out;
  for (const std::string_view fixed : row.fixed) {
    const std::size_t at = fixed.find('=');
    put(out, fixed.substr(0, at), written(fixed.substr(at + 1), dialect));
  }
  for (const bool source : {true, false}) {
    const End said = end_of(source ? row.source : row.target);
    if (said.property.empty() || said.output.empty()) continue;
    if (auto value = end(source, said.output)) put(out, said.property, std::move(*value));
  }
  return out;
}

bool alike(const cloud::Value& a, const cloud::Value& b) {
  if (a == b) return true;
  const auto *some = a.get<cloud::Values>(), *other = b.get<cloud::Values>();
  if (some != nullptr && other == nullptr) return some->size() == 1 && alike(some->front(), b);
  if (other != nullptr && some == nullptr) return other->size() == 1 && alike(a, other->front());
  if (some != nullptr && other != nullptr)
    return std::equal(some->begin(), some->end(), other->begin(), other->end(), alike);
  const auto *left = a.get<cloud::Object>(), *right = b.get<cloud::Object>();
  if (left == nullptr || right == nullptr) {
    const auto text = scalar_text(a);
    return text && text == scalar_text(b);
  }
  return left->members.size() == right->members.size() &&
         std::all_of(left->members.begin(), left->members.end(), [&](const cloud::Member& m) {
           const cloud::Value* same = right->find(m.key);
           return same != nullptr && alike(m.value, *same);
         });
}

}  // namespace virga::adopt
