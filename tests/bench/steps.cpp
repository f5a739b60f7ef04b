// Time per step on a system of N functions, the one that tests/bench/generate writes.
#include "compiler/driver/compile.h"
#include "compiler/passes/passes.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"

#include <benchmark/benchmark.h>

#include <map>

namespace {

using namespace virga;

/// Written at build time by tests/bench/generate.
std::string system_of(std::int64_t n) {
  const DiskFileSystem files(VIRGA_SYSTEMS);
  auto text = files.read(std::to_string(n) + ".virga", std::size_t{64} << 20);
  if (!text) std::abort();
  return *text;
}

/// Everything up to the templates, once per size.
struct System {
  explicit System(std::int64_t n) {
    files.put("main.virga", system_of(n));
    files.put("code/index.py", "def handler(event, context):\n    return {}\n");
    if (!driver::front_end({{files, {"main.virga"}, ""}, ""}, front, sink) || sink.has_errors()) std::abort();
    code = driver::package(front.architecture, front.project, files, sink);
    stacks = driver::back_end(front, code, {cloud::all_targets(), ""}, sink);
    if (sink.has_errors()) std::abort();  // a system that a target refuses measures nothing
  }
  static const System& of(std::int64_t n) {
    static std::map<std::int64_t, std::unique_ptr<System>> made;
    auto& system = made[n];
    if (!system) system = std::make_unique<System>(n);
    return *system;
  }
  [[nodiscard]] const SourceFile& source() const {
    return front.project.sources.file(front.project.program.app.front().file->id);
  }

  MemoryFileSystem files;
  driver::FrontEnd front;
  driver::Packaged code;
  std::vector<driver::TargetStack> stacks;
  diag::Sink sink;
};

void parse(benchmark::State& state) {
  const System& system = System::of(state.range(0));
  for (auto _ : state) {
    diag::Sink sink;
    benchmark::DoNotOptimize(syntax::parse(system.source(), sink));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(system.source().text.size()));
}

void format(benchmark::State& state) {
  const System& system = System::of(state.range(0));
  const auto& file = *system.front.project.program.app.front().file;
  for (auto _ : state) benchmark::DoNotOptimize(syntax::format(system.source(), file));
}

void build(benchmark::State& state) {
  const System& system = System::of(state.range(0));
  for (auto _ : state) {
    diag::Sink sink;
    benchmark::DoNotOptimize(architecture::build(system.front.project.program, driver::build_options(""), sink));
  }
}

void check(benchmark::State& state) {
  const System& system = System::of(state.range(0));
  for (auto _ : state) {
    diag::Sink sink;
    passes::run(system.front.architecture, sink);
  }
}

void lower(benchmark::State& state, const cloud::Target& target) {
  const System& system = System::of(state.range(0));
  for (auto _ : state) {
    diag::Sink sink;
    benchmark::DoNotOptimize(target.backend->lower(
        {system.front.architecture, target.format->name(), "", {}, true, system.code.artifacts}, sink));
  }
}

void emit(benchmark::State& state, const cloud::Target& target) {
  for (const auto& made : System::of(state.range(0)).stacks) {
    if (made.target.format != target.format) continue;
    for (auto _ : state) benchmark::DoNotOptimize(target.format->emit(made.lowered.stack, "banner"));
  }
}

void read(benchmark::State& state, const cloud::Target& target) {
  for (const auto& made : System::of(state.range(0)).stacks) {
    if (made.target.format != target.format) continue;
    SourceMap sources;
    const SourceFile& source = sources.add("template.yaml", made.files.at(std::string(target.format->main_file())));
    for (auto _ : state) {
      diag::Sink sink;
      benchmark::DoNotOptimize(target.format->read(source, sink));
    }
  }
}

void whole(benchmark::State& state) {
  const System& system = System::of(state.range(0));
  for (auto _ : state) {
    driver::FrontEnd front;
    diag::Sink sink;
    (void)driver::front_end({{system.files, {"main.virga"}, ""}, ""}, front, sink);
    const auto code = driver::package(front.architecture, front.project, system.files, sink);
    benchmark::DoNotOptimize(driver::back_end(front, code, {cloud::all_targets(), ""}, sink));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::int64_t> sizes = {1, 5, 20};
  const auto add = [&](const std::string& name, auto function) {
    auto* b = benchmark::RegisterBenchmark(name.c_str(), function);
    b->Unit(benchmark::kMicrosecond);
    for (const std::int64_t n : sizes) b->Arg(n);
  };
  add("parse", parse);
  add("format", format);
  add("build", build);
  add("check", check);
  for (const cloud::Target& target : cloud::all_targets()) {
    add("lower/" + target.name(), [target](benchmark::State& state) { lower(state, target); });
    add("emit/" + target.name(), [target](benchmark::State& state) { emit(state, target); });
    add("read/" + target.name(), [target](benchmark::State& state) { read(state, target); });
  }
  add("whole", whole);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
