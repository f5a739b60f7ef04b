#include "compiler/driver/quota_entry.h"

#include "compiler/architecture/value.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/passes/passes.h"

#include <algorithm>
#include <cmath>

namespace virga::driver {
namespace {

namespace codes = diag::codes;
using catalog::Fact;
using catalog::FactKind;
using catalog::Override;
using cloud::Document;

constexpr FactKind kKinds[] = {FactKind::hard,        FactKind::quota,   FactKind::fallback,
                               FactKind::enumeration, FactKind::pattern, FactKind::advice};
constexpr std::string_view kNewFact =
    "a new fact says all of itself: `{ subject: …, value: …, unit: …, kind: hard, source: …, as_of: 2026-11-01 }`";

class EntryReader {
 public:
  EntryReader(const Document::Entry& entry, const Fact* fact, const catalog::Catalog& catalog, diag::Sink& sink)
      : entry_(entry), fact_(fact), catalog_(catalog), sink_(sink) {
    out_.id = entry.key;
  }

  std::optional<Override> run() {
    const bool full = entry_.value.find("value") != nullptr;
    if (fact_ == nullptr && !full) return unknown(), std::nullopt;
    if (fact_ != nullptr) out_.unit = fact_->unit;
    if (full) parts();
    if (good_) value(full ? *entry_.value.find("value") : entry_.value);
    if (good_ && fact_ != nullptr) same_form(full ? entry_.value.find("value")->span : entry_.value.span);
    if (!good_) return std::nullopt;
    return std::move(out_);
  }

 private:
  void wrong(Span span, const std::string& what, const std::string& must) {
    good_ = false;
    auto r = sink_.report(span.known() ? span : entry_.key_span, codes::QuotasForm, what, must);
    if (fact_ != nullptr) r.note("the catalogue says " + catalog::amount_text(*fact_));
  }

  void unknown() {
    std::vector<std::string> ids;
    for (const Fact& f : catalog_.facts) ids.emplace_back(f.id);
    auto r = sink_.report(entry_.key_span, codes::QuotasUnknown, entry_.key, std::string(catalog_.title));
    if (const std::string near = diag::nearest(entry_.key, ids); !near.empty()) {
      r.help("did you mean `" + near + "`?").fix(entry_.key_span, near, diag::Confidence::likely, "write `" + near + "`");
    }
    r.help(std::string(kNewFact));
  }

  void parts() {
    const std::pair<std::string_view, std::string*> texts[] = {
        {"subject", &out_.subject}, {"unit", &out_.unit},   {"scope", &out_.scope}, {"note", &out_.note},
        {"source", &out_.source},   {"as_of", &out_.as_of}, {"by", &out_.by},       {"service", &out_.service}};
    for (const Document::Entry& e : *entry_.value.as_map()) {
      const auto text = std::find_if(std::begin(texts), std::end(texts), [&](const auto& t) { return t.first == e.key; });
      if (text != std::end(texts)) {
        if (e.value.is_scalar()) *text->second = e.value.text();
        else wrong(e.value.span, e.key, "a text");
      } else if (e.key == "kind") {
        const auto kind = std::find_if(std::begin(kKinds), std::end(kKinds),
                                       [&](FactKind k) { return catalog::word(k) == e.value.text(); });
        if (kind != std::end(kKinds)) out_.kind = *kind;
        else wrong(e.value.span, "kind", "hard, adjustable-quota, default, enum, pattern or advice");
      } else if (e.key == "informs") {
        if (e.value.as_list() == nullptr) wrong(e.value.span, "informs", "a list of kinds");
        else
          for (const Document& kind : *e.value.as_list()) out_.informs.push_back(kind.text());
      } else if (e.key != "value") {
        wrong(e.key_span, e.key, "one of value, by, unit, kind, scope, subject, service, informs, note, source and as_of");
      }
    }
    if (fact_ != nullptr || !good_) return;
    const bool whole = !out_.subject.empty() && !out_.source.empty() && !out_.as_of.empty() && out_.kind;
    if (whole) return;
    good_ = false;
    sink_.report(entry_.key_span, codes::QuotasUnknown, entry_.key, std::string(catalog_.title)).help(std::string(kNewFact));
  }

