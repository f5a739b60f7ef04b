#include "backends/terraform/layout.h"

#include <algorithm>

namespace virga::terraform {
namespace {

bool awaits(std::string_view type, const Satellite& satellite) {
  return std::any_of(satellite.awaited.begin(), satellite.awaited.end(),
                     [&](std::string_view who) { return who == "all" || who == type; });
}

}  // namespace

Dependencies::Dependencies(std::vector<Placed> blocks) : blocks_(std::move(blocks)) {
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    by_address_.emplace(blocks_[i].address, i);
    by_resource_[blocks_[i].resource].push_back(i);
  }
}

std::vector<Address> Dependencies::implied(const Placed& block, const hcl::Body& body) const {
  std::set<std::size_t> found;
  for (const Address& address : referred(body)) {
    const Placed* other = find(address);
    if (other == nullptr || other->resource == block.resource) continue;
    for (const std::size_t i : by_resource_.at(other->resource)) {
      if (blocks_[i].satellite != nullptr && awaits(block.address.type, *blocks_[i].satellite)) found.insert(i);
    }
  }
  if (block.satellite != nullptr) {
    for (const std::size_t i : by_resource_.at(block.resource)) {
      const auto& after = block.satellite->after;
      if (std::find(after.begin(), after.end(), blocks_[i].address.type) != after.end()) found.insert(i);
    }
  }
  std::vector<Address> out;
  for (const std::size_t i : found) out.push_back(blocks_[i].address);
  return out;
}

std::vector<Address> Dependencies::of(const std::string& resource) const {
  std::vector<Address> out;
  const auto found = by_resource_.find(resource);
  if (found == by_resource_.end()) return out;
  for (const std::size_t i : found->second) out.push_back(blocks_[i].address);
  return out;
}

const Placed* Dependencies::find(const Address& address) const {
  const auto found = by_address_.find(address);
  return found == by_address_.end() ? nullptr : &blocks_[found->second];
}

std::set<Address> referred(const hcl::Body& body) {
  std::set<Address> out;
  hcl::for_each(body, [&](const hcl::Expr& e) {
    if (!e.is(hcl::Expr::Kind::attribute)) return;
    const std::vector<std::string> words = hcl::words(e);
    if (words.size() >= 3) out.insert({words[0], words[1]});
  });
  return out;
}

}  // namespace virga::terraform
