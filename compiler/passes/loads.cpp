// Loads: what the entries let in must be worked on by everything that it comes to: at the same time, per second, and in all.
#include "compiler/passes/loads.h"

#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace virga::passes {
namespace {

namespace codes = diag::codes;

constexpr double kMilliseconds = 1000;  // in a second
constexpr double kThousandths = 1000;  // of a request per second, of which quantities of rates are made

/// The biggest flow into a node, its biggest flow, and so on back to where it comes from: what to look at first.
std::string where_from(const Model& model, const Rates& rates, const Node& node, const std::string& says) {
  std::vector<Stop> stops{{node.name, says}};
  const Node* at = &node;
  for (std::size_t steps = 0; steps < kLongestPath; ++steps) {
    const Edge* biggest = nullptr;
    for (const Edge* e : model.into(*at)) {
      const bool counts = !begins_nothing(*e) && rates.along(*e).known && !e->properties.has("loop");
      if (counts && (biggest == nullptr || rates.along(*e).peak.most > rates.along(*biggest).peak.most)) biggest = e;
    }
    if (biggest == nullptr) break;
    stops.push_back({source_text(model.architecture(), *biggest), rate_text(rates.along(*biggest).peak)});
    at = &model.architecture().node(biggest->from.node);
  }
  std::reverse(stops.begin(), stops.end());
  return draw("at the peak", stops);
}

/// Where the limit comes from: the fact behind it, or the place where the program says it.
void cite(const Amount& limit, diag::Reported& r, const std::string& label) {
  if (limit.fact != nullptr) {
    r.source(catalog::cite(*limit.fact));
  } else if (limit.span.known()) {
    r.label(limit.span, label);
  }
}

/// What runs at once on a node, against what it keeps for itself or may have.
void at_once(const Model& model, const Rates& rates, const Node& node, Measures& measures, diag::Sink& sink) {
  const auto need = rates.at_once(node);
  if (!need) return;
  for (const char* setting : {"reserved", "at_once"}) {
    const auto limit = model.of(node, setting);
    if (!limit) continue;
    measures.count(std::string(setting) + " " + node.identity(), "what runs at once of `" + node.name + "`", need->least,
                   limit->value, *limit);
    if (need->most <= limit->value) continue;
    if (need->least <= limit->value) {
      if (need->least > 0) continue;  // it lies between, and may well be enough
      sink.report(node.span, codes::LoadUnknownDuration, to_text(limit->value), node.name)
          .note(where_from(model, rates, node, count_text(*need) + " at once, if each takes as long as it may"))
          .help("say how long it usually takes: `takes = 200ms`");
      return;
    }
    auto r = sink.report(limit->given ? limit->span : node.span, codes::LoadReserved, node.name, count_text(*need),
                         to_text(limit->value));
    cite(*limit, r, "not more than this");
    r.note(where_from(model, rates, node,
                      fmt::format("{} at once, each for {}", count_text(*need), text_of(*model.of(node, "takes")))));
    r.help(fmt::format("let {} run at once, make each shorter, or put a queue before it that holds what comes at the peak",
                       count_text(*need)));
    return;
  }
}

/// Records fit by their number and still not by their size: what the edges say of it, all shards together.
void bytes(const Model& model, const Rates& rates, const Node& node, Measures& measures, diag::Sink& sink) {
  const auto parts = model.of(node, "parts"), part_bytes = model.of(node, "part_bytes");
  if (!parts || !part_bytes) return;
  const double most = parts->value * part_bytes->value;
  double got = 0;
  const Edge* biggest = nullptr;
  for (const Edge* e : model.into(node)) {
    const auto payload = e->properties.quantity("payload");
    if (begins_nothing(*e) || !payload || !rates.along(*e).known) continue;
    got += rates.along(*e).peak.least * static_cast<double>(payload->amount);
    if (biggest == nullptr || rates.along(*e).peak.least > rates.along(*biggest).peak.least) biggest = e;
  }
  const auto text = [](double size) {
    constexpr double kKilo = 1024;  // whole kilobytes are exact enough for people
    return to_text(Quantity{static_cast<std::int64_t>(std::ceil(size / kKilo) * kKilo), Dimension::size}) + " a second";
  };
  measures.add("bytes " + node.identity(), "data into `" + node.name + "`", got, most, text(got), text(most), *part_bytes);
  if (got <= most) return;
  auto r = sink.report(parts->span, codes::LoadThroughput, node.name, text(got), text(most));
  cite(*part_bytes, r, "not more than this");
  r.label(biggest->arrow_span, "most of it comes along here");
  r.note(where_from(model, rates, node, "takes at most " + text(most)));
  r.help(fmt::format("give it {} shards, or send less in each record", count_text(got / part_bytes->value)));
}

/// More per second than a node, or all edges into one of its ports together, may take.
void throughput(const Model& model, const Rates& rates, Measures& measures, diag::Sink& sink) {
  const Architecture& a = model.architecture();
  const auto check = [&](const Node& node, const std::string& port, const Between& got, const Amount& limit, Span place) {
    const double most = limit.dimension == Dimension::rate ? limit.value / kThousandths : limit.value;
    const std::string into = port == "self" ? "" : "." + port;
    measures.add("rate " + node.identity() + " " + port, "what comes into `" + node.name + into + "`", got.least, most,
                 rate_text({got.least, got.least}), rate_text({most, most}), limit);
    if (got.least <= most) return;
    auto r = sink.report(place, codes::LoadThroughput, node.name, rate_text(got), rate_text({most, most}));
    cite(limit, r, "not more than this");
    if (limit.fact != nullptr && !limit.fact->note.empty()) r.note(std::string(limit.fact->note));
    r.note(where_from(model, rates, node, "takes at most " + rate_text({most, most})));
    r.help("let it take more, or hold back what comes at the peak in a queue");
  };
  for (const Node& node : a.nodes) {
    Flow got = rates.into(node);
    if (model.work(node) != nullptr && model.work(node)->entry) {
      got = {};
      for (const Edge* e : model.out_of(node)) got += rates.along(*e);
    }
    if (!got.known) continue;
    bytes(model, rates, node, measures, sink);
    if (const auto limit = model.of(node, "rate")) check(node, "self", got.peak, *limit, node.span);
    const auto parts = model.of(node, "parts"), part_rate = model.of(node, "part_rate");
    if (parts && part_rate) {
      Amount all = *part_rate;
      all.value *= parts->value;
      check(node, "self", got.peak, all, parts->span);
    }
  }
  // What several edges bring to one port, they share.
  std::map<std::pair<NodeId, std::string>, std::pair<Between, const Edge*>> ports;
  for (const Edge& e : a.edges) {
    if (!rates.along(e).known || !model.of(e, "rate")) continue;
    auto& [sum, last] = ports[{e.to.node, e.to.name}];
    sum += rates.along(e).peak;
    last = &e;
  }
  for (const auto& [port, got] : ports)
    check(a.node(port.first), port.second, got.first, *model.of(*got.second, "rate"), got.second->arrow_span);
}

/// What is kept until somebody takes it grows without end when less is taken than comes.
void backlog(const Model& model, const Rates& rates, const Edge& edge, diag::Sink& sink) {
  const Architecture& a = model.architecture();
  const Node& source = a.node(edge.from.node);
  const Node& target = a.node(edge.to.node);
  const auto takes = model.of(target, "takes"), runs = model.of(target, "runs"), batch = model.of(edge, "batch");
  const auto parts = model.of(source, "parts"), side = model.of(edge, "side_by_side");
  auto workers = model.of(edge, "at_once");
  if (!workers && parts) {
    workers = *parts;
    workers->value *= side ? side->value : 1;
  }
  const auto reserved = model.of(target, "reserved");
  if (reserved && (!workers || reserved->value < workers->value)) workers = reserved;
  const Flow& flow = rates.along(edge);
  if (!flow.known || !batch || !workers || !takes || takes->value <= 0 || !takes->given ||
      (runs && runs->span == takes->span))
    return;
  const double most = workers->value * batch->value * kMilliseconds / takes->value;
  if (flow.average.least <= most) return;
  auto r = sink.report(edge.arrow_span, codes::LoadBacklog, source.name, rate_text(flow.average), target.name,
                       rate_text({most, most}));
  if (workers->span.known()) r.label(workers->span, fmt::format("{} at once", to_text(workers->value)));
  if (takes->span.known()) r.label(takes->span, "each takes this long");
  r.note(fmt::format("even when every batch is full: {} at once × {} in a batch, every {}", to_text(workers->value),
                     to_text(batch->value), text_of(*takes)));
  r.note(where_from(model, rates, source, "grows, until messages are too old"));
  r.help("let more of them run at once, take larger batches, or make each shorter");
}

/// Each execution of whoever asks a store holds a connection to it.
void connections(const Model& model, const Rates& rates, const Node& node, Measures& measures, diag::Sink& sink) {
  auto limit = model.of(node, "connections");
  const auto memory = model.of(node, "memory"), each = model.of(node, "connection_takes");
  if (memory && each && each->value > 0) {
    const double fit = std::floor(memory->value / each->value);
    if (!limit || fit < limit->value) {
      limit = *memory;
      limit->value = fit;
      limit->dimension.reset();
      limit->fact = each->fact;
    }
  }
  if (!limit) return;
  Between asking;
  std::string who;
  for (const Edge* e : model.into(node)) {
    const Node& asks = model.architecture().node(e->from.node);
    const auto need = rates.at_once(asks);
    if (!need) continue;
    const auto reserved = model.of(asks, "reserved");
    const Between held =
        reserved ? Between{std::min(need->least, reserved->value), std::min(need->most, reserved->value)} : *need;
    asking += held;
    who += fmt::format("\n{} {}", count_text(held), asks.name);
  }
  measures.count("connections " + node.identity(), "connections to `" + node.name + "`", asking.least, limit->value, *limit);
  if (asking.least <= limit->value) return;
  auto r = sink.report(node.span, codes::LoadConnections, node.name, count_text(asking), to_text(limit->value));
  if (limit->fact != nullptr) r.source(catalog::cite(*limit->fact));
  if (memory && memory->given) r.label(memory->span, "its memory holds so many");
  r.note("each execution that runs holds one at least:" + who);
  r.help("let fewer of them run at once (`concurrency`), give it more memory, or put a queue between");
}

}  // namespace

void measure_loads(const Model& model, diag::Sink& sink, std::vector<Use>& uses) {
  const Rates rates(model);
  Measures measures{uses};
  account_loads(model, rates, measures, sink);
  if (!rates.any()) return;
  for (const Node& node : model.architecture().nodes) {
    at_once(model, rates, node, measures, sink);
    connections(model, rates, node, measures, sink);
  }
  throughput(model, rates, measures, sink);
  for (const Edge& edge : model.architecture().edges) backlog(model, rates, edge, sink);
}

void loads(const Model& model, diag::Sink& sink) {
  std::vector<Use> unused;
  measure_loads(model, sink, unused);
}

}  // namespace virga::passes
