#include "compiler/catalog/tool/write.h"

#include <fmt/format.h>

#include <map>

namespace virga::catalog_tool {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += std::string("\\") + c;
    else if (c == '\n') out += "\\n";
    else if (byte < 0x20 || byte > 0x7e) out += fmt::format("\\{:03o}", byte);
    else out += c;
  }
  return out + "\"";
}

std::string flag(bool value) { return value ? "true" : "false"; }

/// Collects the lists of texts and of cases, which need arrays of their own.
class Lists {
 public:
  std::string add(const std::vector<std::string>& items) {
    if (items.empty()) return "{}";
    std::string text;
    for (const std::string& item : items) text += quoted(item) + ", ";
    const auto [place, is_new] = names_.emplace(text, fmt::format("list_{}", names_.size()));
    if (is_new) declarations_ += fmt::format("constexpr std::string_view {}[] = {{{}}};\n", place->second, text);
    return place->second;
  }
  std::string add(const std::vector<SettingRow>& settings) {
    if (settings.empty()) return "{}";
    std::string text;
    for (const SettingRow& s : settings) text += fmt::format("{{{}, {}}}, ", quoted(s.name), add(s.terms));
    const auto [place, is_new] = names_.emplace(text, fmt::format("list_{}", names_.size()));
    if (is_new) declarations_ += fmt::format("constexpr Setting {}[] = {{{}}};\n", place->second, text);
    return place->second;
  }
  std::string add(const std::vector<CostItemRow>& items) {
    if (items.empty()) return "{}";
    std::string text;
    for (const CostItemRow& i : items) text += fmt::format("{{{}, {}}}, ", add(i.prices), quoted(i.quantity));
    const auto [place, is_new] = names_.emplace("cost " + text, fmt::format("list_{}", names_.size()));
    if (is_new) declarations_ += fmt::format("constexpr CostItem {}[] = {{{}}};\n", place->second, text);
    return place->second;
  }
  std::string add(const std::vector<NeedRow>& needs) {
    if (needs.empty()) return "{}";
    std::string text;
    for (const NeedRow& n : needs) {
      text += fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}, {}}}, ", add(n.on), quoted(n.passes), quoted(n.to), add(n.when),
                          add(n.changes), add(n.read), add(n.create), add(n.update), add(n.remove));
    }
    const auto [place, is_new] = names_.emplace("need " + text, fmt::format("list_{}", names_.size()));
    if (is_new) declarations_ += fmt::format("constexpr Need {}[] = {{{}}};\n", place->second, text);
    return place->second;
  }
  std::string add(const std::vector<SaidRow>& says) {
    if (says.empty()) return "{}";
    std::string text;
    for (const SaidRow& s : says)
      text += fmt::format("{{{}, {}, {}, {}}}, ", quoted(s.property), quoted(s.attribute), quoted(s.as), quoted(s.unsaid));
    const auto [place, is_new] = names_.emplace("said " + text, fmt::format("list_{}", names_.size()));
    if (is_new) declarations_ += fmt::format("constexpr Said {}[] = {{{}}};\n", place->second, text);
    return place->second;
  }
  std::string add_cases(const std::string& cases) {
    std::string name = fmt::format("cases_{}", ++cases_);
    declarations_ += fmt::format("constexpr FactCase {}[] = {{{}}};\n", name, cases);
    return name;
  }
  [[nodiscard]] const std::string& declarations() const { return declarations_; }

 private:
  std::map<std::string, std::string> names_;
  std::string declarations_;
  std::size_t cases_ = 0;
};

std::string fact_kind(const std::string& word) {
  static const std::map<std::string, std::string> names = {{"hard", "hard"},        {"adjustable-quota", "quota"},
                                                           {"default", "fallback"}, {"enum", "enumeration"},
                                                           {"pattern", "pattern"},  {"advice", "advice"}};
  return "FactKind::" + names.at(word);
}

std::string amounts(const std::optional<double>& min, const std::optional<double>& max, const std::optional<double>& value) {
  std::string text;
  const auto say = [&](const char* name, const std::optional<double>& amount) {
    if (amount) text += fmt::format("{}.has_{} = true", text.empty() ? "" : ", ", name);
  };
  const auto give = [&](const char* name, const std::optional<double>& amount) {
    if (amount) text += fmt::format(", .{} = {}", name, *amount);
  };
  say("min", min), say("max", max), say("value", value);
  give("min", min), give("max", max), give("value", value);
  return text;
}

/// `, .name = "text"`, or nothing for an empty text.
std::string member(const char* name, const std::string& text) {
  return text.empty() ? "" : fmt::format(", .{} = {}", name, quoted(text));
}

