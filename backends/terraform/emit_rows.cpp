// Properties → arguments and blocks, by the rows of a table. read_rows.cpp is the other way, shape by shape.
#include "backends/terraform/emit.h"
#include "backends/terraform/json_value.h"
#include "backends/terraform/names.h"
#include "compiler/cloud/dump.h"
#include "compiler/cloud/json_text.h"

#include <algorithm>

namespace virga::terraform {
namespace {

using cloud::Value;

std::string deeper(const std::string& where, std::string_view property) {
  return (where.empty() ? "" : where + ".") + std::string(property);
}

const Row* find_row(std::span<const Row> rows, const std::string& property) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
    if (row.properties.empty()) return row.property == property;
    return std::find(row.properties.begin(), row.properties.end(), property) != row.properties.end();
  });
  return found == rows.end() ? nullptr : &*found;
}

/// The first property of an object that a row of several takes.
const cloud::Member* first_of(const cloud::Object& properties, const Row& row) {
  const auto found = std::find_if(properties.members.begin(), properties.members.end(), [&](const cloud::Member& m) {
    return std::find(row.properties.begin(), row.properties.end(), m.key) != row.properties.end();
  });
  return found == properties.members.end() ? nullptr : &*found;
}

/// Those of them that there are.
cloud::Object together(const cloud::Object& properties, const Row& row) {
  cloud::Object out;
  for (const cloud::Member& m : properties.members) {
    if (std::find(row.properties.begin(), row.properties.end(), m.key) != row.properties.end()) out.set(m.key, m.value);
  }
  return out;
}

}  // namespace

const Emitter::Properties* Emitter::object_in(const Value& value, const std::string& where) {
  const auto* object = value.get<cloud::Object>();
  // An object without members would leave no trace, and so not come back.
  if (object == nullptr || object->members.empty())
    unsaid("`" + where + "` of `" + at_->type + "` as " + cloud::to_text(value));
  return object != nullptr && object->members.empty() ? nullptr : object;
}

const cloud::Values* Emitter::list_in(const Value& value, const std::string& where) {
  const auto* list = value.get<cloud::Values>();
  if (list == nullptr || list->empty()) unsaid("`" + where + "` of `" + at_->type + "` as " + cloud::to_text(value));
  return list != nullptr && list->empty() ? nullptr : list;
}

void Emitter::rows(hcl::Body& body, const Address& on, std::span<const Row> rows, const Properties& properties,
                   const std::string& where) {
  if (rows.size() == 1 && rows.front().property.empty()) return row(body, on, rows.front(), properties, where);
  for (const cloud::Member& m : properties.members) {
    const std::string here = deeper(where, m.key);
    const Row* found = find_row(rows, m.key);
    if (found == nullptr) {
      unsaid("the property `" + here + "` of `" + at_->type + "`");
    } else if (!found->unless.empty() && properties.find(found->unless) != nullptr) {
      unsaid("the property `" + here + "` of `" + at_->type + "` beside `" + std::string(found->unless) + "`");
    } else if (found->shape == Shape::implied) {
      implied(*found, properties, m.value, here);
    } else if (found->properties.empty()) {
      row(body, on, *found, m.value, here);
    } else if (found->shape == Shape::resource) {
      if (&m == first_of(properties, *found)) row(body, on, *found, together(properties, *found), here);
    } else if (found->properties.front() == m.key) {
      joined(body, *found, properties, where);
    } else if (properties.find(found->properties.front()) == nullptr) {
      unsaid("the property `" + here + "` of `" + at_->type + "` alone");
    }
  }
}

