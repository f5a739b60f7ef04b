// From the values of the language to the tree: what form an item may have, and nothing about what it means.
#include "backends/common/workflow/flow.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace virga::workflow {

namespace codes = diag::codes;
using Kind = Item::Kind;

std::string to_text(const Path& path) {
  std::string out;
  for (const std::string& part : path.parts) out += (out.empty() ? "" : ".") + part;
  return out;
}

bool is_name(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  for (const char c : text) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!fine) return false;
  }
  return true;
}

std::optional<Path> read_path(const Value& value, diag::Sink& sink) {
  const std::string* text = value.get<std::string>();
  Path path{{}, value.span};
  std::string rest = text == nullptr ? "" : *text;
  while (true) {
    const std::size_t dot = rest.find('.');
    path.parts.push_back(rest.substr(0, dot));
    if (!is_name(path.parts.back())) {
      sink.report(value.span, codes::FlowForm, "a place in the document is a text of names and dots")
          .help("for example `\"input.lines\"`");
      return std::nullopt;
    }
    if (dot == std::string::npos) return path;
    rest.erase(0, dot + 1);
  }
}

namespace {

/// The words that an item can begin with, and those that may stand beside them.
struct Form {
  std::string_view word;
  Kind kind;
  std::string_view state;  ///< its state is called so, and numbered
  std::array<std::string_view, 3> beside;
};
constexpr Form kForms[] = {
    {"if", Kind::choose, "Choose", {"then", "else", ""}},
    {"choose", Kind::choose, "Choose", {"otherwise", "", ""}},
    {"parallel", Kind::parallel, "Parallel", {"", "", ""}},
    {"each", Kind::each, "Each", {"do", "at_once", "into"}},
    {"wait", Kind::wait, "Wait", {"", "", ""}},
    {"wait_until", Kind::wait, "Wait", {"", "", ""}},
    {"try", Kind::attempt, "Try", {"catch", "", ""}},
    {"succeed", Kind::succeed, "Succeed", {"", "", ""}},
    {"fail", Kind::fail, "Fail", {"cause", "", ""}},
    {"set", Kind::set, "Set", {"", "", ""}},
};

class Reader {
 public:
  Reader(const Architecture& architecture, const Node& node, std::string_view cloud, diag::Sink& sink)
      : architecture_(architecture), node_(node), cloud_(cloud), sink_(sink) {
    for (const Edge* edge : architecture.edges_from(node.id, "step")) steps_.emplace(edge->from.argument, edge);
  }

  /// `or_nothing`: an empty list says that nothing is done.
  Sequence sequence(const Value* value, Span place, const std::string& whose, bool or_nothing = false) {
    Sequence out;
    const Values* items = value == nullptr ? nullptr : value->get<Values>();
    if (or_nothing && items != nullptr && items->empty()) return out;
    if (value != nullptr && items == nullptr) {
      form(value->span, whose + " is a list of steps");
      return out;
    }
    if (items == nullptr || items->empty()) {
      sink_.report(value == nullptr ? place : value->span, codes::FlowEmpty, whose).help("name a step: `[\"pay\"]`");
      return out;
    }
    for (std::size_t i = 0; i < items->size(); ++i) {
      const Map* map = (*items)[i].get<Map>();
      if (map != nullptr && map->find("undo") != nullptr) {
        if (map->find("do") == nullptr || map->entries.size() != 2) {
          form((*items)[i].span, "what can be undone is `{ do = [\"pay\"]  undo = [\"refund\"] }`");
          continue;
        }
        undoable(out, *map, (*items)[i].span, Values(items->begin() + static_cast<std::ptrdiff_t>(i) + 1, items->end()));
        return out;
      }
      if (auto read = read_item((*items)[i])) out.push_back(std::move(*read));
    }
    return out;
  }

