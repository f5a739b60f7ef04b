// Applications of Serverless Devs: an s.yaml for functions and what belongs to them, templates of ROS for the rest.
#pragma once

#include "compiler/cloud/backend.h"

namespace virga::aliyun {

[[nodiscard]] const cloud::Format& serverless_devs_format();

}  // namespace virga::aliyun