void Emitter::row(hcl::Body& body, const Address& on, const Row& row, const Value& value, const std::string& where) {
  const auto [around, name] = split_path(row.to);
  switch (row.shape) {
    case Shape::value:
    case Shape::json:
    case Shape::single:
    case Shape::object:
    case Shape::objects:
    case Shape::pairs: enter(body, around).set(name, argument(row, value, where)); break;
    case Shape::block:
      if (const Properties* object = object_in(value, where)) {
        hcl::Item made;
        made.name = name;
        made.is_block = true;
        rows(made.body, on, row.of, *object, where);
        add_always(made.body, row.always, at_->id);
        enter(body, around).items.push_back(std::move(made));
      }
      return;
    case Shape::blocks:
      if (const cloud::Values* list = list_in(value, where)) block_for_each(body, on, row, *list, where);
      return;
    case Shape::parsed: parsed(body, on, row, value, where); return;
    case Shape::follows: follows(row, value, where); return;
    case Shape::keyed:
      if (const Properties* object = object_in(value, where)) {
        for (const cloud::Member& m : object->members) {
          const Properties* inner = object_in(m.value, deeper(where, m.key));
          if (inner == nullptr) continue;
          hcl::Item made;
          made.name = name;
          made.is_block = true;
          made.body.set(row.key, hcl::string(m.key));
          rows(made.body, on, row.of, *inner, where);
          enter(body, around).items.push_back(std::move(made));
        }
      }
      return;
    case Shape::flat:
      if (const Properties* object = object_in(value, where)) rows(body, on, row.of, *object, where);
      break;
    case Shape::only: {
      const cloud::Values* list = list_in(value, where);
      if (list == nullptr) break;
      if (list->size() != 1) {
        unsaid("more than one of `" + where + "` of `" + at_->type + "`");
      } else if (row.of.empty()) {
        enter(body, around).set(name, argument(row, list->front(), where));
      } else if (const Properties* object = object_in(list->front(), where)) {
        rows(body, on, row.of, *object, where);
      }
      break;
    }
    case Shape::implied: implied(row, {}, value, where); return;
    case Shape::tagged: {
      // A second entry of the same map would not come back on its own.
      hcl::Body& in = enter(body, around);
      if (in.argument(name) != nullptr || value.get<std::string>() == nullptr) {
        unsaid("the value " + cloud::to_text(value) + " of `" + where + "` of `" + at_->type + "`");
        return;
      }
      hcl::Expr note = hcl::object();
      hcl::add(note, row.key, expression(value, {where}));
      in.set(name, std::move(note));
      warn(row, value);
      break;
    }
    case Shape::noted: noted(enter(body, around), row, name, value, where); break;
    case Shape::pivot: pivot(body, row, value, where); break;
    case Shape::each: each(body, row, value, where); break;
    case Shape::reference: split(enter(body, around), row, name, value, where); break;
    case Shape::file: file(body, row, name, value, where); break;
    case Shape::source: source(enter(body, around), on, row, value, where); break;
    case Shape::resource: satellite(on, row, value, where); return;
    case Shape::resources:
      if (const cloud::Values* list = list_in(value, where)) {
        for (const Value& item : *list) satellite(on, row, item, where);
      }
      return;
    case Shape::joined: break;
  }
  add_always(enter(body, around), row.always, at_->id);
}

void Emitter::block_for_each(hcl::Body& body, const Address& on, const Row& row, const cloud::Values& list,
                             const std::string& where) {
  const auto [around, name] = split_path(row.to);
  for (const Value& item : list) {
    const Properties* object = object_in(item, where);
    if (object == nullptr) continue;
    hcl::Item made;
    made.name = name;
    made.is_block = true;
    rows(made.body, on, row.of, *object, where);
    add_always(made.body, row.always, at_->id);
    enter(body, around).items.push_back(std::move(made));
  }
}

/// `"[{\"content\":\"a.b\"}]"` → `sources { content = "a.b" }`
void Emitter::parsed(hcl::Body& body, const Address& on, const Row& row, const Value& value, const std::string& where) {
  const std::optional<Value> inside = from_json(value);
  const auto* list = inside ? inside->get<cloud::Values>() : nullptr;
  // Only what is written the way in which it will be read back.
  if (list == nullptr || list->empty() || cloud::json_text(*inside) != value)
    return unsaid("the value " + cloud::to_text(value) + " of `" + where + "` of `" + at_->type + "`");
  block_for_each(body, on, row, *list, where);
}

/// `VpcId` that is the one of the part of a network which `VSwitchId` names. Where that part stands elsewhere, nothing
/// beside it says so, and a local value keeps what has to be known when it is read back.
void Emitter::follows(const Row& row, const Value& value, const std::string& where) {
  const Value* lead = at_->properties.find(row.to);
  const cloud::Resource* leader = lead == nullptr ? nullptr : stack_.find(referred_resource(*lead));
  const Value* same = leader == nullptr ? nullptr : leader->properties.find(row.property);
  if (lead == nullptr || (leader != nullptr && (same == nullptr || *same != value)))
    return unsaid("a `" + where + "` of `" + at_->type + "` that is not the one of its `" + std::string(row.to) + "`");
  if (leader != nullptr) return;
  Block kept;
  kept.keyword = "locals";
  kept.placed.resource = at_->id;
  kept.body.set(to_name(at_->id + std::string(row.property)), expression(value, {where}));
  sources_.push_back(std::move(kept));
}

