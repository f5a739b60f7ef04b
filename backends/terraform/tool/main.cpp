// virga-terraform-table INPUT_DIR OUT.cpp NAMESPACE: checks the YAML files of a name table and writes them as C++ constants.
#include "backends/terraform/tool/write.h"

#include <cstdio>
#include <exception>
#include <fstream>

int main(int argc, char** argv) try {
  if (argc != 4) {
    std::fputs("usage: virga-terraform-table INPUT_DIR OUT.cpp NAMESPACE\n", stderr);
    return 3;
  }
  virga::catalog_tool::Problems problems;
  const std::string text = virga::terraform_tool::write(argv[1], argv[3], problems);
  for (const std::string& line : problems.lines()) std::fprintf(stderr, "%s\n", line.c_str());
  if (problems.any()) return 1;
  std::ofstream out(argv[2], std::ios::binary);
  out << text;
  out.close();
  if (out.fail()) {
    std::fprintf(stderr, "%s: cannot be written\n", argv[2]);
    return 4;
  }
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "virga-terraform-table: %s\n", error.what());
  return 4;
}
