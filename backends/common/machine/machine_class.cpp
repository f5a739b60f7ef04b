#include "backends/common/machine/machine_class.h"

#include <fmt/format.h>

#include <locale>
#include <sstream>

namespace virga::machine {

Class read_class(std::string_view member) {
  Class out;
  std::istringstream numbers{std::string(member)};
  numbers.imbue(std::locale::classic());
  numbers >> out.gigabytes >> out.cpus;
  out.name = member.substr(member.rfind(' ') + 1);
  return out;
}

std::optional<Class> smallest_class(std::span<const std::string_view> table, double gigabytes, double cpus) {
  for (const std::string_view member : table) {
    const Class sort = read_class(member);
    if (sort.gigabytes >= gigabytes && sort.cpus >= cpus) return sort;
  }
  return std::nullopt;
}

std::string size_of(const Class& sort) {
  return fmt::format("{}GB and {} CPU{}", sort.gigabytes, sort.cpus, sort.cpus == 1 ? "" : "s");
}

}  // namespace virga::machine
