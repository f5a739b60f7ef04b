#include "compiler/partition/graph.h"

#include "compiler/cloud/dump.h"
#include "compiler/cloud/references.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <unordered_map>

namespace virga::partition {
namespace {

using Places = std::unordered_map<std::string, std::size_t>;

void for_each_in(const cloud::Resource& resource, const std::function<void(const cloud::Value&)>& visit) {
  for (const cloud::Member& m : resource.properties.members) cloud::for_each_value(m.value, visit);
}

/// What one resource takes: of which other one, and which attribute; and what it only waits for.
struct Taken {
  std::set<std::pair<std::string, std::string>> values;
  std::set<std::string> parameters, conditions;
};

Taken taken_by(const cloud::Resource& resource) {
  Taken out;
  if (!resource.condition.empty()) out.conditions.insert(resource.condition);
  for_each_in(resource, [&](const cloud::Value& v) {
    if (const auto* r = v.get<cloud::Ref>()) out.values.emplace(r->resource, "");
    if (const auto* g = v.get<cloud::GetAtt>()) out.values.emplace(g->resource, g->attribute);
    if (const auto* p = v.get<cloud::Parameter>()) out.parameters.insert(p->name);
    if (const auto* i = v.get<Box<cloud::If>>()) out.conditions.insert((*i)->condition);
  });
  return out;
}

/// What conditions ask, they ask in every stack that has them.
std::map<std::string, std::set<std::string>> parameters_of_conditions(const cloud::Stack& stack) {
  std::map<std::string, std::set<std::string>> out;
  for (const cloud::Condition& c : stack.conditions) {
    cloud::for_each_value(c.expression, [&](const cloud::Value& v) {
      if (const auto* p = v.get<cloud::Parameter>()) out[c.name].insert(p->name);
    });
  }
  return out;
}

/// Numbers the pieces by what cannot be apart, in the order of their first ones; how many numbers there are.
std::size_t number_groups(const std::vector<std::set<std::size_t>>& needs, std::vector<std::size_t>& group_of) {
  boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(needs.size());
  for (std::size_t from = 0; from < needs.size(); ++from) {
    for (const std::size_t to : needs[from]) boost::add_edge(from, to, graph);
  }
  std::vector<std::size_t> component(needs.size());
  if (!needs.empty()) boost::strong_components(graph, component.data());
  std::unordered_map<std::size_t, std::size_t> numbers;
  for (const std::size_t c : component) group_of.push_back(numbers.try_emplace(c, numbers.size()).first->second);
  return numbers.size();
}

}  // namespace

Graph graph_of(const cloud::Stack& stack, const Architecture& architecture, std::size_t bytes) {
  Graph out;
  out.pieces = pieces_of(stack, architecture, out.piece_of);
  Places places;
  for (std::size_t i = 0; i < stack.resources.size(); ++i) places.emplace(stack.resources[i].id, i);
  std::vector<Taken> taken;
  taken.reserve(stack.resources.size());
  std::vector<std::set<std::size_t>> needs(out.pieces.size());
  for (std::size_t i = 0; i < stack.resources.size(); ++i) {
    const cloud::Resource& r = stack.resources[i];
    taken.push_back(taken_by(r));
    const auto need = [&](const std::string& id) {
      const auto found = places.find(id);
      if (found == places.end()) return;
      needs[out.piece_of[i]].insert(out.piece_of[found->second]);
      // Whether it is there is known within its own stack alone.
      if (!stack.resources[found->second].condition.empty()) needs[out.piece_of[found->second]].insert(out.piece_of[i]);
    };
    for (const auto& [id, attribute] : taken.back().values) need(id);
    for (const std::string& id : r.depends_on) need(id);
  }
  out.groups.resize(number_groups(needs, out.group_of));
  for (std::size_t p = 0; p < out.pieces.size(); ++p) {
    Group& group = out.groups[out.group_of[p]];
    group.pieces.push_back(p);
    group.resources += out.pieces[p].resources.size();
    for (const std::size_t other : needs[p]) {
      if (out.group_of[other] != out.group_of[p]) group.needs.insert(out.group_of[other]);
    }
  }

  const auto asked = parameters_of_conditions(stack);
  std::map<std::pair<std::string, std::string>, std::size_t> values;
  std::vector<std::size_t> sizes;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < stack.resources.size(); ++i) {
    const std::size_t mine = out.group_of[out.piece_of[i]];
    const cloud::Resource& r = stack.resources[i];
    Group& group = out.groups[mine];
    group.parameters.insert(taken[i].parameters.begin(), taken[i].parameters.end());
    for (const std::string& c : taken[i].conditions) {
      if (const auto found = asked.find(c); found != asked.end())
        group.parameters.insert(found->second.begin(), found->second.end());
    }
    sizes.push_back(r.id.size() + r.type.size() + cloud::to_text(cloud::Value(r.properties)).size());
    sum += sizes.back();
    const auto link = [&](std::size_t other) {
      ++group.links[other];
      ++out.groups[other].links[mine];
    };
    for (const auto& value : taken[i].values) {
      const auto place = places.find(value.first);
      if (place == places.end()) continue;
      const std::size_t giver = out.group_of[out.piece_of[place->second]];
      if (giver == mine) continue;
      link(giver);
      const auto [known, fresh] = values.try_emplace(value, out.values.size());
      if (fresh) {
        out.values.push_back({value.first, value.second, giver, {}});
        out.groups[giver].gives.push_back(known->second);
      }
      if (out.values[known->second].takers.insert(mine).second) group.takes.push_back(known->second);
    }
    for (const std::string& id : r.depends_on) {
      const auto place = places.find(id);
      if (place == places.end()) continue;
      if (const std::size_t other = out.group_of[out.piece_of[place->second]]; other != mine) link(other);
    }
  }
  for (std::size_t i = 0; i < sizes.size() && sum > 0; ++i)
    out.groups[out.group_of[out.piece_of[i]]].bytes +=
        static_cast<std::size_t>(static_cast<double>(sizes[i]) * static_cast<double>(bytes) / static_cast<double>(sum));
  return out;
}

}  // namespace virga::partition
