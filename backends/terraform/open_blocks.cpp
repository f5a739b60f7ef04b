#include "backends/terraform/open_blocks.h"

#include "backends/terraform/hcl/parse_json.h"
#include "backends/terraform/layout.h"

#include <map>
#include <set>

namespace virga::terraform {
namespace {

/// Of each resource type of the provider the paths that lead to blocks: `destination_config.on_success`.
class Paths {
 public:
  explicit Paths(const Table& table) {
    if (!table.nested.type.empty()) block(table.nested.type, "", table.nested.parameters);
    for (const Type& type : table.types) {
      if (type.terraform.empty()) continue;
      always(type.terraform, "", type.always);
      rows(type.terraform, "", type.rows);
      for (const Satellite& companion : type.companions) satellite(companion);
      for (const Type& owner : table.types) {
        if (owner.type == type.about && !type.mark_rows.empty()) rows(owner.terraform, "", type.mark_rows);
      }
    }
  }
  [[nodiscard]] bool holds(const std::string& type, const std::string& path) const {
    const auto found = paths_.find(type);
    return found != paths_.end() && found->second.contains(path);
  }

 private:
  static std::string below(const std::string& prefix, std::string_view name) {
    return prefix.empty() ? std::string(name) : prefix + "." + std::string(name);
  }

  void block(std::string_view type, const std::string& prefix, std::string_view path) {
    std::string at = prefix;
    const auto [around, name] = split_path(path);
    for (const std::string& word : around) paths_[std::string(type)].insert(at = below(at, word));
    paths_[std::string(type)].insert(below(at, name));
  }
  /// The blocks on the way to an argument.
  void argument(std::string_view type, const std::string& prefix, std::string_view path) {
    const std::size_t dot = path.rfind('.');
    if (dot != std::string_view::npos) block(type, prefix, path.substr(0, dot));
  }
  void always(std::string_view type, const std::string& prefix, std::span<const Always> all) {
    for (const Always& a : all) {
      if (a.value.kind == Literal::Kind::block) block(type, prefix, a.argument);
      else argument(type, prefix, a.argument);
    }
  }
  void satellite(const Satellite& satellite) {
    always(satellite.type, "", satellite.always);
    for (const Satellite& companion : satellite.companions) this->satellite(companion);
  }
  void rows(std::string_view type, const std::string& prefix, std::span<const Row> all) {
    for (const Row& row : all) {
      switch (row.shape) {
        case Shape::block:
        case Shape::blocks:
        case Shape::parsed:
        case Shape::keyed:
          block(type, prefix, row.to);
          always(type, below(prefix, row.to), row.always);
          rows(type, below(prefix, row.to), row.of);
          break;
        case Shape::resource:
        case Shape::resources:
          satellite(row.satellite);
          rows(row.satellite.type, "", row.of);
          break;
        case Shape::source:
          argument(type, prefix, row.to);
          rows(row.satellite.type, "", row.of);
          break;
        case Shape::flat:
        case Shape::only:
        case Shape::file:
          argument(type, prefix, row.to);
          rows(type, prefix, row.of);
          always(type, prefix, row.always);
          break;
        case Shape::pivot:
          for (const Pair& name : row.names) argument(type, prefix, name.second);
          break;
        case Shape::each:
        case Shape::follows:
        case Shape::implied: break;
        default: argument(type, prefix, row.to); always(type, prefix, row.always);
      }
    }
  }

  std::map<std::string, std::set<std::string>> paths_;
};

void open(const Paths& paths, const std::string& type, const std::string& prefix, hcl::Body& body) {
  std::vector<hcl::Item> items;
  for (hcl::Item& item : body.items) {
    const std::string path = prefix.empty() ? item.name : prefix + "." + item.name;
    std::vector<hcl::Item> blocks;
    if (!item.is_block && paths.holds(type, path)) blocks = hcl::open_block(item);
    if (blocks.empty()) items.push_back(std::move(item));
    for (hcl::Item& block : blocks) {
      open(paths, type, path, block.body);
      items.push_back(std::move(block));
    }
  }
  body.items = std::move(items);
}

}  // namespace

void open_blocks(const Table& table, hcl::File& file) {
  const Paths paths(table);
  for (hcl::Item& item : file.body.items) {
    if (item.is_block && item.labels.size() == 2) open(paths, item.labels[0], "", item.body);
  }
}

}  // namespace virga::terraform
