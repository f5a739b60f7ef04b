#include "compiler/cloud/template.h"

#include "compiler/cloud/dump.h"
#include "compiler/cloud/references.h"
#include "compiler/cloud/template_parts.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <cmath>

namespace virga::cloud {
namespace {

namespace codes = diag::codes;

// ---- writing

class Writer {
 public:
  explicit Writer(const Dialect& dialect) : d_(dialect) {}

  Document write(const Stack& stack) const {
    Document out = Document::map();
    out.set(d_.version_key, d_.version);
    set_text(out, d_.description, stack.description);
    for (const Member& m : stack.sections.members) out.set(m.key, to_document(m.value, d_));
    section(out, d_.parameters, stack.parameters);
    section(out, d_.conditions, stack.conditions);
    section(out, d_.resources, stack.resources);
    section(out, d_.outputs, stack.outputs);
    return out;
  }

 private:
  template <class Parts>
  void section(Document& out, std::string_view name, const Parts& parts) const {
    if (parts.empty()) return;
    Document map = Document::map();
    for (const auto& part : parts) map.set(key_of(part), write(part));
    out.set(name, std::move(map));
  }

  static const std::string& key_of(const Resource& r) { return r.id; }
  template <class T>
  static const std::string& key_of(const T& part) {
    return part.name;
  }

  static void set_text(Document& out, std::string_view key, const std::string& text) {
    if (!text.empty()) out.set(key, text);
  }
  void set_number(Document& out, std::string_view key, std::optional<double> number) const {
    if (number) out.set(key, to_document(Value(*number), d_));
  }

  Document write(const StackParameter& p) const {
    Document out = Document::map();
    out.set(d_.type, p.type);
    set_text(out, d_.description, p.description);
    if (p.fallback) out.set(d_.fallback, to_document(*p.fallback, d_));
    if (!p.allowed.empty()) out.set(d_.allowed, to_document(Value(p.allowed), d_));
    set_text(out, d_.pattern, p.pattern);
    set_number(out, d_.min, p.min);
    set_number(out, d_.max, p.max);
    if (p.min_length) out.set(d_.min_length, *p.min_length);
    if (p.max_length) out.set(d_.max_length, *p.max_length);
    if (p.secret) out.set(d_.secret, true);
    add(out, p.more);
    return out;
  }

  Document write(const Condition& c) const { return to_document(c.expression, d_); }

  Document write(const Resource& r) const {
    Document out = Document::map();
    out.set(d_.type, r.type);
    set_text(out, d_.condition, r.condition);
    if (r.depends_on.size() == 1) {
      out.set(d_.depends_on, r.depends_on.front());
    } else if (!r.depends_on.empty()) {
      Document list = Document::list();
      for (const std::string& id : r.depends_on) list.append(id);
      out.set(d_.depends_on, std::move(list));
    }
    set_policy(out, d_.on_removal, r.on_removal);
    set_policy(out, d_.on_replace, r.on_replace);
    if (!r.metadata.members.empty()) out.set(d_.metadata, to_document(r.metadata, d_));
    add(out, r.more);
    if (!r.properties.members.empty()) out.set(d_.properties, to_document(r.properties, d_));
    return out;
  }

  void set_policy(Document& out, std::string_view key, OnRemoval policy) const {
    const std::string_view word = policy == OnRemoval::keep       ? d_.keep
                                  : policy == OnRemoval::remove   ? d_.remove
                                  : policy == OnRemoval::snapshot ? d_.snapshot
                                                                  : std::string_view();
    if (!key.empty() && !word.empty()) out.set(key, word);
  }

  Document write(const StackOutput& o) const {
    Document out = Document::map();
    set_text(out, d_.description, o.description);
    set_text(out, d_.condition, o.condition);
    out.set(d_.value, to_document(o.value, d_));
    if (!o.export_name.empty() && !d_.export_key.empty()) {
      Document name = Document::map();
      name.set(d_.export_name, o.export_name);
      out.set(d_.export_key, std::move(name));
    }
    add(out, o.more);
    return out;
  }

  void add(Document& out, const Object& more) const {
    for (const Member& m : more.members) out.set(m.key, to_document(m.value, d_));
  }

  const Dialect& d_;
};

// ---- reading

class Reader {
 public:
  Reader(const Dialect& dialect, diag::Sink& sink, const ParameterNames& more) : d_(dialect), sink_(sink), names_(more) {}

