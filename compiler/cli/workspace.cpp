#include "compiler/cli/workspace.h"

#include "compiler/driver/workspace.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace virga::cli {

std::optional<OpenWorkspace> open_workspace(const std::string& path, Form form) {
  const DiskFileSystem files(path);
  std::string prefix = path == "." ? "" : path;
  if (!prefix.empty() && prefix.back() != '/') prefix += '/';
  driver::Workspace workspace;
  Session session;  // for its findings
  auto read = driver::read_workspace(files, prefix, workspace, session.sink);
  if (!read) {
    complain(read.error().message);
    return std::nullopt;
  }
  session.front.project.sources = std::move(workspace.sources);
  OpenWorkspace out{workspace.name, {}, session.sink.has_errors()};
  if (out.failed) report(session, form);
  for (const std::string& app : workspace.apps) out.apps.push_back(prefix + app);
  return out;
}

void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr thrown;
  std::mutex mutex;
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        work(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!thrown) thrown = std::current_exception();
      }
    }
  };
  const std::size_t threads = std::min<std::size_t>(count, std::max(1u, std::thread::hardware_concurrency()));
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i) others.emplace_back(run);
  run();
  for (std::thread& t : others) t.join();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace virga::cli
