#include "compiler/catalog/tool/adopted.h"

#include "compiler/catalog/tool/checks.h"

#include <algorithm>

namespace virga::catalog_tool {
namespace {

std::vector<SaidRow> read_says(Entry& entry, const std::string& file, Problems& problems) {
  std::vector<SaidRow> out;
  for (Entry& inner : nested(entry, "says", file, problems)) {
    SaidRow row;
    row.property = inner.optional("property");  // none: it is always meant
    row.attribute = inner.required("attribute");
    row.as = inner.optional("as");
    row.unsaid = inner.optional("unsaid");
    inner.finish();
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

void read_adopted(const std::filesystem::path& folder, Tables& tables, Problems& problems) {
  const std::filesystem::path path = folder / "adopted.yaml";
  for (Entry& entry : entries(path, problems)) {
    AdoptedRow row;
    row.kind = entry.optional("kind");
    const std::vector<std::string> from = entry.words("from"), to = entry.words("to"), beside = entry.words("beside");
    row.beside = beside.front();
    if (row.kind.empty() && (row.beside.empty() || row.beside == "edge")) row.arrow = entry.word("arrow", {"->", "~>"});
    row.type = entry.optional("type");
    row.within = entry.optional("within");
    row.owner = entry.optional("owner");
    row.transform = entry.optional("transform");
    row.id = entry.optional("id");
    row.called = entry.optional("called");
    row.strategy = entry.optional("strategy");
    row.source = entry.optional("source");
    row.target = entry.optional("target");
    row.by = entry.list("by");
    row.when = entry.list("when");
    row.implies = entry.list("implies");
    row.ignores = entry.list("ignores");
    row.outputs = entry.list("outputs");
    row.fixed = entry.list("fixed");
    row.json = entry.list("json");
    row.says = read_says(entry, path.string(), problems);
    row.doc = entry.required("doc");
    row.as_of = entry.required("as_of");
    check_date(entry, "as_of", row.as_of);
    entry.finish();
    const auto has = [&](const KindRow& k) {
      return k.kind == row.kind && std::find(k.strategies.begin(), k.strategies.end(), row.strategy) != k.strategies.end();
    };
    if (!row.strategy.empty() && std::none_of(tables.kinds.begin(), tables.kinds.end(), has))
      entry.problem("`" + row.strategy + "` is no strategy of the kind in kinds.yaml");
    const bool node_beside = !row.beside.empty() && row.beside != "edge";
    if (!node_beside && row.kind.empty() == (from.front().empty() || to.front().empty()))
      entry.problem("it is about a `kind`, or `from` one end `to` another");
    for (const std::string& owner : beside) {
      for (const std::string& source : from) {
        for (const std::string& target : to) {
          row.beside = owner;
          row.from = source;
          row.to = target;
          tables.adopted.push_back(row);
        }
      }
    }
  }
}

void read_leaving(const std::filesystem::path& folder, Tables& tables, Problems& problems) {
  static const std::vector<std::string> fates = {"renamed", "emulated", "degraded", "code", "impossible", "blocking"};
  for (Entry& entry : entries(folder / "leaving.yaml", problems)) {
    LeavingRow row;
    row.type = entry.optional("type");
    row.property = entry.optional("property");
    row.action = entry.optional("action");
    row.runtime = entry.optional("runtime");
    row.pattern = entry.optional("pattern");
    row.text = entry.optional("text");
    row.section = entry.optional("section");
    row.fate = entry.word("fate", fates);
    row.says = entry.required("says");
    row.doc = entry.required("doc");
    row.as_of = entry.required("as_of");
    check_date(entry, "as_of", row.as_of);
    entry.finish();
    const int about = (row.type.empty() && row.property.empty() ? 0 : 1) + (row.action.empty() ? 0 : 1) +
                      (row.runtime.empty() ? 0 : 1) + (row.pattern.empty() ? 0 : 1) +
                      (row.text.empty() || !row.property.empty() ? 0 : 1) + (row.section.empty() ? 0 : 1);
    if (about != 1)
      entry.problem("it is about one of `type` or `property`, `action`, `runtime`, `pattern`, `text` and `section`");
    tables.leaving.push_back(std::move(row));
  }
}

}  // namespace virga::catalog_tool
