#include "backends/terraform/given/names.h"

#include "backends/terraform/names.h"

namespace virga::terraform::given {

std::string id_from(std::string_view name) {
  std::string id = to_id(name);
  return to_name(id) == name ? id : "/" + std::string(name);
}

std::string name_from(std::string_view id) {
  const std::size_t slash = id.rfind('/');
  return slash == std::string_view::npos ? to_name(id) : std::string(id.substr(slash + 1));
}

void Names::add_all(const std::vector<std::pair<Address, const Type*>>& resources) {
  std::map<std::string_view, int> times;
  for (const auto& [address, type] : resources) ++times[address.name];
  for (const auto& [address, type] : resources) {
    // `aws_sqs_queue.main` beside `aws_sns_topic.main`: which of them it is, what stands before the slash tells a reader.
    const std::string kind = address.type.substr(address.type.find('_') + 1);
    add(times[address.name] > 1 ? kind + "/" + address.name : id_from(address.name), {address, type});
  }
}

void Names::add(const std::string& id, const Named& known) {
  by_id_[id] = known;
  by_address_[known.address] = id;
}

const Named* Names::find(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &found->second;
}

std::string Names::id_of(const Address& address) const {
  const auto found = by_address_.find(address);
  return found == by_address_.end() ? std::string() : found->second;
}

}  // namespace virga::terraform::given
