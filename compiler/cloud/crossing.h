// How a value gets from one stack of an app into another one in the same region.
#pragma once

#include "compiler/cloud/backend.h"

namespace virga::cloud {

struct Crossing {
  std::string export_name;  ///< of the output, where the engine wants one; it then refuses to change what is fetched
  Value import;  ///< what the other stack says in place of the value
};

/// What a format also is whose engine can do that. An app stands in one stack of any other format, however large it is.
class Crosses {
 public:
  virtual ~Crosses() = default;
  /// How another stack takes the output of one, by the names of both.
  [[nodiscard]] virtual Crossing crossing(const std::string& stack, const std::string& output) const = 0;
};

[[nodiscard]] inline const Crosses* crosses(const Format& format) { return dynamic_cast<const Crosses*>(&format); }

}  // namespace virga::cloud