  Stack read(const Document& document) {
    Stack stack;
    stack.cloud = d_.cloud;
    const auto* sections = document.as_map();
    if (sections == nullptr) {
      sink_.report(document.span, codes::TemplateShape, "the template", "a map of sections");
      return stack;
    }
    if (const Document* parameters = document.find(d_.parameters);
        parameters != nullptr && parameters->as_map() != nullptr) {
      for (const Document::Entry& entry : *parameters->as_map()) names_.insert(entry.key);
    }
    for (const Document::Entry& entry : *sections) {
      if (entry.key == d_.description && entry.value.is_scalar()) {
        stack.description = entry.value.text();
      } else if (entry.key == d_.parameters) {
        read_section(entry, stack.parameters);
      } else if (entry.key == d_.conditions) {
        read_section(entry, stack.conditions);
      } else if (entry.key == d_.resources) {
        read_section(entry, stack.resources);
      } else if (entry.key == d_.outputs) {
        read_section(entry, stack.outputs);
      } else if (entry.key != d_.version_key &&
                 std::find(d_.own_sections.begin(), d_.own_sections.end(), entry.key) == d_.own_sections.end()) {
        stack.sections.set(entry.key, value(entry.value));
      }
    }
    return stack;
  }

 private:
  template <class Part>
  void read_section(const Document::Entry& section, std::vector<Part>& parts) {
    if (section.value.is_null()) return;
    const auto* map = section.value.as_map();
    if (map == nullptr) {
      sink_.report(section.value.span, codes::TemplateShape, section.key, "a map");
      return;
    }
    for (const Document::Entry& entry : *map) {
      Part part;
      if (read(entry, part)) parts.push_back(std::move(part));
    }
  }

  Value value(const Document& document, Place place = Place::property) const {
    return from_document(document, d_, names_, place);
  }

  const Document::Map* fields(const Document::Entry& entry) {
    if (entry.value.as_map() == nullptr) sink_.report(entry.value.span, codes::TemplateShape, entry.key, "a map");
    return entry.value.as_map();
  }

  /// What is not understood is kept as it stands.
  void keep(const Document::Entry& field, Object& more) const { more.set(field.key, value(field.value)); }

  static bool is_true(const Document& d) { return d.as_boolean() != nullptr ? *d.as_boolean() : d.text() == "true"; }

  static std::optional<double> number(const Document& d) {
    if (const auto* n = d.as_integer()) return static_cast<double>(*n);
    if (const auto* n = d.as_real()) return *n;
    // Engines take `"8"` for 8 here, and people write it.
    if (const auto* s = d.as_string()) {
      if (const std::optional<Document> read = decimal_number(*s)) return number(*read);
    }
    return std::nullopt;
  }

  bool read(const Document::Entry& entry, StackParameter& p) {
    p.name = entry.key;
    const auto* map = fields(entry);
    if (map == nullptr) return false;
    for (const Document::Entry& field : *map) {
      const std::string_view key = field.key;
      const Document& v = field.value;
      if (key == d_.type) p.type = v.text();
      else if (key == d_.description && v.is_scalar()) p.description = v.text();
      else if (key == d_.fallback) p.fallback = value(v);
      else if (key == d_.pattern) p.pattern = v.text();
      else if (key == d_.min && number(v)) p.min = number(v);
      else if (key == d_.max && number(v)) p.max = number(v);
      else if (key == d_.min_length && number(v)) p.min_length = static_cast<std::int64_t>(*number(v));
      else if (key == d_.max_length && number(v)) p.max_length = static_cast<std::int64_t>(*number(v));
      else if (key == d_.secret) p.secret = is_true(v);
      else if (key == d_.allowed && v.as_list() != nullptr) p.allowed = *value(v).get<Values>();
      else keep(field, p.more);
    }
    return true;
  }

  bool read(const Document::Entry& entry, Condition& c) {
    c.name = entry.key;
    c.expression = value(entry.value, Place::condition);
    return true;
  }

  bool read(const Document::Entry& entry, Resource& r) {
    r.id = entry.key;
    r.span = entry.key_span;
    const auto* map = fields(entry);
    if (map == nullptr) return false;
    for (const Document::Entry& field : *map) {
      const std::string_view key = field.key;
      const Document& v = field.value;
      if (key == d_.type) r.type = v.text();
      else if (key == d_.condition) r.condition = v.text();
      else if (key == d_.depends_on) read_depends_on(v, r);
      else if (key == d_.metadata) read_object(field, r.metadata, r.more);
      else if (key == d_.properties) read_object(field, r.properties, r.more);
      else if (!d_.on_removal.empty() && key == d_.on_removal) r.on_removal = policy(field, r.more);
      else if (!d_.on_replace.empty() && key == d_.on_replace) r.on_replace = policy(field, r.more);
      else keep(field, r.more);
    }
    if (r.type.empty()) {
      sink_.report(entry.key_span, codes::TemplateShape, entry.key, "a resource with a type");
      return false;
    }
    return true;
  }

