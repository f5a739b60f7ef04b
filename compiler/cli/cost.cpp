// virga cost: what an app costs in a month, the vendors side by side.
#include "compiler/cli/command.h"
#include "compiler/cli/cost_list.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <set>

namespace virga::cli {
namespace {

struct Options {
  Common common;
  std::string price_list;
  bool all = false, json = false;
};

/// Price lists that the catalogues know.
std::set<std::string> price_lists() {
  std::set<std::string> out;
  for (const cloud::Backend* b : cloud::all_backends()) {
    for (const catalog::Price& p : b->catalog().prices) {
      if (!p.site.empty()) out.emplace(p.site);
    }
  }
  return out;
}

int run(const Options& o) {
  const auto session = open(o.common);
  if (!session) return kWorld;
  const auto wanted = targets(o.common, session->front.architecture);
  if (!wanted) return kUsage;
  std::vector<driver::TargetCost> costs;
  if (!session->sink.has_errors()) {
    const driver::Packaged code =
        driver::package(session->front.architecture, session->front.project, *session->files, session->sink);
    if (!session->sink.has_errors())
      costs = driver::costs(session->front, code, {*wanted, o.common.region}, o.price_list, session->sink);
  }
  if (session->sink.has_errors()) {
    report(*session, Form::text);
    return kErrors;
  }
  const Architecture& a = session->front.architecture;
  const auto columns = cost_columns(costs, a);
  return print(o.json ? cost_json(columns, a).dump(2) + "\n" : cost_text(columns, a, o.all));
}

}  // namespace

void add_cost(CLI::App& app, int& exit) {
  auto o = std::make_shared<Options>();
  CLI::App* c = app.add_subcommand("cost", "what an app costs in a month, by the vendors' list prices");
  add_path(*c, o->common);
  add_targets(*c, o->common);
  add_stage(*c, o->common);
  add_quotas(*c, o->common.quotas);
  c->add_option("--price-list", o->price_list, "the vendor's list to take where there are several, such as intl or cn")
      ->check(CLI::IsMember(price_lists()));
  c->add_flag("--long,--per-edge", o->all, "also every line: what is paid for each node and edge, and how much of it");
  c->add_flag("--json", o->json, "as JSON");
  c->callback([o, &exit] { exit = run(*o); });
}

}  // namespace virga::cli