std::string row(const FactRow& f, Lists& lists) {
  std::string cases;
  for (const CaseRow& c : f.cases) {
    const std::string amount = amounts(c.min, c.max, c.value);
    cases += fmt::format("{{.name = {}, {}}}, ", quoted(c.name), amount);
  }
  const std::string amount = amounts(f.min, f.max, f.value);
  return fmt::format(
      "{{.id = {}, .service = {}, .subject = {}, .kind = {}{}{}{}{}{}{}{}{}{}{}, .source = {}, .as_of = {}, "
      ".verified = {}}}",
      quoted(f.id), quoted(f.service), quoted(f.subject), fact_kind(f.kind), member("unit", f.unit),
      amount.empty() ? "" : ", " + amount, member("text", f.text),
      f.members.empty() ? "" : ", .members = " + lists.add(f.members), f.numbers ? ", .numbers = true" : "",
      member("by", f.by), cases.empty() ? "" : ", .cases = " + lists.add_cases(cases), member("scope", f.scope),
      f.informs.empty() ? "" : ", .informs = " + lists.add(f.informs), member("note", f.note), quoted(f.source),
      quoted(f.as_of), flag(f.verified));
}

std::string row(const PriceRow& p, Lists& lists) {
  return fmt::format(
      "{{.id = {}, .service = {}, .item = {}, .known = {}, .price = {}, .currency = {}, .per = {}, .unit = {}, .region = "
      "{}{}, "
      ".site = {}, .from = {}, .has_to = {}, .to = {}, .free = {}, .free_note = {}{}{}, .confidence = {}, .note = {}, "
      ".source = {}, .as_of = {}, .verified = {}}}",
      quoted(p.id), quoted(p.service), quoted(p.item), flag(p.price.has_value()), p.price.value_or(0), quoted(p.currency),
      p.per, quoted(p.unit), quoted(p.region), p.regions.empty() ? "" : ", .regions = " + lists.add(p.regions),
      quoted(p.site), p.from, flag(p.to.has_value()), p.to.value_or(0), p.free, quoted(p.free_note),
      member("free_of", p.free_of), p.free_ends ? ", .free_ends = true" : "", quoted(p.confidence), quoted(p.note),
      quoted(p.source), quoted(p.as_of), flag(p.verified));
}

std::string row(const BoundRow& b, Lists&) {
  return fmt::format(
      "{{.code = {}, .kind = {}, .attribute = {}, .edge_to = {}, .strategy = {}, .fact = {}, .only = {}, .test = "
      "Bound::Test::{}, .message = {}, .help = {}}}",
      quoted(b.code), quoted(b.kind), quoted(b.attribute), quoted(b.edge_to), quoted(b.strategy), quoted(b.fact),
      quoted(b.only), b.test, quoted(b.message), quoted(b.help));
}

std::string row(const PackageRow& p, Lists&) {
  return fmt::format(
      "{{.code = {}, .kind = {}, .strategy = {}, .measure = PackageLimit::Measure::{}, .fact = {}, .regions = {}, .except = "
      "{}, "
      ".message = {}, .help = {}}}",
      quoted(p.code), quoted(p.kind), quoted(p.strategy), p.measure, quoted(p.fact), quoted(p.regions), quoted(p.except),
      quoted(p.message), quoted(p.help));
}

std::string row(const TemplateRow& t, Lists&) {
  return fmt::format(
      "{{.formats = {}, .measure = TemplateLimit::Measure::{}, .type = {}, .property = {}, .fact = {}, .says = {}, .help = "
      "{}}}",
      quoted(t.formats), t.measure, quoted(t.type), quoted(t.property), quoted(t.fact), quoted(t.says), quoted(t.help));
}

std::string row(const EdgeRow& e, Lists& lists) {
  return fmt::format(
      "{{.from = {}, .hand_over = {}, .to = {}, .fidelity = Fidelity::{}, .strategies = {}, .says = {}, .formats = {}}}",
      quoted(e.from), flag(e.hand_over), quoted(e.to), e.fidelity, lists.add(e.strategies), quoted(e.says),
      quoted(e.formats));
}

std::string row(const KindRow& k, Lists& lists) {
  return fmt::format(
      "{{.kind = {}, .fidelity = Fidelity::{}, .strategies = {}, .says = {}, .formats = {}, .unsaid = {}, .least = {}}}",
      quoted(k.kind), k.fidelity, lists.add(k.strategies), quoted(k.says), quoted(k.formats), quoted(k.unsaid),
      k.makes_nothing ? 0 : 1);
}

std::string row(const RuntimeRow& r, Lists&) {
  return fmt::format(
      "{{.name = {}, .vendor = {}, .end_of_support = {}, .no_new_from = {}, .no_change_from = {}, .note = {}, .fidelity = "
      "Fidelity::{}, .instead = {}, .source = {}}}",
      quoted(r.name), quoted(r.vendor), quoted(r.end_of_support), quoted(r.no_new_from), quoted(r.no_change_from),
      quoted(r.note), r.fidelity, quoted(r.instead), quoted(r.source));
}

