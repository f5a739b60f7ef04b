#include "compiler/driver/quotas.h"

#include "compiler/cloud/template_reader.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/driver/quota_entry.h"

#include <map>

namespace virga::driver {
namespace {

namespace codes = diag::codes;

/// A value of the language as the tree that a file would hold.
cloud::Document document_of(const Value& value) {
  cloud::Document out;
  if (const auto* flag = value.get<bool>()) out = cloud::Document(*flag);
  else if (const auto* number = value.get<double>()) out = cloud::Document(*number);
  else if (const auto* text = value.get<std::string>()) out = cloud::Document(*text);
  else if (const auto* symbol = value.get<Symbol>()) out = cloud::Document(symbol->name);
  else if (const auto* quantity = value.get<Quantity>()) out = cloud::Document(to_text(*quantity));
  if (const auto* items = value.get<Values>()) {
    cloud::Document::List list;
    for (const Value& item : *items) list.push_back(document_of(item));
    out = cloud::Document(std::move(list));
  } else if (const auto* map = value.get<Map>()) {
    cloud::Document::Map entries;
    for (const MapEntry& e : map->entries) entries.push_back({e.key, document_of(e.value), e.key_span});
    out = cloud::Document(std::move(entries));
  }
  out.span = value.span;
  return out;
}

class Reader {
 public:
  Reader(const SourceMap& sources, diag::Sink& sink) : sources_(sources), sink_(sink) {}

  void file(const SourceFile& file) {
    const auto document = cloud::read_template(file, sink_);
    if (document && !document->is_null()) read(*document);
  }
  void app(const Map& quotas) { read(document_of(Value{quotas, {}, {}})); }

  Catalogs catalogs() {
    Catalogs out;
    for (const auto& [backend, overrides] : found_)
      out.lay(std::make_shared<const catalog::Resolved>(own(*backend), overrides));
    return out;
  }

 private:
  /// The vendor's own, whatever is laid over it by somebody else.
  static const catalog::Catalog& own(const cloud::Backend& backend) {
    const catalog::Use nothing(std::span<const catalog::Catalog* const>{});
    return backend.catalog();
  }

  void read(const cloud::Document& document) {
    const cloud::Document::Map* clouds = document.as_map();
    if (clouds == nullptr) {
      sink_.report(document.span, codes::QuotasForm, "a file of quotas", "a map of clouds")
          .help("write `CLOUD:` and below it `ID: NUMBER`, as `virga facts` lists them");
      return;
    }
    for (const cloud::Document::Entry& e : *clouds) {
      const cloud::Backend* backend = cloud::find_backend(e.key);
      if (backend == nullptr) unknown_cloud(e);
      else if (const cloud::Document::Map* facts = e.value.as_map()) read(*backend, *facts);
      else if (!e.value.is_null()) sink_.report(e.value.span, codes::QuotasForm, e.key, "a map of facts to numbers");
    }
  }

  void unknown_cloud(const cloud::Document::Entry& e) {
    std::vector<std::string> names;
    std::string all;
    for (const cloud::Backend* b : cloud::all_backends()) {
      names.emplace_back(b->catalog().cloud);
      all += (all.empty() ? "`" : ", `") + names.back() + "`";
    }
    auto r = sink_.report(e.key_span, codes::CloudUnknown, e.key);
    const std::string near = diag::nearest(e.key, names);
    r.help(near.empty() ? "the clouds are " + all : "did you mean `" + near + "`?");
  }

  void read(const cloud::Backend& backend, const cloud::Document::Map& facts) {
    const catalog::Catalog& base = own(backend);
    for (const cloud::Document::Entry& e : facts) {
      const catalog::Fact* fact = base.find_fact(e.key);
      auto over = read_quota(e, fact, base, sink_);
      if (!over) continue;
      over->where = "your " + place(e.key_span);
      if (fact != nullptr && fact->kind == catalog::FactKind::hard) hard(base, *fact, *over, e.key_span);
      found_[&backend].push_back(std::move(*over));
    }
  }

  /// A hard limit is no question of an account: who says otherwise may know more than we do, or may be wrong.
  void hard(const catalog::Catalog& base, const catalog::Fact& fact, const catalog::Override& over, Span span) {
    const catalog::Resolved changed(base, {over});
    sink_
        .report(span, codes::QuotasHard, std::string(fact.id), std::string(base.title),
                catalog::amount_text(changed.catalog().fact(fact.id)))
        .source(catalog::cite(fact))
        .note("the catalogue says " + catalog::amount_text(fact) + ", and that no account has more");
  }

  std::string place(Span span) const {
    if (!span.known()) return "quotas";
    const std::string& path = sources_.file(span.file).path;
    const std::size_t slash = path.rfind('/');
    return path.substr(slash == std::string::npos ? 0 : slash + 1) + ":" +
           std::to_string(sources_.locate(span.file, span.begin).line);
  }

  const SourceMap& sources_;
  diag::Sink& sink_;
  std::map<const cloud::Backend*, std::vector<catalog::Override>> found_;
};

}  // namespace

const catalog::Catalog& Catalogs::of(const cloud::Backend& backend) const {
  const catalog::Use mine(laid());
  return backend.catalog();
}

void Catalogs::lay(std::shared_ptr<const catalog::Resolved> resolved) {
  pointers_.push_back(&resolved->catalog());
  resolved_.push_back(std::move(resolved));
}

Catalogs resolve_catalogs(const QuotaSources& from, const SourceMap& sources, diag::Sink& sink) {
  Reader reader(sources, sink);
  if (from.beside != nullptr) reader.file(*from.beside);
  if (from.app != nullptr && !from.app->entries.empty()) reader.app(*from.app);
  if (from.by_hand != nullptr) reader.file(*from.by_hand);
  return reader.catalogs();
}

}  // namespace virga::driver