hcl::Expr Emitter::argument(const Row& row, const Value& value, const std::string& where) {
  if (row.shape == Shape::json && !row.of.empty()) return hcl::call("jsonencode", {renamed_all(row, value, where)});
  if (row.shape == Shape::json) {
    hcl::Expr e = expression(value, {where, value.get<cloud::Object>() != nullptr || value.get<cloud::Values>() != nullptr});
    if (!e.is(hcl::Expr::Kind::object) && !e.is(hcl::Expr::Kind::list)) return e;
    std::vector<hcl::Expr> arguments;
    arguments.push_back(std::move(e));
    return hcl::call("jsonencode", std::move(arguments));
  }
  if (row.shape == Shape::pairs) return pairs(row, value, where);
  if (row.shape == Shape::object && value.get<cloud::Object>() != nullptr)
    return renamed(row.of, *value.get<cloud::Object>(), where);
  if (row.shape == Shape::objects && value.get<cloud::Values>() != nullptr) return renamed_all(row, value, where);
  if (!row.words.empty()) {
    for (const Word& word : row.words) {
      if (to_value(word.ours) == value) return to_expr(word.theirs);
    }
    unsaid("the value " + cloud::to_text(value) + " of `" + where + "` of `" + at_->type + "`");
    return hcl::null();
  }
  hcl::Expr e = expression(value, {where});
  if (row.times != 1) {
    if (e.is(hcl::Expr::Kind::integer)) return hcl::real(static_cast<double>(e.whole) * row.times);
    if (e.is(hcl::Expr::Kind::real)) return hcl::real(e.number * row.times);
    return hcl::binary(std::move(e), "*", hcl::real(row.times));
  }
  if (row.shape == Shape::single) {
    std::vector<hcl::Expr> items;
    items.push_back(std::move(e));
    return hcl::list(std::move(items));
  }
  return e;
}

/// `[{Key: a, Value: 1}]` → `{ a = 1 }`
hcl::Expr Emitter::pairs(const Row& row, const Value& value, const std::string& where) {
  const auto* list = value.get<cloud::Values>();
  if (list == nullptr) return expression(value, {where});  // a map already, or an expression that gives one
  hcl::Expr out = hcl::object();
  for (const Value& item : *list) {
    const auto* pair = item.get<cloud::Object>();
    const Value* key = pair == nullptr ? nullptr : pair->find(row.key);
    const Value* of = pair == nullptr ? nullptr : pair->find(row.value);
    if (key == nullptr || of == nullptr || pair->members.size() != 2) {
      unsaid("`" + where + "` of `" + at_->type + "` with " + cloud::to_text(item));
      continue;
    }
    hcl::Expr name = expression(*key, {where});
    const bool again = std::any_of(out.parts.begin(), out.parts.end(),
                                   [&, i = 0](const hcl::Expr& e) mutable { return i++ % 2 == 0 && e == name; });
    if (again) unsaid("`" + where + "` of `" + at_->type + "` with " + cloud::to_text(*key) + " twice");
    else hcl::add(out, std::move(name), expression(*of, {where}));
  }
  return out;
}

/// `[{Key: a, Value: 1}]` → `description = "a=1"`
void Emitter::noted(hcl::Body& body, const Row& row, std::string_view name, const Value& value, const std::string& where) {
  const cloud::Values* list = list_in(value, where);
  if (list == nullptr) return;
  std::string text;
  for (const Value& item : *list) {
    const auto* pair = item.get<cloud::Object>();
    const Value* key = pair == nullptr ? nullptr : pair->find(row.key);
    const Value* of = pair == nullptr ? nullptr : pair->find(row.value);
    const auto* left = key == nullptr ? nullptr : key->get<std::string>();
    const auto* right = of == nullptr ? nullptr : of->get<std::string>();
    // What would not come apart again at the same places.
    const bool clear = left != nullptr && right != nullptr && pair->members.size() == 2 && !left->empty() &&
                       left->find_first_of("=,") == std::string::npos && right->find(',') == std::string::npos;
    if (!clear || body.argument(name) != nullptr)
      return unsaid("`" + where + "` of `" + at_->type + "` with " + cloud::to_text(item));
    text += (text.empty() ? "" : ", ") + *left + "=" + *right;
  }
  body.set(name, hcl::string(text));
  warn(row, value);
}

