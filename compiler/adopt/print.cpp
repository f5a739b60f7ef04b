// Draft → text. Nodes come in the order in which the template has their resources, with their edges in their braces when
// they are routes; other edges come last.
#include "compiler/adopt/draft.h"
#include "compiler/adopt/words.h"

#include <algorithm>

namespace virga::adopt {
namespace {

/// What a line of the layout still holds, with its indentation.
constexpr std::size_t kShort = 100;

class Printer {
 public:
  Printer(const Draft& draft, std::vector<std::string>& lines) : d_(draft), lines_(lines) {}

  std::string run() {
    doc(d_.description);
    open("app " + d_.app);
    if (!d_.targets.empty()) {
      std::string all;
      for (const std::string& t : d_.targets) all += (all.empty() ? "" : ", ") + t;
      line("targets = [" + all + "]");
    }
    open("on " + d_.cloud);
    if (d_.sections.empty()) line("adopted = { }");
    else block("adopted =", d_.sections);
    close();
    close();
    line("");
    for (const DraftParam& p : d_.params) print(p);
    if (!d_.params.empty()) line("");
    for (const auto& [name, value] : d_.lets) line("let " + name + " = " + value);
    if (!d_.lets.empty()) line("");
    for (const DraftNode& n : d_.nodes) print(n);
    bool any = false;
    for (const DraftEdge& e : d_.edges) {
      if (is_route(e) || e.looped) continue;
      print(e, e.from);
      any = true;
    }
    for (const DraftLoop& loop : d_.loops) print(loop);
    any = any || !d_.loops.empty();
    if (any) line("");
    for (const DraftOutput& o : d_.outputs) print(o);
    while (text_.ends_with("\n\n")) text_.pop_back(), lines_.pop_back();
    return std::move(text_);
  }

 private:
  void line(const std::string& text) {
    const std::string whole = text.empty() ? "" : std::string(depth_ * 2, ' ') + text;
    text_ += whole + "\n";
    lines_.insert(lines_.end(), 1 + static_cast<std::size_t>(std::count(whole.begin(), whole.end(), '\n')), about_);
  }
  void open(const std::string& head) {
    line(head + " {");
    ++depth_;
  }
  void close() {
    --depth_;
    line("}");
  }
  void doc(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      std::string one = text.substr(at, end - at);
      one.erase(one.find_last_not_of(" \t\r") + 1);
      if (!one.empty()) line("/// " + one);
      at = end + 1;
    }
  }
  void block(const std::string& head, const Said& said) {
    open(head);
    for (const auto& [name, value] : said) line(name + " = " + value);
    close();
  }
  static bool is_route(const DraftEdge& e) { return !e.argument.empty(); }

  void print(const DraftParam& p) {
    doc(p.doc);
    const std::string head = "param " + p.name + ": " + p.type + (p.fallback.empty() ? "" : " = " + p.fallback);
    if (p.constraints.empty() && p.on.empty()) {
      line(head);
      return;
    }
    open(head);
    for (const auto& [name, value] : p.constraints) line(name + " = " + value);
    if (!p.on.empty()) block("on " + d_.cloud, p.on);
    close();
  }

  void print(const DraftNode& n) {
    about_ = n.id.empty() ? n.about : n.id;
    doc(n.doc);
    const std::string head =
        n.type.empty() ? n.kind + " " + n.name : "resource " + n.cloud + " " + in_quotes(n.type) + " " + n.name;
    std::vector<const DraftEdge*> routes;
    for (const DraftEdge& e : d_.edges) {
      if (is_route(e) && e.from == n.name) routes.push_back(&e);
    }
    if (n.attributes.empty() && n.on.empty() && n.there.empty() && routes.empty()) {
      line(head + " { }");
    } else {
      open(head);
      const std::string whole = about_;
      for (const auto& [name, value] : n.attributes) {
        if (!n.id.empty()) about_ = n.id + "~" + name;
        line(name + " = " + value);
      }
      about_ = whole;
      for (const DraftEdge* e : routes) print(*e, "");
      about_ = whole;
      if (!n.on.empty()) block("on " + d_.cloud, n.on);
      if (!n.there.empty()) block("on " + d_.other, n.there);
      close();
    }
    about_.clear();
    line("");
  }

  void print(const DraftLoop& loop) {
    std::size_t length = 0;
    for (const std::string& source : loop.sources) length += source.size() + 4;
    const bool lines = length > kShort;
    std::string sources;
    for (const std::string& source : loop.sources)
      sources += (lines ? "\n" : sources.empty() ? "" : ", ") + in_quotes(source);
    open("for " + loop.variable + " in [" + sources + (lines ? "\n]" : "]"));
    for (const DraftEdge& e : loop.edges) print(e, "\"${" + loop.variable + "}\"");
    close();
  }

  /// `source` is empty where it stands in the braces of its source.
  void print(const DraftEdge& e, const std::string& source) {
    about_ = e.id;
    std::string head = source.empty() ? e.port : source + (e.port.empty() ? "" : "." + e.port);
    if (!e.argument.empty()) head += " " + in_quotes(e.argument);
    head += std::string(e.hand_over ? " ~> " : " -> ") + e.to + (e.to_port.empty() ? "" : "." + e.to_port);
    std::size_t length = head.size();
    for (const Said* said : {&e.properties, &e.on}) {
      for (const auto& [name, value] : *said) length += name.size() + value.size() + 4;
    }
    if (e.properties.empty() && e.on.empty()) {
      line(head);
    } else if (length > kShort) {
      open(head);
      for (const auto& [name, value] : e.properties) line(name + " = " + value);
      if (!e.on.empty()) block("on " + d_.cloud, e.on);
      close();
    } else {
      std::string inner;
      for (const auto& [name, value] : e.properties) inner += " " + name + " = " + value;
      if (!e.on.empty()) {
        inner += " on " + d_.cloud + " {";
        for (const auto& [name, value] : e.on) inner += " " + name + " = " + value;
        inner += " }";
      }
      line(head + " {" + inner + " }");
    }
    about_.clear();
  }

  void print(const DraftOutput& o) {
    doc(o.doc);
    if (o.on.empty()) {
      line("output " + o.name + " = " + o.value);
      return;
    }
    open("output " + o.name + " = " + o.value);
    block("on " + d_.cloud, o.on);
    close();
  }

  const Draft& d_;
  std::vector<std::string>& lines_;
  std::string text_, about_;
  std::size_t depth_ = 0;
};

}  // namespace

const std::string* said_of(const Said& said, std::string_view name) {
  const auto known = std::find_if(said.begin(), said.end(), [&](const auto& p) { return p.first == name; });
  return known == said.end() ? nullptr : &known->second;
}

std::string print(const Draft& draft, std::vector<std::string>& lines) { return Printer(draft, lines).run(); }

}  // namespace virga::adopt
