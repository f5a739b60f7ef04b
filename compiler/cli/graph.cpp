// virga graph: the architecture as a picture.
#include "compiler/architecture/mermaid.h"
#include "compiler/architecture/scene.h"
#include "compiler/cli/command.h"

#include <nlohmann/json.hpp>

namespace virga::cli {
namespace {

struct Options {
  Common common;
  std::string as = "mermaid";
};

std::string mermaid(const Architecture& a) {
  std::string out = "flowchart LR\n";
  for (const Node& n : a.nodes) out += "  " + mermaid_node(a, n, mermaid_id(n.name)) + "\n";
  for (const Edge& e : a.edges)
    out += "  " + mermaid_edge(e, mermaid_id(a.node(e.from.node).name), mermaid_id(a.node(e.to.node).name)) + "\n";
  return out;
}

/// A text between quotes of DOT.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '"' ? "\\\"" : std::string(1, c);
  return out;
}

std::string dot(const Architecture& a) {
  std::string out =
      "digraph \"" + a.app.name +
      "\" {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n";
  for (const Node& n : a.nodes)
    out += fmt::format("  \"{}\" [label=\"{}\\n{}\"];\n", n.name, n.name, n.raw() ? n.vendor_type : n.kind);
  for (const Edge& e : a.edges) {
    out += fmt::format("  \"{}\" -> \"{}\" [style={}, label=\"{}\"];\n", a.node(e.from.node).name, a.node(e.to.node).name,
                       e.delivery == Delivery::call ? "solid" : "dashed", escaped(edge_label(e)));
  }
  return out + "}\n";
}

std::string json(const Architecture& a) {
  nlohmann::ordered_json j;
  j["app"] = a.app.name;
  j["stage"] = a.app.stage;
  j["nodes"] = nlohmann::ordered_json::array();
  for (const Node& n : a.nodes) {
    nlohmann::ordered_json node{{"name", n.name}, {"kind", n.raw() ? n.vendor_type : n.kind}};
    if (!n.group.empty()) node["in"] = n.group.back();
    if (!n.doc.empty()) node["doc"] = n.doc;
    j["nodes"].push_back(std::move(node));
  }
  j["edges"] = nlohmann::ordered_json::array();
  for (const Edge& e : a.edges) {
    nlohmann::ordered_json edge{{"from", a.node(e.from.node).name},
                                {"to", a.node(e.to.node).name},
                                {"delivery", e.delivery == Delivery::call ? "call" : "hand_over"}};
    if (e.from.name != "self") edge["from_port"] = e.from.name;
    if (!e.from.argument.empty()) edge["argument"] = e.from.argument;
    if (e.to.name != "self") edge["to_port"] = e.to.name;
    j["edges"].push_back(std::move(edge));
  }
  return j.dump(2) + "\n";
}

}  // namespace

void add_graph(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("graph", "the architecture as a graph");
  add_path(c, o->common);
  add_stage(c, o->common);
  c.text("--as,--format", o->as, "dot, mermaid, svg or json").one_of({"dot", "mermaid", "svg", "json"}).shows_default();
  c.runs([o]() -> int {
    auto session = open(o->common);
    if (!session) return kWorld;
    report(*session, Form::text);
    if (session->sink.has_errors()) return kErrors;
    const Architecture& a = session->front.architecture;
    return print(o->as == "dot"    ? dot(a)
                 : o->as == "json" ? json(a)
                 : o->as == "svg"  ? picture::svg(scene_of(a))
                                   : mermaid(a));
  });
}

}  // namespace virga::cli
