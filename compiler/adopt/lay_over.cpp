#include "compiler/adopt/lay_over.h"

#include <algorithm>

namespace virga::adopt {
namespace {

void join(cloud::Values& items, const cloud::Values& more) {
  std::erase_if(items, [&](const cloud::Value& v) { return std::find(more.begin(), more.end(), v) != more.end(); });
  items.insert(items.end(), more.begin(), more.end());
}

}  // namespace

void lay_over(cloud::Object& properties, const cloud::Object& more) {
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
    else if (items != nullptr && more_items != nullptr) join(*items, *more_items);
    else properties.set(m.key, m.value);
  }
}

}  // namespace virga::adopt
