#include "compiler/adopt/lay_over.h"

#include <algorithm>
#include <set>

namespace virga::adopt {
namespace {

void join(cloud::Values& items, const cloud::Values& more) {
  std::erase_if(items, [&](const cloud::Value& v) { return std::find(more.begin(), more.end(), v) != more.end(); });
  items.insert(items.end(), more.begin(), more.end());
}

/// Whether both have names, and not the same one.
bool is_another(const cloud::Object& item, const cloud::Object& added, std::string_view id) {
  const cloud::Value *one = item.find(id), *other = added.find(id);
  return one != nullptr && other != nullptr && !(*one == *other);
}

/// What of `more` is about an item that is there goes into it; gives the rest.
cloud::Values merge(cloud::Values& items, const cloud::Values& more, const Known& known) {
  cloud::Values rest;
  std::set<const cloud::Value*> met;
  for (const cloud::Value& m : more) {
    const auto* added = m.get<cloud::Object>();
    const cloud::Value* word = added == nullptr ? nullptr : added->find(known.member);
    const auto found = word == nullptr ? items.end() : std::find_if(items.begin(), items.end(), [&](cloud::Value& item) {
      const auto* object = item.get<cloud::Object>();
      const cloud::Value* same = object == nullptr ? nullptr : object->find(known.member);
      return same != nullptr && *same == *word && !met.contains(&item) && !is_another(*object, *added, known.id);
    });
    if (found == items.end()) {
      rest.push_back(m);
      continue;
    }
    lay_over(*found->get<cloud::Object>(), *added);
    met.insert(&*found);
  }
  return rest;
}

}  // namespace

KnownBy known_by(std::span<const catalog::Said> says) {
  KnownBy out;
  for (const catalog::Said& said : says) {
    const std::size_t open = said.property.find('['), equal = said.property.find('=', open);
    if (equal == std::string_view::npos || said.property.find('.') < open) continue;
    out.emplace(said.property.substr(0, open), Known{said.property.substr(open + 1, equal - open - 1)});
  }
  return out;
}

void lay_over(cloud::Object& properties, const cloud::Object& more, const KnownBy& known) {
  for (const cloud::Member& m : more.members) {
    if (m.value.get<cloud::Null>() != nullptr) {
      std::erase_if(properties.members, [&](const cloud::Member& p) { return p.key == m.key; });
      continue;
    }
    cloud::Value* before = properties.find(m.key);
    auto* inner = before == nullptr ? nullptr : before->get<cloud::Object>();
    auto* items = before == nullptr ? nullptr : before->get<cloud::Values>();
    const auto* more_inner = m.value.get<cloud::Object>();
    const auto* more_items = m.value.get<cloud::Values>();
    if (inner != nullptr && more_inner != nullptr) lay_over(*inner, *more_inner);
    else if (items != nullptr && more_items != nullptr) {
      const auto key = known.find(m.key);
      join(*items, key == known.end() ? *more_items : merge(*items, *more_items, key->second));
    } else properties.set(m.key, m.value);
  }
}

}  // namespace virga::adopt