 private:
  /// What comes after it is tried; what fails there is undone here, and fails on.
  void undoable(Sequence& out, const Map& map, Span place, Values rest) {
    if (rest.empty()) {
      sink_.report(place, codes::FlowForm, "nothing follows in the list, so this is never undone")
          .help("leave `undo` out, or let something follow that may fail");
      return;
    }
    if (++undoable_ > kMostUndoable) {
      sink_.report(place, codes::FlowForm, "more than " + std::to_string(kMostUndoable) + " times `undo` in one flow")
          .help("let a step be a workflow of its own");
      return;
    }
    for (Item& item : sequence(map.find("do"), place, "`do`")) out.push_back(std::move(item));
    Item tried;
    tried.kind = Kind::attempt;
    tried.span = place;
    tried.name = "Try " + std::to_string(++counted_["Try"]);
    const Value later{std::move(rest), place, {}};
    tried.body = sequence(&later, place, "the rest of the list");
    Handler handler{{}, sequence(map.find("undo"), place, "`undo`")};
    Item again;
    again.kind = Kind::fail;
    again.again = true;
    again.span = place;
    again.name = "Fail " + std::to_string(++counted_["Fail"]);
    handler.body.push_back(std::move(again));
    tried.handlers.push_back(std::move(handler));
    out.push_back(std::move(tried));
  }

  void form(Span span, const std::string& what) {
    sink_.report(span, codes::FlowForm, what)
        .help(
            "an item is the name of a step, or a map with one of `if`, `choose`, `parallel`, `each`, `wait`, "
            "`wait_until`, `try`, `succeed`, `fail`, `set`, or `do` with `undo`");
  }

  std::optional<Item> read_item(const Value& value) {
    Item item;
    item.span = value.span;
    if (const std::string* name = value.get<std::string>()) {
      const auto found = steps_.find(*name);
      if (found == steps_.end()) {
        auto reported = sink_.report(value.span, codes::FlowStepUnknown, node_.name, *name);
        reported.help("say what it does: `step \"" + *name + "\" -> …` in `" + node_.name + "`");
        return std::nullopt;
      }
      item.name = *name;
      item.step = found->second;
      item.result = has_result(architecture_, *item.step, cloud_);
      const Attributes& asked = item.step->for_cloud(cloud_);
      if (const Value* send = asked.has("send") ? asked.find("send") : nullptr) {
        if (send->get<std::string>() != nullptr) item.sent_whole = read_path(*send, sink_);
        else item.sent = settings(*send, "send", false);
      }
      return item;
    }
    const Map* map = value.get<Map>();
    const Form* form_of = map == nullptr ? nullptr : find_form(*map);
    if (form_of == nullptr) {
      form(value.span, "this is no item of a flow");
      return std::nullopt;
    }
    for (const MapEntry& entry : map->entries) {
      const bool known = entry.key == form_of->word ||
                         std::find(form_of->beside.begin(), form_of->beside.end(), entry.key) != form_of->beside.end();
      if (!known || entry.key.empty()) {
        form(entry.key_span, "`" + entry.key + "` says nothing beside `" + std::string(form_of->word) + "`");
        return std::nullopt;
      }
    }
    item.kind = form_of->kind;
    item.name = std::string(form_of->state) + " " + std::to_string(++counted_[form_of->state]);
    const std::size_t before = sink_.errors();
    fill(item, *map, *form_of);
    if (sink_.errors() != before) return std::nullopt;
    return item;
  }

  static const Form* find_form(const Map& map) {
    for (const Form& form : kForms) {
      if (map.find(form.word) != nullptr) return &form;
    }
    return nullptr;
  }

  void fill(Item& item, const Map& map, const Form& form_of) {
    const Value& main = *map.find(form_of.word);
    switch (item.kind) {
      case Kind::choose: return choose(item, map, form_of.word == "if");
      case Kind::parallel: return parallel(item, main);
      case Kind::each: return each(item, map, main);
      case Kind::wait: return wait(item, main, form_of.word == "wait_until");
      case Kind::attempt: return attempt(item, map, main);
      case Kind::succeed:
        if (const bool* on = main.get<bool>(); on == nullptr || !*on) form(main.span, "write `{ succeed = true }`");
        return;
      case Kind::fail: return fail(item, map, main);
      case Kind::set: return set(item, main);
      case Kind::step: return;
    }
  }

