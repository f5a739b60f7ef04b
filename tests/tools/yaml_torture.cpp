// yaml_torture DIRECTORY: writes torture.yaml and its twin torture.json, for parsers other than ours to compare.
#include "compiler/cloud/json_writer.h"
#include "compiler/cloud/yaml_writer.h"
#include "compiler/source/file_system.h"
#include "tests/support/torture.h"

#include <cstdio>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: yaml_torture DIRECTORY\n");
    return 2;
  }
  const virga::cloud::Document document = virga::torture::document();
  const auto error = virga::write_files(
      argv[1], {{"torture.yaml", virga::cloud::write_yaml(document, {{"Strings that are hard to write."}, true})},
                {"torture.json", virga::cloud::write_json(document)}});
  if (error) {
    std::fprintf(stderr, "yaml_torture: %s\n", error->message.c_str());
    return 1;
  }
  return 0;
}
