// Tests made of data: every folder of tests/golden, every example, every program of tests/errors, every page of a code. A
// new case needs no C++; tests/runner/discover.cmake tells ctest of it the next time.
#include "tests/runner/errors.h"
#include "tests/runner/golden.h"
#include "tests/runner/parts.h"
#include "tests/runner/plans.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace virga::test {
namespace {

namespace fs = std::filesystem;

class Check : public testing::Test {
 public:
  explicit Check(std::function<void()> body) : body_(std::move(body)) {}
  void TestBody() override { body_(); }

 private:
  std::function<void()> body_;
};

void add(const char* suite, const std::string& name, std::function<void()> body) {
  testing::RegisterTest(suite, name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                        [body = std::move(body)]() -> testing::Test* { return new Check(body); });
}

std::vector<fs::path> folders(const fs::path& parent) {
  std::vector<fs::path> out;
  if (!fs::exists(parent)) return out;
  for (const auto& entry : fs::directory_iterator(parent)) {
    if (entry.is_directory()) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Plans between programs that have nothing to do with each other: each golden over the one before it.
void register_plans(const fs::path& root) {
  for (const fs::path& folder : folders(root / "tests/plans"))
    add("Plan", folder.filename().string(), [=] { check_plan(folder); });
  std::vector<std::pair<std::string, fs::path>> programs;
  for (const fs::path& topic : folders(root / "tests/golden")) {
    if (topic.filename() == "examples") continue;
    for (const fs::path& folder : folders(topic))
      programs.emplace_back(topic.filename().string() + "/" + folder.filename().string(), folder);
  }
  for (std::size_t i = 0; i < programs.size(); ++i) {
    const auto& [name, folder] = programs[i];
    const auto& [other, other_folder] = programs[(i + programs.size() - 1) % programs.size()];
    add("PlanLaw", name, [=, name = name, folder = folder, other = other, other_folder = other_folder] {
      const Program program = program_in_folder(name, folder);
      check_plan_laws(program);
      check_plan_between(program_in_folder(other, other_folder), program);
    });
  }
}

void register_goldens(const fs::path& root) {
  for (const fs::path& topic : folders(root / "tests/golden")) {
    if (topic.filename() == "examples") continue;  // expectations only: the programs are in examples/
    for (const fs::path& folder : folders(topic)) {
      const std::string name = topic.filename().string() + "/" + folder.filename().string();
      add("Golden", name, [=] { check_expectations(program_in_folder(name, folder), folder); });
      add("Law", name, [=] { check_laws(program_in_folder(name, folder)); });
      add("Parts", name, [=] { check_parts(program_in_folder(name, folder)); });
    }
  }
}

/// Every folder below that holds a program, however deep: a story may have a program for each of its parts.
std::vector<fs::path> programs_below(const fs::path& parent) {
  std::vector<fs::path> out;
  for (const fs::path& folder : folders(parent)) {
    const fs::directory_iterator entries(folder);
    if (std::any_of(begin(entries), end(entries), [](const auto& e) { return e.path().extension() == ".virga"; })) {
      out.push_back(folder);
    } else {
      for (fs::path& inner : programs_below(folder)) out.push_back(std::move(inner));
    }
  }
  return out;
}

void register_examples(const fs::path& root) {
  for (const fs::path& folder : programs_below(root / "examples")) {
    const std::string name = fs::relative(folder, root / "examples").generic_string();
    if (name.starts_with("migrations/")) continue;  // as they came: tests/import/golden.py makes them again
    const fs::path expectations = root / "tests/golden/examples" / name;
    add("Example", name, [=] { check_clean(program_in_folder(name, folder)); });
    add("Parts", name, [=] { check_parts(program_in_folder(name, folder)); });
    add("Law", "examples/" + name, [=] { check_laws(program_in_folder(name, folder)); });
    add("PlanLaw", "examples/" + name, [=] { check_plan_laws(program_in_folder(name, folder)); });
    if (fs::exists(expectations)) {
      add("Golden", "examples/" + name, [=] { check_expectations(program_in_folder(name, folder), expectations); });
    }
  }
}

void register_errors() {
  for (const fs::path& path : error_programs()) {
    add("Error", error_program(path).name, [=] { check_errors(error_program(path)); });
  }
  // One test for all: what is wrong on one cloud is often right on the other, and a second trigger of one name shows only
  // so.
  add("Law", "error-programs-everywhere", [] {
    for (const fs::path& path : error_programs()) check_everywhere(error_program(path));
  });
}

}  // namespace
}  // namespace virga::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const std::filesystem::path root = VIRGA_SOURCE_DIR;
  virga::test::register_goldens(root);
  virga::test::register_plans(root);
  virga::test::register_examples(root);
  virga::test::register_errors();
  virga::test::register_registry_tests();
  return RUN_ALL_TESTS();
}
