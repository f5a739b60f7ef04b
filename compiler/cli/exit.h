// Exit codes, as `virga --help` lists them.
#pragma once

namespace virga::cli {

enum Exit : int {
  kFine = 0,
  kErrors = 1,  ///< the architecture has errors
  kChanges = 2,  ///< of a plan that was asked for them: changes were found
  kUsage = 3,
  kWorld = 4,  ///< a file or a permission
  kLoss = 5,  ///< a plan loses data, and nobody accepts it
  kBug = 70,  ///< ours
};

}  // namespace virga::cli
