#include "compiler/cli/given.h"

#include "compiler/adopt/names.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/driver/adopt.h"

#include <algorithm>
#include <filesystem>

namespace virga::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = 64u << 20;

/// Names of the files beside `name` that make one template with it, that one first; just the one where it stands alone. Of a
/// folder (`name` is empty): all of them, or its main file.
std::vector<std::string> parts_of(const FileSystem& folder, const std::string& name) {
  std::vector<std::string> names;
  if (const auto entries = folder.list(".")) {
    for (const DirectoryEntry& entry : *entries) {
      if (folder.is_file(entry.name)) names.push_back(entry.name);
    }
  }
  for (const cloud::Target& target : cloud::all_targets()) {
    const cloud::Format& format = *target.format;
    if (!format.takes_folder() || (!name.empty() && !format.is_template(name))) continue;
    std::vector<std::string> out;
    std::copy_if(names.begin(), names.end(), std::back_inserter(out),
                 [&](const std::string& one) { return format.is_template(one); });
    const std::string first = name.empty() ? std::string(format.main_file()) : name;
    std::stable_partition(out.begin(), out.end(), [&](const std::string& one) { return one == first; });
    if (!out.empty()) return out;
  }
  if (!name.empty()) return {name};
  for (const cloud::Target& target : cloud::all_targets()) {
    const std::string main(target.format->main_file());
    if (std::find(names.begin(), names.end(), main) != names.end()) return {main};
  }
  return {};
}

/// Whether a text looks like a document and is none, so that nobody can recognise it: the findings say where.
bool is_broken(const SourceFile& file, diag::Sink& sink) {
  static constexpr std::string_view kEnds[] = {".yaml", ".yml", ".json", ".template"};
  const bool document = std::any_of(std::begin(kEnds), std::end(kEnds), [&](auto end) { return file.path.ends_with(end); });
  return document && !cloud::read_template(file, sink) && sink.has_errors();
}

}  // namespace

std::optional<Given> read_given(const std::string& path, const std::string& from, Session& session, int& exit) {
  exit = kWorld;
  std::error_code error;
  const bool whole = fs::is_directory(path, error);
  const fs::path named = fs::absolute(whole ? fs::path(path) / "" : fs::path(path)).lexically_normal();
  Given given;
  given.folder = std::make_shared<DiskFileSystem>(named.parent_path().string());
  const std::vector<std::string> parts = parts_of(*given.folder, whole ? "" : named.filename().string());
  if (parts.empty()) {
    complain("`" + path + "` holds no template of a format that is known here");
    exit = kUsage;
    return std::nullopt;
  }
  for (const std::string& part : parts) {
    const std::string shown = (whole ? fs::path(path) / part : fs::path(path).parent_path() / part).generic_string();
    auto text = read_named(shown, kLargestFile);
    if (!text) return std::nullopt;
    if (first_bad_utf8(text->text) != std::string_view::npos) {
      complain("`" + shown + "` is not UTF-8 text");
      return std::nullopt;
    }
    given.files.push_back(&session.front.project.sources.add(shown, std::move(text->text)));
  }
  if (!from.empty()) given.target = cloud::find_target(from);
  for (const SourceFile* file : given.files) {
    if (from.empty() && given.target.format == nullptr) given.target = driver::recognise(*file);
  }
  if (given.target.format != nullptr && given.target.format->family() != nullptr) {
    given.named = [folder = given.folder,
                   &sources = session.front.project.sources](std::string_view name) -> const SourceFile* {
      auto inner = folder->read(name, kLargestFile);
      if (!inner || first_bad_utf8(*inner) != std::string_view::npos) return nullptr;
      return &sources.add(std::string(name), std::move(*inner));
    };
    return given;
  }
  if (from.empty() && is_broken(*given.files.front(), session.sink)) {
    report(session, Form::text);
    exit = kErrors;
    return std::nullopt;
  }
  complain(!from.empty() ? "nothing can be imported from `" + from + "`"
                         : "`" + path + "` is no template of a format that is known here; say which with --from");
  exit = kUsage;
  return std::nullopt;
}

std::string same_file(const std::string& path) {
  std::error_code error;
  return fs::weakly_canonical(path, error).generic_string();
}

std::string app_name(const std::string& given_path, const std::string& said, const cloud::Format& format) {
  if (!said.empty()) return said;
  std::error_code error;
  const fs::path path = fs::absolute(given_path).lexically_normal();
  std::string name = path.stem().string();
  if (fs::is_directory(path, error)) {
    name = (path / "").parent_path().filename().string();
  } else if (path.filename() == format.main_file() || format.takes_folder() || name == "template" || name == "serverless" ||
             name == "main") {
    name = path.parent_path().filename().string();
  }
  adopt::Names names;
  return names.take(name, "app");
}

}  // namespace virga::cli
