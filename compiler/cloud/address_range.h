// Blocks of IPv4 addresses, as networks and their parts are told them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace virga::cloud {

/// `10.0.0.0/16`: the addresses whose first `mask` bits are those of `first`.
struct AddressRange {
  std::uint32_t first = 0;
  int mask = 0;
  friend bool operator==(const AddressRange&, const AddressRange&) = default;
};

/// Nothing when the text is no block, or its address is not the first one of it.
[[nodiscard]] std::optional<AddressRange> address_range(std::string_view text);
[[nodiscard]] std::string to_text(const AddressRange& range);

/// One of the 2^`bits` equal parts, counted from 0. There are as many: `mask + bits` is at most 32.
[[nodiscard]] AddressRange part_of(const AddressRange& range, int bits, std::uint32_t index);

}  // namespace virga::cloud
