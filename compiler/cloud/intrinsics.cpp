#include "compiler/cloud/intrinsics.h"

#include <algorithm>
#include <cmath>

namespace virga::cloud {
namespace {

constexpr std::string_view kFunctionPrefix = "Fn::";
constexpr std::string_view kOpen = "${";

/// `Fn::GetAtt` → `!GetAtt`
std::string tag_of(std::string_view function) {
  if (function.starts_with(kFunctionPrefix)) function.remove_prefix(kFunctionPrefix.size());
  return "!" + std::string(function);
}

// ---- writing

class Writer {
 public:
  explicit Writer(const Dialect& dialect) : dialect_(dialect) {}

  Document write(const Value& value) const { return std::visit(*this, value.data); }

  Document operator()(Null) const { return {}; }
  Document operator()(bool b) const { return b; }
  Document operator()(std::int64_t n) const { return n; }
  Document operator()(double n) const {
    // A whole number is written as one: `3`, not `3.0`.
    constexpr double kExact = 9007199254740992;  // 2^53: beyond it a double may not be the integer it looks like
    if (std::trunc(n) == n && std::fabs(n) < kExact) return static_cast<std::int64_t>(n);
    return n;
  }
  Document operator()(const std::string& s) const { return s; }
  Document operator()(const Values& items) const {
    Document list = Document::list();
    for (const Value& item : items) list.append(write(item));
    return list;
  }
  Document operator()(const Object& object) const {
    Document map = Document::map();
    for (const Member& m : object.members) map.set(m.key, write(m.value));
    return map;
  }
  Document operator()(const Ref& r) const { return call(dialect_.ref, r.resource); }
  Document operator()(const Parameter& p) const { return call(dialect_.ref, p.name); }
  Document operator()(Pseudo p) const { return call(dialect_.ref, dialect_.name_of(p)); }
  Document operator()(const GetAtt& g) const {
    if (dialect_.short_tags) return call(dialect_.get_att, g.resource + "." + g.attribute);
    return call(dialect_.get_att, Document::list({g.resource, g.attribute}));
  }
  Document operator()(const Box<If>& i) const {
    return call(dialect_.choose, Document::list({i->condition, write(i->then), write(i->otherwise)}));
  }
  Document operator()(const Box<Call>& c) const { return call(c->function, write(c->argument)); }
  Document operator()(const Box<Concat>& c) const {
    if (std::optional<std::string> text = substitution(*c)) return call(dialect_.sub, std::move(*text));
    return call(dialect_.join, Document::list({"", (*this)(c->parts)}));
  }

 private:
  Document call(std::string_view function, Document argument) const {
    // A node has one tag: a function of a function has the outer one spelt out.
    if (dialect_.short_tags && argument.tag().empty()) return std::move(argument).tagged(tag_of(function));
    Document map = Document::map();
    map.set(function, std::move(argument));
    return map;
  }

  /// `…${X}…`; nothing when a part can't be said so.
  std::optional<std::string> substitution(const Concat& concat) const {
    std::string text;
    for (const Value& part : concat.parts) {
      if (const auto* literal = part.get<std::string>()) {
        if (!append_escaped(text, *literal)) return std::nullopt;
      } else if (const auto* r = part.get<Ref>()) {
        text += "${" + r->resource + "}";
      } else if (const auto* p = part.get<Parameter>()) {
        text += "${" + p->name + "}";
      } else if (const auto* g = part.get<GetAtt>()) {
        text += "${" + g->resource + "." + g->attribute + "}";
      } else if (const auto* pseudo = part.get<Pseudo>()) {
        text += "${" + std::string(dialect_.name_of(*pseudo)) + "}";
      } else {
        return std::nullopt;
      }
    }
    return text;
  }

  /// A `${` of the text must not become a reference. One that is not closed within the text can't be escaped, because
  /// what follows it would close it; nor one that ends in `$`, because the next part's brace would open it.
  bool append_escaped(std::string& text, std::string_view literal) const {
    while (true) {
      const std::size_t open = literal.find(kOpen);
      if (open == std::string_view::npos) break;
      if (!dialect_.sub_escapes || literal.find('}', open) == std::string_view::npos) return false;
      text += literal.substr(0, open);
      text += "${!";
      literal.remove_prefix(open + kOpen.size());
    }
    text += literal;
    return true;
  }

  const Dialect& dialect_;
};

// ---- reading

class Reader {
 public:
  Reader(const Dialect& dialect, const ParameterNames& parameters, Place place)
      : dialect_(dialect), parameters_(parameters), place_(place) {}

  Value read(const Document& d) const {
    if (!d.tag().empty()) {
      const std::string_view word = std::string_view(d.tag()).substr(1);
      const std::string plain(word);
      const bool bare = word == dialect_.ref || word == dialect_.condition;
      return function(bare ? plain : std::string(kFunctionPrefix) + plain, untagged(d));
    }
    return untagged(d);
  }

 private:
  /// The value without its own tag, which may stand before the long form of another function.
  Value untagged(const Document& d) const {
    if (const auto* map = d.as_map(); map != nullptr && map->size() == 1 && is_function(map->front())) {
      return function(map->front().key, read(map->front().value));
    }
    return content(d);
  }

