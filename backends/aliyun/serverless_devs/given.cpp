#include "backends/aliyun/serverless_devs/given.h"

#include "backends/aliyun/serverless_devs/filled_in.h"
#include "backends/aliyun/serverless_devs/given_words.h"
#include "compiler/cloud/references.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <map>
#include <set>

namespace virga::aliyun::serverless_devs {
namespace {

namespace codes = diag::codes;
using cloud::Document;
using cloud::Object;
using cloud::Value;

class Reader {
 public:
  explicit Reader(diag::Sink& sink) : sink_(sink) {}

  cloud::Stack run(const Document& document) {
    stack_.cloud = "aliyun";
    stack_.adopted = true;
    const Document* vars = document.find(kVars);
    templates_ = document.find("template");
    for (const std::string_view section : {kResources, kServices}) {
      const Document* found = document.find(section);
      if (found == nullptr || found->as_map() == nullptr) continue;
      for (const Document::Entry& e : *found->as_map()) ids_.insert(e.key);
    }
    has_variables_ = vars != nullptr && !vars->is_null() && all_scalars(*vars);
    if (has_variables_) parameters("", *vars);
    for (const Document::Entry& e : *document.as_map()) {
      if (e.key == kVars && has_variables_) continue;
      if (e.key == kResources || e.key == kServices) {
        // Where they stood, so that they stand there again.
        if (e.key == kServices) stack_.sections.set(e.key, Object());
        resources(e);
      } else {
        stack_.sections.set(e.key, value(e.value));
      }
    }
    return std::move(stack_);
  }

 private:
  static bool all_scalars(const Document& d) {
    if (const auto* map = d.as_map())
      return std::all_of(map->begin(), map->end(), [](const Document::Entry& e) {
        return e.key.find('.') == std::string::npos && all_scalars(e.value);
      });
    return d.is_scalar() && !d.is_null();
  }

  void parameters(const std::string& path, const Document& d) {
    if (const auto* map = d.as_map()) {
      for (const Document::Entry& e : *map) parameters(path.empty() ? e.key : path + "." + e.key, e.value);
      return;
    }
    cloud::StackParameter p;
    p.name = path;
    const auto filled = d.as_string() == nullptr ? std::nullopt : whole_filled_in(*d.as_string());
    if (filled && filled->by != FilledIn::By::variable) fill(p, *filled, kValue);
    else p.fallback = plain(d);
    p.type = p.fallback && p.fallback->get<std::int64_t>() != nullptr ? "Number" : "String";
    names_.insert(path);
    stack_.parameters.push_back(std::move(p));
  }

  static void fill(cloud::StackParameter& p, const FilledIn& filled, std::string_view where) {
    if (filled.fallback) p.fallback = *filled.fallback;
    p.more.set(std::string(where), filled.written);
  }

  void resources(const Document::Entry& section) {
    const auto* all = section.value.as_map();
    if (all == nullptr) {
      sink_.report(section.value.span, codes::TemplateShape, section.key, "a map");
      return;
    }
    for (const Document::Entry& e : *all) {
      if (e.value.as_map() == nullptr) {
        sink_.report(e.value.span, codes::TemplateShape, e.key, "a map");
        continue;
      }
      cloud::Resource r;
      r.id = e.key;
      r.span = e.key_span;
      const std::optional<Document> whole = extended(e.value);
      for (const Document::Entry& field : *e.value.as_map()) {
        if (whole && (field.key == kExtend || field.key == kProps)) continue;
        if (field.key == kProps && field.value.as_map() != nullptr) r.properties = *value(field.value).get<Object>();
        else r.more.set(field.key, value(field.value));
      }
      if (whole) r.properties = *value(*whole).get<Object>();
      type(r);
      stack_.resources.push_back(std::move(r));
    }
  }

  /// The `props` of a resource with those of the part of `template` that it extends; nothing when it extends none.
  /// https://docs.serverless-devs.com/user-guide/spec/#extend
  [[nodiscard]] std::optional<Document> extended(const Document& resource) const {
    const Document* extend = resource.find(kExtend);
    const Document* name = extend == nullptr ? nullptr : extend->find("name");
    const Document* all = templates_ == nullptr || name == nullptr || name->as_string() == nullptr
                              ? nullptr
                              : templates_->find(*name->as_string());
    if (all == nullptr || all->as_map() == nullptr) return std::nullopt;
    const Document* ignored = extend->find("ignore");
    Document general = Document::map();
    for (const Document::Entry& e : *all->as_map()) {
      const auto* list = ignored == nullptr ? nullptr : ignored->as_list();
      const bool left_out = list != nullptr && std::any_of(list->begin(), list->end(), [&](const Document& word) {
                              return word.as_string() != nullptr && *word.as_string() == e.key;
                            });
      if (!left_out) general.as_map()->push_back(e);
    }
    if (const Document* own = resource.find(kProps)) merge(general, *own);
    return general;
  }

