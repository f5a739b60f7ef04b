#include "compiler/adopt/resources.h"

#include "compiler/adopt/items.h"
#include "compiler/adopt/lay_over.h"
#include "compiler/adopt/path.h"
#include "compiler/diagnostics/codes.h"

namespace virga::adopt {

using cloud::Object;

cloud::Resource* ResourceWriter::add(const std::string& id, std::string_view type, const Attributes& said, Span span) {
  if (stack_.find(id) != nullptr) {
    id_taken(id, span);
    return nullptr;
  }
  cloud::Resource& made = stack_.resources.emplace_back();
  made.id = id;
  made.type = type;
  made.more = v_.more(said);
  return &made;
}

std::vector<std::string> ResourceWriter::write(const Attributes& attributes, const Owner& owner, NodeId from, NodeId to,
                                               Span span) {
  std::vector<std::string> ids;
  const Map* all = attributes.map("beside");
  if (all == nullptr) return ids;
  for (const MapEntry& e : all->entries) {
    const Span place = e.key_span.known() ? e.key_span : span;
    const cloud::Value value = v_.value(e.value);
    const auto* said = value.get<Object>();
    const std::string type = said == nullptr || said->members.empty() ? std::string() : said->members.front().key;
    const auto* properties = type.empty() ? nullptr : said->members.front().value.get<Object>();
    const cloud::Value* more = properties == nullptr ? nullptr : said->find("more");
    const Row* row = properties == nullptr ? nullptr : row_beside(v_.table(), owner, type);
    if (row == nullptr || said->members.size() != (more == nullptr ? 1U : 2U)) {
      v_.impossible(place, "`" + e.key + "`, which stands beside something,",
                    "name a type that does, with its properties, and `more`; or make it a raw `resource`");
      continue;
    }
    if (!row->within.empty() && more == nullptr) {
      items_.push_back({from, row, e.key, *properties, place});
      continue;
    }
    cloud::Resource* made = add(e.key, type, {}, span);
    if (made == nullptr) continue;
    if (more != nullptr && more->get<Object>() != nullptr) made->more = *more->get<Object>();
    made->properties = following(*row, dialect_, [&](bool source, std::string_view output) -> std::optional<cloud::Value> {
      return v_.output(source ? from : to, output);
    });
    for (const cloud::Member& m : properties->members) {
      if (m.value.get<cloud::Null>() != nullptr) take(made->properties, m.key);
      else made->properties.set(m.key, m.value);
    }
    ids.push_back(e.key);
  }
  return ids;
}

void ResourceWriter::finish() {
  for (const Item& item : items_) {
    cloud::Resource* owner = stack_.find(v_.id(v_.architecture().node(item.node)));
    Object properties;
    for (const std::string_view fixed : item.row->fixed)
      put(properties, fixed.substr(0, fixed.find('=')), constant(fixed.substr(fixed.find('=') + 1)));
    lay_over(properties, item.properties);
    if (owner != nullptr && !put_item(*item.row, within_of(*item.row), item.id, std::move(properties), owner->properties))
      id_taken(item.id, item.span);
  }
}

void ResourceWriter::id_taken(const std::string& id, Span span) {
  sink_.report(span, diag::codes::AdoptIdTaken, id).help("give one of them another `id`");
}

}  // namespace virga::adopt
