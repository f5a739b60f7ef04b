#include "compiler/syntax/format.h"

namespace virga::syntax {

std::string format(const SourceFile& source, const File& file) { return print(source, file); }

}  // namespace virga::syntax
