#include "compiler/cloud/address_range.h"

#include <fmt/format.h>

#include <charconv>

namespace virga::cloud {
namespace {

constexpr int kBits = 32;

/// The bits of a block's addresses that differ.
std::uint32_t host_bits(int mask) { return mask == 0 ? ~std::uint32_t{0} : (std::uint32_t{1} << (kBits - mask)) - 1; }

/// Takes a number of at most `most` from the front; leading zeros are no number here, because some read them as octal.
std::optional<std::uint32_t> take_number(std::string_view& text, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto length = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || value > most || (length > 1 && text.front() == '0')) return std::nullopt;
  text.remove_prefix(length);
  return value;
}

}  // namespace

std::optional<AddressRange> address_range(std::string_view text) {
  AddressRange range;
  for (const char after : {'.', '.', '.', '/'}) {
    const std::optional<std::uint32_t> byte = take_number(text, 255);
    if (!byte || text.empty() || text.front() != after) return std::nullopt;
    range.first = range.first << 8 | *byte;
    text.remove_prefix(1);
  }
  const std::optional<std::uint32_t> mask = take_number(text, kBits);
  if (!mask || !text.empty()) return std::nullopt;
  range.mask = static_cast<int>(*mask);
  if ((range.first & (range.mask == kBits ? 0 : host_bits(range.mask))) != 0) return std::nullopt;
  return range;
}

std::string to_text(const AddressRange& range) {
  return fmt::format("{}.{}.{}.{}/{}", range.first >> 24, range.first >> 16 & 255, range.first >> 8 & 255, range.first & 255,
                     range.mask);
}

AddressRange part_of(const AddressRange& range, int bits, std::uint32_t index) {
  const int mask = range.mask + bits;
  return {range.first | (mask == kBits ? index : index << (kBits - mask)), mask};
}

}  // namespace virga::cloud
