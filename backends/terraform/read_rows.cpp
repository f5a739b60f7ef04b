// Arguments and blocks → properties, by the rows of a table. emit_rows.cpp is the other way, shape by shape.
#include "backends/terraform/given/values.h"
#include "backends/terraform/names.h"
#include "backends/terraform/read.h"
#include "compiler/cloud/json_text.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>

namespace virga::terraform {
namespace {

using cloud::Object;
using cloud::Value;
using Kind = hcl::Expr::Kind;

/// The address that an attribute path begins with.
std::optional<Address> address_in(const hcl::Expr& e, std::string* attribute = nullptr) {
  const std::vector<std::string> words = hcl::words(e);
  if (words.size() < 3) return std::nullopt;
  if (attribute != nullptr) {
    *attribute = words[2];
    for (std::size_t i = 3; i < words.size(); ++i) *attribute += "." + words[i];
  }
  return Address{words[0], words[1]};
}

void earlier(Span& at, Span other) {
  if (!at.known() || other.begin < at.begin) at = other;
}

}  // namespace

// ---- bodies

const hcl::Item* Open::argument(std::string_view name) const {
  for (std::size_t i = 0; i < body_->items.size(); ++i) {
    const hcl::Item& item = body_->items[i];
    if (!taken_[i] && !item.is_block && item.name == name) return &item;
  }
  return nullptr;
}

std::vector<const hcl::Item*> Open::blocks(std::string_view name) const {
  std::vector<const hcl::Item*> out;
  for (std::size_t i = 0; i < body_->items.size(); ++i) {
    const hcl::Item& item = body_->items[i];
    if (!taken_[i] && item.is_block && item.name == name) out.push_back(&item);
  }
  return out;
}

Open* Open::inside(std::string_view name) {
  const std::vector<const hcl::Item*> found = blocks(name);
  if (found.size() != 1) return nullptr;
  return &inside_.try_emplace(found.front(), found.front()->body).first->second;
}

std::pair<Open*, std::string> Open::at(std::string_view path) {
  const auto [around, name] = split_path(path);
  Open* open = this;
  for (const std::string& block : around) {
    open = open->inside(block);
    if (open == nullptr) break;
  }
  return {open, name};
}

std::vector<const hcl::Item*> Open::left() const {
  std::vector<const hcl::Item*> out;
  for (std::size_t i = 0; i < body_->items.size(); ++i) {
    if (taken_[i]) continue;
    const auto entered = inside_.find(&body_->items[i]);
    if (entered == inside_.end()) out.push_back(&body_->items[i]);
    else
      for (const hcl::Item* item : entered->second.left()) out.push_back(item);
  }
  return out;
}

hcl::Body Open::rest() const {
  hcl::Body out;
  for (std::size_t i = 0; i < body_->items.size(); ++i) {
    if (taken_[i]) continue;
    const hcl::Item& item = body_->items[i];
    const auto entered = inside_.find(&item);
    if (entered == inside_.end()) {
      out.items.push_back(item);
    } else if (hcl::Body inner = entered->second.rest(); !inner.items.empty()) {
      hcl::Item part = item;
      part.body = std::move(inner);
      out.items.push_back(std::move(part));
    }
  }
  return out;
}

// ---- rows

cloud::Object Reader::properties(Open& body, const Address& on, const Row& row) {
  std::optional<Read> read = rows(body, on, std::span(&row, 1));
  auto* found = read ? read->value.get<Object>() : nullptr;
  if (found == nullptr || row.property.empty()) return {};
  for (cloud::Member& m : found->members) given::make_whole(m.value);
  return std::move(*found);
}

std::optional<Reader::Read> Reader::rows(Open& body, const Address& on, std::span<const Row> rows) {
  if (rows.size() == 1 && rows.front().property.empty()) return row(body, on, rows.front());
  std::vector<std::pair<Span, cloud::Member>> found;
  const auto implied = [](const Row& r) { return r.shape == Shape::implied; };
  const auto has = [&](std::string_view property) {
    return std::any_of(found.begin(), found.end(), [&](const auto& one) { return one.second.key == property; });
  };
  std::vector<const Row*> in_turn;
  for (const Row& r : rows) in_turn.push_back(&r);
  std::stable_partition(in_turn.begin(), in_turn.end(), [](const Row* r) { return r->unless.empty(); });
  for (const Row* one_row : in_turn) {
    const Row& r = *one_row;
    if (implied(r) || r.shape == Shape::follows || (!r.unless.empty() && has(r.unless))) continue;
    if (r.shape == Shape::joined) {
      Object into;
      Span at;
      if (joined(body, r, into, at)) {
        for (cloud::Member& m : into.members) found.push_back({at, std::move(m)});
      }
    } else if (std::optional<Read> one = row(body, on, r); one && !r.properties.empty()) {
      for (cloud::Member& m : one->value.get<Object>()->members) found.push_back({one->at, std::move(m)});
    } else if (one) {
      found.push_back({one->at, {std::string(r.property), std::move(one->value)}});
    }
  }
  // What the provider does not ask for is so wherever the rest is.
  if (found.empty() && !std::all_of(rows.begin(), rows.end(), implied)) return std::nullopt;
  Object beside;
  for (const auto& [at, member] : found) beside.set(member.key, member.value);
  for (const Row& r : rows) {
    if (implied(r)) found.push_back({Span(), {std::string(r.property), implied_value(r, beside)}});
  }
  if (found.empty()) return std::nullopt;
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  Read out{Object(), found.front().first};
  for (auto& [at, member] : found) out.value.get<Object>()->set(std::move(member.key), std::move(member.value));
  return out;
}

std::optional<Reader::Read> Reader::row(Open& body, const Address& on, const Row& row) {
  switch (row.shape) {
    case Shape::block:
    case Shape::parsed:
    case Shape::blocks: return blocks(body, on, row);
    case Shape::keyed: return keyed(body, row, on);
    case Shape::flat: return flat(body, on, row, false);
    case Shape::pivot: return pivot(body, row);
    case Shape::each: return each(body, row);
    case Shape::reference: return reference(body, row);
    case Shape::file: return file(body, row);
    case Shape::source: return source(body, on, row);
    case Shape::resource: return satellite(on, row);
    case Shape::resources: return satellites(on, row);
    case Shape::implied:
    case Shape::follows: return std::nullopt;
    case Shape::tagged: return tagged(body, row);
    case Shape::noted: return noted(body, row);
    case Shape::only:
      if (!row.of.empty()) return flat(body, on, row, true);
      break;
    default: break;
  }
  const auto [inner, name] = body.at(row.to);
  const hcl::Item* item = inner == nullptr ? nullptr : inner->argument(name);
  if (item == nullptr) return std::nullopt;
  std::optional<Value> read = argument(row, item->value);
  if (!read) return std::nullopt;
  inner->take(*item);
  always(*inner, row.always);
  if (row.shape == Shape::only) read = cloud::Values{std::move(*read)};
  return Read{std::move(*read), item->name_span};
}

/// Nothing when the argument is not what this row writes: another row may know it.
std::optional<Value> Reader::argument(const Row& row, const hcl::Expr& e) {
  if (row.shape == Shape::json && !row.of.empty() && e.is(Kind::call) && e.text == "jsonencode" && e.parts.size() == 1)
    return renamed_all(row, e.parts[0]);
  if (row.shape == Shape::json) {
    if (e.is(Kind::call) && e.text == "jsonencode" && e.parts.size() == 1) return value(e.parts[0], true);
    return value(e);
  }
  if (row.shape == Shape::pairs) return pairs(row, e);
  if (row.shape == Shape::object && e.is(Kind::object)) return renamed(row.of, e);
  if (row.shape == Shape::objects && e.is(Kind::list)) return renamed_all(row, e);
  if (!row.words.empty()) {
    for (const Word& word : row.words) {
      if (to_value(word.theirs) == value(e)) return to_value(word.ours);
    }
    return std::nullopt;
  }
  if (row.times != 1) {
    if (e.is(Kind::integer)) return Value(static_cast<double>(e.whole) / row.times);
    if (e.is(Kind::real)) return Value(e.number / row.times);
    if (e.is(Kind::binary) && e.text == "*") return value(e.parts[0]);
    return unknown(e);
  }
  if (row.shape == Shape::single) {
    if (!e.is(Kind::list) || e.parts.size() != 1) return std::nullopt;
    return value(e.parts[0]);
  }
  return value(e);
}

std::optional<Reader::Read> Reader::blocks(Open& body, const Address& on, const Row& row) {
  const auto [inner, name] = body.at(row.to);
  if (inner == nullptr) return std::nullopt;
  const std::vector<const hcl::Item*> found = inner->blocks(name);
  if (found.empty()) return std::nullopt;
  cloud::Values list;
  for (const hcl::Item* block : found) {
    inner->take(*block);
    Open open(block->body);
    always(open, row.always);
    std::optional<Read> read = rows(open, on, row.of);
    report_left(open, block->name);
    list.emplace_back(read ? std::move(read->value) : Value(Object()));
  }
  if (row.shape == Shape::parsed) return Read{cloud::json_text(list), found.front()->span};
  if (row.shape == Shape::blocks) return Read{std::move(list), found.front()->span};
  if (list.size() > 1) ignored(*found[1], name);
  return Read{std::move(list.front()), found.front()->span};
}

std::optional<Reader::Read> Reader::keyed(Open& body, const Row& row, const Address& on) {
  const auto [inner, name] = body.at(row.to);
  if (inner == nullptr) return std::nullopt;
  const std::vector<const hcl::Item*> found = inner->blocks(name);
  if (found.empty()) return std::nullopt;
  Object object;
  for (const hcl::Item* block : found) {
    inner->take(*block);
    Open open(block->body);
    const hcl::Item* key = open.argument(row.key);
    if (key == nullptr || key->value.string() == nullptr) {
      ignored(*block, name);
      continue;
    }
    open.take(*key);
    std::optional<Read> read = rows(open, on, row.of);
    report_left(open, block->name);
    object.set(key->value.text, read ? std::move(read->value) : Value(Object()));
  }
  return Read{std::move(object), found.front()->span};
}

std::optional<Reader::Read> Reader::flat(Open& body, const Address& on, const Row& row, bool list) {
  std::optional<Read> read = rows(body, on, row.of);
  if (!read) return std::nullopt;
  always(body, row.always);
  if (list) read->value = cloud::Values{std::move(read->value)};
  return read;
}

std::optional<Reader::Read> Reader::each(Open& body, const Row& row) {
  cloud::Values list;
  Span at;
  for (const std::string_view name : row.arguments) {
    const hcl::Item* item = body.argument(name);
    if (item == nullptr) break;  // one behind a gap is left over, and reported
    body.take(*item);
    earlier(at, item->name_span);
    list.push_back(value(item->value));
  }
  if (list.empty()) return std::nullopt;
  return Read{std::move(list), at};
}

std::optional<Reader::Read> Reader::pivot(Open& body, const Row& row) {
  std::vector<std::pair<Span, Value>> found;
  for (const Pair& name : row.names) {
    const auto [inner, argument] = body.at(name.second);
    const hcl::Item* item = inner == nullptr ? nullptr : inner->argument(argument);
    if (item == nullptr) continue;
    inner->take(*item);
    Object pair;
    pair.set(std::string(row.value), value(item->value)).set(std::string(row.key), name.first);
    found.push_back({item->name_span, std::move(pair)});
  }
  if (found.empty()) return std::nullopt;
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  cloud::Values list;
  for (auto& [at, pair] : found) list.push_back(std::move(pair));
  return Read{std::move(list), found.front().first};
}

std::optional<Reader::Read> Reader::tagged(Open& body, const Row& row) {
  const auto [inner, name] = body.at(row.to);
  const hcl::Item* item = inner == nullptr ? nullptr : inner->argument(name);
  if (item == nullptr || !item->value.is(Kind::object) || item->value.parts.size() != 2) return std::nullopt;
  const std::string* key = item->value.parts[0].string();
  if (key == nullptr || *key != row.key) return std::nullopt;
  inner->take(*item);
  return Read{value(item->value.parts[1]), item->name_span};
}

std::optional<Reader::Read> Reader::noted(Open& body, const Row& row) {
  const auto [inner, name] = body.at(row.to);
  const hcl::Item* item = inner == nullptr ? nullptr : inner->argument(name);
  const std::string* text = item == nullptr ? nullptr : item->value.string();
  if (text == nullptr) return std::nullopt;
  cloud::Values list;
  constexpr std::string_view kBetween = ", ";
  for (std::size_t begin = 0; begin <= text->size();) {
    const std::size_t end = std::min(text->find(kBetween, begin), text->size());
    const std::size_t equals = text->find('=', begin);
    if (equals >= end) return std::nullopt;  // a text of somebody else's
    Object pair;
    pair.set(std::string(row.key), text->substr(begin, equals - begin));
    pair.set(std::string(row.value), text->substr(equals + 1, end - equals - 1));
    list.emplace_back(std::move(pair));
    begin = end + kBetween.size();
  }
  inner->take(*item);
  return Read{std::move(list), item->name_span};
}

bool Reader::joined(Open& body, const Row& row, Object& into, Span& at) {
  const auto [inner, name] = body.at(row.to);
  const hcl::Item* item = inner == nullptr ? nullptr : inner->argument(name);
  const std::string* text = item == nullptr ? nullptr : item->value.string();
  if (text == nullptr) return false;
  std::string rest = std::string(row.drop) + *text;
  std::vector<std::string> parts;
  for (std::size_t i = row.properties.size(); i-- > 1;) {
    const std::size_t cut = rest.rfind(row.separator);
    if (cut == std::string::npos) return false;
    parts.push_back(rest.substr(cut + row.separator.size()));
    rest.resize(cut);
  }
  parts.push_back(std::move(rest));
  inner->take(*item);
  at = item->name_span;
  for (std::size_t i = 0; i < row.properties.size(); ++i)
    into.set(std::string(row.properties[i]), parts[parts.size() - 1 - i]);
  return true;
}

std::optional<Reader::Read> Reader::reference(Open& body, const Row& row) {
  const auto [inner, name] = body.at(row.to);
  if (inner == nullptr) return std::nullopt;
  for (const Split& split : row.splits) {
    const hcl::Item* first = inner->argument(split.arguments.front().first);
    std::string attribute;
    const std::optional<Address> address = first == nullptr ? std::nullopt : address_in(first->value, &attribute);
    const Type* type = address ? type_of(address->type) : nullptr;
    if (type == nullptr || type->type != split.type || attribute != split.arguments.front().second) continue;
    for (const Pair& p : split.arguments) {
      const hcl::Item* item = inner->argument(p.first);
      const bool same = item != nullptr && item->value == hcl::path(address->text() + "." + std::string(p.second));
      if (same) inner->take(*item);
    }
    return Read{cloud::Ref{to_id(address->name)}, first->name_span};
  }
  const hcl::Item* item = inner->argument(name);
  std::optional<Value> read = item == nullptr ? std::nullopt : argument(row, item->value);
  if (!read) return std::nullopt;
  inner->take(*item);
  return Read{std::move(*read), item->name_span};
}

std::optional<Reader::Read> Reader::file(Open& body, const Row& row) {
  const auto [inner, name] = body.at(row.to);
  const hcl::Item* item = inner == nullptr ? nullptr : inner->argument(name);
  if (item == nullptr) {
    return row.of.empty() ? std::nullopt : rows(body, {}, row.of);
  }
  const hcl::Expr& e = item->value;
  const bool whole = e.is(Kind::joined) && e.parts.size() == 2 && e.parts[0] == hcl::path("path.module") &&
                     e.parts[1].is(Kind::string) && e.parts[1].text.starts_with('/');
  inner->take(*item);
  const hcl::Item* hash = inner->argument(row.hash);
  if (hash != nullptr && hash->value.is(Kind::call) && hash->value.parts.size() == 1 && hash->value.parts[0] == e)
    inner->take(*hash);
  if (!whole) return Read{value(e), item->name_span};
  return Read{e.parts[1].text.substr(1), item->name_span};
}

std::optional<Reader::Read> Reader::source(Open& body, const Address&, const Row& row) {
  const auto [inner, name] = body.at(row.to);
  const hcl::Item* item = inner == nullptr ? nullptr : inner->argument(name);
  const std::vector<std::string> words = item == nullptr ? std::vector<std::string>() : hcl::words(item->value);
  if (words.size() != 4 || words[0] != row.keyword || words[1] != row.satellite.type || words[3] != row.gives)
    return std::nullopt;
  const auto found = sources_.find({words[1], words[2]});
  if (found == sources_.end()) return std::nullopt;
  inner->take(*item);
  always(*inner, row.always);
  found->second.used = true;
  Open asked(found->second.item->body);
  std::optional<Value> read;
  if (row.argument.empty()) {
    std::optional<Read> of = rows(asked, {}, row.of);
    read = of ? std::move(of->value) : Value(Object());
  } else if (const hcl::Item* argument = asked.argument(row.argument)) {
    asked.take(*argument);
    read = value(argument->value);
  }
  always(asked, row.always);
  report_left(asked, words[1]);
  if (!read) return std::nullopt;
  return Read{std::move(*read), item->name_span};
}

void Reader::always(Open& body, std::span<const Always> all) {
  for (const Always& a : all) {
    if (a.value.kind == Literal::Kind::block) {
      const std::vector<const hcl::Item*> found = body.blocks(a.argument);
      if (found.size() == 1 && found.front()->body.items.empty()) body.take(*found.front());
      continue;
    }
    const auto [inner, name] = body.at(a.argument);
    const hcl::Item* item = inner == nullptr ? nullptr : inner->argument(name);
    const Value wanted = a.value.kind == Literal::Kind::text ? Value(with_id(a.value.text, at_)) : to_value(a.value);
    if (item != nullptr && value(item->value) == wanted) inner->take(*item);
  }
}

Value Reader::pairs(const Row& row, const hcl::Expr& e) {
  if (!e.is(Kind::object)) return value(e);
  cloud::Values list;
  for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2) {
    Object pair;
    pair.set(std::string(row.key), value(e.parts[i])).set(std::string(row.value), value(e.parts[i + 1]));
    list.emplace_back(std::move(pair));
  }
  return list;
}

