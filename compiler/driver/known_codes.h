// Every code that a finding about a program can have: of the compiler, of the clouds, and of the limits in their catalogues.
#pragma once

#include <string_view>
#include <vector>

namespace virga::driver {

struct KnownCode {
  std::string_view id;
  bool only_error = false;  ///< no finding of the code is ever a warning or a note
  bool of_a_number = false;  ///< a vendor's number is behind it, which an account may have otherwise
};

/// Each once, sorted.
[[nodiscard]] std::vector<KnownCode> known_codes();

}  // namespace virga::driver
