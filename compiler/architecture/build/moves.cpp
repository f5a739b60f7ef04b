// moved orders -> purchases
//   → the node `purchases` stands on the clouds as `orders`, and so do the nodes of a pattern of that name
#include "compiler/architecture/build/state.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/suggest.h"

#include <algorithm>

namespace virga::architecture {

namespace codes = diag::codes;

void Builder::apply_moves() {
  std::map<std::string_view, const syntax::MovedDecl*> taken;  // by the new name
  std::map<std::string_view, const syntax::MovedDecl*> left;  // by the old one
  for (const syntax::MovedDecl* moved : moved_) {
    const std::string& from = moved->from.text;
    const std::string& to = moved->to.text;
    const auto below = [](const std::string& name, const std::string& of) {
      return name == of || (name.size() > of.size() && name.starts_with(of) && name[of.size()] == '.');
    };
    const auto stays =
        std::find_if(out_.nodes.begin(), out_.nodes.end(), [&](const Node& n) { return below(n.name, from); });
    if (stays != out_.nodes.end()) {
      sink_.report(moved->from.span, codes::MovedStays, from, to)
          .label(stays->span, "it stands here")
          .help("leave the `moved` out, or give one of the two another name");
      continue;
    }
    if (const auto [first, fresh] = left.emplace(from, moved); !fresh) {
      sink_.report(moved->from.span, codes::MovedTwice, from).label(first->second->from.span, "moved here first");
      continue;
    }
    if (const auto [first, fresh] = taken.emplace(to, moved); !fresh) {
      sink_.report(moved->to.span, codes::MovedTwice, to).label(first->second->to.span, "something moved here first");
      continue;
    }
    bool found = false;
    for (Node& node : out_.nodes) {
      if (!below(node.name, to)) continue;
      found = true;
      node.stands_as = from + node.name.substr(to.size());
    }
    if (found || incomplete_) continue;
    std::vector<std::string> names;
    for (const Node& node : out_.nodes) names.push_back(node.name);
    auto r = sink_.report(moved->to.span, codes::MovedUnknown, to);
    if (const std::string near = diag::nearest(to, names); !near.empty())
      r.help("did you mean `" + near + "`?").fix(moved->to.span, near, diag::Confidence::likely, "write `" + near + "`");
    else r.help("when nothing of it is left, leave the `moved` out: the plan says what goes");
  }
}

}  // namespace virga::architecture
