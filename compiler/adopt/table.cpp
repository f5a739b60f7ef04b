#include "compiler/adopt/table.h"

#include "compiler/cloud/naming.h"

#include <algorithm>
#include <tuple>

namespace virga::adopt {
namespace {

bool asks_for(const cloud::Object& sections, std::string_view key, std::string_view transform) {
  if (transform.ends_with("=*")) return sections.find(transform.substr(0, transform.size() - 2)) != nullptr;
  const cloud::Value* said = sections.find(key);
  if (said == nullptr) return false;
  const auto is = [&](const cloud::Value& v) {
    return v.get<std::string>() != nullptr && *v.get<std::string>() == transform;
  };
  const auto* list = said->get<cloud::Values>();
  return is(*said) || (list != nullptr && std::any_of(list->begin(), list->end(), is));
}

std::pair<std::string_view, std::string_view> pair_of(std::string_view text, char sign) {
  const std::size_t at = text.find(sign);
  return at == std::string_view::npos ? std::pair(text, std::string_view())
                                      : std::pair(text.substr(0, at), text.substr(at + 1));
}

}  // namespace

End end_of(std::string_view said) {
  const auto [property, outputs] = pair_of(said, ':');
  const auto [output, other] = pair_of(outputs, ',');
  return {property, output, other};
}

std::string_view written_type(const Row& row) { return row.within.empty() ? row.type : pair_of(row.type, '/').first; }

Within within_of(const Row& row) {
  const auto [end, path] = pair_of(row.within, ':');
  Within out{end == "from", path, Within::Shape::property};
  if (path.ends_with("{}")) out.shape = Within::Shape::items;
  if (path.ends_with("[]")) out.shape = Within::Shape::list;
  if (path.ends_with("[*]")) {
    out.shape = Within::Shape::references;
    out.path.remove_suffix(3);
  } else if (out.shape != Within::Shape::property) {
    out.path.remove_suffix(2);
  } else if (path.ends_with(']') && path.find(',') != std::string_view::npos) {
    out.shape = Within::Shape::typed;
    const auto [list, members] = pair_of(path.substr(0, path.size() - 1), '[');
    out.path = list;
    std::tie(out.type, out.id) = pair_of(members, ',');
  }
  return out;
}

std::string_view attribute_of(const Row& row, std::string_view output) {
  for (const std::string_view said : row.outputs) {
    if (const auto [name, attribute] = pair_of(said, '='); name == output) return attribute;
  }
  return {};
}

std::string_view output_of(const Row& row, std::string_view attribute) {
  for (const std::string_view said : row.outputs) {
    if (const auto [name, given] = pair_of(said, '='); given == attribute) return name;
  }
  return {};
}

SaidBy said_by(const cloud::Object& properties) {
  return [&properties](std::string_view property) {
    const cloud::Value* said = properties.find(property);
    return said != nullptr && said->get<Box<cloud::If>>() == nullptr && said->get<cloud::Null>() == nullptr;
  };
}

bool is_ignored(const Row& row, std::string_view path, const SaidBy& says) {
  return says != nullptr && std::any_of(row.ignores.begin(), row.ignores.end(), [&](std::string_view one) {
           const auto [property, other] = pair_of(one, '=');
           return property == path && says(other);
         });
}

Table::Table(const catalog::Catalog& catalog, const cloud::Object& sections, std::string_view key) {
  for (const Row& row : catalog.adopted) {
    (row.beside.empty() ? rows_ : beside_).push_back(&row);
    if (!row.transform.empty() && asks_for(sections, key, row.transform)) asked_.insert(row.transform);
  }
}

const Row* Table::node(std::string_view kind, std::string_view type, const std::function<bool(const Row&)>& counts) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row* row) {
    const bool is =
        row->kind == kind && !kind.empty() && (type.empty() ? usual(*row) : row->type == type || row->id == type);
    return is && (counts == nullptr || counts(*row));
  });
  return found == rows_.end() ? nullptr : *found;
}

std::string Table::default_id(const std::string& name) const {
  const bool names = std::any_of(asked_.begin(), asked_.end(), [](std::string_view t) { return t.ends_with("=*"); });
  return names ? name : cloud::logical_id(name);
}

const Row* Table::edge(std::string_view from, bool hand_over, std::string_view to, std::string_view type, Ends ends) const {
  const auto between = [&](const Row& row) {
    const Within within = within_of(row);
    const Row* in = within.from ? ends.source : ends.target;
    const bool counts = ends.source == nullptr || !within.from || !is_ignored(*ends.source, within.path, ends.source_says);
    const bool stands = counts && (row.owner.empty() || (in != nullptr && in->type == row.owner));
    return row.kind.empty() && row.from == from && row.to == to && row.arrow == (hand_over ? "~>" : "->") && stands;
  };
  if (type.empty() && ends.source != nullptr) {
    for (const Row* row : rows_) {
      const bool named = (!ends.source->id.empty() && row->id == ends.source->id) ||
                         (!row->type.empty() && ends.source->type.ends_with("::" + std::string(row->type)));
      if (between(*row) && named && usual(*row)) return row;
    }
  }
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row* row) {
    return between(*row) && (type.empty() ? usual(*row) : row->type == type);
  });
  return found == rows_.end() ? nullptr : *found;
}

}  // namespace virga::adopt
