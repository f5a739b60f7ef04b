// AWS SAM: CloudFormation, with functions and what triggers them folded into AWS::Serverless::Function.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/cloud/intrinsics.h"

namespace virga::aws::sam {

[[nodiscard]] const cloud::Format& format();

/// How CloudFormation spells what all engines of its family have.
[[nodiscard]] const cloud::Dialect& dialect();

/// Plain CloudFormation → SAM, wherever SAM says exactly the same. What does not fit stays as it is.
[[nodiscard]] cloud::Stack fold(cloud::Stack stack);
/// The other direction: what the SAM translator would make of it, for all that `fold` makes.
[[nodiscard]] cloud::Stack unfold(cloud::Stack stack);

/// What a template says of all resources of a type, said of each. Of types that SAM makes itself for functions it stays,
/// since there is no resource to say it of.
[[nodiscard]] cloud::Stack without_globals(cloud::Stack stack);

}  // namespace virga::aws::sam
