// The clouds of this binary: a new one is its folder and one line in each of the two lists below.
#include "compiler/cloud/backend.h"

#ifdef VIRGA_WITH_ALIYUN
#include "backends/aliyun/backend.h"
#endif
#ifdef VIRGA_WITH_AWS
#include "backends/aws/backend.h"
#endif

#include <vector>

namespace virga::cloud {

std::span<const Backend* const> all_backends() {
  static const std::vector<const Backend*> backends = {
#ifdef VIRGA_WITH_ALIYUN
      &aliyun::backend(),
#endif
#ifdef VIRGA_WITH_AWS
      &aws::backend(),
#endif
  };
  return backends;
}

}  // namespace virga::cloud