  void choose(Item& item, const Map& map, bool single) {
    if (single) {
      auto when = read_condition(*map.find("if"), sink_);
      Sequence then = sequence(map.find("then"), item.span, "`then`");
      if (when) item.branches.push_back({std::move(*when), std::move(then)});
      if (const Value* otherwise = map.find("else")) item.otherwise = sequence(otherwise, item.span, "`else`");
      return;
    }
    const Values* branches = map.find("choose")->get<Values>();
    if (branches == nullptr || branches->empty())
      return form(map.find("choose")->span, "`choose` is a list of `{ when = …  do = […] }`");
    for (const Value& value : *branches) {
      const Map* branch = value.get<Map>();
      const Value* condition = branch == nullptr ? nullptr : branch->find("when");
      if (condition == nullptr || branch->entries.size() != 2 || branch->find("do") == nullptr) {
        form(value.span, "a branch of `choose` is `{ when = …  do = […] }`");
        continue;
      }
      auto when = read_condition(*condition, sink_);
      Sequence body = sequence(branch->find("do"), value.span, "`do`", true);
      if (when) item.branches.push_back({std::move(*when), std::move(body)});
    }
    if (const Value* otherwise = map.find("otherwise")) item.otherwise = sequence(otherwise, item.span, "`otherwise`");
  }

  void parallel(Item& item, const Value& main) {
    const Values* strands = main.get<Values>();
    if (strands == nullptr || strands->size() < 2)
      return form(main.span, "`parallel` is a list of two lists of steps or more");
    for (const Value& strand : *strands) item.strands.push_back(sequence(&strand, strand.span, "a branch of `parallel`"));
  }

  void each(Item& item, const Map& map, const Value& main) {
    if (auto path = read_path(main, sink_)) item.items = std::move(*path);
    item.body = sequence(map.find("do"), item.span, "`do`");
    if (const Value* most = map.find("at_once")) {
      const double* n = most->get<double>();
      if (n == nullptr || *n < 1 || *n != std::floor(*n)) form(most->span, "`at_once` is a whole number, 1 or more");
      else item.at_once = static_cast<std::int64_t>(*n);
    }
    if (const Value* into = map.find("into")) {
      const std::string* name = into->get<std::string>();
      if (name == nullptr) form(into->span, "`into` is a name");
      else if (good_name(*name, into->span)) item.into = *name;
    }
  }

  void wait(Item& item, const Value& main, bool until) {
    if (until) {
      item.until = read_path(main, sink_);
      return;
    }
    const Quantity* pause = main.get<Quantity>();
    if (pause == nullptr || pause->dimension != Dimension::duration || pause->amount < kSecond ||
        pause->amount % kSecond != 0)
      return form(main.span, "`wait` is a duration of whole seconds, such as `30s`");
    item.pause = *pause;
  }

  void attempt(Item& item, const Map& map, const Value& main) {
    item.body = sequence(&main, item.span, "`try`");
    const Value* handlers = map.find("catch");
    const Values* list = handlers == nullptr ? nullptr : handlers->get<Values>();
    if (list == nullptr || list->empty()) return form(item.span, "`try` needs `catch = [ { do = […] } ]`");
    for (const Value& value : *list) {
      const Map* handler = value.get<Map>();
      const bool plain = handler != nullptr && handler->find("do") != nullptr &&
                         handler->entries.size() == (handler->find("errors") == nullptr ? 1u : 2u);
      if (!plain) {
        form(value.span, "an entry of `catch` is `{ errors = [\"Declined\"]  do = […] }`");
        continue;
      }
      Handler read;
      if (const Value* errors = handler->find("errors")) {
        const Values* names = errors->get<Values>();
        for (const Value& name : names == nullptr ? Values{} : *names) {
          if (const std::string* text = name.get<std::string>()) read.errors.push_back(*text);
        }
        if (names == nullptr || names->empty() || read.errors.size() != names->size())
          form(errors->span, "`errors` is a list of names; left out, every error is meant");
      }
      if (!item.handlers.empty() && item.handlers.back().errors.empty())
        sink_.report(value.span, codes::FlowUnreachable, "a `catch` of every error");
      read.body = sequence(handler->find("do"), value.span, "`do`", true);
      item.handlers.push_back(std::move(read));
    }
  }

