// Machines that a vendor sells in fixed sizes, and the smallest one that is large enough.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace virga::machine {

struct Class {
  double gigabytes = 0;  ///< of memory
  double cpus = 0;
  std::string_view name;  ///< as the vendor calls it
};

/// `16 2 db.r7g.large`: gigabytes, processors, name; a member of such a fact of a catalogue.
[[nodiscard]] Class read_class(std::string_view member);
/// The first of a table, smallest first, that has at least as much of both; nothing when none has.
[[nodiscard]] std::optional<Class> smallest_class(std::span<const std::string_view> table, double gigabytes, double cpus);
/// `1.5GB and 2 CPUs`
[[nodiscard]] std::string size_of(const Class& sort);

}  // namespace virga::machine
