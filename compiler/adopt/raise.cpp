#include "compiler/adopt/raise.h"

#include "compiler/adopt/composed.h"
#include "compiler/adopt/path.h"
#include "compiler/adopt/raise_beside.h"
#include "compiler/adopt/raise_edges.h"
#include "compiler/adopt/raise_fates.h"
#include "compiler/adopt/raise_told.h"
#include "compiler/adopt/shell.h"
#include "compiler/cloud/raw.h"

#include <algorithm>

namespace virga::adopt {
namespace {

/// Whether each property can be an attribute, which is written as a name.
bool are_names(const cloud::Object& properties) {
  return std::all_of(properties.members.begin(), properties.members.end(),
                     [](const cloud::Member& m) { return is_name(m.key); });
}

class Raiser {
 public:
  /// `gone` are ids of resources that no name of the program stands for: edges, and what stands beside something.
  Raiser(const RaiseRequest& request, std::set<std::string> gone)
      : q_(request),
        gone_(std::move(gone)),
        table_(request.catalog, request.stack.sections),
        words_(request.catalog, request.dialect),
        attributes_(request, words_),
        edges_(request, table_, words_, names_, attributes_, parts_, out_.draft) {
    words_.sources = request.sources;
  }

  Raised run() {
    name_everything();
    raise_nodes();
    edges_.run();
    TellReader tell(q_, table_, words_, parts_, out_.draft);
    tell.run();
    BesideReader beside(q_, table_, words_, parts_, edges_.sources, out_.draft);
    beside.run();
    beside_ = std::move(beside.nodes);
    finish_nodes();
    shell(q_, table_, words_, out_.draft);
    for (const Part& part : parts_) {
      const auto file = attributes_.files.find(part.resource->id);
      if (part.row != nullptr && file != attributes_.files.end()) out_.draft.files.insert(file->second);
    }
    for (DraftEdge& edge : out_.draft.edges) {
      if (!edge.beside.empty()) edge.on.emplace_back("beside", as_map(edge.beside));
    }
    out_.fates = fates_of(parts_, table_, out_.draft.edges, q_.dialect);
    tell.tell(out_.fates);
    return std::move(out_);
  }

  [[nodiscard]] std::set<std::string> gone() const {
    std::set<std::string> out;
    for (const Part& part : parts_) {
      if (part.gone) out.insert(part.resource->id);
    }
    return out;
  }

 private:
  void name_everything() {
    for (const cloud::StackParameter& p : q_.stack.parameters) words_.params[p.name] = names_.take(p.name, "param");
    parts_.reserve(q_.stack.resources.size());
    for (const cloud::Resource& r : q_.stack.resources) {
      Part& part = parts_.emplace_back();
      part.resource = &r;
      part.rest = r.properties;
      part.draft.id = r.id;
      part.draft.name = names_.take(r.id, "part");
      if (!gone_.contains(r.id)) words_.nodes[r.id] = {part.draft.name, nullptr};
      if (q_.raw.contains(r.id)) part.why = "as a node it would not give the same resource again";
      else part.row = row_for(part);
      if (part.row == nullptr) continue;
      words_.nodes[r.id] = {part.draft.name, part.row, &r.properties};
      name_neighbours(r, *part.row);
    }
  }

  /// What the engine makes beside it, and gives outputs of the node.
  void name_neighbours(const cloud::Resource& r, const Row& row) {
    for (const std::string_view said : row.outputs) {
      const std::size_t equal = said.find('=');
      const auto made = neighbour(said.substr(equal + 1), r.id, r.properties);
      if (made && q_.stack.find(made->id) == nullptr)
        words_.neighbours[made->id + "." + made->attribute] = {r.id, std::string(said.substr(0, equal))};
    }
  }

  /// The row by which a resource is a node; whether its attributes can be said is seen later.
  const Row* row_for(Part& part) const {
    const std::string& type = part.resource->type;
    const bool plain = part.resource->more.find(q_.dialect.properties) == nullptr;  // else a macro makes them
    for (const Row* row : table_.rows()) {
      if (row->kind.empty() || row->type != type || !row->id.empty() || !plain) continue;
      if (fits(*row, part.rest)) return row;
    }
    part.why = "no kind says `" + type + "`";
    return nullptr;
  }

