#include "compiler/adopt/composed.h"

#include "compiler/adopt/path.h"

namespace virga::adopt {
namespace {

constexpr std::string_view kEngine = "engine.", kId = "{@id}", kIf = " if ", kRef = "Ref";

/// The parts of a form; nothing when a property is not said.
std::optional<cloud::Values> parts_of(std::string_view form, const std::string& id, const PropertyOf& property) {
  cloud::Values out;
  while (!form.empty()) {
    const std::size_t at = form.find_first_of("{[");
    out.emplace_back(form.substr(0, at));
    if (at == std::string_view::npos) break;
    const bool optional = form[at] == '[';
    const std::size_t end = form.find(optional ? ']' : '}', at);
    const std::string_view inner = form.substr(at + 1, end - at - 1);
    form = end == std::string_view::npos ? std::string_view() : form.substr(end + 1);
    if (optional) {
      if (auto some = parts_of(inner, id, property)) out.insert(out.end(), some->begin(), some->end());
    } else if (inner.starts_with('.')) {
      auto said = property(inner.substr(1));
      if (!said) return std::nullopt;
      out.push_back(std::move(*said));
    } else if (inner.starts_with(kEngine)) {
      const auto known = cloud::pseudo_named(inner.substr(kEngine.size()));
      if (!known) return std::nullopt;
      out.emplace_back(*known);
    } else if (inner == kRef) {
      out.emplace_back(cloud::Ref{id});
    } else {
      out.emplace_back(cloud::GetAtt{id, std::string(inner)});
    }
  }
  return out;
}

bool ends_there(std::string_view rest, bool last) {
  return rest.empty() ? last : rest.front() == '/' || rest.front() == '?' || rest.front() == '#';
}

/// Whether `whole` stands in `text` from its part `at`: how much of its last part is left over then, and how much of the
/// first comes before.
struct Place {
  std::string before, after;
};
std::optional<Place> place(const cloud::Values& text, std::size_t at, const cloud::Values& whole) {
  if (at + whole.size() > text.size()) return std::nullopt;
  Place out;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const cloud::Value& part = text[at + i];
    const auto *said = part.get<std::string>(), *wanted = whole[i].get<std::string>();
    const bool first = i == 0, last = i + 1 == whole.size();
    if ((said == nullptr || wanted == nullptr) && !(part == whole[i])) return std::nullopt;
    if (said != nullptr && wanted != nullptr) {
      if (first && !said->ends_with(*wanted)) return std::nullopt;
      if (last && !said->starts_with(*wanted)) return std::nullopt;
      if (!first && !last && *said != *wanted) return std::nullopt;
      if (first) out.before = said->substr(0, said->size() - wanted->size());
      if (last) out.after = said->substr(wanted->size());
    }
    if (!last) continue;
    const bool ends = at + whole.size() == text.size();
    if (said != nullptr && !ends_there(out.after, ends)) return std::nullopt;
    if (said == nullptr && !ends) {
      const auto* next = text[at + whole.size()].get<std::string>();
      if (next == nullptr || !ends_there(*next, false)) return std::nullopt;
    }
  }
  return out;
}

}  // namespace

bool is_composed(std::string_view form) { return form.find('{') != std::string_view::npos; }

std::optional<Neighbour> neighbour(std::string_view form, const std::string& id) {
  if (!form.starts_with(kId)) return std::nullopt;
  form = form.substr(kId.size(), form.find(kIf) - kId.size());
  const std::size_t dot = form.find('.');
  return Neighbour{id + std::string(form.substr(0, dot)), std::string(form.substr(dot + 1))};
}

std::optional<Neighbour> neighbour(std::string_view form, const std::string& id, const cloud::Object& properties) {
  if (const std::size_t at = form.find(kIf); at != std::string_view::npos) {
    const cloud::Value* said = find(properties, form.substr(at + kIf.size()));
    if (said == nullptr || said->get<std::string>() == nullptr) return std::nullopt;
  }
  return neighbour(form, id);
}

std::optional<cloud::Value> composed(std::string_view form, const std::string& id, const PropertyOf& property) {
  auto parts = parts_of(form, id, property);
  if (!parts) return std::nullopt;
  return cloud::concat(std::move(*parts));
}

cloud::Values with_outputs(const cloud::Values& text, const cloud::Value& whole, const cloud::Value& by) {
  const auto* wanted = whole.get<Box<cloud::Concat>>();
  if (wanted == nullptr || (*wanted)->parts.size() < 2) return text;
  cloud::Values out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto found = place(text, i, (*wanted)->parts);
    if (!found) {
      out.push_back(text[i]);
      continue;
    }
    if (!found->before.empty()) out.emplace_back(found->before);
    out.push_back(by);
    if (!found->after.empty()) out.emplace_back(found->after);
    i += (*wanted)->parts.size() - 1;
  }
  return out;
}

}  // namespace virga::adopt
