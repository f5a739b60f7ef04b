#include "backends/aws/serverless_framework/documents.h"

#include "compiler/cloud/json_text.h"

#include <map>

namespace virga::aws::serverless_framework {
namespace {

/// The parts of a join without a delimiter; null for everything else.
const Document::List* joined_parts(const Document& value) {
  const Document* join = value.find("Fn::Join");
  const auto* arguments = join == nullptr ? nullptr : join->as_list();
  if (arguments == nullptr || arguments->size() != 2) return nullptr;
  const auto* delimiter = arguments->front().as_string();
  return delimiter != nullptr && delimiter->empty() ? arguments->back().as_list() : nullptr;
}

void add_part(Document::List& parts, const Document& part) {
  if (const auto* inner = joined_parts(part)) {
    for (const Document& one : *inner) add_part(parts, one);
  } else if (!part.is_scalar()) {
    parts.push_back(part);
  } else if (!parts.empty() && parts.back().as_string() != nullptr) {
    parts.back() = *parts.back().as_string() + part.text();
  } else if (!part.text().empty()) {
    parts.emplace_back(part.text());
  }
}

}  // namespace

Document reference(std::string_view name) { return Document::map({{"Ref", name}}); }

Document get_att(std::string_view id, std::string_view attribute) {
  return Document::map({{"Fn::GetAtt", Document::list({id, attribute})}});
}

Document sub(std::string text) { return Document::map({{"Fn::Sub", std::move(text)}}); }

Document text(Document::List parts) {
  Document::List out;
  for (const Document& part : parts) add_part(out, part);
  if (out.empty()) return "";
  if (out.size() == 1) return std::move(out.front());
  return Document::map({{"Fn::Join", Document::list({"", std::move(out)})}});
}

Document text_of(std::string_view delimiter, Document::List parts) {
  Document::List out;
  for (Document& part : parts) {
    if (!out.empty()) out.emplace_back(delimiter);
    out.push_back(std::move(part));
  }
  return text(std::move(out));
}

std::string in_sub(const Document& text) {
  if (text.is_scalar()) return text.text();
  if (const Document* name = text.find("Ref")) return "${" + name->text() + "}";
  std::string out;
  const auto* parts = joined_parts(text);
  for (const Document& part : parts == nullptr ? Document::List() : *parts) out += in_sub(part);
  return out;
}

const Document* at(const Document& from, std::string_view path) {
  const Document* found = &from;
  while (found != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    found = found->find(path.substr(0, dot));
    path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
  }
  return found;
}

bool is_true(const Document* value) {
  if (value == nullptr || value->is_null()) return false;
  if (const bool* b = value->as_boolean()) return *b;
  if (const auto* n = value->as_integer()) return *n != 0;
  if (const auto* s = value->as_string()) return !s->empty();
  return true;
}

std::string text_at(const Document& from, std::string_view path) {
  const Document* found = at(from, path);
  return found == nullptr ? std::string() : found->text();
}

const Document::Map& entries(const Document* map) {
  static const Document::Map none;
  return map == nullptr || map->as_map() == nullptr ? none : *map->as_map();
}

const Document::List& items(const Document* list) {
  static const Document::List none;
  return list == nullptr || list->as_list() == nullptr ? none : *list->as_list();
}

Document::List as_items(const Document* value) {
  if (value == nullptr || value->is_null()) return {};
  return value->as_list() != nullptr ? *value->as_list() : Document::List{*value};
}

void set_if(Document& map, std::string_view key, const Document* value) {
  if (value != nullptr && !value->is_null()) map.set(key, *value);
}

void merge(Document& base, const Document& over) {
  if (base.as_map() != nullptr && over.as_map() != nullptr) {
    for (const Document::Entry& entry : *over.as_map()) {
      if (Document* known = base.find(entry.key)) merge(*known, entry.value);
      else base.as_map()->push_back(entry);
    }
  } else if (base.as_list() != nullptr && over.as_list() != nullptr) {
    for (std::size_t i = 0; i < over.as_list()->size(); ++i) {
      if (i < base.as_list()->size()) merge((*base.as_list())[i], (*over.as_list())[i]);
      else base.as_list()->push_back((*over.as_list())[i]);
    }
  } else {
    base = over;
  }
}

Document laid_over(const Document* base, const Document* more) {
  Document::Map out;
  std::map<std::string, std::size_t, std::less<>> places;
  for (const Document* map : {base, more}) {
    for (const Document::Entry& entry : entries(map)) {
      const auto [place, is_new] = places.emplace(entry.key, out.size());
      if (is_new) out.push_back(entry);
      else out[place->second] = entry;
    }
  }
  return out;
}

Document tag_list(const Document& map) {
  Document list = Document::list();
  for (const Document::Entry& entry : entries(&map))
    list.append(Document::map({{"Key", entry.key}, {"Value", entry.value}}));
  return list;
}

std::string compact_json(const Document& value) {
  const auto quoted = [](const std::string& s) { return *cloud::json_text(cloud::Value(s)).get<std::string>(); };
  if (const auto* s = value.as_string()) return quoted(*s);
  if (value.is_null()) return "null";
  if (value.is_scalar()) {
    Document plain = value;
    plain.set_spelling({});
    return plain.text();
  }
  std::string out;
  if (const auto* list = value.as_list()) {
    for (const Document& item : *list) out += (out.empty() ? "" : ",") + compact_json(item);
    return "[" + out + "]";
  }
  for (const Document::Entry& entry : *value.as_map())
    out += (out.empty() ? "" : ",") + quoted(entry.key) + ":" + compact_json(entry.value);
  return "{" + out + "}";
}

}  // namespace virga::aws::serverless_framework
