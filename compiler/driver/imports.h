// Apps that an app uses: read and built for their outputs.
#pragma once

#include "compiler/driver/compile.h"

namespace virga::driver {

/// Builds every app that `project` uses, without a stage and in each of its stages, and puts them into the program. What is
/// wrong with another app is told once, where it is used; its own check tells the rest.
void import_apps(const FrontEndRequest& request, Project& project, diag::Sink& sink);

}  // namespace virga::driver
