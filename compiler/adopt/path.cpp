#include "compiler/adopt/path.h"

#include <algorithm>

namespace virga::adopt {
namespace {

struct Step {
  std::string_view key, selector, selected;  ///< `Rules`, `Name`, `prefix`
  std::optional<std::size_t> place = {};  ///< `0`

  [[nodiscard]] bool is_item() const { return place || !selector.empty(); }
};

/// The first step of a path, which is cut off.
Step next(std::string_view& path) {
  const std::size_t end = path.find_first_of(".[");
  Step step{path.substr(0, end), {}, {}};
  path.remove_prefix(end == std::string_view::npos ? path.size() : end);
  if (path.starts_with('[')) {
    const std::size_t close = path.find(']');
    const std::string_view inner = path.substr(1, close - 1);
    const std::size_t equal = inner.find('=');
    if (equal == std::string_view::npos) {
      step.place = 0;
      for (const char digit : inner) step.place = *step.place * 10 + static_cast<std::size_t>(digit - '0');
    } else {
      step.selector = inner.substr(0, equal);
      step.selected = inner.substr(equal + 1);
    }
    path.remove_prefix(close + 1);
  }
  if (path.starts_with('.')) path.remove_prefix(1);
  return step;
}

/// The item of a list that a step selects.
template <class List>
auto* item_of(List& list, const Step& step) {
  if (step.place) return *step.place < list.size() ? &list[*step.place] : nullptr;
  const auto found = std::find_if(list.begin(), list.end(), [&](const cloud::Value& item) {
    const auto* object = item.get<cloud::Object>();
    const cloud::Value* word = object == nullptr ? nullptr : object->find(step.selector);
    const auto* text = word == nullptr ? nullptr : word->get<std::string>();
    return text != nullptr && *text == step.selected;
  });
  return found == list.end() ? nullptr : &*found;
}

bool take_from(cloud::Object& object, std::string_view path);

/// What is left of an item when only the member that selects it is left: nothing.
bool empty(const cloud::Object& object, const Step& step) {
  return object.members.empty() ||
         (!step.selector.empty() && object.members.size() == 1 && object.members.front().key == step.selector);
}

/// Whether the value has nothing in it any more.
bool take_within(cloud::Value& value, const Step& step, std::string_view rest) {
  if (!step.is_item()) {
    auto* inner = value.get<cloud::Object>();
    return inner != nullptr && take_from(*inner, rest);
  }
  auto* list = value.get<cloud::Values>();
  cloud::Value* item = list == nullptr ? nullptr : item_of(*list, step);
  auto* inner = item == nullptr ? nullptr : item->get<cloud::Object>();
  if (inner == nullptr) return false;
  if (!rest.empty()) (void)take_from(*inner, rest);
  if (rest.empty() || empty(*inner, step)) list->erase(list->begin() + (item - list->data()));
  return list->empty();
}

bool take_from(cloud::Object& object, std::string_view path) {
  const Step step = next(path);
  cloud::Value* value = object.find(step.key);
  if (value == nullptr) return object.members.empty();
  const bool gone = (path.empty() && !step.is_item()) || take_within(*value, step, path);
  if (gone) std::erase_if(object.members, [&](const cloud::Member& m) { return m.key == step.key; });
  return object.members.empty();
}

}  // namespace

const cloud::Value* find(const cloud::Object& object, std::string_view path) {
  const Step step = next(path);
  const cloud::Value* value = object.find(step.key);
  if (value != nullptr && step.is_item()) {
    const auto* list = value->get<cloud::Values>();
    value = list == nullptr ? nullptr : item_of(*list, step);
  }
  if (value == nullptr || path.empty()) return value;
  const auto* inner = value->get<cloud::Object>();
  return inner == nullptr ? nullptr : find(*inner, path);
}

void put(cloud::Object& object, std::string_view path, cloud::Value value) {
  const Step step = next(path);
  if (path.empty() && !step.is_item()) {
    object.set(std::string(step.key), std::move(value));
    return;
  }
  if (object.find(step.key) == nullptr) {
    object.set(std::string(step.key), step.is_item() ? cloud::Value(cloud::Values()) : cloud::Value(cloud::Object()));
  }
  cloud::Value* inner = object.find(step.key);
  if (step.is_item()) {
    auto* list = inner->get<cloud::Values>();
    if (list == nullptr) return;  // something else stands there
    while (step.place && list->size() <= *step.place) list->emplace_back(cloud::Object());
    inner = item_of(*list, step);
    if (inner == nullptr) {
      list->emplace_back(cloud::object({{std::string(step.selector), std::string(step.selected)}}));
      inner = &list->back();
    }
  }
  if (auto* map = inner->get<cloud::Object>()) put(*map, path, std::move(value));
}

void take(cloud::Object& object, std::string_view path) { (void)take_from(object, path); }

}  // namespace virga::adopt
