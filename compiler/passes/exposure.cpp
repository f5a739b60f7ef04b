// Exposure: who can reach what. Doors that nobody meant to leave open, ways around a door that is watched, secrets that lie
// about, and permissions without an end.
#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>

namespace virga::passes {
namespace {

namespace codes = diag::codes;

/// What a door says of who checks callers: the route before the door itself.
struct Watch {
  bool asked = false;  ///< the door has such an attribute
  bool said = false;  ///< somebody said it, `none` counts
  bool watched = false;
};

Watch watch_of(const Architecture& a, const Edge& edge) {
  const Node& door = a.node(edge.from.node);
  Watch out;
  const auto kind = a.kinds.find(door.kind);
  const AttributeSpec* spec = kind == a.kinds.end() ? nullptr : kind->second.attribute("auth");
  out.asked = spec != nullptr && spec->type.tag == Type::Tag::node;
  for (const Attributes* attributes : {&edge.properties, &door.attributes}) {
    const AttributeValue* entry = attributes->entry("auth");
    if (entry == nullptr || entry->origin == Origin::fallback) continue;
    out.said = true;
    out.watched = !entry->value.is_none();
    return out;
  }
  return out;
}

/// `GET` and its like change nothing.
bool only_reads(const Port& port) { return port.name == "GET" || port.name == "HEAD" || port.name == "OPTIONS"; }

/// Nobody said who may come in, and what comes in changes something.
void open_doors(const Architecture& a, diag::Sink& sink) {
  std::map<NodeId, std::vector<const Edge*>> doors;
  for (const Edge& e : a.edges) {
    const Watch watch = watch_of(a, e);
    if (watch.asked && !watch.said && !only_reads(e.from)) doors[e.from.node].push_back(&e);
  }
  for (const auto& [id, open] : doors) {
    const Node& door = a.node(id);
    auto r = sink.report(open.front()->arrow_span, codes::ExposureOpen, door.name, describe(a, *open.front()));
    for (std::size_t i = 1; i < open.size(); ++i) r.label(open[i]->arrow_span, "and along this one");
    r.help(fmt::format(
        "say who may: `auth = staff` in `{}`, with an `authorizer staff`; or that everybody may: `auth = none`", door.name));
  }
}

/// It answers whoever asks, without a door before it.
const Value* open_by_itself(const Node& node) {
  if (node.attributes.flag("public")) return node.attributes.find("public");
  const Map* http = node.attributes.map("http");
  const Value* auth = http == nullptr ? nullptr : http->find("auth");
  const auto* word = auth == nullptr ? nullptr : auth->get<Symbol>();
  return word != nullptr && word->name == "none" ? auth : nullptr;
}

void ways_around(const Architecture& a, diag::Sink& sink) {
  std::map<NodeId, std::pair<const Edge*, const Edge*>> ways;  // the first that is watched, and the first that is not
  for (const Edge& e : a.edges) {
    const Watch watch = watch_of(a, e);
    if (!watch.asked) continue;
    auto& [on, off] = ways[e.to.node];
    const Edge*& first = watch.watched ? on : off;
    if (first == nullptr) first = &e;
  }
  for (const Node& node : a.nodes) {
    const Value* open = open_by_itself(node);
    const auto way = ways.find(node.id);
    const Edge* watched = way == ways.end() ? nullptr : way->second.first;
    const Edge* unwatched = way == ways.end() ? nullptr : way->second.second;
    if (watched == nullptr) {
      if (open == nullptr) continue;
      // What a site gives out is meant to be asked for there.
      for (const Node& site : a.nodes) {
        const auto files = site.attributes.node("files");
        if (files != node.id || site.kind == node.kind) continue;
        sink.report(open->span, codes::ExposureAround, node.name, site.name)
            .label(site.span, "it is given out here")
            .help("leave `public` out: the site alone is let in");
      }
      continue;
    }
    const std::string& door = a.node(watched->from.node).name;
    if (open != nullptr) {
      sink.report(open->span.known() ? open->span : node.span, codes::ExposureAround, node.name, door)
          .label(watched->arrow_span, "here callers are checked")
          .help(fmt::format("take its own address away, so that only `{}` leads to it", door));
    } else if (unwatched != nullptr && unwatched->from.node != watched->from.node) {
      sink.report(unwatched->arrow_span, codes::ExposureAround, node.name, door)
          .label(watched->arrow_span, "here callers are checked")
          .help("check callers here too (`auth`), or call another node");
    }
  }
}

/// Words that name secrets, as parts of a name.
bool names_secret(std::string_view name) {
  static const RE2 shape(
      "(?i)(^|_)(password|passwd|passphrase|secret|token|api_?key|private_?key|access_?key|credentials?)(_|$|[0-9])");
  static const RE2 about(
      "(?i)_(arn|name|id|url|path|header|ttl|life|length|file|issuer|audience|type|algorithm)$");  // where it lies, or how
                                                                                                   // it looks
  return RE2::PartialMatch(name, shape) && !RE2::PartialMatch(name, about);
}

void secrets_in_variables(const Architecture& a, diag::Sink& sink) {
  for (const Node& node : a.nodes) {
    const Map* variables = node.attributes.map("environment");
    if (variables == nullptr) continue;
    for (const MapEntry& e : variables->entries) {
      const auto* text = e.value.get<std::string>();
      const auto* param = e.value.get<ParamRef>();
      if (!names_secret(e.key) || (text == nullptr && param == nullptr) || (text != nullptr && text->empty())) continue;
      if (param != nullptr && a.param(param->param).secret()) continue;  // told elsewhere: it may not come here at all
      sink.report(e.key_span.known() ? e.key_span : e.value.span, codes::ExposureSecret, e.key, node.name)
          .help(fmt::format("keep it in a `secret` and read it at run time: `{} -> {}.read`", node.name, "the_secret"));
    }
  }
}

bool has_text(const Value* value, auto&& test) {
  if (value == nullptr) return false;
  if (const auto* text = value->get<std::string>()) return test(*text);
  const auto* list = value->get<Values>();
  return list != nullptr && std::any_of(list->begin(), list->end(), [&](const Value& v) { return has_text(&v, test); });
}

/// Statements of raw policies: `{ Effect = "Allow"  Action = "*"  Resource = "*" }`.
void wildcards(const Node& node, const Value& value, diag::Sink& sink) {
  if (const auto* list = value.get<Values>()) {
    for (const Value& v : *list) wildcards(node, v, sink);
    return;
  }
  const auto* map = value.get<Map>();
  if (map == nullptr) return;
  const auto everything = [](const std::string& t) { return t == "*"; };
  const auto all_of_a_service = [](const std::string& t) { return t == "*" || t.ends_with(":*"); };
  if (has_text(map->find("Effect"), [](const std::string& t) { return t == "Allow"; }) &&
      has_text(map->find("Action"), all_of_a_service) && has_text(map->find("Resource"), everything)) {
    sink.report(map->find("Action")->span, codes::ExposureWildcard, node.name)
        .help("name the actions and the resources that are needed; an edge gives just those that it needs");
    return;
  }
  for (const MapEntry& e : map->entries) wildcards(node, e.value, sink);
}

void wildcard_policies(const Architecture& a, diag::Sink& sink) {
  for (const Node& node : a.nodes) {
    std::vector<const Attributes*> said;
    if (node.raw()) said.push_back(&node.attributes);
    for (const auto& [cloud, attributes] : node.on) said.push_back(&attributes);
    for (const Attributes* attributes : said) {
      for (const AttributeValue& v : attributes->all) {
        if (node.raw() || v.name == "raw") wildcards(node, v.value, sink);
      }
    }
  }
}

/// Browsers refuse to send what signs somebody in to whom everybody is let in.
void cors(const Node& node, const Map& rules, diag::Sink& sink) {
  const Value* credentials = rules.find("credentials");
  const bool* on = credentials == nullptr ? nullptr : credentials->get<bool>();
  if (on == nullptr || !*on || !has_text(rules.find("origins"), [](const std::string& t) { return t == "*"; })) return;
  sink.report(rules.find("origins")->span, codes::ExposureCors, node.name)
      .label(credentials->span, "with what signs somebody in")
      .help("name the origins that may, or leave `credentials` out");
}

}  // namespace

void exposure(const Architecture& a, diag::Sink& sink) {
  open_doors(a, sink);
  ways_around(a, sink);
  secrets_in_variables(a, sink);
  wildcard_policies(a, sink);
  for (const Node& node : a.nodes) {
    const Map* http = node.attributes.map("http");
    const Value* inside = http == nullptr ? nullptr : http->find("cors");
    if (const Map* rules = node.attributes.map("cors")) cors(node, *rules, sink);
    else if (inside != nullptr && inside->get<Map>() != nullptr) cors(node, *inside->get<Map>(), sink);
  }
}

}  // namespace virga::passes
