#include "compiler/adopt/report.h"

#include "compiler/adopt/code.h"
#include "compiler/adopt/raise_fates.h"
#include "compiler/adopt/report_rows.h"
#include "compiler/cloud/raw.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::adopt {
namespace {

/// The fate of a property without which the app would be open, or another one: it keeps the rest from arriving.
constexpr std::string_view kBlocking = "blocking";

class Reporter {
 public:
  explicit Reporter(const MoveRequest& request) : q_(request) {}

  MoveReport run() {
    out_.app = q_.raised.draft.app;
    out_.from = q_.from_target;
    out_.to = q_.to_target;
    out_.whole = q_.lowered != nullptr;
    decisions();
    unread();
    errors();
    for (const Fate& fate : q_.raised.fates) write(fate);
    failed_elsewhere();
    for (const MovedRow& row : of_app_) out_.rows.push_back(row);
    elsewhere();
    contracts();
    for (MovedRow& row : rows_around(q_)) out_.rows.push_back(std::move(row));
    std::stable_sort(out_.rows.begin(), out_.rows.end(),
                     [](const MovedRow& a, const MovedRow& b) { return a.blocking && !b.blocking; });
    for (const MovedRow& row : out_.rows) {
      ++out_.totals[to_text(row.fate)];
      if (row.blocking) ++out_.blocking;
    }
    out_.whole = out_.whole && out_.blocking == 0;
    out_.effort = effort();
    return std::move(out_);
  }

 private:
  /// Whom a place of the program is about: the id of a fate, or nobody.
  std::string about(Span span) const {
    if (!span.known() || q_.sources.file(span.file).path != q_.program) return {};
    const std::size_t line = q_.sources.locate(span.file, span.begin).line - 1;
    return line < q_.lines.size() ? q_.lines[line].substr(0, q_.lines[line].find('~')) : std::string();
  }

  /// The same of an edge, which a loop may say with others.
  std::string about(const Edge& edge) const {
    const std::string text = describe(q_.architecture, edge);
    const auto& edges = q_.raised.draft.edges;
    const auto looped =
        std::find_if(edges.begin(), edges.end(), [&](const DraftEdge& e) { return e.looped && edge_text(e) == text; });
    return looped == edges.end() ? about(edge.span) : looped->id;
  }

  /// How each node and edge is made there.
  void decisions() {
    if (q_.lowered == nullptr) return;
    for (const cloud::Decision& d : q_.lowered->decisions) {
      const std::string id = d.edge ? about(q_.architecture.edge(*d.edge)) : about(q_.architecture.node(*d.node).span);
      std::string said = d.change.empty() ? d.why : d.change;
      if (d.fidelity == catalog::Fidelity::exact || id.empty()) continue;
      MovedRow& row = made_[id];
      const Becomes fate = d.fidelity == catalog::Fidelity::emulated ? Becomes::emulated : Becomes::degraded;
      row.fate = std::max(row.fate, fate);
      row.as = d.strategy;
      if (row.says.find(said) == std::string::npos) row.says += (row.says.empty() ? "" : "; ") + said;
    }
  }

  /// What of the template could not be read is in no program.
  void unread() {
    for (const diag::Diagnostic& d : q_.reading.all()) {
      if (d.severity != diag::Severity::error) continue;
      MovedRow row;
      row.type = "template";
      row.fate = Becomes::impossible;
      row.blocking = true;
      row.says = d.message;
      of_app_.push_back(std::move(row));
    }
  }

  /// What the other cloud cannot do, as the compiler says it.
  void errors() {
    for (const diag::Diagnostic& d : q_.findings.all()) {
      if (d.severity != diag::Severity::error) continue;
      MovedRow row;
      row.id = about(d.span);
      row.fate = d.code.starts_with("code/") ? Becomes::code : Becomes::impossible;
      row.blocking = row.fate == Becomes::impossible;
      row.says = d.message + (d.help.empty() ? "" : ": " + d.help.front());
      if (row.id.empty()) of_app_.push_back(row);
      else failed_[row.id].push_back(row);
    }
  }

