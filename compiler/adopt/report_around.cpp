#include "compiler/adopt/engine_words.h"
#include "compiler/adopt/report.h"
#include "compiler/adopt/report_rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::adopt {
namespace {

class Around {
 public:
  explicit Around(const MoveRequest& request) : q_(request) {}

  std::vector<MovedRow> run() {
    for (const DraftParam& p : q_.raised.draft.params) said("parameter", "param", p.name, p.on);
    for (const DraftOutput& o : q_.raised.draft.outputs) output(o);
    for (const cloud::Condition& c : q_.given.conditions) section("Conditions", c.name);
    for (const cloud::Member& m : q_.given.sections.members) {
      const auto* named = m.value.get<cloud::Object>();
      if (named == nullptr || named->members.empty()) section(m.key, "");
      else
        for (const cloud::Member& one : named->members) section(m.key, one.key);
    }
    return std::move(out_);
  }

 private:
  void output(const DraftOutput& o) {
    said("output", "output", o.name, o.on);
    MovedRow& row = out_.back();
    const auto& all = q_.architecture.outputs;
    const auto made = std::find_if(all.begin(), all.end(), [&](const Output& one) { return one.name == o.name; });
    if (made != all.end() && in_engine_words(made->value, q_.architecture, q_.there)) {
      row.fate = Becomes::impossible;
      row.says = fmt::format("it is said in the words of {}'s engine, so it is not told there", q_.from.title);
    } else if (const catalog::LeavingRow* known = holding(q_.from, o.value)) {
      row.fate = fate_named(known->fate);
      row.says = known->says;
    }
  }

  /// What the language has too, but for what only the cloud's own words say of it.
  void said(std::string_view type, std::string_view word, const std::string& name, const Said& on) {
    MovedRow row;
    row.id = name;
    row.type = type;
    row.as = fmt::format("{} {}", word, name);
    if (said_of(on, "more") != nullptr) {
      row.fate = Becomes::degraded;
      row.says = fmt::format("what `more` says of it only {} is told", q_.from.title);
    }
    out_.push_back(std::move(row));
  }

  void section(std::string_view section, const std::string& name) {
    MovedRow row;
    row.id = name.empty() ? std::string(section) : fmt::format("{}.{}", section, name);
    row.type = "section";
    const auto& rows = q_.from.leaving;
    const auto known =
        std::find_if(rows.begin(), rows.end(), [&](const catalog::LeavingRow& r) { return r.section == section; });
    row.fate = known == rows.end() ? Becomes::impossible : fate_named(known->fate);
    row.says = known == rows.end() ? fmt::format("only {} is told it", q_.from.title) : std::string(known->says);
    row.blocking = known != rows.end() && row.fate == Becomes::impossible;
    out_.push_back(std::move(row));
  }

  const MoveRequest& q_;
  std::vector<MovedRow> out_;
};

}  // namespace

std::vector<MovedRow> rows_around(const MoveRequest& request) { return Around(request).run(); }

}  // namespace virga::adopt
