#include "compiler/catalog/tool/updates.h"

#include <algorithm>
#include <map>

namespace virga::catalog_tool {
namespace {

void read_effects(const std::filesystem::path& folder, const std::vector<FactRow>& facts,
                  std::map<std::string, UpdateRow>& rows, Problems& problems) {
  std::set<std::string> seen;
  for (Entry& entry : entries(folder / "effects.yaml", problems)) {
    const std::vector<std::string> types = entry.list("types");
    const std::string holds = entry.optional("holds"), serves = entry.optional("serves");
    const std::string singly = entry.optional("singly"), fact = entry.optional("fact");
    const bool versions = entry.flag("versions", false);
    entry.finish();
    const bool there = std::any_of(facts.begin(), facts.end(), [&](const FactRow& f) { return f.id == fact; });
    if (singly.empty() != fact.empty()) entry.problem("`singly` and the `fact` that says so stand together");
    if (!fact.empty() && !there) entry.problem("no fact has the id `" + fact + "`");
    if (types.empty()) entry.problem("`types` is missing");
    if (holds.empty() && serves.empty() && singly.empty() && !versions) entry.problem("it says nothing");
    for (const std::string& type : types) {
      const auto row = rows.find(type);
      if (row == rows.end()) {
        entry.problem("`" + type + "` has no row in updates.yaml");
        continue;
      }
      if (!seen.insert(type + (singly.empty() ? "" : " " + singly)).second)
        entry.problem("`" + type + "` stands here twice");
      if (!singly.empty()) {
        row->second.singly = singly;
        row->second.singly_fact = fact;
      } else {
        row->second.holds = holds;
        row->second.serves = serves;
        row->second.versions = versions;
      }
    }
  }
}

/// `{folder}` and the like are what a command may ask for; `more`: what only commands of its sort may.
void check_command(Entry& entry, const std::string& command, const std::set<std::string>& more) {
  static const std::set<std::string> everywhere = {"{folder}", "{stack}", "{region}"};
  for (std::size_t at = 0; (at = command.find('{', at)) != std::string::npos; ++at) {
    const std::size_t end = command.find('}', at);
    const std::string word = command.substr(at, end == std::string::npos ? end : end - at + 1);
    const bool of_a_parameter = word.starts_with("{parameter:") && more.contains("{code}");
    if (!everywhere.contains(word) && !more.contains(word) && !of_a_parameter)
      entry.problem("a command knows no `" + word + "`");
  }
}

}  // namespace

void read_updates(const std::filesystem::path& folder, Tables& tables, Problems& problems) {
  std::map<std::string, UpdateRow> rows;
  for (Entry& entry : entries(folder / "updates.yaml", problems)) {
    UpdateRow row;
    row.type = entry.required("type");
    row.replaces = entry.list("replaces");
    row.may_replace = entry.list("may_replace");
    row.derived = entry.flag("derived", false);
    entry.finish();
    const std::string type = row.type;
    if (!rows.emplace(type, std::move(row)).second) entry.problem("`" + type + "` stands here twice");
  }
  read_effects(folder, tables.facts, rows, problems);
  for (auto& [type, row] : rows) tables.updates.push_back(std::move(row));
  for (Entry& entry : entries(folder / "engines.yaml", problems)) {
    EngineRow row;
    row.formats = entry.required("formats");
    row.named = entry.word("named", {"refused", "gap"});
    row.note = entry.optional("note");
    row.guard = entry.optional("guard");
    row.keeps_types = entry.flag("keeps_types", false);
    row.deploy = entry.list("deploy");
    row.first = entry.list("first");
    row.remove = entry.list("remove");
    row.upload = entry.list("upload");
    row.template_file = entry.required("template");
    row.uploaded_template = entry.optional("uploaded_template");
    row.parameters = entry.optional("parameters");
    row.parameter = entry.required("parameter");
    row.output = entry.optional("output");
    row.replacing = entry.optional("replacing");
    row.source = entry.required("source");
    row.as_of = entry.required("as_of");
    entry.finish();
    if (row.deploy.empty()) entry.problem("`deploy` is missing");
    if (row.remove.empty()) entry.problem("`remove` is missing");
    const auto check = [&](const std::vector<std::string>& commands, const std::set<std::string>& more) {
      for (const std::string& command : commands) check_command(entry, command, more);
    };
    check(row.deploy, {"{template}", "{replacing}", "{parameters}"});
    check(row.first, {"{template}", "{parameters}"});
    check(row.remove, {"{parameters}"});
    check(row.upload, {"{template}", "{code}", "{file}", "{app}"});
    check({row.parameter}, {"{n}", "{name}", "{variable}", "{value}"});
    check({row.output}, {"{output}"});
    tables.engines.push_back(std::move(row));
  }
}

}  // namespace virga::catalog_tool
