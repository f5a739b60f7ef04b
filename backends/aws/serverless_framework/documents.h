// Templates are made here as documents, the way the framework makes them, and become a stack at the very end. Used by this
// folder only.
#pragma once

#include "compiler/cloud/document.h"
#include "compiler/diagnostics/sink.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace virga::aws::serverless_framework {

using cloud::Document;

[[nodiscard]] Document reference(std::string_view name);
[[nodiscard]] Document get_att(std::string_view id, std::string_view attribute = "Arn");
[[nodiscard]] Document sub(std::string text);

/// Parts put together: a string where all of them are known, else a join of them.
[[nodiscard]] Document text(Document::List parts);
/// The same with something between the parts.
[[nodiscard]] Document text_of(std::string_view delimiter, Document::List parts);
/// How a text is said within `Fn::Sub`: a reference in it as `${X}`.
[[nodiscard]] std::string in_sub(const Document& text);

/// The value at `a.b.c`; null when there is none.
[[nodiscard]] const Document* at(const Document& from, std::string_view path);
/// What JavaScript takes for true: neither absent nor null, false, zero or an empty text.
[[nodiscard]] bool is_true(const Document* value);
/// The text at `path`; empty when there is none, or no text.
[[nodiscard]] std::string text_at(const Document& from, std::string_view path);
/// The entries of a map, or none.
[[nodiscard]] const Document::Map& entries(const Document* map);
/// The items of a list, or none.
[[nodiscard]] const Document::List& items(const Document* list);
/// `value` as a list: itself, or the only item of one.
[[nodiscard]] Document::List as_items(const Document* value);

/// Sets what is there: nothing happens for an absent value.
void set_if(Document& map, std::string_view key, const Document* value);
/// Lays `over` over `base`: maps go into each other, and lists item by item; of everything else the later one stands.
void merge(Document& base, const Document& over);
/// The entries of `base`, with those of `more` added or in their place.
[[nodiscard]] Document laid_over(const Document* base, const Document* more);
/// A map of tags as CloudFormation's list of them.
[[nodiscard]] Document tag_list(const Document& map);
/// As JSON without blanks, in the order of the file: what JSON.stringify gives.
[[nodiscard]] std::string compact_json(const Document& value);

/// `!Ref X` as `Ref: X` and so on, everywhere in `document`; a tag that names no function of CloudFormation is reported.
void spell_out(Document& document, diag::Sink& sink);

}  // namespace virga::aws::serverless_framework
