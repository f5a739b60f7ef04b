// A text against the file that says what it should be.
#pragma once

#include <filesystem>
#include <string>

namespace virga::test {

/// Lines that differ, with a few around them, `-` before what was expected and `+` before what came; empty when equal.
[[nodiscard]] std::string diff(const std::string& expected, const std::string& actual);

/// Fails the running test when the file and the text differ, with the command that would accept the text. With
/// VIRGA_ACCEPT set the file is rewritten instead.
void expect_file(const std::filesystem::path& file, const std::string& actual);

}  // namespace virga::test
