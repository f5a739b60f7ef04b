// A program in the making: what was recognised in a template, as expressions of the language, before it is text.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace virga::adopt {

/// `name = expression`, in the order written.
using Said = std::vector<std::pair<std::string, std::string>>;
/// Null when nobody says it.
[[nodiscard]] const std::string* said_of(const Said& said, std::string_view name);

struct DraftNode {
  std::string name, kind;
  std::string cloud, type;  ///< of a raw resource
  std::string id;  ///< of the resource that it was made of; empty for a node that no resource stands for
  std::string about = {};  ///< of such a node: the fate of the edge that needs it
  std::string doc;
  Said attributes, on;  ///< `on` is said to the cloud alone
  Said there = {};  ///< what is said to the cloud alone to which the program moves
};

struct DraftEdge {
  std::string from, port, argument;  ///< the port is empty for the node itself
  bool hand_over = false;
  std::string to, to_port;
  Said properties, on;
  bool route_unsaid = false;  ///< the template leaves path and method out
  std::string id;  ///< by which the report names it: `Worker.OrdersEvent`
  std::string type;  ///< as what it stands in the template
  Said beside;  ///< by id: what the template has for it besides
  std::vector<std::string> left;  ///< properties that only the engine's own words say
  bool stated = false;  ///< a statement allows it, and may allow others the same
  bool looped = false;  ///< a loop says it
};

/// Edges that several nodes have alike: `for caller in ["a", "b"] { "${caller}" -> orders.read }`.
struct DraftLoop {
  std::string variable;
  std::vector<std::string> sources;
  std::vector<DraftEdge> edges;  ///< of the first
};

struct DraftParam {
  std::string name, type, fallback, doc;
  Said constraints, on;
};

struct DraftOutput {
  std::string name, value, doc;
  Said on;
};

struct Draft {
  std::string app, description, cloud;
  std::string other;  ///< the cloud to which the program moves; empty: none
  std::vector<std::string> targets;
  Said sections;  ///< of the template, beside those that the language has
  std::vector<DraftParam> params;
  Said lets;  ///< what several nodes say
  std::vector<DraftNode> nodes;
  std::vector<DraftEdge> edges;
  std::vector<DraftLoop> loops;
  std::vector<DraftOutput> outputs;
  std::map<std::string, std::string> files;  ///< beside the program: path → text
};

/// The program as text; not yet in the layout of `virga fmt`. `lines` gets, for each line from 0, the id of what it says:
/// of a resource, of an edge, `<id>~<attribute>`, or nothing.
[[nodiscard]] std::string print(const Draft& draft, std::vector<std::string>& lines);

}  // namespace virga::adopt