  bool is_function(const Document::Entry& entry) const {
    if (entry.key == dialect_.ref) return entry.value.as_string() != nullptr;
    if (entry.key == dialect_.condition) return place_ == Place::condition && entry.value.as_string() != nullptr;
    return entry.key.starts_with(kFunctionPrefix);
  }

  /// The value as it stands, within which are others.
  Value content(const Document& d) const {
    if (const bool* b = d.as_boolean()) return *b;
    if (const std::int64_t* n = d.as_integer()) return *n;
    if (const double* n = d.as_real()) return *n;
    if (const std::string* s = d.as_string()) return *s;
    if (const auto* list = d.as_list()) {
      Values items;
      items.reserve(list->size());
      for (const Document& item : *list) items.push_back(read(item));
      return items;
    }
    if (const auto* map = d.as_map()) {
      Object object;
      for (const Document::Entry& entry : *map) object.members.push_back({entry.key, read(entry.value)});
      return object;
    }
    return {};
  }

  /// `argument` is already read.
  Value function(std::string name, Value argument) const {
    const auto* text = argument.get<std::string>();
    const auto* list = argument.get<Values>();
    if (name == dialect_.ref && text != nullptr) return name_value(*text);
    if (name == dialect_.get_att) {
      if (text != nullptr) {
        if (std::optional<GetAtt> g = attribute(*text)) return *g;
      } else if (list != nullptr && list->size() == 2) {
        const auto* resource = list->front().get<std::string>();
        const auto* attr = list->back().get<std::string>();
        if (resource != nullptr && attr != nullptr) return GetAtt{*resource, *attr};
      }
    }
    if (name == dialect_.sub) {
      if (text != nullptr) return substituted(*text, nullptr);
      if (list != nullptr && list->size() == 2 && list->front().get<std::string>() && list->back().get<Object>()) {
        return substituted(*list->front().get<std::string>(), list->back().get<Object>());
      }
    }
    if (name == dialect_.join && list != nullptr && list->size() == 2) {
      const auto* delimiter = list->front().get<std::string>();
      const auto* parts = list->back().get<Values>();
      if (delimiter != nullptr && delimiter->empty() && parts != nullptr && is_text(*parts)) return concat(*parts);
    }
    if (name == dialect_.choose && list != nullptr && list->size() == 3 && list->front().get<std::string>() != nullptr) {
      return Box<If>(If{*list->front().get<std::string>(), (*list)[1], (*list)[2]});
    }
    return Box<Call>(Call{std::move(name), std::move(argument)});
  }

  /// A list that `join` may turn into one text: nothing in it that is a list or a map by itself.
  static bool is_text(const Values& parts) {
    return std::none_of(parts.begin(), parts.end(), [](const Value& v) {
      return v.get<Values>() != nullptr || v.get<Object>() != nullptr || v.get<Null>() != nullptr;
    });
  }

  Value name_value(const std::string& name) const {
    if (const auto* pseudo = dialect_.find_pseudo(name)) return pseudo->pseudo;
    if (parameters_.contains(name)) return Parameter{name};
    return Ref{name};
  }

  static std::optional<GetAtt> attribute(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == text.size()) return std::nullopt;
    return GetAtt{std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
  }

  Value substituted(std::string_view text, const Object* variables) const {
    Values parts;
    while (true) {
      const std::size_t open = text.find(kOpen);
      const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
      if (close == std::string_view::npos) break;
      parts.emplace_back(text.substr(0, open));
      const std::string_view name = text.substr(open + kOpen.size(), close - open - kOpen.size());
      if (name.starts_with('!')) {
        parts.emplace_back(std::string(kOpen) + std::string(name.substr(1)) + "}");
      } else {
        parts.push_back(variable(name, variables));
      }
      text.remove_prefix(close + 1);
    }
    parts.emplace_back(text);
    return concat(std::move(parts));
  }

  Value variable(std::string_view name, const Object* variables) const {
    const Value* given = variables == nullptr ? nullptr : variables->find(name);
    if (given != nullptr) return *given;
    std::optional<GetAtt> g = attribute(name);
    if (g && !parameters_.contains(name)) return *std::move(g);  // a parameter may have a dot in its name, too
    return name_value(std::string(name));
  }

  const Dialect& dialect_;
  const ParameterNames& parameters_;
  Place place_;
};

}  // namespace

std::string_view Dialect::name_of(Pseudo pseudo) const {
  const auto found = std::find_if(pseudos.begin(), pseudos.end(), [&](const PseudoName& p) { return p.pseudo == pseudo; });
  return found == pseudos.end() ? std::string_view() : found->name;
}

const Dialect::PseudoName* Dialect::find_pseudo(std::string_view name) const {
  const auto found = std::find_if(pseudos.begin(), pseudos.end(), [&](const PseudoName& p) { return p.name == name; });
  return found == pseudos.end() ? nullptr : &*found;
}

Document to_document(const Value& value, const Dialect& dialect) { return Writer(dialect).write(value); }
Document to_document(const Object& object, const Dialect& dialect) { return Writer(dialect)(object); }

Value from_document(const Document& document, const Dialect& dialect, const ParameterNames& parameters, Place place) {
  return Reader(dialect, parameters, place).read(document);
}

bool names_function(std::string_view key) { return key == Dialect().ref || key.starts_with(kFunctionPrefix); }

}  // namespace virga::cloud