  /// `value`: what the program says of it in the engine's words.
  const catalog::LeavingRow* leaving(const std::string& type, std::string_view property, std::string_view value = {}) const {
    const auto& rows = q_.from.leaving;
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const catalog::LeavingRow& r) {
      const bool holds = r.property.empty() || r.text.empty() || value.find(r.text) != std::string_view::npos;
      return holds && r.property == property && (r.type == type ? !type.empty() : r.type.empty() && !property.empty());
    });
    return found == rows.end() ? nullptr : &*found;
  }

  /// The property of the other cloud's own types that the same attribute is; empty when no table says.
  std::string there(std::string_view kind, std::string_view attribute) const {
    for (const catalog::AdoptedRow& row : q_.to.adopted) {
      for (const catalog::Said& said : row.says) {
        if (row.kind == kind && !kind.empty() && said.attribute == attribute && !said.property.empty() &&
            row.transform.empty())
          return fmt::format("{}.{}", row.type, said.property);
      }
    }
    return {};
  }

  void write(const Fate& fate) {
    MovedRow row;
    row.id = fate.id;
    row.type = fate.type;
    row.as = fate.as;
    if (auto nested = row_of_nested(q_, fate)) {
      out_.rows.push_back(std::move(*nested));
      return;
    }
    if (!fate.raised || fate.beside) {
      const catalog::LeavingRow* known = leaving(fate.type, "");
      row.fate = known == nullptr ? Becomes::impossible : fate_named(known->fate);
      row.says = known == nullptr
                     ? fmt::format("{}, so it is made on {} alone",
                                   fate.beside ? "other kinds do not have it beside them" : fate.why, q_.from.title)
                     : std::string(known->says);
      row.blocking = row.fate == Becomes::impossible;
      out_.rows.push_back(row);
      changes(fate);
      return;
    }
    if (const auto made = made_.find(fate.id); made != made_.end()) {
      row.fate = made->second.fate;
      row.says = made->second.says;
      if (!made->second.as.empty()) row.as += ", " + made->second.as;
    }
    const catalog::LeavingRow* other = leaving(fate.type, "");
    if (fate.node.empty() && other != nullptr && fate_named(other->fate) > row.fate) {
      row.fate = fate_named(other->fate);
      row.says += (row.says.empty() ? "" : "; ") + std::string(other->says);
      row.blocking = row.fate == Becomes::impossible;
    }
    const auto failed = failed_.find(fate.id);
    shown_.insert(fate.id);
    if (!fate.part.empty()) parts_.insert(fate.id);
    if (failed != failed_.end()) {
      row.fate = failed->second.front().fate;
      row.says = failed->second.front().says;
      row.blocking = failed->second.front().blocking;
    }
    lack(fate, row);
    out_.rows.push_back(row);
    for (std::size_t i = 1; failed != failed_.end() && i < failed->second.size(); ++i) {
      MovedRow more = failed->second[i];
      more.type = fate.type;
      out_.rows.push_back(std::move(more));
    }
    const std::string kind = fate.as.substr(0, fate.as.find(' '));
    for (const auto& [property, attribute] : fate.says) properties(fate, kind, property, attribute);
    changes(fate);
  }

  void changes(const Fate& fate) {
    for (const cloud::ToldChange& change : fate.changes) {
      MovedRow more;
      more.id = fate.id;
      more.type = fate.type;
      more.fate = fate_named(change.fate);
      more.blocking = more.fate == Becomes::impossible;
      more.as = fate.as;
      more.says = change.says;
      out_.rows.push_back(std::move(more));
    }
  }

  /// What a document tells is not in the program. Where nothing else leads on from the node, nothing would there either.
  void lack(const Fate& fate, MovedRow& row) const {
    if (fate.lacks.empty()) return;
    const auto& edges = q_.raised.draft.edges;
    const bool leads = std::any_of(edges.begin(), edges.end(), [&](const DraftEdge& e) { return e.from == fate.node; });
    row.says = fate.lacks + (row.says.empty() ? "" : "; ") + row.says;
    row.fate = std::max(row.fate, leads ? Becomes::degraded : Becomes::impossible);
    row.blocking = row.fate == Becomes::impossible;
  }

  /// What is wrong with an edge that no row is about: one of a policy, say.
  void failed_elsewhere() {
    for (const auto& [id, rows] : failed_) {
      if (shown_.contains(id)) continue;
      for (MovedRow row : rows) {
        const auto& edges = q_.raised.draft.edges;
        const auto edge =
            std::find_if(edges.begin(), edges.end(), [&, wanted = id](const DraftEdge& e) { return e.id == wanted; });
        if (edge != edges.end()) row.as = edge_text(*edge);
        out_.rows.push_back(std::move(row));
      }
    }
  }

  /// Whether only the cloud that the app leaves is told the attribute.
  bool here_alone(const std::string& kind, std::string_view attribute) const {
    const auto found = q_.architecture.kinds.find(kind);
    const std::string_view head = attribute.substr(0, attribute.find('.'));
    if (found == q_.architecture.kinds.end()) return false;
    return std::none_of(found->second.attributes.begin(), found->second.attributes.end(), [&](const AttributeSpec& a) {
      return a.name == head && (a.cloud.empty() || a.cloud == q_.to.cloud);
    });
  }

  const DraftNode* node_of(std::string_view id) const {
    const auto& nodes = q_.raised.draft.nodes;
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const DraftNode& n) { return n.id == id; });
    return found == nodes.end() ? nullptr : &*found;
  }

  void properties(const Fate& fate, const std::string& kind, const std::string& property, const std::string& attribute) {
    MovedRow row;
    row.id = fate.id;
    row.type = fate.type;
    row.property = property;
    const DraftNode* node = node_of(fate.id);
    if (!attribute.empty() && replaced(node, attribute, row)) {
      // What takes its place says all.
    } else if (!attribute.empty() && !here_alone(kind, attribute)) {
      const std::string name = there(kind, attribute);
      row.fate = name.ends_with("." + property) ? Becomes::exact : Becomes::renamed;
      row.as = name.empty() ? "`" + attribute + "`" : name;
      const std::string* said =
          node == nullptr ? nullptr : said_of(node->attributes, attribute.substr(0, attribute.find('.')));
      const std::string* shared = said == nullptr ? nullptr : said_of(q_.raised.draft.lets, *said);
      if (const catalog::LeavingRow* held =
              said == nullptr ? nullptr : holding(q_.from, shared == nullptr ? *said : *shared)) {
        row.fate = fate_named(held->fate);
        row.says = held->says;
      }
    } else if (const catalog::LeavingRow* known = leaving(fate.type, property, raw_of(fate.id))) {
      row.fate = fate_named(known->fate);
      row.says = known->says;
      row.blocking = known->fate == kBlocking;
    } else {
      row.fate = Becomes::impossible;
      row.says = fmt::format("only {} is told it", q_.from.title);
    }
    out_.rows.push_back(std::move(row));
  }

  /// What an edge says in the engine's own words; empty when it says nothing so.
  std::string_view raw_of(std::string_view id) const {
    const auto& edges = q_.raised.draft.edges;
    const auto edge = std::find_if(edges.begin(), edges.end(), [&](const DraftEdge& e) { return e.id == id; });
    const std::string* raw = edge == edges.end() ? nullptr : said_of(edge->on, cloud::kRawProperties);
    return raw == nullptr ? std::string_view() : std::string_view(*raw);
  }

  /// What the template only names: there it is made, and nothing is in it.
  void elsewhere() {
    for (const DraftNode& node : q_.raised.draft.nodes) {
      if (said_of(node.on, "elsewhere") == nullptr) continue;
      MovedRow row;
      row.id = node.name;
      row.as = node.kind + " " + node.name;
      row.fate = Becomes::degraded;
      row.says = "the template only names it, and something else makes it; there it is made with this app, and empty";
      for (const auto& [name, value] : node.attributes)
        row.says += fmt::format("; `{} = {}` is made up, since nothing tells of it: say what it is", name, value);
      out_.rows.push_back(std::move(row));
    }
  }

  /// What takes the place of something that is not there: a runtime, with which the code has to get along.
  bool replaced(const DraftNode* node, std::string_view attribute, MovedRow& row) const {
    const std::string* was = node == nullptr ? nullptr : said_of(node->attributes, attribute);
    const std::string* is = node == nullptr ? nullptr : said_of(node->there, attribute);
    if (was == nullptr || is == nullptr) return false;
    row.fate = Becomes::code;
    row.as = fmt::format("`{}`", *is);
    const catalog::Runtime* known = q_.to.runtime(*was);
    row.says =
        fmt::format("there is no `{}` on {}, so `{}` takes its place: test the code, and what it is built with, on it{}",
                    *was, q_.to.title, *is, known == nullptr ? "" : fmt::format(" ({})", known->note));
    return true;
  }

  /// What code and cloud say to each other, and what the code calls.
  void contracts() {
    for (const Node& node : q_.architecture.nodes) {
      if (node.kind != "function") continue;
      const std::string id = about(node.span), runtime = node.attributes.text("runtime");
      for (const catalog::LeavingRow& r : q_.from.leaving) {
        if (r.runtime.empty() || !runtime.starts_with(r.runtime)) continue;
        MovedRow row;
        row.id = id;
        row.fate = Becomes::code;
        row.as = runtime + ", " + node.attributes.text("handler");
        row.says = r.says;
        out_.rows.push_back(std::move(row));
        break;
      }
      if (q_.code == nullptr) continue;
      for (const CodeUse& use : uses_of(*q_.code, node.attributes.text("code"), q_.from)) {
        MovedRow row;
        row.id = id;
        row.fate = Becomes::code;
        row.as = use.pattern;
        row.says = use.says;
        row.place = use.place;
        out_.rows.push_back(std::move(row));
      }
    }
  }

  std::string effort() const {
    std::set<std::string> functions;
    std::size_t changed = 0;
    for (const MovedRow& row : out_.rows) {
      const bool of_part = parts_.contains(row.id);  // the function that it leads to has rows of its own
      if (row.fate == Becomes::code && !of_part) functions.insert(row.id);
      if (row.fate == Becomes::degraded) ++changed;
    }
    std::vector<std::string> parts;
    if (out_.blocking > 0)
      parts.push_back(fmt::format("{} to be built anew or said otherwise before anything arrives",
                                  out_.blocking == 1 ? "one thing has" : plural(out_.blocking, "", "things have")));
    if (!functions.empty())
      parts.push_back(plural(functions.size(), "function needs", "functions need") + " changes in the code");
    if (changed > 0) parts.push_back(plural(changed, "part means", "parts mean") + " something else there and wants a look");
    if (parts.empty()) return "nothing to do but to deploy";
    std::string text;
    for (const std::string& p : parts) text += (text.empty() ? "" : "; ") + p;
    return text;
  }

  const MoveRequest& q_;
  MoveReport out_;
  std::map<std::string, MovedRow> made_;
  std::map<std::string, std::vector<MovedRow>> failed_;
  std::set<std::string> shown_;  ///< ids of fates that have rows
  std::set<std::string> parts_;  ///< of those, of parts of documents
  std::vector<MovedRow> of_app_;
};

}  // namespace

std::string_view to_text(Becomes fate) {
  switch (fate) {
    case Becomes::exact: return "exact";
    case Becomes::renamed: return "renamed";
    case Becomes::emulated: return "emulated";
    case Becomes::degraded: return "degraded";
    case Becomes::code: return "code";
    case Becomes::impossible: return "impossible";
  }
  return {};
}

Becomes fate_named(std::string_view word) {
  for (const Becomes b : {Becomes::exact, Becomes::renamed, Becomes::emulated, Becomes::degraded, Becomes::code}) {
    if (to_text(b) == word) return b;
  }
  return Becomes::impossible;
}

const catalog::LeavingRow* holding(const catalog::Catalog& from, std::string_view value) {
  const auto found = std::find_if(from.leaving.begin(), from.leaving.end(), [&](const catalog::LeavingRow& row) {
    return !row.text.empty() && row.property.empty() && value.find(row.text) != std::string_view::npos;
  });
  return found == from.leaving.end() ? nullptr : &*found;
}

MoveReport report(const MoveRequest& request) { return Reporter(request).run(); }

}  // namespace virga::adopt
