#include "compiler/cli/given.h"

#include "compiler/adopt/names.h"
#include "compiler/driver/adopt.h"

#include <filesystem>

namespace virga::cli {
namespace {

constexpr std::size_t kLargestFile = 64u << 20;

}  // namespace

std::optional<Given> read_given(const std::string& path, const std::string& from, Session& session, int& exit) {
  exit = kWorld;
  auto text = read_named(path, kLargestFile);
  if (!text) return std::nullopt;
  if (first_bad_utf8(text->text) != std::string_view::npos) {
    complain("`" + path + "` is not UTF-8 text");
    return std::nullopt;
  }
  const SourceFile& file = session.front.project.sources.add(path, std::move(text->text));
  const cloud::Target target = from.empty() ? driver::recognise(file) : cloud::find_target(from);
  if (target.format != nullptr && target.format->family() != nullptr) {
    const auto folder =
        std::make_shared<DiskFileSystem>(std::filesystem::absolute(path).lexically_normal().parent_path().string());
    const auto beside = [folder, &sources = session.front.project.sources](std::string_view named) -> const SourceFile* {
      auto inner = folder->read(named, kLargestFile);
      if (!inner || first_bad_utf8(*inner) != std::string_view::npos) return nullptr;
      return &sources.add(std::string(named), std::move(*inner));
    };
    return Given{&file, target, folder, beside};
  }
  complain(!from.empty() ? "nothing can be imported from `" + from + "`"
                         : "`" + path + "` is no template of a format that is known here; say which with --from");
  exit = kUsage;
  return std::nullopt;
}

std::string app_name(const std::string& given_path, const std::string& said, const cloud::Format& format) {
  if (!said.empty()) return said;
  const std::filesystem::path path = std::filesystem::absolute(given_path).lexically_normal();
  std::string name = path.stem().string();
  if (path.filename() == format.main_file() || name == "template" || name == "serverless" || name == "main")
    name = path.parent_path().filename().string();
  adopt::Names names;
  return names.take(name, "app");
}

}  // namespace virga::cli
