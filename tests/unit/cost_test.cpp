// What a month costs: expressions, tiers, free units, and a made-up cloud whose bill can be added up by hand.
#include "compiler/cost/estimate.h"

#include "compiler/driver/estimate.h"
#include "tests/support/compiled.h"

#include <gtest/gtest.h>

namespace virga::cost {
namespace {

constexpr double kSeconds = kHoursInMonth * kSecondsInHour;

catalog::Price price(std::string_view id, double amount) {
  catalog::Price p{};
  p.id = id, p.price = amount, p.currency = "USD", p.unit = "call", p.confidence = "high";
  return p;
}

TEST(CostExpressions, AreProductsSumsAndFunctions) {
  const auto whole = [](std::string_view text) {
    return std::holds_alternative<catalog::Expression>(catalog::parse_expression(text));
  };
  EXPECT_TRUE(whole("starts * up(takes, fact:a.b) * node.memory"));
  EXPECT_TRUE(whole("first(node.cpu, (node.memory + node.disk) / fact:a.b)"));
  const auto why = [](std::string_view text) { return std::get<std::string>(catalog::parse_expression(text)); };
  EXPECT_EQ(why("each *"), "expected a word, but this is ``");
  EXPECT_EQ(why("(each"), "a `)` is missing");
  EXPECT_EQ(why("each each"), "`each` is too much");
  EXPECT_EQ(why("down(each)"), "there is no function `down`");
  EXPECT_EQ(why("up(each)"), "`up` takes 2 arguments");
}

TEST(CostMeters, TiersHoldFromUnitToUnitAndTheLastGoesOn) {
  catalog::Price one = price("p.tier1", 1), two = price("p.tier2", 0.5);
  one.has_to = true, one.to = 100;
  two.from = 100, two.has_to = true, two.to = 200;
  const std::vector<const catalog::Price*> tiers{&one, &two};
  EXPECT_DOUBLE_EQ(cost_of(tiers, 0), 0);
  EXPECT_DOUBLE_EQ(cost_of(tiers, 40), 40);
  EXPECT_DOUBLE_EQ(cost_of(tiers, 100), 100);
  EXPECT_DOUBLE_EQ(cost_of(tiers, 150), 125);
  EXPECT_DOUBLE_EQ(cost_of(tiers, 300), 200) << "beyond the last tier its price goes on";
  one.per = 10;
  EXPECT_DOUBLE_EQ(cost_of(tiers, 40), 4);
}

TEST(CostMeters, FreeUnitsAreGivenOnceAndInOneOrder) {
  catalog::Price named = price("b", 1), sharing = price("a", 2), ending = price("c", 1);
  named.free = 100;
  sharing.free_of = "b";
  ending.free = 100, ending.free_ends = true;
  const catalog::Price prices[] = {sharing, named, ending};
  catalog::Catalog catalog{};
  catalog.prices = prices;
  std::map<std::string, Meter, std::less<>> meters;
  for (const catalog::Price& p : prices) {
    Meter& m = meters[std::string(p.id)];
    m.price = p.id, m.tiers = {&p}, m.quantity = {70, 80};
  }
  settle(meters, catalog);
  EXPECT_DOUBLE_EQ(meters["b"].free.least, 70) << "the price that names them goes first";
  EXPECT_DOUBLE_EQ(meters["b"].free.most, 80);
  EXPECT_DOUBLE_EQ(meters["a"].free.least, 60) << "thirty units are left, of two each";
  EXPECT_DOUBLE_EQ(meters["a"].free.most, 40) << "twenty are left";
  EXPECT_DOUBLE_EQ(meters["c"].free.most, 0) << "what ends is not taken off";
}

TEST(CostMeters, AnUnknownPriceIsNotNothingUnlessAllIsFree) {
  catalog::Price unknown = price("a", 0), pool = price("b", 0);
  unknown.known = false, unknown.free_of = "b";
  pool.free = 10;
  const catalog::Price prices[] = {unknown, pool};
  catalog::Catalog catalog{};
  catalog.prices = prices;
  std::map<std::string, Meter, std::less<>> meters;
  meters["a"].price = "a", meters["a"].tiers = {&prices[0]};
  meters["a"].quantity = {5, 10};
  settle(meters, catalog);
  EXPECT_TRUE(meters["a"].covered);
  meters["a"].quantity.most = 11;
  settle(meters, catalog);
  EXPECT_FALSE(meters["a"].covered);
  EXPECT_FALSE(meters["a"].known);
}

/// A cloud on which a call costs 1 for a million, a second of a gigabyte 2, a queue 3 a month, and a message one point, of
/// which a hundred cost 1 CNY.
struct Cloud {
  std::vector<catalog::Price> prices{price("call", 1), price("second", 2), price("queue", 3), price("message", 1),
                                     price("point", 1)};
  std::vector<catalog::Fact> facts;
  std::vector<catalog::WorkRow> works;
  std::vector<catalog::CostRow> costs;
  catalog::Catalog catalog{};