/// What the provider does not ask for: it finds out by what stands beside it.
void Emitter::implied(const Row& row, const Properties& beside, const Value& value, const std::string& where) {
  if (implied_value(row, beside) == value) warn(row, value);
  else unsaid("the value " + cloud::to_text(value) + " of `" + where + "` of `" + at_->type + "`");
}

/// `[a, b]` → `first = "a"`, `second = "b"`
void Emitter::each(hcl::Body& body, const Row& row, const Value& value, const std::string& where) {
  const cloud::Values* list = list_in(value, where);
  if (list == nullptr) return;
  if (list->size() > row.arguments.size())
    return unsaid("more than " + std::to_string(row.arguments.size()) + " of `" + where + "` of `" + at_->type + "`");
  for (std::size_t i = 0; i < list->size(); ++i) body.set(row.arguments[i], expression((*list)[i], {where}));
}

/// `[{AttributeName: id, KeyType: HASH}]` → `hash_key = "id"`
void Emitter::pivot(hcl::Body& body, const Row& row, const Value& value, const std::string& where) {
  const cloud::Values* list = list_in(value, where);
  if (list == nullptr) return;
  for (const Value& item : *list) {
    const auto* pair = item.get<cloud::Object>();
    const Value* key = pair == nullptr ? nullptr : pair->find(row.key);
    const Value* of = pair == nullptr ? nullptr : pair->find(row.value);
    const std::string* word = key == nullptr ? nullptr : key->get<std::string>();
    const auto name =
        word == nullptr ? row.names.end()
                        : std::find_if(row.names.begin(), row.names.end(), [&](const Pair& p) { return p.first == *word; });
    const bool known = name != row.names.end() && of != nullptr && pair->members.size() == 2;
    const auto [around, argument] = split_path(known ? name->second : "");
    hcl::Body& in = enter(body, around);
    if (!known || in.argument(argument) != nullptr)
      unsaid("`" + where + "` of `" + at_->type + "` with " + cloud::to_text(item));
    else in.set(argument, expression(*of, {where}));
  }
}

void Emitter::joined(hcl::Body& body, const Row& row, const Properties& properties, const std::string& where) {
  std::string text;
  for (const std::string_view name : row.properties) {
    const Value* value = properties.find(name);
    const std::string* part = value == nullptr ? nullptr : value->get<std::string>();
    const bool last = name == row.properties.back();
    if (part == nullptr || (last && part->find(row.separator) != std::string::npos))
      return unsaid("`" + deeper(where, name) + "` of `" + at_->type + "`");
    text += (name == row.properties.front() ? "" : std::string(row.separator)) + *part;
  }
  if (!text.starts_with(row.drop)) return unsaid("`" + deeper(where, row.properties.front()) + "` of `" + at_->type + "`");
  const auto [around, name] = split_path(row.to);
  enter(body, around).set(name, hcl::string(text.substr(row.drop.size())));
}

void Emitter::split(hcl::Body& body, const Row& row, std::string_view name, const Value& value, const std::string& where) {
  const auto* ref = value.get<cloud::Ref>();
  const cloud::Resource* target = ref == nullptr ? nullptr : stack_.find(ref->resource);
  const Type* type = target == nullptr ? nullptr : table_.find(*target);
  const auto found = type == nullptr ? row.splits.end()
                                     : std::find_if(row.splits.begin(), row.splits.end(),
                                                    [&](const Split& s) { return s.type == target->type; });
  if (found == row.splits.end()) {
    if (name.empty()) unsaid("the value " + cloud::to_text(value) + " of `" + where + "` of `" + at_->type + "`");
    else body.set(name, argument(row, value, where));
    return;
  }
  for (const Pair& p : found->arguments)
    body.set(p.first, hcl::path(std::string(type->terraform) + "." + to_name(ref->resource) + "." + std::string(p.second)));
}