  /// Maps go into each other; of everything else what the resource says itself counts.
  static void merge(Document& general, const Document& own) {
    if (general.as_map() == nullptr || own.as_map() == nullptr) {
      general = own;
      return;
    }
    for (const Document::Entry& e : *own.as_map()) {
      const auto known = std::find_if(general.as_map()->begin(), general.as_map()->end(),
                                      [&](const Document::Entry& g) { return g.key == e.key; });
      if (known == general.as_map()->end()) general.as_map()->push_back(e);
      else merge(known->value, e.value);
    }
  }

  /// By the component, or where that follows from the environment, by the shape of what it is told.
  static void type(cloud::Resource& r) {
    const Value* said = r.more.find(kComponent);
    const auto* name = said == nullptr ? nullptr : said->get<std::string>();
    std::string bare = name == nullptr ? std::string() : *name;
    bare = bare.substr(0, bare.find('@'));
    if (const std::size_t slash = bare.rfind('/'); slash != std::string::npos && bare.find("${") == std::string::npos)
      bare = bare.substr(slash + 1);
    const Value* inner = r.properties.find("function");
    if (r.properties.find("functionName") != nullptr && r.properties.find("runtime") != nullptr) r.type = kFunction;
    else if (inner != nullptr && inner->get<Object>() != nullptr) r.type = kOldFunction;
    else if (r.properties.find("domainName") != nullptr && r.properties.find("routeConfig") != nullptr) r.type = kDomain;
    else if (r.properties.find("template") != nullptr && r.properties.find("name") != nullptr) r.type = kStack;
    else r.type = bare.empty() || bare.find("${") != std::string::npos ? "component" : bare;
    if (name != nullptr && *name == r.type)
      std::erase_if(r.more.members, [](const cloud::Member& m) { return m.key == kComponent; });
  }

  static Value plain(const Document& d) {
    if (const bool* b = d.as_boolean()) return *b;
    if (const std::int64_t* n = d.as_integer()) return *n;
    if (const double* n = d.as_real()) return *n;
    return d.text();
  }

  Value value(const Document& d) {
    if (d.is_null()) return {};
    if (const auto* list = d.as_list()) {
      cloud::Values items;
      for (const Document& item : *list) items.push_back(value(item));
      return items;
    }
    if (const auto* map = d.as_map()) {
      Object object;
      for (const Document::Entry& e : *map) object.set(e.key, value(e.value));
      return object;
    }
    return d.as_string() != nullptr ? text(*d.as_string()) : plain(d);
  }

  /// What a text asks for as parameters; what else is filled in stays as it is written.
  Value text(std::string_view whole) {
    cloud::Values parts;
    while (const auto filled = first_filled_in(whole)) {
      const auto begin = static_cast<std::size_t>(filled->written.data() - whole.data());
      const Value said = meant(*filled);
      const bool known = said.get<cloud::Null>() == nullptr;
      parts.emplace_back(whole.substr(0, known ? begin : begin + filled->written.size()));
      if (known) parts.push_back(said);
      whole.remove_prefix(begin + filled->written.size());
    }
    parts.emplace_back(whole);
    return cloud::concat(std::move(parts));
  }

  /// The parameter or the reference that it is; null for what the file does not have.
  Value meant(const FilledIn& filled) {
    if (filled.by == FilledIn::By::other)
      return ids_.contains(filled.name) ? Value(cloud::GetAtt{filled.name, filled.property}) : Value();
    const auto name = parameter_of(filled);
    return name ? Value(cloud::Parameter{*name}) : Value();
  }

  /// The parameter that it is; nothing for a variable that the file does not have.
  std::optional<std::string> parameter_of(const FilledIn& filled) {
    if (filled.by == FilledIn::By::variable) return names_.contains(filled.name) ? std::optional(filled.name) : std::nullopt;
    if (const auto known = inline_.find(std::string(filled.written)); known != inline_.end()) return known->second;
    cloud::StackParameter p;
    p.name = filled.name;
    for (int n = 2; names_.contains(p.name); ++n) p.name = filled.name + std::to_string(n);
    fill(p, filled, kInline);
    names_.insert(p.name);
    inline_.emplace(filled.written, p.name);
    stack_.parameters.push_back(p);
    return p.name;
  }

  diag::Sink& sink_;
  cloud::Stack stack_;
  std::set<std::string, std::less<>> ids_;  ///< of resources
  const Document* templates_ = nullptr;  ///< parts that resources extend
  bool has_variables_ = false;  ///< that are parameters; others are a section
  std::set<std::string, std::less<>> names_;  ///< of parameters
  std::map<std::string, std::string, std::less<>> inline_;  ///< as they are written → their names
};

}  // namespace

cloud::Stack read_given(const Document& document, diag::Sink& sink) {
  if (document.as_map() == nullptr) {
    sink.report(document.span, codes::TemplateShape, "the template", "a map of sections");
    return {};
  }
  return Reader(sink).run(document);
}

bool is_given(const Document& document) {
  for (const std::string_view key : {kResources, kServices}) {
    const Document* section = document.find(key);
    const auto* all = section == nullptr ? nullptr : section->as_map();
    if (all == nullptr || all->empty()) continue;
    return std::all_of(all->begin(), all->end(),
                       [](const Document::Entry& e) { return e.value.find(kComponent) != nullptr; });
  }
  return false;
}

}  // namespace virga::aliyun::serverless_devs