  /// A number, or a quantity as the language writes it, in the fact's unit.
  std::optional<double> number(const Document& d) const {
    if (const auto* whole = d.as_integer()) return static_cast<double>(*whole);
    if (const auto* real = d.as_real()) return std::isfinite(*real) ? std::optional(*real) : std::nullopt;
    const auto* text = d.as_string();
    if (text == nullptr) return std::nullopt;
    const std::size_t unit = text->find_first_not_of("0123456789.");
    if (unit == 0 || unit == std::string::npos) return std::nullopt;
    bool too_large = false;
    const auto quantity = make_quantity(text->substr(0, unit), text->substr(unit), too_large);
    if (!quantity || too_large) return std::nullopt;
    const auto one = passes::in_base_unit(1, out_.unit, quantity->dimension);
    return one ? std::optional(static_cast<double>(quantity->amount) / *one) : std::nullopt;
  }

  bool amount(const Document& d, Override::Amount& to) const {
    const Document::Map* map = d.as_map();
    if (map == nullptr) return (to.value = number(d)).has_value();
    for (const Document::Entry& e : *map) {
      if (e.key != "min" && e.key != "max") return false;
      if (!((e.key == "min" ? to.min : to.max) = number(e.value))) return false;
    }
    return to.min || to.max;
  }

  void value(const Document& d) {
    const bool wants_text = fact_ != nullptr && !fact_->text.empty();
    if (const Document::List* list = d.as_list()) {
      out_.numbers = !list->empty();
      for (const Document& item : *list) {
        out_.members.push_back(item.text());
        out_.numbers = out_.numbers && (item.as_integer() != nullptr || item.as_real() != nullptr);
        if (!item.is_scalar() || item.text().empty()) wrong(item.span, entry_.key, "a list of texts or numbers");
      }
      if (list->empty()) wrong(d.span, entry_.key, "a list with something in it");
    } else if (!wants_text && amount(d, out_.amount)) {
      return;
    } else if (const Document::Map* map = d.as_map()) {
      if (out_.by.empty() && fact_ != nullptr) out_.by = fact_->by;
      if (out_.by.empty()) return wrong(d.span, entry_.key, form());
      for (const Document::Entry& e : *map) {
        Override::Amount& one = out_.cases.emplace_back();
        one.name = e.key;
        if (!amount(e.value, one)) wrong(e.value.span, entry_.key + "." + e.key, "a number or a range");
      }
    } else if (d.as_string() != nullptr && !d.as_string()->empty() && (fact_ == nullptr || wants_text)) {
      out_.text = d.text();
    } else {
      wrong(d.span, entry_.key, form());
    }
  }

  [[nodiscard]] std::string form() const {
    const std::string unit = out_.unit.empty() ? "" : " of " + out_.unit;
    if (fact_ == nullptr) return "a number, a text, a list or a range";
    if (!fact_->members.empty()) return "a list";
    if (!fact_->text.empty()) return "a text";
    if (!fact_->cases.empty()) return "a number" + unit + ", or one for each " + std::string(fact_->by);
    return fact_->has_value ? "a number" + unit : "a range {min, max}" + unit;
  }

  /// What looks the fact up relies on its form.
  void same_form(Span span) {
    const bool range = fact_->has_min || fact_->has_max;
    const bool fits = !fact_->members.empty() ? !out_.members.empty()
                      : !fact_->text.empty()  ? !out_.text.empty()
                      : !fact_->cases.empty() ? out_.members.empty() && out_.text.empty()
                      : range                 ? out_.amount.min || out_.amount.max
                                              : out_.amount.value.has_value();
    if (!fits) return wrong(span, entry_.key, form());
    const double min = out_.amount.min.value_or(fact_->min), max = out_.amount.max.value_or(fact_->max);
    if (range && fact_->has_min && fact_->has_max && min > max)
      wrong(span, entry_.key, "a range whose `min` is not above its `max`");
  }

  const Document::Entry& entry_;
  const Fact* fact_;
  const catalog::Catalog& catalog_;
  diag::Sink& sink_;
  Override out_;
  bool good_ = true;
};

}  // namespace

std::optional<Override> read_quota(const Document::Entry& entry, const Fact* fact, const catalog::Catalog& catalog,
                                   diag::Sink& sink) {
  return EntryReader(entry, fact, catalog, sink).run();
}

}  // namespace virga::driver
