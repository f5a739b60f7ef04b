// Retry budgets: every attempt that is promised must come before the message is too old, none while the one before still
// runs, and whoever may get a message twice must bear it.
#include "compiler/diagnostics/codes.h"
#include "compiler/passes/bound_test.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

namespace virga::passes {
namespace {

namespace codes = diag::codes;

std::string duration_text(double milliseconds) {
  return to_text(Quantity{static_cast<std::int64_t>(milliseconds), Dimension::duration});
}

/// Attempts in all; nothing when there is no end to them but the message's age.
std::optional<Amount> attempts(const Model& model, const Edge& edge) {
  if (auto n = model.of(edge, "deliveries")) return n;
  auto n = model.of(edge, "retries");
  if (n) n->value += 1;
  return n;
}

/// How often whoever sends along an edge tries again by itself.
double caller_retries(const Edge& edge) { return std::max(0.0, edge.properties.number("caller_retries").value_or(0)); }

/// Attempts of the cloud for each of the caller's.
double all_attempts(const Model& model, const Edge& edge) {
  const auto own = attempts(model, edge);
  return (own ? own->value : 1) * (caller_retries(edge) + 1);
}

/// The last attempt begins after the message was given up on for its age.
void retries_expire(const Model& model, const Edge& edge, diag::Sink& sink) {
  const Architecture& a = model.architecture();
  const auto times = attempts(model, edge), age = model.of(edge, "age"), runs = model.of(a.node(edge.to.node), "runs");
  if (!times || !age || !runs || times->value < 2) return;
  // A message that was taken and not removed comes again when it is shown again; a hand-over, when the attempt failed.
  const auto hidden = model.of(edge, "hidden"), pause = model.of(edge, "pause");
  const double round = hidden ? hidden->value : runs->value;
  const double begins = (times->value - 1) * (round + (pause ? pause->value : 0));
  if (begins <= age->value) return;
  const std::string each = duration_text(round);
  auto r = sink.report(edge.arrow_span, codes::PathRetriesExpire, to_text(times->value), describe(a, edge),
                       duration_text(begins), text_of(*age));
  if (times->given) r.label(times->span, "so often");
  if (age->given) r.label(age->span, "given up on after this");
  if (hidden && hidden->given) r.label(hidden->span, "hidden for this long each time");
  if (!hidden && runs->given) r.label(runs->span, "each attempt may take this long");
  r.note(pause ? fmt::format("an attempt may take {}, and the next one waits {}", each, text_of(*pause))
               : fmt::format("an attempt takes {}", each));
  r.help(fmt::format("let messages grow older than {}, make fewer attempts, or make them shorter", duration_text(begins)));
}

/// Puts another duration, in whole seconds, where one is written; nothing where it is computed, or where the cloud would
/// refuse the new one.
void lengthen(const Model& model, const Node& node, const Amount& written, double milliseconds, std::string_view title,
              diag::Reported& reported) {
  constexpr double kSecond = 1000;
  if (!written.literal) return;
  const Quantity longer{static_cast<std::int64_t>(std::ceil(milliseconds / kSecond) * kSecond), Dimension::duration};
  for (const catalog::Bound& bound : model.catalog().bounds) {
    if (bound.kind != node.kind || !bound.edge_to.empty() || bound.attribute != written.attribute) continue;
    if (!test_bound(bound, model.catalog().fact(bound.fact), Value{longer, {}, {}}).empty()) return;
  }
  reported.fix(written.span, to_text(longer), diag::Confidence::certain, fmt::format("{} {}", title, to_text(longer)));
}

/// What was taken is shown to others again while it is still worked on.
void comes_back(const Model& model, const Edge& edge, diag::Sink& sink) {
  const Architecture& a = model.architecture();
  const auto hidden = model.of(edge, "hidden"), runs = model.of(a.node(edge.to.node), "runs");
  if (!hidden || !runs) return;
  const auto gather = model.of(edge, "gather"), advised = model.of(edge, "hidden_times");
  const double window = gather ? gather->value : 0;
  const Node& queue = a.node(edge.from.node);
  const std::string& source = queue.name;
  const std::string& target = a.node(edge.to.node).name;
  const double wise = advised ? advised->value * runs->value + window : 0;
  if (hidden->value < runs->value + window) {
    auto r = sink.report(hidden->span, codes::PathComesBack, source, text_of(*hidden), target,
                         duration_text(runs->value + window));
    r.label(edge.arrow_span, "it takes them here");
    r.help(fmt::format("hide them for {} at least", duration_text(runs->value + window)));
    lengthen(model, queue, *hidden, std::max(runs->value + window, wise), "hide them for", r);
    return;
  }
  if (hidden->value >= wise) return;
  auto r = sink.report(hidden->span, codes::PathHiddenShort, source, text_of(*hidden), duration_text(wise));
  r.label(edge.arrow_span,
          fmt::format("`{}` may take {}{}", target, text_of(*runs),
                      window > 0 ? fmt::format(", after a batch was waited for {}", text_of(*gather)) : ""));
  if (advised->fact != nullptr) r.source(catalog::cite(*advised->fact));
  r.note("a batch that is throttled is tried again within that time; messages that come back meanwhile are worked on twice");
  lengthen(model, queue, *hidden, wise, "hide them for", r);
}

/// At-least-once delivery into what does not say that it bears it.
void repeats(const Model& model, const Edge& edge, std::set<NodeId>& told, diag::Sink& sink) {
  // Reading twice changes nothing; whatever else a caller sends again may have been done the first time.
  const bool again = caller_retries(edge) > 0 && edge.from.name != "GET" && edge.from.name != "HEAD";
  const catalog::HopRow* row = model.hop(edge);
  if ((row == nullptr || !row->repeats) && !again) return;
  const Architecture& a = model.architecture();
  const Node& target = a.node(edge.to.node);
  const auto& kind = a.kinds.at(target.kind);
  if (kind.attribute("idempotent") == nullptr) return;
  const Attributes& said = target.for_cloud(model.catalog().cloud);
  if (said.flag("idempotent") || !told.insert(target.id).second) return;
  const bool refused = said.has("idempotent");
  auto r = refused ? sink.report(edge.arrow_span, codes::PathRepeats, describe(a, edge), target.name)
                   : sink.report(edge.arrow_span, codes::PathMayRepeat, describe(a, edge), target.name);
  if (refused) r.label(said.find("idempotent")->span, "and this says that it must not");
  r.help(
      refused
          ? "keep what was done under the message's id, and look there first; then say `idempotent = true`"
          : "say `idempotent = true` when it may run twice for one event; if not, keep what was done under the event's id");
}

/// Along the calls behind an edge attempts multiply: each of the first one's makes all of the next one's. Who calls and
/// hears nothing in time tries again though everything was handed over, so behind a caller's retries hand-overs count too.
/// Breadth first, each node once: of several ways to it the shortest is shown.
void multiply(const Model& model, const Edge& first, diag::Sink& sink) {
  const Architecture& a = model.architecture();
  const double begin = all_attempts(model, first);
  const bool caller = caller_retries(first) > 0;
  if (begin < 2) return;
  struct Way {
    const Edge* edge;
    std::size_t before;  ///< index of the way that it goes on from; its own of the first one
    double product;
    std::size_t length;
  };
  std::vector<Way> ways{{&first, 0, begin, 1}};
  std::set<NodeId> seen{first.to.node};
  for (std::size_t at = 0; at < ways.size() && ways[at].length < kLongestPath; ++at) {
    for (const Edge* e : model.out_of(a.node(ways[at].edge->to.node))) {
      const bool counts = e->delivery == Delivery::call || (caller && !model.is_end(e->from));
      if (!counts || begins_nothing(*e) || !seen.insert(e->to.node).second) continue;
      const double more = all_attempts(model, *e);
      ways.push_back({e, at, ways[at].product * more, ways[at].length + 1});
      if (more < 2) continue;
      const std::string all = to_text(ways.back().product);
      std::vector<Stop> stops{{a.node(e->to.node).name, "up to " + all + " times"}};
      for (std::size_t w = ways.size() - 1;; w = ways[w].before) {
        const double times = all_attempts(model, *ways[w].edge);
        stops.push_back({source_text(a, *ways[w].edge), times > 1 ? "× " + to_text(times) : ""});
        if (w == ways[w].before) break;
      }
      std::reverse(stops.begin(), stops.end());
      auto r = sink.report(e->arrow_span, codes::PathRetriesMultiply, a.node(e->to.node).name, all, describe(a, first));
      r.label(first.arrow_span, fmt::format("{} attempts here", to_text(begin)));
      r.note(draw("the attempts", stops));
      r.help("try again in one place of a path: the others can let what fails go on to it");
    }
  }
}

}  // namespace

void retry_budgets(const Model& model, diag::Sink& sink) {
  std::set<NodeId> told;
  const std::vector<Edge>& edges = model.architecture().edges;
  const bool multiplies = std::any_of(edges.begin(), edges.end(), [&](const Edge& e) {
    return caller_retries(e) > 0 || (e.delivery == Delivery::call && all_attempts(model, e) > 1);
  });
  for (const Edge& edge : edges) {
    retries_expire(model, edge, sink);
    if (multiplies) multiply(model, edge, sink);
    comes_back(model, edge, sink);
    repeats(model, edge, told, sink);
  }
}

}  // namespace virga::passes
