#include "compiler/adopt/raise.h"

#include "compiler/adopt/expression.h"
#include "compiler/adopt/names.h"
#include "compiler/adopt/path.h"
#include "compiler/adopt/ports.h"
#include "compiler/adopt/shell.h"
#include "compiler/cloud/naming.h"
#include "compiler/cloud/raw.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::adopt {
namespace {

using cloud::Object;

/// A node in the making: the draft, and what of its resource no attribute says yet.
struct Part {
  DraftNode draft;
  const Row* row = nullptr;
  const cloud::Resource* resource = nullptr;
  Object rest;
  std::string why;  ///< it is no node
  std::vector<std::pair<std::string, std::string>> says;
  std::set<std::string> stands;  ///< attributes that stand in for what is elsewhere
  bool gone = false;  ///< it became an edge
};

void say(Said& said, const std::string& name, const std::string& value) {
  const auto known = std::find_if(said.begin(), said.end(), [&](const auto& p) { return p.first == name; });
  if (known == said.end()) said.emplace_back(name, value);
}

/// `http.auth` is an entry of the record `http`.
Said as_records(const Said& flat) {
  Said out;
  for (const auto& [name, value] : flat) {
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) {
      out.emplace_back(name, value);
      continue;
    }
    const std::string head = name.substr(0, dot), entry = name.substr(dot + 1) + " = " + value;
    const auto known = std::find_if(out.begin(), out.end(), [&](const auto& p) { return p.first == head; });
    if (known == out.end()) out.emplace_back(head, "{ " + entry + " }");
    else known->second.insert(known->second.size() - 1, entry + " ");
  }
  return out;
}

std::string kind_of(std::string_view port) { return std::string(port.substr(0, port.find('.'))); }
std::string port_name(std::string_view port) { return std::string(port.substr(port.find('.') + 1)); }

class Raiser {
 public:
  explicit Raiser(const RaiseRequest& request)
      : q_(request), table_(request.catalog, request.stack.sections), words_(request.catalog, request.dialect) {
    words_.sources = request.sources;
  }

