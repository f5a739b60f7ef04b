// virga facts: what the compiler believes of each cloud, with sources and dates.
#include "compiler/cli/command.h"
#include "compiler/cli/fact_list.h"
#include "compiler/diagnostics/suggest.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace virga::cli {
namespace {

struct Options {
  std::vector<std::string> words;
  std::string cloud, service, kind, older, as_of, quotas;
  bool unverified = false, prices = false, bounds = false, all = false, json = false;
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// What facts and prices have in common.
template <class Row>
bool asked_for(const Row& row, std::string_view subject, const Options& o) {
  if (!o.service.empty() && row.service != o.service) return false;
  if (o.unverified && row.verified) return false;
  if (!o.older.empty() && row.as_of >= o.older) return false;
  return std::all_of(o.words.begin(), o.words.end(), [&](const std::string& word) {
    return lower(row.id).find(lower(word)) != std::string::npos || lower(subject).find(lower(word)) != std::string::npos;
  });
}

std::vector<const catalog::Fact*> facts_of(const catalog::Catalog& c, const Options& o) {
  std::vector<const catalog::Fact*> out;
  for (const catalog::Fact& f : c.facts) {
    if (asked_for(f, f.subject, o) && (o.kind.empty() || catalog::word(f.kind) == o.kind)) out.push_back(&f);
  }
  return out;
}

std::vector<const catalog::Price*> prices_of(const catalog::Catalog& c, const Options& o) {
  std::vector<const catalog::Price*> out;
  for (const catalog::Price& p : c.prices) {
    if (o.prices && o.kind.empty() && asked_for(p, p.item, o)) out.push_back(&p);
  }
  return out;
}

constexpr std::string_view kTests[] = {"at_most",        "at_least",     "multiple_of", "one_of",       "matches",
                                       "length_at_most", "size_at_most", "keys_match",  "keys_at_most", "values_at_most"};

/// Where the facts that were asked for are proved of every program.
nlohmann::ordered_json bounds_json(const catalog::Catalog& c, const std::vector<const catalog::Fact*>& facts) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const catalog::Bound& b : c.bounds) {
    if (std::none_of(facts.begin(), facts.end(), [&](const catalog::Fact* f) { return f->id == b.fact; })) continue;
    nlohmann::ordered_json j{{"cloud", c.cloud}, {"code", b.code}, {"kind", b.kind}, {"attribute", b.attribute}};
    if (!b.edge_to.empty()) j["edge_to"] = b.edge_to;
    if (!b.strategy.empty()) j["strategy"] = b.strategy;
    j["test"] = kTests[static_cast<std::size_t>(b.test)], j["fact"] = b.fact;
    if (!b.only.empty()) j["only"] = b.only;
    out.push_back(std::move(j));
  }
  return out;
}

std::string json(const std::vector<const cloud::Backend*>& clouds, const Options& o) {
  nlohmann::ordered_json out{{"version", 1}, {"facts", nlohmann::ordered_json::array()}};
  if (o.prices) out["prices"] = nlohmann::ordered_json::array();
  if (o.bounds) out["bounds"] = nlohmann::ordered_json::array();
  for (const cloud::Backend* b : clouds) {
    const catalog::Catalog& c = b->catalog();
    const auto facts = facts_of(c, o);
    for (const catalog::Fact* f : facts) out["facts"].push_back(fact_json(*f, c.cloud, o.as_of));
    for (const catalog::Price* p : prices_of(c, o)) out["prices"].push_back(price_json(*p, c.cloud, o.as_of));
    if (!o.bounds) continue;
    for (auto& bound : bounds_json(c, facts)) out["bounds"].push_back(std::move(bound));
  }
  return out.dump(2) + "\n";
}

std::string text(const std::vector<const cloud::Backend*>& clouds, const Options& o) {
  std::string out;
  std::size_t facts = 0, prices = 0;
  const ListOptions list{o.all, o.as_of};
  for (const cloud::Backend* b : clouds) {
    const auto found = facts_of(b->catalog(), o);
    const auto paid = prices_of(b->catalog(), o);
    if (found.empty() && paid.empty()) continue;
    out += std::string(b->catalog().title) + "\n" + fact_lines(found, list) + price_lines(paid, list);
    facts += found.size(), prices += paid.size();
  }
  out += fmt::format("{} fact{}", facts, facts == 1 ? "" : "s");
  if (o.prices) out += fmt::format(", {} price{}", prices, prices == 1 ? "" : "s");
  return out + "\n";
}

/// The clouds asked for; nothing after one that does not exist, which was reported.
std::optional<std::vector<const cloud::Backend*>> clouds_of(const std::string& name) {
  std::vector<const cloud::Backend*> out;
  std::vector<std::string> names;
  for (const cloud::Backend* b : cloud::all_backends()) {
    names.emplace_back(b->catalog().cloud);
    if (name.empty() || name == names.back()) out.push_back(b);
  }
  if (!out.empty()) return out;
  const std::string near = diag::nearest(name, names);
  complain("there is no cloud `" + name + "`; " +
           (near.empty() ? fmt::format("there are {}", fmt::join(names, ", ")) : "did you mean `" + near + "`?"));
  return std::nullopt;
}

int run(const Options& o) {
  const auto clouds = clouds_of(o.cloud);
  if (!clouds) return kUsage;
  Session session;
  if (!o.quotas.empty()) {
    auto named = read_named(o.quotas, driver::kLargestQuotas);
    if (!named) return kWorld;
    SourceMap& sources = session.front.project.sources;
    if (first_bad_utf8(named->text) != std::string::npos) {
      complain("`" + o.quotas + "` is not UTF-8");
      return kWorld;
    }
    const SourceFile& file = sources.add(named->name, std::move(named->text));
    session.front.catalogs = driver::resolve_catalogs({nullptr, nullptr, &file}, sources, session.sink);
    report(session, Form::text);
    if (session.sink.has_errors()) return kErrors;
  }
  const catalog::Use facts(session.front.catalogs.laid());
  return print(o.json ? json(*clouds, o) : text(*clouds, o));
}

}  // namespace

void add_facts(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("facts", "what is believed of each cloud: limits, defaults, prices, with sources and dates");
  c.texts("words", o->words, "only facts whose id or subject holds all of these");
  c.text("--cloud", o->cloud, "only of this cloud");
  c.text("--service", o->service, "only of this service, as the catalogue names it");
  c.text("--kind", o->kind, "only hard, adjustable-quota, default, enum, pattern or advice")
      .one_of({"hard", "adjustable-quota", "default", "enum", "pattern", "advice"});
  c.flag("--unverified", o->unverified, "only what nobody has read in its source");
  c.text("--older-than", o->older, "only what is older than this date");
  c.flag("--prices", o->prices, "prices as well");
  c.flag("--bounds", o->bounds, "with --json: where each fact is proved of every program");
  c.flag("--long", o->all, "with subject, source and note");
  c.flag("--json", o->json, "as JSON");
  add_as_of(c, o->as_of);
  add_quotas(c, o->quotas);
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
