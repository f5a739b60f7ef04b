#include "compiler/adopt/raise_edges.h"

#include "compiler/adopt/items.h"
#include "compiler/adopt/path.h"
#include "compiler/adopt/ports.h"
#include "compiler/adopt/statements.h"
#include "compiler/cloud/raw.h"

#include <algorithm>
#include <cctype>

namespace virga::adopt {
namespace {

/// `Action=read list`: whether each item of the property is one of those words. A row asks it of what allows more than its
/// edge. `RoleArn`: whether it is said.
bool holds(const Row& row, const cloud::Object& properties) {
  return std::all_of(row.when.begin(), row.when.end(), [&](std::string_view when) {
    const std::size_t equal = when.find('=');
    if (equal == std::string_view::npos) return find(properties, when) != nullptr;
    const std::vector<std::string> words = words_of(when.substr(equal + 1));
    const cloud::Value* said = find(properties, when.substr(0, equal));
    const auto* list = said == nullptr ? nullptr : said->get<cloud::Values>();
    const cloud::Values all = list != nullptr ? *list : said == nullptr ? cloud::Values{} : cloud::Values{*said};
    return !all.empty() && std::all_of(all.begin(), all.end(), [&](const cloud::Value& v) {
      const auto* word = v.get<std::string>();
      const bool one = word != nullptr && !is_pattern(*word);
      return one && std::any_of(words.begin(), words.end(), [&](const std::string& w) { return is_meant(*word, w); });
    });
  });
}

/// The last word of a text that names something: `orders` of `…:1234:orders` and `…/queues/orders`. Empty where that is no
/// text, or one that no person gave: those are long.
std::string last_word(const cloud::Value& value) {
  constexpr std::size_t kLongest = 30;
  const auto* whole = value.get<Box<cloud::Concat>>();
  const auto* text = whole == nullptr ? value.get<std::string>() : (*whole)->parts.back().get<std::string>();
  if (text == nullptr) return {};
  const std::string word = text->substr(text->find_last_of(":/") + 1);
  const bool begins = !word.empty() && std::isalpha(static_cast<unsigned char>(word.front())) != 0;
  const bool whole_word = whole == nullptr || word.size() < text->size();
  return begins && whole_word && word.size() <= kLongest ? word : std::string();
}

/// `OrdersQueueArn` → `OrdersQueue`; empty when nothing is left to tell the node from the parameter.
std::string without_output(const std::string& name) {
  for (const std::string_view end : {"Arn", "ARN", "Name", "Id"}) {
    if (name.size() > end.size() && name.ends_with(end)) return name.substr(0, name.size() - end.size());
  }
  return {};
}

}  // namespace

void EdgeReader::run() {
  for (const auto& [id, named] : words_.nodes) named_[named.name] = named;
  for (const Row* row : table_.rows()) {
    if (!row->kind.empty()) continue;
    const Within within = within_of(*row);
    for (Part& part : parts_) {
      if (row->within.empty()) {
        if (!row->type.empty() && part.resource->type == row->type && part.row == nullptr && !part.gone)
          own_resource(*row, part);
        continue;
      }
      if (part.row == nullptr || part.row->kind != kind_of(within.from ? row->from : row->to)) continue;
      if (!row->owner.empty() && row->owner != part.row->type) continue;
      if (stays_raw(q_, part, within.path)) continue;
      if (is_ignored(*part.row, within.path, said_by(part.resource->properties))) continue;
      if (within.shape == Within::Shape::items) items(*row, within, part);
      else if (within.shape == Within::Shape::property) property(*row, within, part);
      else if (within.shape == Within::Shape::references) references(*row, within, part);
      else list(*row, within, part);
    }
  }
}

/// A node by its name; without a row when it has none.
const Named& EdgeReader::named(const std::string& name) const {
  static const Named kNone;
  const auto found = named_.find(name);
  return found == named_.end() ? kNone : found->second;
}

/// The node that an end of an edge is, by the property that names it, which is taken out of the properties.
std::string EdgeReader::end(std::string_view said, std::string_view port, cloud::Object& properties) const {
  const End e = end_of(said);
  const cloud::Value* value = find(properties, e.property);
  const auto* list = value == nullptr ? nullptr : value->get<cloud::Values>();
  if (list != nullptr && list->size() == 1 && e.output != "~") value = &list->front();  // one item needs no list
  if (e.output == "~") return value == nullptr ? std::string() : reached(*value, kind_of(port));
  std::string name = value == nullptr ? std::string() : words_.node(*value, kind_of(port), e.output);
  if (!name.empty()) take(properties, e.property);
  if (!name.empty() || e.other.empty() || value == nullptr) return name;
  // Written in the other way it stays so, in the engine's words.
  if (e.other == "~") return reached(*value, kind_of(port));
  const auto* id = value->get<std::string>();
  if (e.other == "@id") return id == nullptr ? std::string() : words_.node(cloud::Ref{*id}, kind_of(port), e.output);
  return words_.node(*value, kind_of(port), e.other);
}

namespace {

/// `from.partition` of a row, as `stands { … }`: what a node needs that stands elsewhere, and no template tells of it.
Said stand_ins(const Row& row) {
  Said out;
  for (const catalog::Said& said : row.says) {
    if (said.attribute.starts_with("from.") && said.as.starts_with("stands "))
      out.emplace_back(said.attribute.substr(5), said.as.substr(7));
  }
  return out;
}

}  // namespace

/// A node for what the template names and something else makes; empty when it cannot be one.
std::string EdgeReader::elsewhere(const Row& row, const Found& found, cloud::Object& properties) {
  const End e = end_of(row.source);
  const cloud::Value* value = find(properties, e.property);
  const std::string kind = kind_of(row.from);
  std::vector<std::string> ids;
  if (value == nullptr || e.output.empty() || e.output.starts_with('~') || e.output.starts_with('@')) return {};
  collect_references(*value, ids);
  const bool of_node = std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    const auto node = words_.nodes.find(id);
    return node != words_.nodes.end() && node->second.row != nullptr;
  });
  const auto known = q_.kinds.find(kind);
  const Said guessed = stand_ins(row);
  if (of_node || known == q_.kinds.end() || !AttributeReader::missing(known->second, guessed).empty()) return {};
  const std::string said = words_.any(*value);
  auto& name = elsewhere_[kind + " " + std::string(e.output) + " " + said];
  if (name.empty()) {
    const auto* parameter = value->get<cloud::Parameter>();
    DraftNode made;
    made.kind = kind;
    const std::string told = parameter == nullptr ? last_word(*value) : without_output(parameter->name);
    made.name = name = names_.take(told.empty() ? found.id + "_" + kind : told, kind);
    made.about = found.fate;
    made.attributes = guessed;
    if (!guessed.empty()) made.doc = "`" + guessed.front().first + "` is made up: the template does not tell of it.";
    made.on.emplace_back("elsewhere", "{ " + std::string(e.output) + " = " + said + " }");
    sources.push_back(std::move(made));
  }
  take(properties, e.property);
  return name;
}