  void fail(Item& item, const Map& map, const Value& main) {
    const Value* cause = map.find("cause");
    if (const Map* from = main.get<Map>(); from != nullptr && cause == nullptr) {
      const Value* path = from->find("from");
      const std::string* name = path == nullptr ? nullptr : path->get<std::string>();
      if (name == nullptr || *name != "error" || from->entries.size() != 1)
        return form(main.span, "`fail` is the name of an error, or `{ from = \"error\" }`");
      item.again = true;
      return;
    }
    const std::string* error = main.get<std::string>();
    const std::string* said = cause == nullptr ? nullptr : cause->get<std::string>();
    if (error == nullptr || error->empty()) return form(main.span, "`fail` is the name of an error");
    if (cause != nullptr && said == nullptr) return form(cause->span, "`cause` is a text");
    item.error = *error;
    item.cause = said == nullptr ? "the flow came to `fail`" : *said;
  }

  void set(Item& item, const Value& main) { item.settings = settings(main, "set", true); }

  /// Of `set`, names that may stand in the document; of `send`, any fields.
  std::vector<Setting> settings(const Value& main, const std::string& word, bool of_document) {
    std::vector<Setting> out;
    const Map* map = main.get<Map>();
    if (map == nullptr || map->entries.empty()) {
      form(main.span, "`" + word + "` is a map of names" + (of_document ? "" : ", or a place in the document"));
      return out;
    }
    for (const MapEntry& entry : map->entries) {
      if (of_document && !good_name(entry.key, entry.key_span)) continue;
      if (!of_document && (!is_name(entry.key) || entry.key == "token")) {
        form(entry.key_span, "`" + entry.key + "` cannot be the name of a field that a step sends");
        continue;
      }
      Setting setting{entry.key, std::nullopt, entry.value};
      const Map* inner = entry.value.get<Map>();
      if (inner != nullptr && inner->entries.size() == 1 && inner->entries.front().key == "from") {
        setting.from = read_path(inner->entries.front().value, sink_);
      } else if (!known_at_compile_time(entry.value)) {
        form(entry.value.span, "what `" + word + "` says must be known when the program is compiled");
      }
      out.push_back(std::move(setting));
    }
    return out;
  }

  bool good_name(const std::string& name, Span span) {
    const bool reserved = name == "input" || name == "item" || name == "error" || name == "token";
    if (is_name(name) && !reserved && !steps_.contains(name)) return true;
    sink_
        .report(span, codes::FlowName,
                reserved                ? "`" + name + "` stands for something of the flow's own"
                : steps_.contains(name) ? "`" + name + "` is a step, and its result stands under that name"
                                        : "`" + name + "` is no name: letters, digits and underscores")
        .help("take another name");
    return false;
  }

  static constexpr std::int64_t kSecond = 1000;  // quantities of time are in milliseconds
  /// Our own choice: each is a `try` within the one before.
  static constexpr int kMostUndoable = 100;

  const Architecture& architecture_;
  const Node& node_;
  std::string_view cloud_;
  diag::Sink& sink_;
  std::map<std::string, const Edge*, std::less<>> steps_;
  std::map<std::string_view, int> counted_;
  int undoable_ = 0;
};

}  // namespace

std::optional<Sequence> read_flow(const Architecture& architecture, const Node& node, std::string_view cloud,
                                  diag::Sink& sink) {
  const std::size_t before = sink.errors();
  // What nobody says stands in the kind, where nobody looks for it.
  const AttributeValue* said = node.for_cloud(cloud).entry("flow");
  const Value* value = said == nullptr || said->origin == Origin::fallback ? nullptr : &said->value;
  Sequence flow = Reader(architecture, node, cloud, sink).sequence(value, node.span, "the flow of `" + node.name + "`");
  if (sink.errors() == before) check_flow(architecture, node, flow, cloud, sink);
  if (sink.errors() != before) return std::nullopt;
  return flow;
}

}  // namespace virga::workflow
