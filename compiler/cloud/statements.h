// The statements by which a template allows its resources something, wherever they stand: in a resource itself, in its role,
// in a policy of that. The cloud finds them (Dialect::statements_of), and the importer says what they allow as edges.
#pragma once

#include "compiler/cloud/stack.h"

#include <set>
#include <string>
#include <vector>

namespace virga::cloud {

struct Statement {
  std::string id;  ///< of the resource in which it stands
  std::string part;  ///< where in that: `Policies.0.PolicyDocument.Statement.1`
  const Object* says;  ///< in the stack
  std::vector<std::string> whom;  ///< it allows it to: ids of resources
};

struct Statements {
  std::vector<Statement> all;
  std::set<std::string> more;  ///< ids of resources that may do more, of which the template does not tell
};

using StatementsOf = Statements (*)(const Stack& stack);

}  // namespace virga::cloud