/// `code/sync.zip` → `"${path.module}/code/sync.zip"` and its hash, so that a change of the code is one of the resource.
void Emitter::file(hcl::Body& body, const Row& row, std::string_view name, const Value& value, const std::string& where) {
  const auto* path = value.get<std::string>();
  if (path == nullptr) {
    if (const Properties* object = object_in(value, where)) rows(body, {}, row.of, *object, where);
    return;
  }
  std::vector<hcl::Expr> parts;
  parts.push_back(hcl::path("path.module"));
  parts.push_back(hcl::string("/" + *path));
  const hcl::Expr text = hcl::joined(std::move(parts));
  body.set(name, text);
  std::vector<hcl::Expr> arguments{text};
  body.set(row.hash, hcl::call("filebase64sha256", std::move(arguments)));
}

void Emitter::source(hcl::Body& body, const Address& on, const Row& row, const Value& value, const std::string& where) {
  Block made;
  made.keyword = row.keyword;
  made.placed = {{std::string(row.satellite.type), on.name}, at_->id, nullptr};
  if (!row.argument.empty()) made.body.set(row.argument, expression(value, {where}));
  else if (const Properties* object = object_in(value, where)) rows(made.body, on, row.of, *object, where);
  add_always(made.body, row.always, at_->id);
  body.set(split_path(row.to).second,
           hcl::path(std::string(row.keyword) + "." + made.placed.address.text() + "." + std::string(row.gives)));
  sources_.push_back(std::move(made));
}

/// A resource that hangs from the one at `on`; where it stands among the satellites.
std::size_t Emitter::attach(const Address& on, const Satellite& satellite) {
  const auto same = std::count_if(satellites_.begin(), satellites_.end(),
                                  [&](const Block& b) { return b.placed.address.type == satellite.type; });
  Block made;
  made.placed.address = {std::string(satellite.type), to_name(at_->id) + (same == 0 ? "" : "_" + std::to_string(same + 1))};
  made.placed.resource = at_->id;
  made.placed.satellite = &satellite;
  const Type* main = table_.find(*at_);
  for (const Pair& p : satellite.link) {
    const bool from_main = p.second.starts_with("main.");
    const std::string from = from_main ? std::string(main->terraform) + "." + to_name(at_->id) : on.text();
    made.body.set(p.first, hcl::path(from + "." + std::string(p.second.substr(from_main ? 5 : 0))));
  }
  satellites_.push_back(std::move(made));
  return satellites_.size() - 1;
}

void Emitter::satellite(const Address& on, const Row& row, const Value& value, const std::string& where) {
  const std::size_t at = attach(on, row.satellite);
  const Address address = satellites_[at].placed.address;
  hcl::Body body = std::move(satellites_[at].body);
  if (!row.argument.empty()) body.set(row.argument, expression(value, {where}));
  else if (const Properties* object = object_in(value, where)) rows(body, address, row.of, *object, where);
  add_always(body, row.satellite.always, at_->id);
  satellites_[at].body = std::move(body);
  for (const Satellite& companion : row.satellite.companions) {
    const std::size_t made = attach(address, companion);
    add_always(satellites_[made].body, companion.always, at_->id);
  }
}

/// A list of objects, or one, of the same form with other names.
hcl::Expr Emitter::renamed_all(const Row& row, const Value& value, const std::string& where) {
  if (const auto* object = value.get<cloud::Object>()) return renamed(row.of, *object, where);
  std::vector<hcl::Expr> items;
  const auto* list = value.get<cloud::Values>();
  if (list == nullptr) unsaid("`" + where + "` of `" + at_->type + "` as " + cloud::to_text(value));
  for (const Value& item : list == nullptr ? cloud::Values() : *list) {
    const auto* object = item.get<cloud::Object>();
    if (object == nullptr) unsaid("`" + where + "` of `" + at_->type + "` as " + cloud::to_text(item));
    else items.push_back(renamed(row.of, *object, where));
  }
  return hcl::list(std::move(items));
}

/// An object of the same form, with the provider's names.
hcl::Expr Emitter::renamed(std::span<const Row> rows, const Properties& object, const std::string& where) {
  hcl::Expr out = hcl::object();
  for (const cloud::Member& m : object.members) {
    const Row* row = find_row(rows, m.key);
    if (row == nullptr || row->shape == Shape::joined)
      unsaid("the property `" + deeper(where, m.key) + "` of `" + at_->type + "`");
    else hcl::add(out, row->to, argument(*row, m.value, deeper(where, m.key)));
  }
  return out;
}

}  // namespace virga::terraform