  static constexpr std::string_view kTakes[] = {"node.takes", "node.timeout"}, kRuns[] = {"node.timeout"};
  static constexpr catalog::Setting kSettings[] = {{"takes", kTakes}, {"runs", kRuns}};
  static constexpr std::string_view kCall[] = {"call"}, kSecond[] = {"second"}, kQueue[] = {"queue"},
                                    kMessage[] = {"message"};
  static constexpr catalog::CostItem kFunction[] = {{kCall, "starts"},
                                                    {kSecond, "starts * up(takes, fact:step) * node.memory"}};
  static constexpr catalog::CostItem kQueueMonth[] = {{kQueue, "month"}};
  static constexpr catalog::CostItem kMessages[] = {{kMessage, "each * units(payload, fact:unit)"}};
  static constexpr std::string_view kFifo[] = {"node.fifo"};

  Cloud() {
    catalog::Fact step{}, unit{};
    step.id = "step", step.unit = "ms", step.has_value = true, step.value = 100, step.verified = true;
    unit.id = "unit", unit.unit = "KB", unit.has_value = true, unit.value = 64, unit.verified = false;
    facts = {step, unit};
    works = {{"function", "", false, false, kSettings}, {"queue", "", true, false, {}}, {"gateway", "", false, true, {}}};
    prices[0].per = 1e6, prices[0].free = 1e6;
    prices[3].currency = "point";
    prices[4].currency = "CNY", prices[4].unit = "point", prices[4].per = 100;
    catalog::CostRow function{}, queue{}, message{}, fifo{}, all{};
    function.kind = "function", function.items = kFunction;
    queue.kind = "queue", queue.items = kQueueMonth, queue.unless = kFifo;
    fifo.kind = "queue", fifo.when = kFifo, fifo.not_counted = "queues in order";
    message.to = "queue.self", message.items = kMessages;
    all.not_counted = "taxes";
    costs = {function, queue, fifo, message, all};
    catalog.cloud = "aws";  // of which the program is told; nothing else of it is here
    catalog.facts = facts, catalog.works = works, catalog.prices = prices, catalog.costs = costs;
  }