std::string row(const RegionRow& r, Lists&) {
  return fmt::format("{{.name = {}, .vendor = {}, .place = {}}}", quoted(r.name), quoted(r.vendor), quoted(r.place));
}

std::string row(const PropertyRow& p, Lists& lists) {
  return fmt::format("{{.type = {}, .properties = {}}}", quoted(p.type), lists.add(p.properties));
}

std::string row(const UpdateRow& u, Lists& lists) {
  return fmt::format(
      "{{.type = {}, .replaces = {}, .may_replace = {}, .derived = {}, .holds = {}, .serves = {}, .versions = {}, "
      ".singly = {}, .singly_fact = {}}}",
      quoted(u.type), lists.add(u.replaces), lists.add(u.may_replace), flag(u.derived), quoted(u.holds), quoted(u.serves),
      flag(u.versions), quoted(u.singly), quoted(u.singly_fact));
}

std::string row(const EngineRow& e, Lists& lists) {
  return fmt::format(
      "{{.formats = {}, .named = EngineRow::Named::{}, .keeps_types = {}, .guard = {}, .note = {}, .deploy = {}, .first = "
      "{}, .remove = {}, .upload = {}, .template_file = {}, .uploaded_template = {}, .replacing = {}, .parameters = {}, "
      ".parameter = {}, "
      ".output = {}, .source = {}, .as_of = {}}}",
      quoted(e.formats), e.named, flag(e.keeps_types), quoted(e.guard), quoted(e.note), lists.add(e.deploy),
      lists.add(e.first), lists.add(e.remove), lists.add(e.upload), quoted(e.template_file), quoted(e.uploaded_template),
      quoted(e.replacing), quoted(e.parameters), quoted(e.parameter), quoted(e.output), quoted(e.source), quoted(e.as_of));
}

std::string row(const DeployerRow& d, Lists& lists) {
  return fmt::format(
      "{{.type = {}, .name = {}, .unnamed = {}, .nested = {}, .needs = {}, .derived = {}, .source = {}, .as_of = {}}}",
      quoted(d.type), quoted(d.name), quoted(d.unnamed), quoted(d.nested), lists.add(d.needs), flag(d.derived),
      quoted(d.source), quoted(d.as_of));
}

std::string row(const DeployingRow& d, Lists& lists) {
  return fmt::format("{{.formats = {}, .note = {}, .needs = {}, .source = {}, .as_of = {}}}", quoted(d.formats),
                     quoted(d.note), lists.add(d.needs), quoted(d.source), quoted(d.as_of));
}

std::string row(const PolicyFormRow& p, Lists&) {
  return fmt::format("{{.version = {}, .pass = {}, .passed_to = {}, .labels = {}, .blanks_count = {}, .largest = {}}}",
                     quoted(p.version), quoted(p.pass), quoted(p.passed_to), flag(p.labels), flag(p.blanks_count),
                     quoted(p.largest));
}

std::string row(const AdoptedRow& a, Lists& lists) {
  std::string text = "{";
  const auto put = [&](const char* name, const std::string& said) {
    if (!said.empty()) text += fmt::format(".{} = {}, ", name, quoted(said));
  };
  put("kind", a.kind), put("beside", a.beside), put("from", a.from), put("arrow", a.arrow), put("to", a.to),
      put("type", a.type);
  put("within", a.within), put("owner", a.owner), put("transform", a.transform), put("id", a.id), put("called", a.called);
  put("strategy", a.strategy);
  put("source", a.source), put("target", a.target);
  text += fmt::format(".by = {}, .when = {}, .implies = {}, ", lists.add(a.by), lists.add(a.when), lists.add(a.implies));
  text += fmt::format(".ignores = {}, .outputs = {}, .fixed = {}, .json = {}, .says = {}, ", lists.add(a.ignores),
                      lists.add(a.outputs), lists.add(a.fixed), lists.add(a.json), lists.add(a.says));
  put("doc", a.doc), put("as_of", a.as_of);
  return text + "}";
}

std::string row(const LeavingRow& l, Lists&) {
  return fmt::format(
      "{{.type = {}, .property = {}, .action = {}, .runtime = {}, .pattern = {}, .text = {}, .section = {}, .fate = {}, "
      ".says = {}, .doc = {}, .as_of = {}}}",
      quoted(l.type), quoted(l.property), quoted(l.action), quoted(l.runtime), quoted(l.pattern), quoted(l.text),
      quoted(l.section), quoted(l.fate), quoted(l.says), quoted(l.doc), quoted(l.as_of));
}