Value Reader::renamed_all(const Row& row, const hcl::Expr& e) {
  if (!e.is(Kind::list)) return renamed(row.of, e);
  cloud::Values items;
  for (const hcl::Expr& item : e.parts) items.push_back(renamed(row.of, item));
  return items;
}

Value Reader::renamed(std::span<const Row> rows, const hcl::Expr& e) {
  if (!e.is(Kind::object)) return value(e);
  Object out;
  for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2) {
    const std::string* key = e.parts[i].string();
    const auto row =
        key == nullptr ? rows.end() : std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.to == *key; });
    std::optional<Value> read = row == rows.end() ? std::nullopt : argument(*row, e.parts[i + 1]);
    if (read) out.set(std::string(row->property), std::move(*read));
    else (void)unknown(e.parts[i]);
  }
  return out;
}

// ---- resources of their own

/// Whether the first link of a satellite leads to what it should hang from.
bool Reader::linked(const hcl::Body& body, const Satellite& satellite, const Address& on) const {
  const auto link = std::find_if(satellite.link.begin(), satellite.link.end(),
                                 [](const Pair& p) { return !p.second.starts_with("main."); });
  if (link == satellite.link.end()) return false;  // it hangs by its companion
  const hcl::Item* item = body.argument(link->first);
  return item != nullptr && address_in(item->value) == on;
}

