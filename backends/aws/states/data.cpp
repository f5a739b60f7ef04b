#include "backends/aws/states/data.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aws::states {
namespace {

using DataKind = Datum::Kind;

/// Our own choices: of what is followed, however often a machine repeats it in itself, and of the steps of a path.
constexpr std::size_t kLargest = 10'000, kLongestPath = 64;

std::shared_ptr<Datum> made(DataKind kind) {
  auto out = std::make_shared<Datum>();
  out->kind = kind;
  return out;
}

/// Nobody else has it yet.
Data measured(std::shared_ptr<Datum> made) {
  for (const auto& [name, one] : made->members) made->size += one->size;
  for (const Data& item : made->items) made->size += item->size;
  if (made->base != nullptr) made->size += made->base->size;
  return made->size > kLargest ? unknown("it is too large to be followed") : Data(std::move(made));
}

bool same(const Data& a, const Data& b) {
  if (a == b) return true;
  if (a == nullptr || b == nullptr || a->kind != b->kind) return false;
  switch (a->kind) {
    case DataKind::place: return a->path == b->path;
    case DataKind::constant: return a->value == b->value;
    case DataKind::unknown: return false;
    case DataKind::list:
      return a->items.size() == b->items.size() && std::equal(a->items.begin(), a->items.end(), b->items.begin(), same);
    case DataKind::object:
      return same(a->base, b->base) && a->members.size() == b->members.size() &&
             std::equal(a->members.begin(), a->members.end(), b->members.begin(),
                        [](const auto& x, const auto& y) { return x.first == y.first && same(x.second, y.second); });
  }
  return false;
}

const Data* member(const Datum& of, const std::string& name) {
  const auto found = std::find_if(of.members.begin(), of.members.end(), [&](const auto& m) { return m.first == name; });
  return found == of.members.end() ? nullptr : &found->second;
}

Data inner(const Data& data, const Step& step) {
  switch (data->kind) {
    case DataKind::place: {
      if (step.index || !workflow::is_name(step.name)) return unknown("a flow names fields alone");
      std::vector<std::string> path = data->path;
      path.push_back(step.name);
      return place(std::move(path), data->why);
    }
    case DataKind::constant: {
      const auto* object = data->value.get<cloud::Object>();
      const cloud::Value* found = object == nullptr || step.index ? nullptr : object->find(step.name);
      const auto* list = data->value.get<cloud::Values>();
      if (list != nullptr && step.index && *step.index < list->size()) found = &(*list)[*step.index];
      return found == nullptr ? unknown("it is not there") : constant(*found);
    }
    case DataKind::object: {
      const Data* found = step.index ? nullptr : member(*data, step.name);
      if (found != nullptr) return *found;
      return data->base == nullptr ? unknown("it is not there") : inner(data->base, step);
    }
    case DataKind::list:
      return step.index && *step.index < data->items.size() ? data->items[*step.index] : unknown("it is not there");
    case DataKind::unknown: return data;
  }
  return data;
}

/// Whether anything in it is looked up.
bool is_constant(const cloud::Value& shape) {
  if (const auto* list = shape.get<cloud::Values>()) return std::all_of(list->begin(), list->end(), is_constant);
  const auto* object = shape.get<cloud::Object>();
  return object == nullptr || std::all_of(object->members.begin(), object->members.end(), [](const cloud::Member& m) {
           return !m.key.ends_with(".$") && is_constant(m.value);
         });
}

std::string text_of(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& part : path) out += (out.empty() ? "" : ".") + part;
  return out;
}

}  // namespace

Data place(std::vector<std::string> path, std::string differs) {
  auto out = made(DataKind::place);
  out->path = std::move(path);
  out->why = std::move(differs);
  return out;
}

Data constant(cloud::Value value) {
  auto out = made(DataKind::constant);
  out->value = std::move(value);
  return out;
}

