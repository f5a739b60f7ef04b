#include "compiler/catalog/tool/document.h"

#include <algorithm>
#include <charconv>

namespace virga::catalog_tool {

void Problems::add(const std::string& file, const YAML::Mark& mark, const std::string& message) {
  lines_.push_back(file + ":" + std::to_string(mark.line + 1) + ": " + message);
}

Entry::Entry(std::string file, YAML::Node node, Problems& problems)
    : file_(std::move(file)), node_(std::move(node)), problems_(&problems) {
  if (!node_.IsMap()) {
    problem("expected a mapping");
    node_ = YAML::Node(YAML::NodeType::Map);
  }
}

YAML::Node Entry::raw(const char* key) {
  asked_.insert(key);
  return node_[key];
}

std::string Entry::optional(const char* key, std::string otherwise) {
  const YAML::Node found = raw(key);
  if (!found.IsDefined()) return otherwise;
  if (!found.IsScalar()) {
    problems_->add(file_, found.Mark(), std::string("`") + key + "` must be text");
    return otherwise;
  }
  return found.Scalar();
}

std::string Entry::required(const char* key) {
  std::string text = optional(key);
  if (text.empty()) problem(std::string("`") + key + "` is missing");
  return text;
}

bool Entry::flag(const char* key, bool otherwise) {
  const std::string text = optional(key, otherwise ? "true" : "false");
  if (text != "true" && text != "false") problem(std::string("`") + key + "` must be true or false");
  return text == "true";
}

unsigned Entry::count(const char* key, unsigned otherwise) {
  const YAML::Node found = raw(key);
  if (!found.IsDefined()) return otherwise;
  const std::optional<double> number = as_number(found);
  if (!number || *number < 0 || *number != static_cast<unsigned>(*number)) {
    problem(std::string("`") + key + "` must be a whole number");
    return otherwise;
  }
  return static_cast<unsigned>(*number);
}

std::vector<std::string> Entry::list(const char* key) {
  std::vector<std::string> items;
  const YAML::Node found = raw(key);
  if (!found.IsDefined()) return items;
  if (!found.IsSequence()) {
    problems_->add(file_, found.Mark(), std::string("`") + key + "` must be a list");
    return items;
  }
  for (const YAML::Node& item : found) {
    if (item.IsScalar()) items.push_back(item.Scalar());
    else problems_->add(file_, item.Mark(), std::string("`") + key + "` must be a list of texts");
  }
  return items;
}

std::vector<std::string> Entry::words(const char* key) {
  const YAML::Node found = raw(key);
  if (found.IsDefined() && found.IsSequence() && found.size() > 0) return list(key);
  return {optional(key)};
}

std::string Entry::word(const char* key, const std::vector<std::string>& allowed) {
  std::string text = required(key);
  if (!text.empty() && std::find(allowed.begin(), allowed.end(), text) == allowed.end()) {
    std::string message = "`" + text + "` is no `" + key + "`; one of:";
    for (const std::string& word : allowed) message += " " + word;
    problem(message);
  }
  return text;
}

void Entry::finish() const {
  for (const auto& member : node_) {
    if (!asked_.contains(member.first.Scalar())) {
      problems_->add(file_, member.first.Mark(), "unknown key `" + member.first.Scalar() + "`");
    }
  }
}

std::optional<double> as_number(const YAML::Node& node) {
  if (!node.IsDefined() || !node.IsScalar() || node.Tag() == "!") return std::nullopt;  // "!": the scalar was quoted
  const std::string& text = node.Scalar();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<Entry> entries(const std::filesystem::path& path, Problems& problems) {
  std::vector<Entry> found;
  if (!std::filesystem::exists(path)) return found;
  const std::string file = path.string();
  try {
    const YAML::Node document = YAML::LoadFile(file);
    if (document.IsNull()) return found;
    if (!document.IsSequence()) {
      problems.add(file, document.Mark(), "expected a list");
      return found;
    }
    for (const YAML::Node& item : document) found.emplace_back(file, item, problems);
  } catch (const YAML::Exception& error) {
    problems.add(file, error.mark, error.msg);
  }
  return found;
}

std::vector<Entry> nested(Entry& entry, const char* key, const std::string& file, Problems& problems) {
  std::vector<Entry> out;
  const YAML::Node list = entry.raw(key);
  if (!list.IsDefined()) return out;
  if (!list.IsSequence()) entry.problem("`" + std::string(key) + "` must be a list of mappings");
  for (const YAML::Node& node : list) {
    if (node.IsMap()) out.emplace_back(file, node, problems);
    else entry.problem("`" + std::string(key) + "` must be a list of mappings");
  }
  return out;
}

}  // namespace virga::catalog_tool