  Raised run() {
    name_everything();
    raise_nodes();
    raise_edges();
    finish_nodes();
    shell(q_, table_, words_, out_.draft);
    for (const Part& part : parts_) {
      const auto file = files_.find(part.resource->id);
      if (part.row != nullptr && file != files_.end()) out_.draft.files.insert(file->second);
    }
    report();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool stays_raw(const std::string& id) const { return q_.raw.contains(id); }
  /// The same of a property of a resource.
  [[nodiscard]] bool stays_raw(const Part& part, std::string_view property) const {
    return q_.raw.contains(part.resource->id + "#" + std::string(property.substr(0, property.find_first_of(".["))));
  }

  // ---- names

  void name_everything() {
    for (const cloud::StackParameter& p : q_.stack.parameters) words_.params[p.name] = names_.take(p.name, "param");
    parts_.reserve(q_.stack.resources.size());
    for (const cloud::Resource& r : q_.stack.resources) {
      Part& part = parts_.emplace_back();
      part.resource = &r;
      part.rest = r.properties;
      part.draft.id = r.id;
      part.draft.name = names_.take(r.id, "part");
      words_.nodes[r.id] = {part.draft.name, nullptr};
      if (stays_raw(r.id)) part.why = "as a node it would not give the same resource again";
      else part.row = row_for(part);
      if (part.row != nullptr) words_.nodes[r.id].row = part.row;
    }
  }

  /// The row by which a resource is a node; whether its attributes can be said is seen later.
  const Row* row_for(Part& part) const {
    const std::string& type = part.resource->type;
    const bool plain = part.resource->more.find(q_.dialect.properties) == nullptr;  // else a macro makes them
    for (const Row* row : table_.rows()) {
      if (row->kind.empty() || row->type != type || !row->id.empty() || !plain) continue;
      if (fits(*row, part.rest)) return row;
    }
    part.why = "no kind says `" + type + "`";
    return nullptr;
  }

  static bool fits(const Row& row, const Object& properties) {
    return std::all_of(row.fixed.begin(), row.fixed.end(), [&](std::string_view fixed) {
      const std::size_t at = fixed.find('=');
      const cloud::Value* said = find(properties, fixed.substr(0, at));
      const auto* list = said == nullptr ? nullptr : said->get<cloud::Values>();
      if (list != nullptr && list->size() == 1) said = &list->front();  // one item needs no list
      return said != nullptr && said->get<std::string>() != nullptr && *said->get<std::string>() == fixed.substr(at + 1);
    });
  }

  // ---- attributes

  const AttributeSpec* spec_of(const Kind& kind, std::string_view path) const {
    const AttributeSpec* found = nullptr;
    const std::string_view head = path.substr(0, path.find('.'));
    for (const AttributeSpec& a : kind.attributes) {
      if (a.name == head && (a.cloud.empty() || a.cloud == q_.catalog.cloud)) found = &a;
    }
    return found == nullptr ? nullptr : entry_of(*found, path);
  }

  /// `partition.name` is an entry of a record.
  static const AttributeSpec* entry_of(const AttributeSpec& spec, std::string_view path) {
    if (path.find('.') == std::string_view::npos) return &spec;
    const std::string_view inner = path.substr(path.find('.') + 1);
    for (const AttributeSpec& a : spec.type.fields) {
      if (a.name == inner) return &a;
    }
    return nullptr;
  }

  static std::string default_of(const AttributeSpec& spec) { return spec.value ? to_text(*spec.value) : std::string(); }

  /// What is meant where a property is left out, as the attribute's type writes it.
  static std::string unsaid(const catalog::Said& said, const AttributeSpec& spec) {
    return spec.type.tag == Type::Tag::string && !said.unsaid.empty() ? in_quotes(said.unsaid) : std::string(said.unsaid);
  }

  /// What one row says of one attribute, out of `rest`. `on`: it is said to this cloud alone.
  void attribute(const catalog::Said& said, const AttributeSpec& spec, const std::string& name, Object& rest, Said& all,
                 Said& on) {
    Said& to = spec.cloud.empty() ? all : on;
    const std::optional<std::string> property = resolved(said.property, [&](std::string_view path) {
      const auto known = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.first == path; });
      const bool is = known != all.end() && known->second.size() > 2 && known->second.front() == '"';
      return is ? known->second.substr(1, known->second.size() - 2) : std::string();
    });
    if (!property) return;
    const cloud::Value* value = property->empty() ? nullptr : find(rest, *property);
    if (value == nullptr) {
      if (!said.unsaid.empty() && default_of(spec) != unsaid(said, spec)) say(to, name, unsaid(said, spec));
      return;
    }
    if (const std::string_view constant = when_absent(said.as); !constant.empty()) {
      if (*value == cloud::Value(constant)) take(rest, *property);
      return;
    }
    std::string_view as = said.as;
    const std::optional<Besides> more = besides(as);
    const cloud::Value* besides_it = more ? find(rest, more->property) : nullptr;
    if (more && (besides_it == nullptr || !is_constant(*besides_it, more->value))) return;
    Type type = spec.type;
    type.optional = false;
    const std::optional<std::string> text = to_attribute(*value, as, type, words_.reading());
    if (!text) {  // it stays in the engine's words; a parameter's default tells other clouds what is usual
      const cloud::Value* usual = fallback_of(*value);
      const auto guess = usual == nullptr ? std::nullopt : to_attribute(*usual, as, type, words_.reading());
      if (guess) say(to, name, *guess);
      return;
    }
    take(rest, *property);
    if (more) take(rest, more->property);
    // Records get the defaults of their entries. What the engine means as well where it is left out, and is written, was
    // said.
    const bool written =
        name.find('.') != std::string::npos || (!said.unsaid.empty() && default_of(spec) != unsaid(said, spec));
    if (*text != default_of(spec) || !written) say(to, name, *text);
  }

  const cloud::Value* fallback_of(const cloud::Value& value) const {
    const auto* p = value.get<cloud::Parameter>();
    if (p == nullptr) return nullptr;
    for (const cloud::StackParameter& known : q_.stack.parameters) {
      if (known.name == p->name && known.fallback) return &*known.fallback;
    }
    return nullptr;
  }

  static bool is_constant(const cloud::Value& value, std::string_view text) {
    if (const auto* b = value.get<bool>()) return text == (*b ? "true" : "false");
    return value.get<std::string>() != nullptr && *value.get<std::string>() == text;
  }

  static bool has(const Said& said, std::string_view name) {
    return std::any_of(said.begin(), said.end(), [&](const auto& p) { return p.first == name; });
  }

  /// `stands folder`, `stands Word`: what a node needs and the template keeps elsewhere gets a place, for other clouds; here
  /// the engine's own words count. `text`: the file that a text of the template is.
  bool stand_in(const catalog::Said& said, Part& part) {
    std::string_view as = said.as;
    const bool file = as == "text";
    if (!file && !as.starts_with("stands ")) return false;
    as.remove_prefix(file ? 0 : 7);
    const std::string name(said.attribute);
    if (has(part.draft.attributes, name) || has(part.draft.attributes, "image")) return true;
    const std::string folder = "./code/" + part.draft.name;
    const cloud::Value* value = said.property.empty() ? nullptr : find(part.rest, said.property);
    if (file) {
      const auto* text = value == nullptr ? nullptr : value->get<std::string>();
      if (text == nullptr) return true;
      const auto runtime = std::find_if(part.draft.attributes.begin(), part.draft.attributes.end(),
                                        [](const auto& p) { return p.first == "runtime"; });
      const bool python = runtime != part.draft.attributes.end() && runtime->second.starts_with("python");
      files_[part.resource->id] = {folder.substr(2) + (python ? "/index.py" : "/index.js"), *text};
    } else if (as != "folder") {
      if (value == nullptr || !is_constant(*value, as)) return true;
    }
    say(part.draft.attributes, name, in_quotes(as == "folder" || file ? folder : part.draft.name));
    part.stands.insert(name);
    return true;
  }

  /// What would be written for an attribute that only stands in for something is not there.
  void without_stand_ins(Part& part) const {
    for (const catalog::Said& said : part.row->says) {
      if (!part.stands.contains(std::string(said.attribute)) || said.property.empty()) continue;
      if (said.as == "text" || said.as.starts_with("stands ")) continue;
      if (find(part.resource->properties, said.property) == nullptr && said.property.find('.') == std::string_view::npos)
        part.rest.set(std::string(said.property), cloud::Value());
    }
  }

  /// Empty when the node has all that it needs.
  static std::string missing(const Kind& kind, const DraftNode& draft) {
    const auto given = [&](std::string_view name) {
      const auto is = [&](const auto& p) { return p.first == name; };
      const std::string record = std::string(name) + ".";
      const auto has = [&](const auto& p) { return is(p) || p.first.starts_with(record); };
      return std::any_of(draft.attributes.begin(), draft.attributes.end(), has);
    };
    for (const AttributeSpec& a : kind.attributes) {
      if (!a.cloud.empty() || given(a.name)) continue;
      if (a.required()) return a.name;
      if (a.instead.empty()) continue;
      const bool other =
          std::any_of(a.instead.begin(), a.instead.end(), [&](const syntax::Name& n) { return given(n.text); });
      if (!other) return a.name;
    }
    return {};
  }

  void raise_nodes() {
    // Without what it needs a resource is no node, which another node may have needed: until nothing changes.
    for (bool again = true; again;) {
      again = false;
      for (Part& part : parts_) {
        if (part.row == nullptr) continue;
        const Kind& kind = q_.kinds.find(part.row->kind)->second;
        part.rest = part.resource->properties;
        part.draft.attributes.clear();
        part.draft.on.clear();
        part.stands.clear();
        for (const std::string_view fixed : part.row->fixed) take(part.rest, fixed.substr(0, fixed.find('=')));
        for (const catalog::Said& said : part.row->says) {
          const AttributeSpec* spec = spec_of(kind, said.attribute);
          if (spec == nullptr || stand_in(said, part)) continue;
          Object copy = part.rest;  // what stays in the engine's words counts there, and the attribute on other clouds
          attribute(said, *spec, std::string(said.attribute), stays_raw(part, said.property) ? copy : part.rest,
                    part.draft.attributes, part.draft.on);
        }
        without_stand_ins(part);
        const std::string lacks = missing(kind, part.draft);
        if (lacks.empty()) continue;
        part.why = "its `" + lacks + "` cannot be said";
        part.row = nullptr;
        words_.nodes[part.resource->id].row = nullptr;
        again = true;
      }
    }
  }

  // ---- edges

  void raise_edges() {
    for (const Row* row : table_.rows()) {
      if (!row->kind.empty()) continue;
      const Within within = within_of(*row);
      for (std::size_t i = 0; i < parts_.size(); ++i) {
        Part& part = parts_[i];
        if (row->within.empty()) {
          if (!row->type.empty() && part.resource->type == row->type && part.row == nullptr && !part.gone)
            own_resource(*row, part);
          continue;
        }
        if (part.row == nullptr || part.row->kind != kind_of(within.from ? row->from : row->to)) continue;
        if (stays_raw(part, within.path)) continue;
        if (within.shape == Within::Shape::items) items(*row, within, part);
        else if (within.shape == Within::Shape::list) list(*row, within, part);
        else if (within.shape == Within::Shape::typed) typed(*row, within, part);
        else property(*row, within, part);
      }
    }
  }

  /// The row of a node by its name.
  const Row* row_of(const std::string& name) const {
    for (const auto& [id, named] : words_.nodes) {
      if (named.name == name) return named.row;
    }
    return nullptr;
  }

  /// The node that an end of an edge is, by the property that names it, which is taken out of the properties.
  std::string end(std::string_view said, std::string_view port, Object& properties) {
    const End e = end_of(said);
    const cloud::Value* value = find(properties, e.property);
    std::string name = value == nullptr ? std::string() : words_.node(*value, kind_of(port), e.output);
    if (!name.empty()) take(properties, e.property);
    return name;
  }

  /// A node that stands for what the engine has by itself, or for what the edge alone says.
  struct Virtual {
    DraftNode draft;
    std::string id;  ///< by which the template refers to it
    const Row* row = nullptr;
    bool fresh = true;
  };
  std::optional<Virtual> virtual_source(const Row& row, const std::string& edge_id) {
    const std::string kind = kind_of(row.from);
    Virtual made;
    for (const Row* r : table_.rows()) {
      if (r->kind == kind && r->type.empty() && r->id == row.id) {
        made.row = r;
        break;
      }
    }
    if (made.row == nullptr) return std::nullopt;
    made.id = std::string(made.row->id);
    made.draft.kind = kind;
    if (!made.id.empty()) {
      if (q_.stack.find(made.id) != nullptr) return std::nullopt;  // the template says it itself
      if (const auto known = virtuals_.find(made.id); known != virtuals_.end()) {
        made.draft = known->second;
        made.fresh = false;
        return made;
      }
      const Row* first = table_.node(kind, "");
      if (first != made.row) made.draft.on.emplace_back("type", in_quotes(made.id));
    }
    made.draft.name = made.id.empty() ? edge_id : made.id;
    return made;
  }

  const AttributeSpec* property_spec(const Row& row, std::string_view name) const {
    const auto look = [&](std::string_view port, syntax::PortSide side) -> const AttributeSpec* {
      const auto kind = q_.kinds.find(kind_of(port));
      if (kind == q_.kinds.end()) return nullptr;
      const PortSpec* spec = kind->second.port(port_name(port) == "route" ? "GET" : port_name(port), side);
      if (spec == nullptr) return nullptr;
      for (const AttributeSpec& a : spec->properties) {
        if (a.name == name.substr(0, name.find('.'))) return entry_of(a, name);
      }
      return nullptr;
    };
    const AttributeSpec* found = look(row.from, syntax::PortSide::source);
    return found != nullptr ? found : look(row.to, syntax::PortSide::target);
  }

  /// The edge of a row out of the properties that say it; what is left stays in `properties`. Nothing when it is none.
  std::optional<DraftEdge> edge(const Row& row, const std::string& id, const std::string& fate, const Part* owner,
                                bool owner_is_source, Object& properties) {
    if (stays_raw(fate) || !fits(row, properties)) return std::nullopt;
    DraftEdge made;
    made.id = fate;
    made.type = row.type;
    made.hand_over = row.arrow == "~>";
    made.port = port_name(row.from) == "self" ? "" : port_name(row.from);
    made.to_port = port_name(row.to) == "self" ? "" : port_name(row.to);
    for (const std::string_view fixed : row.fixed) take(properties, fixed.substr(0, fixed.find('=')));
    std::optional<Virtual> source;
    made.to = owner != nullptr && !owner_is_source ? owner->draft.name : end(row.target, row.to, properties);
    if (owner != nullptr && owner_is_source) made.from = owner->draft.name;
    else if (!row.source.empty()) made.from = end(row.source, row.from, properties);
    const bool unsaid = row.source.empty() || find(properties, end_of(row.source).property) == nullptr;
    if (made.from.empty() && (owner == nullptr || !owner_is_source) && unsaid) source = virtual_source(row, id);
    if (made.to.empty() || (made.from.empty() && !source)) return std::nullopt;
    if (!say_edge(row, source, made, properties)) return std::nullopt;
    if (source) {
      const Kind& kind = q_.kinds.find(source->draft.kind)->second;
      if (source->fresh) {
        for (const catalog::Said& said : source->row->says) {
          Object nothing;
          if (const AttributeSpec* spec = spec_of(kind, said.attribute))
            attribute(said, *spec, std::string(said.attribute), nothing, source->draft.attributes, source->draft.on);
        }
      }
      if (!missing(kind, source->draft).empty()) return std::nullopt;
      made.from = keep(*source);
    }
    return made;
  }

  bool say_edge(const Row& row, std::optional<Virtual>& source, DraftEdge& made, Object& properties) {
    for (const catalog::Said& said : row.says) {
      const std::string_view path = said.attribute;
      if (path == "@argument" || path == "@port") {
        const cloud::Value* value = find(properties, said.property);
        Type text;
        text.tag = Type::Tag::string;
        const auto found = value == nullptr ? std::nullopt : to_attribute(*value, said.as, text, words_.reading());
        if (!found) return false;
        if (path == "@argument") {
          if (found->size() < 3 || !found->starts_with("\"/")) return false;
          made.argument = found->substr(1, found->size() - 2);
        } else {
          made.port = *found;
        }
        take(properties, said.property);
        continue;
      }
      if (path.starts_with("from.")) {
        if (!source || !source->fresh) continue;
        const Kind& kind = q_.kinds.find(source->draft.kind)->second;
        if (const AttributeSpec* spec = spec_of(kind, path.substr(5)))
          attribute(said, *spec, std::string(path.substr(5)), properties, source->draft.attributes, source->draft.on);
        continue;
      }
      if (const AttributeSpec* spec = property_spec(row, path))
        attribute(said, *spec, std::string(path), properties, made.properties, made.on);
    }
    if (port_name(row.from) != "route") return true;
    static const std::set<std::string, std::less<>> methods = {"GET",    "POST", "PUT",     "PATCH",
                                                               "DELETE", "HEAD", "OPTIONS", "ANY"};
    return !made.argument.empty() && methods.contains(made.port);
  }

  std::string keep(Virtual& v) {
    if (!v.fresh) return v.draft.name;
    v.draft.name = names_.take(v.draft.name, v.draft.kind);
    if (!v.id.empty()) {
      virtuals_[v.id] = v.draft;
      words_.nodes[v.id] = {v.draft.name, v.row};
    }
    sources_.push_back(v.draft);
    return v.draft.name;
  }

  /// What is left of the properties, and by what name the template knows the edge.
  void accept(const Row& row, DraftEdge made, const std::string& id, Object rest, bool named) {
    const std::string port = made.port.empty() ? "self" : made.port;
    if (named && id != default_edge_id(made.from, port, made.argument, made.to))
      made.on.insert(made.on.begin(), {"id", in_quotes(id)});
    const Row* first = table_.edge(row.from, made.hand_over, row.to, "", row_of(made.from));
    if (first != &row) made.on.emplace_back("type", in_quotes(row.type));
    for (const cloud::Member& m : rest.members) made.left.push_back(m.key);
    if (!rest.members.empty())
      made.on.emplace_back(std::string(cloud::kRawProperties), words_.any(cloud::object({{std::string(row.type), rest}})));
    made.properties = as_records(made.properties);
    out_.draft.edges.push_back(std::move(made));
  }

  void items(const Row& row, const Within& within, Part& part) {
    const cloud::Value* all = part.rest.find(within.path);
    if (all == nullptr || all->get<Object>() == nullptr) return;
    const Object standing = *all->get<Object>();
    for (const cloud::Member& m : standing.members) {
      const auto* item = m.value.get<Object>();
      const cloud::Value* type = item == nullptr ? nullptr : item->find("Type");
      if (type == nullptr || !(*type == cloud::Value(row.type))) continue;
      const cloud::Value* said = item->find("Properties");
      if (item->members.size() != (said == nullptr ? 1U : 2U)) continue;
      if (said != nullptr && said->get<Object>() == nullptr) continue;
      Object properties = said == nullptr ? Object() : *said->get<Object>();
      auto made = edge(row, m.key, part.resource->id + "." + m.key, &part, within.from, properties);
      if (!made) continue;
      accept(row, std::move(*made), m.key, std::move(properties), true);
      take(part.rest, std::string(within.path) + "." + m.key);
      if (part.rest.find(within.path) == nullptr) return;
    }
  }

  void list(const Row& row, const Within& within, Part& part) {
    cloud::Value* all = part.rest.find(within.path);
    auto* list = all == nullptr ? nullptr : all->get<cloud::Values>();
    if (list == nullptr) return;
    for (std::size_t i = 0; i < list->size();) {
      const auto* item = (*list)[i].get<Object>();
      const bool of_row = item != nullptr && item->members.size() == 1 && item->members.front().key == row.type &&
                          item->members.front().value.get<Object>() != nullptr;
      Object properties = of_row ? *item->members.front().value.get<Object>() : Object();
      const std::string id = fmt::format("{}.{}.{}", part.resource->id, within.path, i);
      auto made = of_row ? edge(row, "", id, &part, within.from, properties) : std::nullopt;
      if (!made || !properties.members.empty()) {
        ++i;
        continue;
      }
      accept(row, std::move(*made), "", {}, false);
      list->erase(list->begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (list->empty()) take(part.rest, within.path);
  }

  static std::string member(const Object& item, std::string_view name) {
    const cloud::Value* v = item.find(name);
    return v == nullptr || v->get<std::string>() == nullptr ? std::string() : *v->get<std::string>();
  }

  void typed(const Row& row, const Within& within, Part& part) {
    cloud::Value* all = part.rest.find(within.path);
    auto* list = all == nullptr ? nullptr : all->get<cloud::Values>();
    if (list == nullptr) return;
    for (std::size_t i = 0; i < list->size();) {
      const auto* item = (*list)[i].get<Object>();
      const std::string id = item == nullptr ? std::string() : member(*item, within.id);
      std::optional<DraftEdge> made;
      Object properties;
      if (!id.empty() && member(*item, within.type) == row.type) {
        properties = *item;
        take(properties, within.id);
        take(properties, within.type);
        made = edge(row, id, part.resource->id + "." + id, &part, within.from, properties);
      }
      if (!made) {
        ++i;
        continue;
      }
      accept(row, std::move(*made), id, std::move(properties), true);
      list->erase(list->begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (list->empty()) take(part.rest, within.path);
  }

  void property(const Row& row, const Within& within, Part& part) {
    const cloud::Value* all = find(part.rest, within.path);
    if (all == nullptr || all->get<Object>() == nullptr) return;
    Object properties = *all->get<Object>();
    auto made = edge(row, "", part.resource->id + "." + std::string(within.path), &part, within.from, properties);
    if (!made || !properties.members.empty()) return;
    accept(row, std::move(*made), "", {}, false);
    take(part.rest, within.path);
  }

  void own_resource(const Row& row, Part& part) {
    Object properties = part.resource->properties;
    auto made = edge(row, part.resource->id, part.resource->id, nullptr, false, properties);
    if (!made) return;
    if (std::string more = beside(*part.resource); !more.empty()) made->on.emplace_back("more", more);
    accept(row, std::move(*made), part.resource->id, std::move(properties), true);
    part.gone = true;
    words_.nodes.erase(part.resource->id);
  }

  // ---- the rest

  /// Which of its properties are attributes, and which stay what they are.
  static void tell(Part& part) {
    std::set<std::string> told;
    for (const catalog::Said& said : part.row->says) {
      if (said.property.empty() || said.property.find('@') != std::string_view::npos) continue;
      const std::string head(said.property.substr(0, said.property.find_first_of(".[")));
      if (find(part.resource->properties, said.property) == nullptr || part.rest.find(head) != nullptr) continue;
      if (told.insert(head).second) part.says.emplace_back(head, std::string(said.attribute));
    }
    for (const cloud::Member& m : part.rest.members) {
      if (m.key != part.row->called && m.value.get<cloud::Null>() == nullptr) part.says.emplace_back(m.key, "");
    }
  }

  static bool are_names(const Object& properties) {
    static const std::set<std::string_view> reserved = {"true", "false", "none", "if", "then", "else", "for", "in"};
    return std::all_of(properties.members.begin(), properties.members.end(),
                       [](const cloud::Member& m) { return key_text(m.key) == m.key && !reserved.contains(m.key); });
  }

  std::string beside(const cloud::Resource& r) const {
    const Object more = beside_of(r, q_.dialect);
    return more.members.empty() ? std::string() : words_.any(more);
  }

  void finish_nodes() {
    for (const DraftNode& source : sources_) {
      DraftNode made = source;
      made.attributes = as_records(made.attributes);
      out_.draft.nodes.push_back(std::move(made));
    }
    for (Part& part : parts_) {
      if (part.gone) continue;
      const cloud::Resource& r = *part.resource;
      DraftNode& d = part.draft;
      Said on = std::move(d.on);
      d.on.clear();
      if (table_.default_id(d.name) != r.id) d.on.emplace_back("id", in_quotes(r.id));
      if (part.row == nullptr) {
        d.cloud = q_.catalog.cloud;
        d.type = r.type;
        d.attributes.clear();
        for (const cloud::Member& m : r.properties.members) {
          if (!are_names(r.properties)) break;
          d.attributes.emplace_back(m.key, words_.any(m.value));
        }
      } else {
        d.kind = part.row->kind;
        tell(part);
        if (table_.node(d.kind, "") != part.row) d.on.emplace_back("type", in_quotes(part.row->type));
        if (const cloud::Value* called = part.row->called.empty() ? nullptr : find(part.rest, part.row->called)) {
          if (const auto text = words_.text(*called)) {
            d.on.emplace_back("called", *text);
            take(part.rest, part.row->called);
          }
        }
        for (auto& said : on) d.on.push_back(std::move(said));
        if (!part.rest.members.empty())
          d.on.emplace_back(std::string(cloud::kRawAttribute), words_.any(cloud::object({{r.type, part.rest}})));
        d.attributes = as_records(d.attributes);
      }
      Object more = beside_of(r, q_.dialect);
      // What is no name cannot be an attribute.
      if (part.row == nullptr && !are_names(r.properties)) more.set(std::string(q_.dialect.properties), r.properties);
      if (!more.members.empty()) d.on.emplace_back("more", words_.any(more));
      out_.draft.nodes.push_back(d);
    }
  }

  void report() {
    for (const Part& part : parts_) {
      Fate fate{part.resource->id,
                part.resource->type,
                part.row != nullptr || part.gone,
                "",
                part.why,
                part.row != nullptr ? part.draft.name : "",
                part.says};
      if (part.row != nullptr) fate.as = std::string(part.row->kind) + " " + part.draft.name, fate.why.clear();
      if (part.gone) {
        for (const DraftEdge& e : out_.draft.edges) {
          if (e.id == part.resource->id) fate.as = told(e), fate.why.clear();
        }
      }
      out_.fates.push_back(fate);
      std::string_view kind;
      for (const Row* row : table_.rows()) {
        if (!row->kind.empty() && row->type == part.resource->type) kind = row->kind;
      }
      for (const Row* row : table_.rows()) {
        const Within within = within_of(*row);
        const bool of_items = within.shape == Within::Shape::items || within.shape == Within::Shape::typed;
        if (!row->kind.empty() || kind.empty() || !of_items || kind_of(row->to) != kind) continue;
        events(within, part);
        break;
      }
    }
  }

  void events(const Within& within, const Part& part) {
    const cloud::Value* all = find(part.resource->properties, within.path);
    if (all == nullptr) return;
    const auto* items = all->get<Object>();
    const auto* list = all->get<cloud::Values>();
    std::vector<std::pair<std::string, const cloud::Value*>> known;
    for (std::size_t i = 0; items != nullptr && i < items->members.size(); ++i)
      known.emplace_back(items->members[i].key, &items->members[i].value);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const auto* item = (*list)[i].get<Object>();
      if (item != nullptr && !member(*item, within.id).empty()) known.emplace_back(member(*item, within.id), &(*list)[i]);
    }
    for (const auto& [name, value] : known) {
      const auto* item = value->get<Object>();
      const std::string type = item == nullptr ? std::string() : member(*item, items != nullptr ? "Type" : within.type);
      Fate fate{part.resource->id + "." + name,
                part.resource->type + ":Event:" + type,
                false,
                "",
                part.row == nullptr ? "it stands in what is no node" : "its source is no node of the program",
                "",
                {}};
      for (const DraftEdge& e : out_.draft.edges) {
        if (e.id != fate.id) continue;
        fate.raised = true;
        for (const std::string& property : e.left) fate.says.emplace_back(property, "");
        fate.as = told(e);
        fate.why.clear();
      }
      out_.fates.push_back(std::move(fate));
    }
  }

  static std::string told(const DraftEdge& e) {
    return e.from + (e.argument.empty() ? (e.port.empty() ? "" : "." + e.port) : " " + e.port + " \"" + e.argument + "\"") +
           (e.hand_over ? " ~> " : " -> ") + e.to + (e.to_port.empty() ? "" : "." + e.to_port);
  }

  const RaiseRequest& q_;
  Table table_;
  Expressions words_;
  Names names_;
  std::vector<Part> parts_;
  std::vector<DraftNode> sources_;
  std::map<std::string, DraftNode> virtuals_;
  std::map<std::string, std::pair<std::string, std::string>> files_;  ///< by id: path, text
  Raised out_;
};

}  // namespace

Raised raise(const RaiseRequest& request) { return Raiser(request).run(); }

}  // namespace virga::adopt
