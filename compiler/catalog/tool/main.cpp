// virga-catalog INPUT_DIR OUT.cpp NAMESPACE: checks the YAML files of a catalogue and writes them as C++ tables.
#include "compiler/catalog/tool/read.h"
#include "compiler/catalog/tool/run.h"
#include "compiler/catalog/tool/write.h"

using namespace virga::catalog_tool;

int main(int argc, char** argv) {
  return run(argc, argv, "virga-catalog INPUT_DIR OUT.cpp NAMESPACE", [](std::span<char*> arguments, Problems& problems) {
    const Tables tables = read(arguments[0], problems);
    return problems.any() ? std::string() : write(tables, arguments[2]);
  });
}
