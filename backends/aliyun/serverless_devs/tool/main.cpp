// virga-serverless-devs-table INPUT_DIR OUT.cpp: checks the YAML files of the name table and writes them as C++ constants.
#include "backends/aliyun/serverless_devs/tool/write.h"
#include "compiler/catalog/tool/run.h"

using namespace virga;

int main(int argc, char** argv) {
  return catalog_tool::run(argc, argv, "virga-serverless-devs-table INPUT_DIR OUT.cpp",
                           [](std::span<char*> arguments, catalog_tool::Problems& problems) {
                             return serverless_devs_tool::write(arguments[0], problems);
                           });
}
