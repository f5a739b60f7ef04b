// virga-catalog INPUT_DIR OUT.cpp NAMESPACE: checks the YAML files of a catalogue and writes them as C++ tables.
#include "compiler/catalog/tool/read.h"
#include "compiler/catalog/tool/write.h"

#include <cstdio>
#include <exception>
#include <fstream>

int main(int argc, char** argv) try {
  if (argc != 4) {
    std::fputs("usage: virga-catalog INPUT_DIR OUT.cpp NAMESPACE\n", stderr);
    return 3;
  }
  virga::catalog_tool::Problems problems;
  const virga::catalog_tool::Tables tables = virga::catalog_tool::read(argv[1], problems);
  for (const std::string& line : problems.lines()) std::fprintf(stderr, "%s\n", line.c_str());
  if (problems.any()) return 1;
  std::ofstream out(argv[2], std::ios::binary);
  out << virga::catalog_tool::write(tables, argv[3]);
  out.close();
  if (out.fail()) {
    std::fprintf(stderr, "%s: cannot be written\n", argv[2]);
    return 4;
  }
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "virga-catalog: %s\n", error.what());
  return 4;
}
