// plan_ratio MOST: a plan of 10,000 resources of which one in a hundred changes, as a ratio to the time that it takes to
// parse the JSON of the two stacks. Ends with 1 when the ratio is above MOST. The best of several runs on both sides, so
// that what else the machine does counts little.
#include "compiler/plan/record.h"
#include "compiler/plan/report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace {

using namespace virga;

constexpr std::size_t kResources = 10000, kEvery = 100, kRuns = 9;

/// Queues, each with a function, a mapping between them and a role: what a serverless stack is made of.
std::vector<cloud::Unit> stack(bool changed) {
  std::vector<cloud::Unit> out;
  const auto add = [&](std::string address, std::string_view type, cloud::Object properties) {
    cloud::Unit unit;
    unit.address = std::move(address);
    unit.type = type;
    unit.properties = std::move(properties);
    unit.properties.set("Tags", cloud::Values{cloud::object({{"Key", "app"}, {"Value", "shop"}}),
                                              cloud::object({{"Key", "stage"}, {"Value", "default"}})});
    out.push_back(std::move(unit));
  };
  const catalog::Catalog& catalog = cloud::all_backends().back()->catalog();
  const auto type = [&](std::string_view end) {
    for (const catalog::UpdateRow& row : catalog.updates) {
      if (row.type.ends_with(end)) return row.type;
    }
    std::abort();
  };
  const std::string_view queue = type("::Queue"), function = type("Lambda::Function"), mapping = type("EventSourceMapping"),
                         role = type("::Role");
  for (std::size_t i = 0; out.size() < kResources; ++i) {
    const bool now = changed && i % kEvery == 0;
    const std::string n = std::to_string(i);
    add("Queue" + n, queue, cloud::object({{"QueueName", "shop-" + n + (now ? ".fifo" : "")}, {"VisibilityTimeout", 60}}));
    add("Worker" + n, function,
        cloud::object(
            {{"FunctionName", "shop-worker-" + n},
             {"Timeout", now ? 20 : 10},
             {"Role", cloud::GetAtt{"Role" + n, "Arn"}},
             {"Environment", cloud::object({{"Variables", cloud::object({{"QUEUE_URL", cloud::Ref{"Queue" + n}}})}})}}));
    add("Mapping" + n, mapping,
        cloud::object({{"EventSourceArn", cloud::GetAtt{"Queue" + n, "Arn"}}, {"FunctionName", cloud::Ref{"Worker" + n}}}));
    add("Role" + n, role,
        cloud::object({{"Policies", cloud::Values{cloud::object(
                                        {{"PolicyName", "Worker"}, {"Resource", cloud::GetAtt{"Queue" + n, "Arn"}}})}}}));
  }
  return out;
}

template <class Work>
double best(const Work& work) {
  double least = 1e9;
  for (std::size_t i = 0; i < kRuns; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    least = std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return least;
}

}  // namespace

int main(int argc, char** argv) {
  const double most = argc > 1 ? std::atof(argv[1]) : 0;
  const catalog::Catalog& catalog = cloud::all_backends().back()->catalog();
  const auto before = stack(false), after = stack(true);
  const auto json = [](const std::vector<cloud::Unit>& units) {
    return plan::write({"shop", "default", {{"any", "", units, std::vector<std::string>(units.size())}}});
  };
  const std::string old_text = json(before), new_text = json(after);
  std::size_t changes = 0;
  const double planned = best([&] {
    plan::StackPlan plan = plan::diff(before, after, catalog);
    plan::find_effects(plan, catalog, "any");
    plan::find_waves(plan);
    changes = plan.changes.size();
  });
  const double parsed = best([&] {
    const auto a = nlohmann::json::parse(old_text), b = nlohmann::json::parse(new_text);
    if (a.size() != b.size()) std::abort();
  });
  const double ratio = planned / parsed;
  fmt::print("plan_ratio: {} resources, {} of them change: {:.2f} of the time that parsing both takes\n", before.size(),
             changes, ratio);
  return most > 0 && ratio > most ? 1 : 0;
}
