#include "backends/aliyun/serverless_devs/filled_in.h"

#include "backends/aliyun/serverless_devs/expressions.h"

#include <re2/re2.h>

namespace virga::aliyun::serverless_devs {

std::optional<FilledIn> first_filled_in(std::string_view text) {
  // A default that is no plain text, such as that of a path, only the tool can make out.
  static const re2::RE2 kForms(R"(\$\{vars\.([^}]*)\})"
                               R"(|\$\{\s*env\(\s*['"]([^'"}]*)['"]\s*(?:,\s*['"]([^'"}]*)['"]\s*)?\)\s*\})"
                               R"(|\{\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}\})"
                               R"(|\$\{resources\.([A-Za-z0-9_-]+)\.props\.(functionName|function\.name|name)\})");
  re2::StringPiece groups[7];
  if (!kForms.Match(text, 0, text.size(), re2::RE2::UNANCHORED, groups, 7)) return std::nullopt;
  FilledIn out;
  out.written = text.substr(static_cast<std::size_t>(groups[0].data() - text.data()), groups[0].size());
  if (groups[1].data() != nullptr) {
    out.name = std::string(groups[1]);
  } else if (groups[2].data() != nullptr) {
    out.by = FilledIn::By::environment;
    out.name = std::string(groups[2]);
    if (groups[3].data() != nullptr) out.fallback = std::string(groups[3]);
  } else if (groups[5].data() != nullptr) {
    out.by = FilledIn::By::other;
    out.name = std::string(groups[5]);
    out.property = std::string(groups[6]);
  } else {
    out.by = FilledIn::By::person;
    out.name = std::string(groups[4]);
  }
  return out;
}

std::optional<FilledIn> whole_filled_in(std::string_view text) {
  auto found = first_filled_in(text);
  return found && found->written == text ? found : std::nullopt;
}

std::optional<std::string> with_fallback(std::string_view text, const std::optional<std::string>& fallback) {
  const auto known = whole_filled_in(text);
  const bool other = known && known->by == FilledIn::By::environment && known->fallback != fallback;
  return other ? environment_call(known->name, fallback) : std::string(text);
}

}  // namespace virga::aliyun::serverless_devs