  static void read_depends_on(const Document& d, Resource& r) {
    if (const auto* list = d.as_list()) {
      for (const Document& id : *list) r.depends_on.push_back(id.text());
    } else {
      r.depends_on.push_back(d.text());
    }
    std::sort(r.depends_on.begin(), r.depends_on.end());
  }

  /// A function of the engine may stand where a map should.
  void read_object(const Document::Entry& field, Object& object, Object& more) const {
    Value v = value(field.value);
    if (v.get<Object>() != nullptr) object = std::move(*v.get<Object>());
    else if (!field.value.is_null()) more.set(field.key, std::move(v));
  }

  OnRemoval policy(const Document::Entry& field, Object& more) const {
    const std::string word = field.value.text();
    if (word == d_.keep) return OnRemoval::keep;
    if (word == d_.remove) return OnRemoval::remove;
    if (!d_.snapshot.empty() && word == d_.snapshot) return OnRemoval::snapshot;
    keep(field, more);
    return OnRemoval::engine_default;
  }

  [[nodiscard]] bool is_plain_name(const Document& d) const {
    const Document* name = d.find(d_.export_name);
    return name != nullptr && name->as_string() != nullptr && name->tag().empty();
  }

  bool read(const Document::Entry& entry, StackOutput& o) {
    o.name = entry.key;
    const auto* map = fields(entry);
    if (map == nullptr) return false;
    for (const Document::Entry& field : *map) {
      const std::string_view key = field.key;
      if (key == d_.value) o.value = value(field.value);
      else if (key == d_.description && field.value.is_scalar()) o.description = field.value.text();
      else if (key == d_.condition) o.condition = field.value.text();
      else if (!d_.export_key.empty() && key == d_.export_key && is_plain_name(field.value))
        o.export_name = field.value.find(d_.export_name)->text();
      else keep(field, o.more);
    }
    return true;
  }

  const Dialect& d_;
  diag::Sink& sink_;
  ParameterNames names_;
};

}  // namespace

Document to_document(const Stack& stack, const Dialect& dialect) { return Writer(dialect).write(stack); }

Stack to_stack(const Document& document, const Dialect& dialect, diag::Sink& sink, const ParameterNames& more) {
  return Reader(dialect, sink, more).read(document);
}

bool is_template(const SourceFile& file, const Dialect& dialect, std::span<const std::string_view> types) {
  diag::Sink nothing;
  const std::optional<Document> document = read_template(file, nothing);
  if (!document) return false;
  if (document->find(dialect.version_key) != nullptr) return true;
  const Document* resources = document->find(dialect.resources);
  const auto* all = resources == nullptr ? nullptr : resources->as_map();
  return all != nullptr && std::any_of(all->begin(), all->end(), [&](const Document::Entry& e) {
           const Document* type = e.value.find(dialect.type);
           return type != nullptr && std::any_of(types.begin(), types.end(),
                                                 [&](std::string_view begin) { return type->text().starts_with(begin); });
         });
}

std::vector<Unsaid> unsaid(const Stack& stack, const Dialect& dialect) {
  std::vector<Unsaid> out;
  const Resource* resource = nullptr;
  std::string_view name;
  // Where it is said is put into words once something is found, which it hardly ever is.
  const std::function<void(const Value&)> look = [&](const Value& v) {
    const auto* pseudo = v.get<Pseudo>();
    if (pseudo == nullptr || !dialect.name_of(*pseudo).empty()) return;
    const std::string where = resource == nullptr ? "the output `" + std::string(name) + "`"
                                                  : "`" + std::string(name) + "` of `" + resource->type + "`";
    out.push_back({resource == nullptr ? "" : resource->id,
                   "`engine." + std::string(to_text(*pseudo)) + "` at " + where,
                   {},
                   catalog::Fidelity::impossible});
  };
  for (const Resource& r : stack.resources) {
    resource = &r;
    for (const Member& m : r.properties.members) name = m.key, for_each_value(m.value, look);
  }
  resource = nullptr;
  for (const StackOutput& o : stack.outputs) name = o.name, for_each_value(o.value, look);
  return out;
}

}  // namespace virga::cloud