/// Whether a satellite that says nothing of its owner is tied to it by a companion.
bool Reader::held(const Address& address, const Satellite& satellite, const Address& on) const {
  if (!satellite.link.empty()) return false;
  for (const Satellite& companion : satellite.companions) {
    for (const auto& [other, block] : resources_) {
      if (block.used || other.type != companion.type || !linked(block.item->body, companion, address)) continue;
      for (const Pair& p : companion.link) {
        const hcl::Item* item = block.item->body.argument(p.first);
        if (p.second.starts_with("main.") && item != nullptr && address_in(item->value) == on) return true;
      }
    }
  }
  return false;
}

/// Takes what a satellite says of itself.
void Reader::close(Open& open, const Satellite& satellite) {
  for (const Pair& p : satellite.link) {
    if (const hcl::Item* item = open.argument(p.first)) open.take(*item);
  }
  if (const hcl::Item* item = open.argument("depends_on")) open.take(*item);
  always(open, satellite.always);
}

/// What was made with the resource at `on`.
void Reader::companions(std::span<const Satellite> all, const Address& on) {
  for (const Satellite& companion : all) {
    for (const Address& other : order_) {
      Block& candidate = resources_[other];
      if (candidate.used || other.type != companion.type || !linked(candidate.item->body, companion, on)) continue;
      candidate.used = true;
      placed_.push_back({other, at_, &companion});
      Open open(candidate.item->body);
      close(open, companion);
      report_left(open, other.text());
      break;
    }
  }
}

