#include "compiler/adopt/items.h"

#include "compiler/adopt/path.h"
#include "compiler/adopt/raise_part.h"
#include "compiler/cloud/json_text.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/source/source_map.h"

#include <algorithm>

namespace virga::adopt {

using cloud::Object;

std::optional<Item> item_of(const Row& row, const Within& within, const cloud::Value& value) {
  const auto* item = value.get<Object>();
  if (item == nullptr) return std::nullopt;
  if (within.shape == Within::Shape::list) {
    const bool of_row = item->members.size() == 1 && item->members.front().key == written_type(row);
    if (!of_row) return std::nullopt;
    const cloud::Value* said = &item->members.front().value;
    const auto* list = said->get<cloud::Values>();
    if (list != nullptr && list->size() == 1) said = &list->front();  // one item needs no list
    const auto* inner = said->get<Object>();
    return inner == nullptr ? std::nullopt : std::optional(Item{"", *inner});
  }
  const std::string id = member(*item, within.id);
  if (id.empty() || member(*item, within.type) != written_type(row)) return std::nullopt;
  Item out{id, *item};
  take(out.properties, within.id);
  take(out.properties, within.type);
  return out;
}

bool is_there_twice(const Within& within, const Object& owner, const std::string& id) {
  const cloud::Value* all = within.shape == Within::Shape::typed ? find(owner, within.path) : nullptr;
  const auto* list = all == nullptr ? nullptr : all->get<cloud::Values>();
  return list != nullptr && std::count_if(list->begin(), list->end(), [&](const cloud::Value& v) {
                              const auto* item = v.get<Object>();
                              return item != nullptr && member(*item, within.id) == id;
                            }) > 1;
}

bool put_item(const Row& row, const Within& within, const std::string& id, Object properties, Object& owner) {
  const std::string path(within.path), type(written_type(row));
  const bool map = within.shape == Within::Shape::items;
  if (owner.find(path) == nullptr) owner.set(path, map ? cloud::Value(Object()) : cloud::Value(cloud::Values()));
  if (auto* items = owner.find(path)->get<Object>()) {
    if (items->find(id) != nullptr) return false;
    Object item = cloud::object({{"Type", type}});
    if (!properties.members.empty()) item.set("Properties", std::move(properties));
    items->set(id, std::move(item));
  }
  auto* list = owner.find(path)->get<cloud::Values>();
  if (list == nullptr) return true;
  if (within.shape == Within::Shape::list) {
    list->emplace_back(cloud::object({{type, std::move(properties)}}));
    return true;
  }
  Object item = cloud::object({{std::string(within.id), id}, {std::string(within.type), type}});
  for (cloud::Member& m : properties.members) item.set(m.key, std::move(m.value));
  list->emplace_back(std::move(item));
  return true;
}

std::optional<JsonText> JsonText::open(std::string_view path, Object& properties, const cloud::Dialect& dialect) {
  const cloud::Value* value = find(properties, path);
  const auto* text = value == nullptr ? nullptr : value->get<std::string>();
  if (text == nullptr || !text->starts_with('{')) return std::nullopt;
  SourceMap sources;
  diag::Sink nothing;
  const auto document = cloud::read_json(sources.add("text", *text), nothing);
  if (!document) return std::nullopt;
  const cloud::Value said = cloud::from_document(*document, dialect, {});
  const auto* object = said.get<Object>();
  if (object == nullptr || object->members.empty()) return std::nullopt;
  JsonText out;
  out.path_ = path;
  out.text_ = *text;
  out.said_ = *object;
  put(properties, path, said);
  return out;
}

void JsonText::close(const Row& row, Object& properties) const {
  const cloud::Value* value = find(properties, path_);
  const Object left = value == nullptr || value->get<Object>() == nullptr ? Object() : *value->get<Object>();
  Object again;  // as it is put together: what attributes say, then the rest
  for (const catalog::Said& said : row.says) {
    const bool inside = said.property.starts_with(path_) && said.property.size() > path_.size();
    const std::string_view name = inside ? said.property.substr(path_.size() + 1) : std::string_view();
    const cloud::Value* was = inside && left.find(name) == nullptr ? said_.find(name) : nullptr;
    if (was != nullptr) again.set(std::string(name), *was);
  }
  for (const cloud::Member& m : left.members) again.set(m.key, m.value);
  if (!(cloud::json_text(again) == cloud::Value(text_))) put(properties, path_, text_);
}

void write_json(const Row& row, Object& properties) {
  for (const std::string_view path : row.json) {
    const cloud::Value* said = find(properties, path);
    if (said != nullptr && said->get<Object>() != nullptr) put(properties, path, cloud::json_text(*said));
  }
}

}  // namespace virga::adopt
