#include "compiler/catalog/tool/deployer.h"

#include "compiler/catalog/tool/checks.h"

#include <algorithm>
#include <map>

namespace virga::catalog_tool {
namespace {

void check_actions(const Entry& entry, const std::vector<std::string>& actions) {
  static const std::regex shape("[a-z][a-z0-9-]*:[A-Za-z]+");
  for (const std::string& action : actions) check_word(entry, action, shape);
}

std::vector<NeedRow> read_needs(Entry& entry, const std::string& file, Problems& problems) {
  std::vector<NeedRow> out;
  if (!entry.raw("needs").IsDefined()) entry.problem("`needs` must be a list");
  for (Entry& inner : nested(entry, "needs", file, problems)) {
    NeedRow need;
    need.on = inner.list("names");
    need.passes = inner.optional("passes");
    need.to = inner.optional("to");
    need.when = inner.list("when");
    need.changes = inner.list("changes");
    need.read = inner.list("read");
    need.create = inner.list("create");
    need.update = inner.list("update");
    need.remove = inner.list("delete");
    inner.finish();
    bool says = false;
    for (const auto* actions : {&need.read, &need.create, &need.update, &need.remove}) {
      check_actions(inner, *actions);
      says = says || !actions->empty();
    }
    if (need.on.empty() == need.passes.empty()) inner.problem("either `names` or `passes` says what it is about");
    if (need.passes.empty() != need.to.empty()) inner.problem("`passes` and `to` stand together");
    if (!says && need.passes.empty()) inner.problem("it says no action");
    out.push_back(std::move(need));
  }
  return out;
}

/// A row for each of the types, which share the rest.
void read_types(Entry& entry, const std::string& file, const std::vector<std::string>& types,
                std::map<std::string, DeployerRow>& rows, Problems& problems) {
  DeployerRow row;
  row.name = entry.optional("name");
  row.unnamed = entry.optional("unnamed");
  row.nested = entry.optional("nested");
  row.derived = entry.flag("derived", false);
  row.needs = read_needs(entry, file, problems);
  row.source = entry.required("source");
  row.as_of = entry.required("as_of");
  check_date(entry, "as_of", row.as_of);
  entry.finish();
  for (const std::string& type : types) {
    row.type = type;
    if (!rows.emplace(type, row).second) entry.problem("`" + type + "` stands here twice");
  }
}

void read_form(Entry& entry, Tables& tables) {
  PolicyFormRow row;
  row.version = entry.required("version");
  row.pass = entry.required("pass");
  row.passed_to = entry.required("passed_to");
  row.labels = entry.flag("labels", false);
  row.blanks_count = entry.flag("blanks_count", false);
  row.largest = entry.required("largest");
  check_fact(entry, tables.facts, row.largest);
  check_date(entry, "as_of", entry.required("as_of"));
  if (entry.required("source").empty()) entry.problem("`source` is missing");
  entry.finish();
  if (!tables.policies.empty()) entry.problem("a policy is written in one way");
  tables.policies.push_back(std::move(row));
}

}  // namespace

void read_deployer(const std::filesystem::path& folder, Tables& tables, Problems& problems) {
  const std::filesystem::path path = folder / "deployer.yaml";
  std::map<std::string, DeployerRow> rows;
  for (Entry& entry : entries(path, problems)) {
    const std::vector<std::string> types = entry.list("types");
    const std::string formats = entry.optional("formats");
    if (!types.empty()) {
      read_types(entry, path.string(), types, rows, problems);
    } else if (formats.empty()) {
      read_form(entry, tables);
    } else {
      DeployingRow row;
      row.formats = formats;
      row.note = entry.optional("note");
      row.needs = read_needs(entry, path.string(), problems);
      row.source = entry.required("source");
      row.as_of = entry.required("as_of");
      check_date(entry, "as_of", row.as_of);
      entry.finish();
      tables.deploying.push_back(std::move(row));
    }
  }
  for (auto& [type, row] : rows) tables.deployer.push_back(std::move(row));
}

}  // namespace virga::catalog_tool
