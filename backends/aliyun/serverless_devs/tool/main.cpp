// virga-serverless-devs-table INPUT_DIR OUT.cpp: checks the YAML files of the name table and writes them as C++ constants.
#include "backends/aliyun/serverless_devs/tool/write.h"

#include <cstdio>
#include <exception>
#include <fstream>

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::fputs("usage: virga-serverless-devs-table INPUT_DIR OUT.cpp\n", stderr);
    return 3;
  }
  virga::catalog_tool::Problems problems;
  const std::string text = virga::serverless_devs_tool::write(argv[1], problems);
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
  std::fprintf(stderr, "virga-serverless-devs-table: %s\n", error.what());
  return 4;
}