  Estimate of(const std::string& text, const Request& request = {}) {
    compiled = test::compile(text, "aws.sam");
    EXPECT_FALSE(compiled.sink.has_errors()) << compiled.findings();
    const passes::Strategies none;
    return estimate(passes::Model(compiled.front->architecture, catalog, none), none, request);
  }
  test::Compiled compiled;
};

std::string function(const std::string& name, const std::string& more = "") {
  return "function " + name + " { image = \"1.dkr.ecr.us-east-1.amazonaws.com/x:1\"  memory = 1GB  " + more + " }\n";
}

const Line& line(const Estimate& e, std::string_view node, std::string_view id) {
  for (const Line& l : e.lines) {
    if (l.node->name == node && l.price->id == id) return l;
  }
  throw std::runtime_error("no such line");
}

TEST(CostEstimates, CountWhatComesInAMonth) {
  Cloud cloud;
  const Estimate e = cloud.of("gateway door { GET \"/\" -> f { load = 2rps } }\n" + function("f", "takes = 250ms"));
  const Line& calls = line(e, "f", "call");
  EXPECT_DOUBLE_EQ(calls.quantity.value.most, 2 * kSeconds);
  EXPECT_DOUBLE_EQ(calls.cost.most, 2 * kSeconds / 1e6);
  EXPECT_DOUBLE_EQ(line(e, "f", "second").quantity.value.least, 2 * kSeconds * 0.3) << "rounded up to 100 ms";
  const Total& total = e.totals.at("USD");
  EXPECT_DOUBLE_EQ(total.free.most, 1) << "a million calls";
  EXPECT_DOUBLE_EQ(total.after().most, 2 * kSeconds / 1e6 + 2 * kSeconds * 0.3 * 2 - 1);
  EXPECT_TRUE(total.whole);
  EXPECT_TRUE(e.without_load.empty());
  ASSERT_EQ(e.left.size(), 2u) << "taxes, and the gateway, of which the table says nothing";
  EXPECT_EQ(*e.left[0].names.begin(), "door");
}

TEST(CostEstimates, AreRangesWhereTheLoadIsOneOrTheTimeUnknown) {
  Cloud cloud;
  const Estimate e = cloud.of("gateway door { GET \"/\" -> f { load = { least = 1rps  most = 3rps } } }\n" +
                              function("f", "timeout = 10s"));
  const Line& calls = line(e, "f", "call");
  EXPECT_DOUBLE_EQ(calls.cost.least * 3, calls.cost.most);
  const Line& seconds = line(e, "f", "second");
  EXPECT_DOUBLE_EQ(seconds.quantity.value.least, kSeconds * 0.1) << "one step at least";
  EXPECT_DOUBLE_EQ(seconds.quantity.value.most, 3 * kSeconds * 10) << "as long as it may, at most";
}

TEST(CostEstimates, ShareTheFreeUnitsAndAddUp) {
  Cloud cloud;
  const Estimate e = cloud.of("gateway door { GET \"/a\" -> f { load = 1rps }  GET \"/b\" -> g { load = 3rps } }\n" +
                              function("f", "takes = 1s") + function("g", "takes = 1s"));
  const Meter& meter = e.meters.find("call")->second;
  EXPECT_DOUBLE_EQ(meter.free.most, 1) << "once, although two functions are called";
  double sum = 0;
  for (const Line& l : e.lines) sum += l.cost.most;
  EXPECT_NEAR(sum, e.totals.at("USD").before.most, 1e-9);
  EXPECT_DOUBLE_EQ(line(e, "f", "call").cost.most * 3, line(e, "g", "call").cost.most);
}

TEST(CostEstimates, CountTheFixedPartsOfWhatHasNoLoad) {
  Cloud cloud;
  const Estimate e = cloud.of("gateway door { GET \"/\" -> f }\nqueue q { }\nf -> q\n" + function("f"));
  EXPECT_EQ(line(e, "f", "call").state, State::by_load);
  EXPECT_EQ(line(e, "q", "message").state, State::by_load);
  EXPECT_EQ(line(e, "q", "queue").state, State::counted);
  EXPECT_DOUBLE_EQ(e.totals.at("USD").after().most, 3);
  EXPECT_FALSE(e.totals.contains("CNY"));
  EXPECT_EQ(e.without_load, std::set<std::string>{"door GET \"/\""});
}

TEST(CostEstimates, LeaveTheEndOpenWhereOneOfTwoLoadsIsKnown) {
  Cloud cloud;
  const Estimate e =
      cloud.of("gateway door { GET \"/a\" -> f { load = 1rps }  GET \"/b\" -> f }\n" + function("f", "takes = 1s"));
  EXPECT_EQ(line(e, "f", "call").state, State::counted);
  EXPECT_FALSE(e.totals.at("USD").whole);
  EXPECT_EQ(e.without_load, std::set<std::string>{"door GET \"/b\""});
}

TEST(CostEstimates, CountInAUnitOfAccountAndConvertNothing) {
  Cloud cloud;
  const Estimate e = cloud.of(
      "gateway door { GET \"/\" -> f { load = 1rps } }\nqueue q { }\nqueue r { }\nf -> q { payload = 100KB }\nf -> r\n" +
      function("f", "takes = 1s"));
  const Line& large = line(e, "q", "message");
  EXPECT_DOUBLE_EQ(large.quantity.value.least, kSeconds) << "a payload is the largest message";
  EXPECT_DOUBLE_EQ(large.quantity.value.most, 2 * kSeconds);
  EXPECT_EQ(large.currency, "CNY");
  EXPECT_EQ(large.meter, "point");
  EXPECT_NEAR(large.cost.most, 2 * kSeconds / 100, 1e-9);
  EXPECT_NEAR(e.totals.at("CNY").after().most, 3 * kSeconds / 100, 1e-9);
  EXPECT_EQ(e.one_unit, std::set<std::string>{"f -> r"});
  EXPECT_EQ(e.doubtful.size(), 1u) << "the unit of 64 KB is not verified";
}

TEST(CostEstimates, ChooseThePricesOfTheRegion) {
  Cloud cloud;
  static constexpr std::string_view kTwo[] = {"queue", "far"};
  static constexpr catalog::CostItem kItems[] = {{kTwo, "month"}};
  cloud.prices[2].region = "us-east-1";
  cloud.prices.push_back(price("far", 5));
  static constexpr std::string_view kFar[] = {"eu-west-1"};
  cloud.prices.back().region = "far away", cloud.prices.back().regions = kFar;
  cloud.costs[1].items = kItems;
  cloud.catalog.prices = cloud.prices;
  const auto total = [&](const std::string& region) {
    return cloud.of("queue q { }\n", {region}).totals.at("USD").after().most;
  };
  EXPECT_DOUBLE_EQ(total("us-east-1"), 3);
  EXPECT_DOUBLE_EQ(total("eu-west-1"), 5);
  const Estimate elsewhere = cloud.of("queue q { }\n", {"ap-south-1"});
  EXPECT_DOUBLE_EQ(elsewhere.totals.at("USD").after().most, 3);
  EXPECT_TRUE(elsewhere.elsewhere.contains("us-east-1"));
}

TEST(CostEstimates, SayWhatTheyLeaveOut) {
  Cloud cloud;
  const Estimate e = cloud.of("queue q { fifo = true }\n");
  EXPECT_TRUE(e.lines.empty());
  ASSERT_EQ(e.left.size(), 2u);
  EXPECT_EQ(e.left[0].says, "queues in order");
  EXPECT_EQ(e.left[1].says, "taxes");
  EXPECT_TRUE(e.left[1].names.empty());
}

/// What stands in a template that others made is paid as what Virga would make of it: each row of a kind whose costs depend
/// on a strategy tells which one it is like.
TEST(CostAdopted, EveryNodeIsLikeAStrategyWhereCostsAskForOne) {
  std::size_t seen = 0;
  for (const cloud::Backend* backend : cloud::all_backends()) {
    const catalog::Catalog& c = backend->catalog();
    for (const catalog::AdoptedRow& row : c.adopted) {
      if (row.kind.empty()) continue;
      const std::string ports = std::string(row.kind) + ".";
      const bool asks = std::any_of(c.costs.begin(), c.costs.end(), [&](const catalog::CostRow& cost) {
        const bool own = cost.kind == row.kind || std::string_view(cost.from).starts_with(ports) ||
                         (cost.from.empty() && cost.to.starts_with(ports));
        return own && !cost.strategies.empty() &&
               c.kinds.end() != std::find_if(c.kinds.begin(), c.kinds.end(), [&](const auto& k) {
                 return k.kind == row.kind &&
                        std::find_first_of(k.strategies.begin(), k.strategies.end(), cost.strategies.begin(),
                                           cost.strategies.end()) != k.strategies.end();
               });
      });
      if (!asks) continue;
      Node node;
      node.kind = row.kind;
      EXPECT_FALSE(row.strategy.empty() && backend->strategy_of(Architecture(), node).empty())
          << c.cloud << ": " << row.kind << " as " << row.type << row.id;
      ++seen;
    }
  }
  EXPECT_GT(seen, 8U);
}

/// Of an app that stands already, doors and functions are paid as well; and who calls from outside stands in no template.
TEST(CostAdopted, CountsWhatStands) {
  const test::Compiled made = test::compile(
      "app shop { targets = [aws.sam]  on aws { adopted = { Transform = \"AWS::Serverless-2016-10-31\" } } }\n"
      "gateway door { GET \"/\" -> f { load = 1rps } on aws { type = \"AWS::Serverless::HttpApi\" } }\n"
      "gateway old { GET \"/\" -> f { load = 1rps } on aws { type = \"AWS::Serverless::Api\" } }\n"
      "function f { code = \"./code\"  runtime = python312  takes = 1s }\n"
      "function g { code = \"./code\"  runtime = python312  takes = 1s }\n"
      "external clients { url = \"https://shop.example.com\" }\nclients -> g { load = 3rps }\n",
      "aws.sam");
  ASSERT_FALSE(made.sink.has_errors()) << made.findings();
  EXPECT_EQ(made.stack().resources.size(), 4U) << "two doors and two functions";
  const auto costs = driver::costs(*made.front, made.stacks, "", "");
  ASSERT_EQ(costs.size(), 1U);
  std::set<std::string> paid;
  for (const Line& l : costs[0].estimate.lines) {
    if (l.cost.most > 0) paid.insert(l.node->name + " " + std::string(without_tier(l.price->id)));
  }
  for (const char* one :
       {"door price.apigw.http", "old price.apigw.rest", "f price.lambda.request", "g price.lambda.request"})
    EXPECT_TRUE(paid.contains(one)) << one;
}

}  // namespace
}  // namespace virga::cost
