#include "compiler/adopt/loads.h"

#include "compiler/adopt/words.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

namespace virga::adopt {
namespace {

namespace codes = diag::codes;

constexpr std::string_view kCaller = "external";
constexpr std::string_view kOfEdges[] = {"load", "peak", "times", "payload"};
constexpr std::string_view kOfNodes[] = {"takes", "holds", "prints"};

bool is_load(std::string_view name, bool of_edge) {
  const std::span<const std::string_view> names = of_edge ? std::span<const std::string_view>(kOfEdges) : kOfNodes;
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(const std::vector<syntax::Name>& path, std::size_t from) {
  std::string out;
  for (std::size_t i = from; i < path.size(); ++i) out += (out.empty() ? "" : ".") + path[i].text;
  return out;
}

/// The ends of an edge, as a draft has them; `within` is the node in whose braces it stands. Nothing where something is
/// computed.
std::optional<DraftEdge> edge_of(const syntax::EdgeDecl& e, const std::string& within) {
  DraftEdge out;
  if ((e.from && e.from->computed != nullptr) || e.to.computed != nullptr || e.to.path.empty()) return std::nullopt;
  const bool inner = !within.empty();
  if (!inner && (!e.from || e.from->path.empty())) return std::nullopt;
  out.from = inner ? within : e.from->path.front().text;
  if (e.from) out.port = joined(e.from->path, inner ? 0 : 1);
  if (e.argument != nullptr) {
    const auto* text = std::get_if<syntax::StringExpr>(&e.argument->data);
    if (text == nullptr || text->parts.size() > 1) return std::nullopt;
    const auto* part = text->parts.empty() ? nullptr : std::get_if<std::string>(&text->parts.front());
    if (part != nullptr) out.argument = *part;
    else if (!text->parts.empty()) return std::nullopt;
  }
  out.hand_over = e.arrow == syntax::Arrow::hand_over;
  out.to = e.to.path.front().text;
  out.to_port = joined(e.to.path, 1);
  return out;
}

std::string text_of(const DraftEdge& e) {
  return e.from + (e.port.empty() ? "" : "." + e.port) + (e.argument.empty() ? "" : " " + in_quotes(e.argument)) +
         (e.hand_over ? " ~> " : " -> ") + e.to + (e.to_port.empty() ? "" : "." + e.to_port);
}

/// From its first end to its second.
Span head(const syntax::EdgeDecl& e) {
  Span span = e.from ? e.from->span : e.argument != nullptr ? e.argument->span : e.arrow_span;
  span.end = e.to.span.end;
  return span;
}

/// The nodes and edges of a file, in its order; all else goes to `other`. The edges of a node count if `node` says so.
struct Visit {
  std::function<bool(const syntax::NodeDecl&)> node;
  std::function<void(const syntax::EdgeDecl&, const std::string& within)> edge;
  std::function<void(const syntax::Statement&)> other;
};

void walk(const syntax::Statements& statements, const Visit& visit) {
  for (const syntax::Statement& s : statements) {
    if (const auto* edge = std::get_if<syntax::EdgeDecl>(&s.data)) {
      visit.edge(*edge, "");
    } else if (const auto* node = std::get_if<syntax::NodeDecl>(&s.data)) {
      if (!visit.node(*node)) continue;
      for (const syntax::Statement& inner : node->body) {
        if (const auto* route = std::get_if<syntax::EdgeDecl>(&inner.data)) visit.edge(*route, node->name.text);
      }
    } else {
      visit.other(s);
    }
  }
}

class Layer {
 public:
  Layer(Draft& draft, const SourceFile& source, diag::Sink& sink) : d_(draft), source_(source), sink_(sink) {}

  std::vector<Laid> run(const syntax::File& file) {
    Visit callers;
    callers.node = [&](const syntax::NodeDecl& n) { return caller(n); };
    callers.edge = [&](const syntax::EdgeDecl& e, const std::string& within) {
      if (const auto edge = edge_of(e, within)) calling_.insert(edge->from);
    };
    callers.other = [](const syntax::Statement&) {};
    walk(file.statements, callers);
    Visit visit;
    visit.node = [&](const syntax::NodeDecl& n) { return lay(n); };
    visit.edge = [&](const syntax::EdgeDecl& e, const std::string& within) { lay(e, within); };
    visit.other = [&](const syntax::Statement& s) { no_load(s); };
    walk(file.statements, visit);
    return std::move(out_);
  }

 private:
  std::string text(Span span) const { return source_.text.substr(span.begin, span.end - span.begin); }

  /// `runtime`: the first word of what has no place here.
  void no_load(const syntax::Statement& s) {
    const Span span = syntax::span_of(s);
    const std::string all = text(span);
    const std::size_t end = all.find_first_of(" \t\r\n{=(");
    const auto length = static_cast<std::uint32_t>(std::min(end, all.size()));
    sink_.report({span.file, span.begin, span.begin + length}, codes::AdoptLoadWord, all.substr(0, length))
        .help(fmt::format("of edges `{}` can be said, of nodes `{}`; all else stands in the program, once it is made",
                          fmt::join(kOfEdges, "`, `"), fmt::join(kOfNodes, "`, `")));
  }

  DraftNode* find(const std::string& name) {
    const auto found = std::find_if(d_.nodes.begin(), d_.nodes.end(), [&](const DraftNode& n) { return n.name == name; });
    return found == d_.nodes.end() ? nullptr : &*found;
  }

  /// Somebody outside, of whom no template knows.
  bool caller(const syntax::NodeDecl& n) {
    const bool is = n.kind.size() == 1 && n.kind.front().text == kCaller && n.computed_name == nullptr;
    if (is && find(n.name.text) == nullptr) callers_.emplace(n.name.text, &n);
    return true;
  }

  void nowhere(Span span, const std::string& what, const std::string& help) {
    auto r = sink_.report(span, codes::AdoptLoadNowhere, what);
    if (!help.empty()) r.help(help);
  }

  std::string near(const std::string& name, const std::vector<std::string>& names) const {
    const std::string found = diag::nearest(name, names);
    return found.empty() ? "" : "did you mean `" + found + "`?";
  }

  bool lay(const syntax::NodeDecl& n) {
    if (const auto added = callers_.find(n.name.text); added != callers_.end() && added->second == &n) return add(n);
    const std::string kind = n.cloud ? "resource" : joined(n.kind, 0);
    DraftNode* node = n.computed_name == nullptr ? find(n.name.text) : nullptr;
    const bool is = node != nullptr && (node->type.empty() ? kind == node->kind : kind == "resource");
    if (!is) {
      std::vector<std::string> names;
      for (const DraftNode& other : d_.nodes) names.push_back(other.name);
      nowhere(n.name.span, kind + " " + n.name.text,
              node != nullptr
                  ? fmt::format("`{}` is a `{}`", node->name, node->type.empty() ? node->kind : std::string("resource"))
                  : near(n.name.text, names));
      return false;
    }
    for (const syntax::Statement& s : n.body) {
      const auto* a = std::get_if<syntax::Attribute>(&s.data);
      if (a != nullptr && is_load(a->name.text, false)) say(*a, node->name, 0, node->attributes);
      else if (std::get_if<syntax::EdgeDecl>(&s.data) == nullptr) no_load(s);
    }
    return true;
  }

  /// What it says is its own.
  bool add(const syntax::NodeDecl& n) {
    if (!calling_.contains(n.name.text)) {
      nowhere(n.name.span, fmt::format("{} {}", kCaller, n.name.text),
              fmt::format("let it call something: `{} -> …`", n.name.text));
      return false;
    }
    DraftNode node;
    node.name = n.name.text;
    node.kind = kCaller;
    for (const syntax::Statement& s : n.body) {
      const auto* a = std::get_if<syntax::Attribute>(&s.data);
      if (a != nullptr) say(*a, node.name, 0, node.attributes);
      else if (std::get_if<syntax::EdgeDecl>(&s.data) == nullptr) no_load(s);
    }
    out_.push_back({node.name, 0, "", n.name.span});
    d_.nodes.push_back(std::move(node));
    return true;
  }

  void lay(const syntax::EdgeDecl& e, const std::string& within) {
    std::string id;
    std::vector<const syntax::Attribute*> said;
    for (const syntax::Statement& s : e.properties) {
      const auto* a = std::get_if<syntax::Attribute>(&s.data);
      if (a != nullptr && is_load(a->name.text, true)) said.push_back(a);
      else if (!tells_apart(s, id)) no_load(s);
    }
    const std::optional<DraftEdge> wanted = edge_of(e, within);
    if (!wanted) return nowhere(head(e), text(head(e)), "write out the names at both ends");
    if (callers_.contains(wanted->from) && find(wanted->to) != nullptr) return add(e, *wanted, said);
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < d_.edges.size(); ++i) {
      const std::string* own = said_of(d_.edges[i].on, "id");
      if (text_of(d_.edges[i]) == text_of(*wanted) && (id.empty() || (own != nullptr && *own == id))) found.push_back(i);
    }
    if (found.empty()) return nowhere(head(e), text_of(*wanted), help_for(*wanted));
    if (found.size() > 1) {  // one may be told from the others by needing no id
      std::vector<std::size_t> plain;
      for (const std::size_t i : found) {
        if (said_of(d_.edges[i].on, "id") == nullptr) plain.push_back(i);
      }
      if (!id.empty() || plain.size() != 1) return several(e, *wanted, found);
      found = plain;
    }
    for (const syntax::Attribute* a : said)
      say(*a, text_of(*wanted), nth(found.front()), d_.edges[found.front()].properties);
  }

  void add(const syntax::EdgeDecl& e, DraftEdge edge, const std::vector<const syntax::Attribute*>& said) {
    const std::string of = text_of(edge);
    d_.edges.push_back(std::move(edge));
    const std::size_t nth_of_it = nth(d_.edges.size() - 1);
    for (const syntax::Attribute* a : said) say(*a, of, nth_of_it, d_.edges.back().properties);
    out_.push_back({of, nth_of_it, "", head(e)});
  }

  std::size_t nth(std::size_t index) const {
    return static_cast<std::size_t>(
        std::count_if(d_.edges.begin(), d_.edges.begin() + static_cast<std::ptrdiff_t>(index),
                      [&](const DraftEdge& other) { return text_of(other) == text_of(d_.edges[index]); }));
  }

  /// `on cloud { id = "…" }`: which of several edges that read the same.
  bool tells_apart(const syntax::Statement& s, std::string& id) const {
    const auto* on = std::get_if<syntax::OnBlock>(&s.data);
    if (on == nullptr || on->cloud.text != d_.cloud || on->body.size() != 1) return false;
    const auto* a = std::get_if<syntax::Attribute>(&on->body.front().data);
    if (a == nullptr || a->name.text != "id") return false;
    id = text(a->value->span);
    return true;
  }

  void several(const syntax::EdgeDecl& e, const DraftEdge& wanted, const std::vector<std::size_t>& found) {
    std::string ids;
    for (const std::size_t i : found) {
      if (const std::string* id = said_of(d_.edges[i].on, "id")) ids += (ids.empty() ? "" : ", ") + ("`" + *id + "`");
    }
    sink_.report(head(e), codes::AdoptLoadSeveral, text_of(wanted), std::to_string(found.size()))
        .help(fmt::format("say which, as the program does: `on {} {{ id = … }}`, one of {}", d_.cloud, ids));
  }

  /// The edge that is meant, or those that leave the same node.
  std::string help_for(const DraftEdge& wanted) {
    std::vector<std::string> all, leave;
    for (const DraftEdge& e : d_.edges) {
      all.push_back(text_of(e));
      if (e.from == wanted.from) leave.push_back("`" + text_of(e) + "`");
    }
    if (std::string said = near(text_of(wanted), all); !said.empty()) return said;
    if (!leave.empty()) return fmt::format("these leave `{}`: {}", wanted.from, fmt::join(leave, ", "));
    if (find(wanted.from) == nullptr && find(wanted.to) != nullptr)
      return fmt::format("if somebody outside calls it, say so: `external {} {{ url = \"https://…\" }}`", wanted.from);
    return {};
  }

  void say(const syntax::Attribute& a, const std::string& of, std::size_t nth_of_it, Said& said) {
    if (!said_.insert(fmt::format("{}\n{}\n{}", of, nth_of_it, a.name.text)).second) {
      sink_.report(a.name.span, codes::KindAttributeTwice, a.name.text);
      return;
    }
    std::erase_if(said, [&](const auto& one) { return one.first == a.name.text; });
    said.emplace_back(a.name.text, text(a.value->span));
    out_.push_back({of, nth_of_it, a.name.text, a.value->span});
  }

  Draft& d_;
  const SourceFile& source_;
  diag::Sink& sink_;
  std::map<std::string, const syntax::NodeDecl*> callers_;
  std::set<std::string> calling_, said_;
  std::vector<Laid> out_;
};

bool holds(Span outer, Span inner) { return outer.begin <= inner.begin && inner.begin < outer.end; }

/// The place in the file of what a node or an edge of the program says at `at`.
Span place_within(const std::vector<Laid>& laid, const std::string& of, std::size_t nth, const syntax::Statements& body,
                  Span at) {
  const auto find = [&](const std::string& attribute) {
    const auto found = std::find_if(laid.begin(), laid.end(),
                                    [&](const Laid& l) { return l.of == of && l.nth == nth && l.attribute == attribute; });
    return found == laid.end() ? Span{} : found->there;
  };
  for (const syntax::Statement& s : body) {
    const auto* a = std::get_if<syntax::Attribute>(&s.data);
    if (a == nullptr || !holds(a->span, at)) continue;
    const Span there = find(a->name.text);
    if (!there.known() || !holds(a->value->span, at)) return there;
    const std::uint32_t begin = there.begin + (at.begin - a->value->span.begin);
    return {there.file, begin, std::min(there.end, begin + (at.end - at.begin))};
  }
  return find("");
}

}  // namespace

std::vector<Laid> lay_loads(Draft& draft, const SourceFile& source, const syntax::File& file, diag::Sink& sink) {
  return Layer(draft, source, sink).run(file);
}

Span place_of_load(const std::vector<Laid>& laid, const syntax::File& program, Span at) {
  Span out;
  std::map<std::string, std::size_t> seen;
  Visit visit;
  visit.node = [&](const syntax::NodeDecl& n) {
    if (holds(n.span, at)) out = place_within(laid, n.name.text, 0, n.body, at);
    return true;
  };
  visit.edge = [&](const syntax::EdgeDecl& e, const std::string& within) {
    const auto edge = edge_of(e, within);
    if (!edge) return;
    const std::string of = text_of(*edge);
    const std::size_t nth = seen[of]++;
    if (holds(e.span, at)) out = place_within(laid, of, nth, e.properties, at);
  };
  visit.other = [](const syntax::Statement&) {};
  walk(program.statements, visit);
  return out;
}

}  // namespace virga::adopt