std::optional<Reader::Read> Reader::satellite(const Address& on, const Row& row) {
  for (const Address& address : order_) {
    Block& block = resources_[address];
    if (block.used || address.type != row.satellite.type) continue;
    if (!linked(block.item->body, row.satellite, on) && !held(address, row.satellite, on)) continue;
    Open body(block.item->body);
    std::optional<Value> read;
    if (!row.argument.empty()) {
      const hcl::Item* item = body.argument(row.argument);
      if (item == nullptr) continue;  // another property's, of the same type
      body.take(*item);
      read = value(item->value);
    }
    close(body, row.satellite);
    if (!read) {
      std::optional<Read> of = rows(body, address, row.of);
      if (!of) continue;
      read = std::move(of->value);
    }
    block.used = true;
    placed_.push_back({address, at_, &row.satellite});
    companions(row.satellite.companions, address);
    report_left(body, address.text());
    return Read{std::move(*read), block.item->span};
  }
  return std::nullopt;
}

std::optional<Reader::Read> Reader::satellites(const Address& on, const Row& row) {
  cloud::Values list;
  Span at;
  while (std::optional<Read> one = satellite(on, row)) {
    earlier(at, one->at);
    list.push_back(std::move(one->value));
  }
  if (list.empty()) return std::nullopt;
  return Read{std::move(list), at};
}

}  // namespace virga::terraform
