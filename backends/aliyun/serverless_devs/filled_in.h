// What somebody or something fills into an s.yaml before it counts: `${vars.region}`, `${env('STAGE', 'dev')}`, the
// `{{ stage }}` of a template of applications, `${resources.jobs.props.functionName}`. The last one is a reference in the
// program that is made of it, the others are parameters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace virga::aliyun::serverless_devs {

struct FilledIn {
  /// `other`: what another resource, or its function, is called.
  enum class By : std::uint8_t { variable, environment, person, other } by = By::variable;
  std::string name;  ///< of the variable, `a.b` within another one; of the other resource
  std::string property = {};  ///< of the other resource
  std::optional<std::string> fallback;  ///< of the environment: what counts where it says nothing
  std::string_view written;  ///< as it stands in the text
};

/// The first one in a text; nothing when there is none. What else stands in `${…}` only the tool knows.
/// https://docs.serverless-devs.com/user-guide/spec/ says what an s.yaml may ask for.
[[nodiscard]] std::optional<FilledIn> first_filled_in(std::string_view text);
/// The one that the whole text is.
[[nodiscard]] std::optional<FilledIn> whole_filled_in(std::string_view text);
/// A text that is one, with another default; as it is when that is its own, and when a person is asked, who gets none.
/// Nothing when the default has characters that end such an expression.
[[nodiscard]] std::optional<std::string> with_fallback(std::string_view text, const std::optional<std::string>& fallback);

}  // namespace virga::aliyun::serverless_devs