  void raise_nodes() {
    // Without what it needs a resource is no node, which another node may have needed: until nothing changes.
    for (bool again = true; again;) {
      again = false;
      for (Part& part : parts_) {
        const std::string lacks = part.row == nullptr ? std::string() : attributes_.read(part);
        if (lacks.empty()) continue;
        part.why = "its `" + lacks + "` cannot be said";
        part.row = nullptr;
        words_.nodes[part.resource->id].row = nullptr;
        again = true;
      }
    }
  }

  void finish_nodes() {
    for (DraftNode& source : edges_.sources) {
      source.attributes = as_records(source.attributes);
      put_beside(source);
      out_.draft.nodes.push_back(source);
    }
    for (Part& part : parts_) {
      if (part.gone) continue;
      cloud::Object more = more_of(*part.resource, q_.dialect);
      if (part.row == nullptr) finish_raw(part, more);
      else finish_node(part);
      if (!more.members.empty()) part.draft.on.emplace_back("more", words_.any(more));
      out_.draft.nodes.push_back(part.draft);
    }
  }

  void finish_raw(Part& part, cloud::Object& more) const {
    const cloud::Resource& r = *part.resource;
    DraftNode& d = part.draft;
    d.cloud = q_.catalog.cloud;
    d.type = r.type;
    d.attributes.clear();
    d.on.clear();
    name_id(d, r.id);
    if (!are_names(r.properties)) more.set(std::string(q_.dialect.properties), r.properties);
    else
      for (const cloud::Member& m : r.properties.members) d.attributes.emplace_back(m.key, words_.any(m.value));
  }

  void finish_node(Part& part) const {
    DraftNode& d = part.draft;
    const Said on = std::move(d.on);
    d.on.clear();
    d.kind = part.row->kind;
    name_id(d, part.resource->id);
    tell_properties(part);
    const Row* usual = table_.node(d.kind, "");
    if (usual == nullptr || usual->type != part.row->type) d.on.emplace_back("type", in_quotes(part.row->type));
    const cloud::Value* called = part.row->called.empty() ? nullptr : find(part.rest, part.row->called);
    if (const auto text = called == nullptr ? std::nullopt : words_.text(*called)) {
      d.on.emplace_back("called", *text);
      take(part.rest, part.row->called);
    }
    d.on.insert(d.on.end(), on.begin(), on.end());
    if (!part.rest.members.empty()) {
      const cloud::Object left = cloud::object({{part.resource->type, part.rest}});
      d.on.emplace_back(std::string(cloud::kRawAttribute), words_.any(left));
    }
    put_beside(d);
    d.attributes = as_records(d.attributes);
  }

  void put_beside(DraftNode& d) const {
    const auto found = beside_.find(d.name);
    if (found != beside_.end()) d.on.emplace_back("beside", as_map(found->second));
  }

  void name_id(DraftNode& d, const std::string& id) const {
    if (table_.default_id(d.name) != id) d.on.emplace_back("id", in_quotes(id));
  }

  const RaiseRequest& q_;
  const std::set<std::string> gone_;
  Raised out_;
  Table table_;
  Expressions words_;
  Names names_;
  std::vector<Part> parts_;
  AttributeReader attributes_;
  EdgeReader edges_;
  std::map<std::string, Said> beside_;  ///< by name of a node
};

}  // namespace

Raised raise(const RaiseRequest& request) {
  // What refers to a resource has to know whether it keeps a name, which is seen when all of it is read.
  constexpr int kRounds = 4;
  std::set<std::string> gone;
  for (int round = 1;; ++round) {
    Raiser raiser(request, gone);
    Raised raised = raiser.run();
    std::set<std::string> found = raiser.gone();
    if (found == gone || round == kRounds) return raised;
    gone = std::move(found);
  }
}

}  // namespace virga::adopt
