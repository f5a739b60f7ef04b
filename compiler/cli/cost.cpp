// virga cost: what an app costs in a month, the vendors side by side.
#include "compiler/cli/compiled.h"
#include "compiler/cli/cost_list.h"

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
std::vector<std::string> price_lists() {
  std::set<std::string> out;
  for (const cloud::Backend* b : cloud::all_backends()) {
    for (const catalog::Price& p : b->catalog().prices) {
      if (!p.site.empty()) out.emplace(p.site);
    }
  }
  return {out.begin(), out.end()};
}

int run(const Options& o) {
  const Compiled made = compile(o.common);
  if (made.exit() == kErrors) report(*made.session, Form::text);
  if (made.exit() != kFine) return made.exit();
  const driver::FrontEnd& front = made.session->front;
  const Architecture& a = front.architecture;
  const auto costs = driver::costs(front, made.stacks, o.common.region, o.price_list);
  const auto columns = cost_columns(costs, a);
  return print(o.json ? cost_json(columns, a).dump(2) + "\n" : cost_text(columns, a, o.all));
}

}  // namespace

void add_cost(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("cost", "what an app costs in a month, by the vendors' list prices");
  add_app(c, o->common);
  c.text("--price-list", o->price_list, "the vendor's list to take where there are several, such as intl or cn")
      .one_of(price_lists());
  c.flag("--long,--per-edge", o->all, "also every line: what is paid for each node and edge, and how much of it");
  c.flag("--json", o->json, "as JSON");
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