Data object(std::vector<std::pair<std::string, Data>> members, Data base) {
  auto out = made(DataKind::object);
  out->members = std::move(members);
  out->base = std::move(base);
  return measured(std::move(out));
}

Data list(std::vector<Data> items) {
  auto out = made(DataKind::list);
  out->items = std::move(items);
  return measured(std::move(out));
}

Data unknown(std::string why) {
  auto out = made(DataKind::unknown);
  out->why = std::move(why);
  return out;
}

std::optional<std::vector<Step>> read_path(std::string_view text) {
  std::vector<Step> out;
  if (!text.starts_with('$')) return std::nullopt;
  for (std::size_t i = 1; i < text.size();) {
    if (out.size() == kLongestPath) return std::nullopt;
    if (text[i] == '.') {
      const std::size_t end = std::min(text.find_first_of(".[", i + 1), text.size());
      const std::string_view name = text.substr(i + 1, end - i - 1);
      if (name.empty() || name.find_first_of("*()?@ ") != std::string_view::npos) return std::nullopt;
      out.push_back({std::string(name), std::nullopt});
      i = end;
      continue;
    }
    const std::size_t end = text[i] == '[' ? text.find(']', i) : std::string_view::npos;
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view inside = text.substr(i + 1, end - i - 1);
    const bool quoted =
        inside.size() > 2 && (inside.front() == '\'' || inside.front() == '"') && inside.back() == inside.front();
    if (quoted) {
      out.push_back({std::string(inside.substr(1, inside.size() - 2)), std::nullopt});
    } else {
      constexpr std::size_t kLongest = 6;  // digits of a place that a list may have
      if (inside.empty() || inside.size() > kLongest || inside.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
      out.push_back({"", static_cast<std::size_t>(std::stoul(std::string(inside)))});
    }
    i = end + 1;
  }
  return out;
}

Data at(const Data& data, const std::vector<Step>& path) {
  Data out = data;
  for (const Step& step : path) out = inner(out, step);
  return out;
}

Data with(const Data& data, const std::vector<Step>& path, Data other) {
  if (path.empty()) return other;
  if (path.front().index) return unknown("a place in a list was replaced");
  const std::vector<Step> rest(path.begin() + 1, path.end());
  const std::string& name = path.front().name;
  std::vector<std::pair<std::string, Data>> members;
  Data base = data;
  if (data->kind == DataKind::object) {
    members = data->members;
    base = data->base;
  } else if (const auto* known = data->value.get<cloud::Object>(); data->kind == DataKind::constant && known != nullptr) {
    for (const cloud::Member& m : known->members) members.emplace_back(m.key, constant(m.value));
    base = nullptr;
  }
  const auto before = std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.first == name; });
  Data under = object({});
  if (before != members.end()) under = before->second;
  else if (base != nullptr) under = inner(base, path.front());
  Data placed = with(under, rest, std::move(other));
  if (before == members.end()) members.emplace_back(name, std::move(placed));
  else before->second = std::move(placed);
  return object(std::move(members), std::move(base));
}

Data both(const Data& a, const Data& b) {
  if (same(a, b)) return a;
  const std::string why = "it hangs on the way that was taken";
  const auto as_object = [](const Data& d) { return d->kind == DataKind::object ? d : object({}, d); };
  const Data x = as_object(a), y = as_object(b);
  if ((a->kind != DataKind::object && b->kind != DataKind::object) || !same(x->base, y->base)) return unknown(why);
  std::vector<std::pair<std::string, Data>> members;
  for (const auto& [name, one] : x->members) {
    const Data* other = member(*y, name);
    members.emplace_back(name, other == nullptr ? unknown(why) : both(one, *other));
  }
  for (const auto& [name, one] : y->members) {
    if (member(*x, name) == nullptr) members.emplace_back(name, unknown(why));
  }
  return object(std::move(members), x->base);
}

