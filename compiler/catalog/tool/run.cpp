#include "compiler/catalog/tool/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>

namespace virga::catalog_tool {

int run(int argc, char** argv, std::string_view usage,
        const std::function<std::string(std::span<char*> arguments, Problems& problems)>& make) try {
  if (argc != 1 + std::count(usage.begin(), usage.end(), ' ')) {
    fmt::print(stderr, "usage: {}\n", usage);
    return 3;
  }
  Problems problems;
  const std::string text = make({argv + 1, static_cast<std::size_t>(argc - 1)}, problems);
  for (const std::string& line : problems.lines()) fmt::print(stderr, "{}\n", line);
  if (problems.any()) return 1;
  std::ofstream out(argv[2], std::ios::binary);
  out << text;
  out.close();
  if (out.fail()) {
    fmt::print(stderr, "{}: cannot be written\n", argv[2]);
    return 4;
  }
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "{}: {}\n", usage.substr(0, usage.find(' ')), error.what());
  return 4;
}

}  // namespace virga::catalog_tool
