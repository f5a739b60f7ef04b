// virga-terraform-table INPUT_DIR OUT.cpp NAMESPACE: checks the YAML files of a name table and writes them as C++ constants.
#include "backends/terraform/tool/write.h"
#include "compiler/catalog/tool/run.h"

using namespace virga;

int main(int argc, char** argv) {
  return catalog_tool::run(argc, argv, "virga-terraform-table INPUT_DIR OUT.cpp NAMESPACE",
                           [](std::span<char*> arguments, catalog_tool::Problems& problems) {
                             return terraform_tool::write(arguments[0], arguments[2], problems);
                           });
}