/// The only node that a value refers to, if it is of that kind. The property stays in the engine's words.
std::string EdgeReader::reached(const cloud::Value& value, std::string_view kind) const {
  std::vector<std::string> ids;
  collect_references(value, ids);
  std::set<std::string> nodes;
  bool of_kind = false;
  for (const std::string& id : ids) {
    const auto found = words_.nodes.find(id);
    if (found == words_.nodes.end() || found->second.row == nullptr) continue;
    nodes.insert(found->second.name);
    of_kind = found->second.row->kind == kind;
  }
  return nodes.size() == 1 && of_kind ? *nodes.begin() : std::string();
}

std::optional<EdgeReader::Virtual> EdgeReader::virtual_source(const Row& row, const std::string& edge_id) const {
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

/// An edge of a row, whose ends are still to be found.
DraftEdge EdgeReader::of(const Row& row, const std::string& fate, std::string_view type, std::string_view to) {
  DraftEdge made;
  made.id = fate;
  made.type = type;
  made.hand_over = row.arrow == "~>";
  made.port = port_name(row.from) == "self" ? "" : port_name(row.from);
  made.to_port = port_name(to) == "self" ? "" : port_name(to);
  return made;
}

/// The edge of a row out of the properties that say it; what is left stays in `properties`. Nothing when it is none.
std::optional<DraftEdge> EdgeReader::edge(const Row& row, const Found& found, cloud::Object& properties) {
  if (q_.raw.contains(found.fate) || !fits(row, properties) || !holds(row, properties)) return std::nullopt;
  DraftEdge made = of(row, found.fate, row.type, row.to);
  for (const std::string_view fixed : row.fixed) take(properties, fixed.substr(0, fixed.find('=')));
  std::vector<JsonText> texts;
  for (const std::string_view path : row.json) {
    if (auto text = JsonText::open(path, properties, q_.dialect)) texts.push_back(std::move(*text));
  }
  const bool inside = found.owner != nullptr;
  std::optional<Virtual> source;
  made.to = inside && !found.owner_is_source ? found.owner->draft.name : end(row.target, row.to, properties);
  if (inside && found.owner_is_source) made.from = found.owner->draft.name;
  else if (!row.source.empty()) made.from = end(row.source, row.from, properties);
  const cloud::Value* named = row.source.empty() ? nullptr : find(properties, end_of(row.source).property);
  // What the engine has by itself may be named as well.
  const bool by_itself = named == nullptr || (!row.id.empty() && *named == cloud::Value(std::string(row.id)));
  if (made.from.empty() && by_itself) source = virtual_source(row, found.id);
  if (source && source->id.empty()) source->held = found.name;
  if (made.to.empty()) return std::nullopt;
  if (made.from.empty() && !source && named == nullptr) return std::nullopt;
  if (!say(row, source, made, properties)) return std::nullopt;
  for (const JsonText& text : texts) text.close(row, properties);
  if (made.from.empty() && !source) made.from = elsewhere(row, found, properties);
  if (made.from.empty() && !source) return std::nullopt;
  if (source) {
    const Kind& kind = q_.kinds.find(source->draft.kind)->second;
    if (source->fresh) {
      for (const catalog::Said& said : source->row->says) {
        cloud::Object nothing;
        if (const AttributeSpec* spec = attributes_.spec(kind, said.attribute))
          attributes_.read(said, *spec, std::string(said.attribute), nothing, source->draft.attributes, source->draft.on);
      }
    }
    if (!AttributeReader::missing(kind, source->draft.attributes).empty()) return std::nullopt;
    made.from = keep(*source);
  }
  return made;
}

bool EdgeReader::say_route(const catalog::Said& said, DraftEdge& made, cloud::Object& properties) const {
  const cloud::Value* value = find(properties, said.property);
  Type text;
  text.tag = Type::Tag::string;
  std::optional<std::string> found;
  // Of a route either both are left out, or neither.
  if (said.attribute == "@port" && !said.unsaid.empty() && (value == nullptr) != made.route_unsaid) return false;
  if (said.attribute == "@argument") made.route_unsaid = value == nullptr;
  if (value != nullptr) found = to_attribute(*value, said.as, text, words_.reading());
  else if (!said.unsaid.empty()) found = said.attribute == "@port" ? std::string(said.unsaid) : in_quotes(said.unsaid);
  if (!found) return false;
  if (said.attribute == "@port") made.port = *found;
  else if (found->size() < 3 || !found->starts_with("\"/")) return false;
  else made.argument = found->substr(1, found->size() - 2);
  take(properties, said.property);
  return true;
}

bool EdgeReader::say(const Row& row, std::optional<Virtual>& source, DraftEdge& made, cloud::Object& properties) const {
  for (const catalog::Said& said : row.says) {
    const std::string_view path = said.attribute;
    if (path == "@argument" || path == "@port") {
      if (!say_route(said, made, properties)) return false;
      continue;
    }
    if (path.starts_with("from.")) {
      if (!source || !source->fresh) continue;
      const Kind& kind = q_.kinds.find(source->draft.kind)->second;
      if (const AttributeSpec* spec = attributes_.spec(kind, path.substr(5)))
        attributes_.read(said, *spec, std::string(path.substr(5)), properties, source->draft.attributes, source->draft.on);
      continue;
    }
    if (const AttributeSpec* spec = attributes_.property(row, path))
      attributes_.read(said, *spec, std::string(path), properties, made.properties, made.on);
  }
  if (port_name(row.from) != "route") return true;
  const Kind& kind = q_.kinds.find(kind_of(row.from))->second;
  return !made.argument.empty() && kind.port(made.port, syntax::PortSide::source) != nullptr;
}

std::string EdgeReader::keep(Virtual& v) {
  if (!v.fresh) return v.draft.name;
  v.draft.name = v.held.empty() ? names_.take(v.draft.name, v.draft.kind) : v.held;
  if (!v.id.empty()) {
    virtuals_[v.id] = v.draft;
    words_.nodes[v.id] = {v.draft.name, v.row};
    named_[v.draft.name] = {v.draft.name, v.row};
  }
  sources.push_back(v.draft);
  return v.draft.name;
}

/// What is left of the properties, and by what name the template knows the edge.
void EdgeReader::accept(const Row& row, DraftEdge made, const std::string& id, const cloud::Object& rest) {
  const std::string port = made.port.empty() ? "self" : made.port;
  if (!id.empty() && id != default_edge_id(made.from, port, made.argument, made.to))
    made.on.insert(made.on.begin(), {"id", in_quotes(id)});
  const Named& source = named(made.from);
  Table::Ends ends{source.row, named(made.to).row};
  if (source.properties != nullptr) ends.source_says = said_by(*source.properties);
  const Row* first = table_.edge(row.from, made.hand_over, row.to, "", std::move(ends));
  if (first != &row) made.on.emplace_back("type", in_quotes(row.type));
  for (const cloud::Member& m : rest.members) made.left.push_back(m.key);
  if (!rest.members.empty())
    made.on.emplace_back(std::string(cloud::kRawProperties), words_.any(cloud::object({{std::string(row.type), rest}})));
  made.properties = as_records(made.properties);
  draft_.edges.push_back(made);
  for (const std::string_view target : row.implies) {
    DraftEdge more = of(row, made.id, kImplied, target);
    more.from = made.from;
    more.to = made.to;
    more.on.emplace_back("type", in_quotes(kImplied));
    draft_.edges.push_back(std::move(more));
  }
}

}  // namespace virga::adopt
