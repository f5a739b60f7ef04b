#include "compiler/adopt/value_text.h"

#include "compiler/adopt/words.h"

namespace virga::adopt {

std::string bracketed(const std::vector<std::string>& items, char left, char right, bool commas) {
  constexpr std::size_t kWide = 88;
  if (items.empty()) return std::string(1, left) + std::string(1, right);
  std::size_t width = 0;
  bool breaks = false;
  for (const std::string& item : items) {
    width += item.size() + 2;
    breaks = breaks || item.find('\n') != std::string::npos;
  }
  std::string out(1, left);
  if (!breaks && width < kWide) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      out += (i > 0 ? (commas ? ", " : "  ") : (commas ? "" : " ")) + items[i];
    }
    return out + (commas ? "" : " ") + right;
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    // Behind another one a sign would be taken for what stands between two numbers.
    out += (i > 0 && items[i].starts_with('-') ? ",\n" : "\n") + items[i];
  }
  return out + "\n" + right;
}

std::string language_text(const Value& value) {
  if (const auto* text = value.get<std::string>()) return in_quotes(*text);
  std::vector<std::string> items;
  if (const auto* list = value.get<Values>()) {
    for (const Value& item : *list) items.push_back(language_text(item));
    return bracketed(items, '[', ']', true);
  }
  if (const auto* map = value.get<Map>()) {
    for (const MapEntry& entry : map->entries) items.push_back(key_text(entry.key) + " = " + language_text(entry.value));
    return bracketed(items, '{', '}', false);
  }
  return to_text(value);
}

}  // namespace virga::adopt
