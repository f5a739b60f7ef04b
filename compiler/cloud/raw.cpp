#include "compiler/cloud/raw.h"

#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/suggest.h"

#include <algorithm>
#include <set>

namespace virga::cloud {
namespace {

namespace codes = diag::codes;

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& n : names) out += (out.empty() ? "`" : ", `") + n + "`";
  return out;
}

/// The first key that both say, as a path; maps within maps are one when they say different things.
std::optional<std::string> clash(const Object& stands, const Object& added) {
  for (const Member& m : added.members) {
    const Value* before = stands.find(m.key);
    if (before == nullptr) continue;
    const auto* inner = before->get<Object>();
    const auto* more = m.value.get<Object>();
    if (inner == nullptr || more == nullptr) return m.key;
    if (auto below = clash(*inner, *more)) return m.key + "." + *below;
  }
  return std::nullopt;
}

void lay_over(Object& stands, const Object& added) {
  for (const Member& m : added.members) {
    Value* before = stands.find(m.key);
    if (before != nullptr && before->get<Object>() != nullptr) lay_over(*before->get<Object>(), *m.value.get<Object>());
    else stands.set(m.key, m.value);
  }
}

void report_near(diag::Reported r, Span span, const std::string& name, const std::vector<std::string>& known,
                 const std::string& all) {
  const std::string near = diag::nearest(name, known);
  if (near.empty()) r.help(all);
  else
    r.help("did you mean `" + near + "`?").fix(span, "\"" + near + "\"", diag::Confidence::likely, "write `" + near + "`");
}

/// What one node or edge says, and the resources that it became.
struct Said {
  const Map& raw;
  std::string whose;
  std::string node;  ///< whom `virga explain` tells of
  std::vector<Resource*> became;
};

bool has_all(const Map& properties, const std::string& type, const catalog::Catalog& catalog, diag::Sink& sink) {
  const catalog::PropertyList* list = catalog.properties_of(type);
  if (list == nullptr) return true;
  const std::vector<std::string> known(list->properties.begin(), list->properties.end());
  bool good = true;
  for (const MapEntry& p : properties.entries) {
    if (std::find(known.begin(), known.end(), p.key) != known.end()) continue;
    good = false;
    report_near(sink.report(p.key_span, codes::RawProperty, type, p.key), p.key_span, p.key, known,
                "it has " + joined(known));
  }
  return good;
}

void add(const Said& said, const catalog::Catalog& catalog, const std::function<Value(const virga::Value&)>& to_value,
         diag::Sink& sink) {
  std::set<std::string> made;
  for (const Resource* r : said.became) made.insert(r->type);
  for (const MapEntry& type : said.raw.entries) {
    const Map* properties = type.value.get<Map>();
    if (properties == nullptr) {
      sink.report(type.value.span, codes::ValueType, "a map of properties", "something else");
      continue;
    }
    if (!made.contains(type.key)) {
      const std::vector<std::string> known(made.begin(), made.end());
      report_near(sink.report(type.key_span, codes::RawType, said.whose, type.key), type.key_span, type.key, known,
                  known.empty() ? "it makes nothing of its own here" : "it becomes " + joined(known));
      continue;
    }
    if (!has_all(*properties, type.key, catalog, sink)) continue;
    const Value converted = to_value(type.value);
    const auto* added = converted.get<Object>();
    if (added == nullptr) continue;  // said by the conversion
    for (Resource* r : said.became) {
      if (r->type != type.key) continue;
      if (const auto taken = clash(r->properties, *added)) {
        sink.report(type.key_span, codes::RawTaken, *taken, said.whose)
            .help("change what it follows from; `virga explain " + said.node + "` tells how it became what it is");
        break;
      }
      lay_over(r->properties, *added);
    }
  }
}

}  // namespace

const Map* said_of(const Attributes& attributes, std::string_view raw, std::string_view type) {
  const Map* all = attributes.map(raw);
  const virga::Value* one = all == nullptr ? nullptr : all->find(type);
  return one == nullptr ? nullptr : one->get<Map>();
}

void add_raw_properties(const Architecture& architecture, const catalog::Catalog& catalog, const Stands& stands,
                        const std::function<Value(const virga::Value&)>& to_value, const std::vector<Resource*>& resources,
                        diag::Sink& sink) {
  const auto those = [&](const auto& belongs) {
    std::vector<Resource*> some;
    std::copy_if(resources.begin(), resources.end(), std::back_inserter(some), belongs);
    return some;
  };
  for (const Node& node : architecture.nodes) {
    const Map* raw = stands(node) ? node.for_cloud(catalog.cloud).map(kRawAttribute) : nullptr;
    if (raw == nullptr) continue;
    add({*raw, node.name, node.name, those([&](const Resource* r) { return r->from.node == node.id && !r->from.edge; })},
        catalog, to_value, sink);
  }
  for (const Edge& edge : architecture.edges) {
    const bool here = stands(architecture.node(edge.from.node));
    const Map* raw = here ? edge.for_cloud(catalog.cloud).map(kRawProperties) : nullptr;
    if (raw == nullptr) continue;
    add({*raw, describe(architecture, edge), architecture.node(edge.from.node).name,
         those([&](const Resource* r) { return r->from.edge == edge.id; })},
        catalog, to_value, sink);
  }
}

}  // namespace virga::cloud