std::string row(const HopRow& h, Lists& lists) {
  return fmt::format(
      "{{.from = {}, .to = {}, .hand_over = {}, .strategy = {}, .gives_up = {}, .repeats = {}, .blocks = {}, .settings = "
      "{}}}",
      quoted(h.from), quoted(h.to), flag(h.hand_over), quoted(h.strategy), quoted(h.gives_up), flag(h.repeats),
      flag(h.blocks), lists.add(h.settings));
}

std::string row(const WorkRow& w, Lists& lists) {
  return fmt::format("{{.kind = {}, .strategy = {}, .forwards = {}, .entry = {}, .settings = {}}}", quoted(w.kind),
                     quoted(w.strategy), flag(w.forwards), flag(w.entry), lists.add(w.settings));
}

std::string row(const CostRow& c, Lists& lists) {
  return fmt::format(
      "{{.kind = {}, .from = {}, .to = {}, .arrow = {}, .strategies = {}, .when = {}, .unless = {}, .items = {}, "
      ".not_counted = {}, .nothing = {}}}",
      quoted(c.kind), quoted(c.from), quoted(c.to), quoted(c.arrow), lists.add(c.strategies), lists.add(c.when),
      lists.add(c.unless), lists.add(c.items), quoted(c.not_counted), quoted(c.nothing));
}

std::string row(const NameRow& n, Lists&) {
  return fmt::format(
      "{{.type = {}, .property = {}, .min = {}, .max = {}, .underscore = {}, .hyphen = {}, .upper = {}, .letter_first = {}, "
      ".global = {}, .suffix = {}, .fact = {}}}",
      quoted(n.type), quoted(n.property), n.min, n.max, flag(n.underscore), flag(n.hyphen), flag(n.upper),
      flag(n.letter_first), flag(n.global), quoted(n.suffix), quoted(n.fact));
}

/// The array of one table; the expression that names it goes to `member`.
template <class Row>
std::string table(const char* type, const char* name, const std::vector<Row>& rows, Lists& lists, std::string& members) {
  if (rows.empty()) return {};
  std::string text;
  for (const Row& r : rows) text += "    " + row(r, lists) + ",\n";
  members += fmt::format("    .{0} = {0},\n", name);
  return fmt::format("constexpr {} {}[] = {{\n{}}};\n", type, name, text);
}

}  // namespace

std::string write(const Tables& tables, const std::string& name_space) {
  Lists lists;
  std::string members = fmt::format("    .cloud = {},\n    .title = {},\n", quoted(tables.cloud), quoted(tables.title));
  std::string arrays;
  arrays += table("Fact", "facts", tables.facts, lists, members);
  arrays += table("Bound", "bounds", tables.bounds, lists, members);
  arrays += table("PackageLimit", "packages", tables.packages, lists, members);
  arrays += table("TemplateLimit", "templates", tables.templates, lists, members);
  arrays += table("EdgeRow", "edges", tables.edges, lists, members);
  arrays += table("KindRow", "kinds", tables.kinds, lists, members);
  arrays += table("Runtime", "runtimes", tables.runtimes, lists, members);
  arrays += table("Region", "regions", tables.regions, lists, members);
  arrays += table("NameRule", "names", tables.names, lists, members);
  arrays += table("PropertyList", "properties", tables.properties, lists, members);
  arrays += table("HopRow", "hops", tables.hops, lists, members);
  arrays += table("WorkRow", "works", tables.works, lists, members);
  arrays += table("Price", "prices", tables.prices, lists, members);
  arrays += table("CostRow", "costs", tables.costs, lists, members);
  arrays += table("UpdateRow", "updates", tables.updates, lists, members);
  arrays += table("EngineRow", "engines", tables.engines, lists, members);
  arrays += table("DeployerRow", "deployer", tables.deployer, lists, members);
  arrays += table("DeployingRow", "deploying", tables.deploying, lists, members);
  arrays += table("PolicyForm", "policies", tables.policies, lists, members);
  arrays += table("AdoptedRow", "adopted", tables.adopted, lists, members);
  arrays += table("LeavingRow", "leaving", tables.leaving, lists, members);
  return fmt::format(
      "// Made by virga-catalog from the catalogue of {}; do not edit.\n"
      "#include \"compiler/catalog/catalog.h\"\n\n"
      "namespace {} {{\nnamespace {{\nusing namespace virga::catalog;\n\n{}{}\n"
      "constexpr Catalog table{{\n{}}};\n\n}}  // namespace\n\n"
      "const virga::catalog::Catalog& catalog();\n"
      "const virga::catalog::Catalog& catalog() {{ return in_use(table); }}\n}}\n",
      tables.cloud, name_space, lists.declarations(), arrays, members);
}

}  // namespace virga::catalog_tool