std::optional<Value> plain(const cloud::Value& value) {
  if (value.get<cloud::Null>() != nullptr) return Value{};
  if (const auto* flag = value.get<bool>()) return Value{*flag, {}, {}};
  if (const auto* n = value.get<std::int64_t>()) return Value{static_cast<double>(*n), {}, {}};
  if (const auto* n = value.get<double>()) return Value{*n, {}, {}};
  if (const auto* text = value.get<std::string>()) return Value{*text, {}, {}};
  if (const auto* list = value.get<cloud::Values>()) {
    Values out;
    for (const cloud::Value& item : *list) {
      auto one = plain(item);
      if (!one) return std::nullopt;
      out.push_back(std::move(*one));
    }
    return Value{std::move(out), {}, {}};
  }
  const auto* object = value.get<cloud::Object>();
  if (object == nullptr) return std::nullopt;
  Map out;
  for (const cloud::Member& m : object->members) {
    auto one = plain(m.value);
    if (!one) return std::nullopt;
    out.entries.push_back({m.key, std::move(*one), {}});
  }
  return Value{std::move(out), {}, {}};
}

Data resolved(const std::string& path, const Data& data, const Around& around) {
  if (path.starts_with("$$")) {
    const auto steps = read_path(std::string_view(path).substr(1));
    const auto begins = [&](std::initializer_list<std::string_view> names) {
      return steps && steps->size() >= names.size() &&
             std::equal(names.begin(), names.end(), steps->begin(),
                        [](std::string_view n, const Step& s) { return s.name == n; });
    };
    const auto rest = [&](std::size_t n) {
      return std::vector<Step>(steps->begin() + static_cast<std::ptrdiff_t>(n), steps->end());
    };
    if (begins({"Execution", "Input"})) return at(around.input, rest(2));
    if (begins({"Map", "Item", "Value"}) && around.item != nullptr) return at(around.item, rest(3));
    return unknown(fmt::format("a flow does not know `{}`", path));
  }
  const auto steps = read_path(path);
  return steps ? at(data, *steps) : unknown(fmt::format("a flow computes nothing: `{}`", path));
}

Data payload(const cloud::Value& shape, const Data& data, const Around& around) {
  if (is_constant(shape)) return constant(shape);
  if (const auto* values = shape.get<cloud::Values>()) {
    std::vector<Data> items;
    for (const cloud::Value& item : *values) items.push_back(payload(item, data, around));
    return list(std::move(items));
  }
  std::vector<std::pair<std::string, Data>> members;
  for (const cloud::Member& m : shape.get<cloud::Object>()->members) {
    const auto* path = m.value.get<std::string>();
    if (m.key.ends_with(".$") && path != nullptr) {
      members.emplace_back(m.key.substr(0, m.key.size() - 2), resolved(*path, data, around));
    } else {
      members.emplace_back(m.key, payload(m.value, data, around));
    }
  }
  return object(std::move(members));
}

std::string in_words(const Data& data) {
  switch (data->kind) {
    case DataKind::place: return fmt::format("`$` is `{}`", text_of(data->path));
    case DataKind::constant: return "`$` is a constant";
    case DataKind::list: return "`$` is a list";
    case DataKind::unknown: return fmt::format("nothing there is `$` ({})", data->why);
    case DataKind::object: break;
  }
  std::string out;
  const auto add = [&](const std::string& more) { out += (out.empty() ? "" : ", ") + more; };
  for (const auto& [name, one] : data->members) {
    if (one->kind == DataKind::place) add(fmt::format("`$.{}` is `{}`", name, text_of(one->path)));
    else if (one->kind == DataKind::unknown) add(fmt::format("nothing is `$.{}` ({})", name, one->why));
    else if (one->kind == DataKind::constant) add(fmt::format("nothing is `$.{}`, which is a constant", name));
  }
  if (data->base != nullptr && data->base->kind == DataKind::place)
    add(fmt::format("what else stands in `$` is `{}`", text_of(data->base->path)));
  return out.empty() ? "`$` is made of constants" : out;
}

}  // namespace virga::aws::states
