// Outputs that no resource of a template gives by itself, and that its makers therefore compose: the address of a gateway is
// `https://{Ref}.gateways.{engine.region}.example.com/{.Stage}`. Read one way the whole text is `shop.url`, the
// other way `shop.url` is the whole text.
#pragma once

#include "compiler/cloud/stack.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace virga::adopt {

/// Whether what a row says of an output is such a text, or leads to a neighbour, and is no attribute of the engine.
[[nodiscard]] bool is_composed(std::string_view form);

/// What a resource has for a property; nothing when it does not say it.
using PropertyOf = std::function<std::optional<cloud::Value>(std::string_view)>;

/// The text of a resource. `{Ref}` is the resource, `{engine.region}` what the engine knows, `{.X}` a property; what stands
/// in brackets falls away when a property within is not said. Nothing when one outside of them is not.
[[nodiscard]] std::optional<cloud::Value> composed(std::string_view form, const std::string& id, const PropertyOf& property);

/// `{@id}Url.FunctionUrl if FunctionUrlConfig.AuthType`: an attribute of a resource that the engine makes beside the node's,
/// where the node's says that property as a plain text.
struct Neighbour {
  std::string id, attribute;  ///< of that resource
};
[[nodiscard]] std::optional<Neighbour> neighbour(std::string_view form, const std::string& id,
                                                 const cloud::Object& properties);
/// The same, whether the node's resource says the property or not.
[[nodiscard]] std::optional<Neighbour> neighbour(std::string_view form, const std::string& id);

/// A text with each place that is `whole` replaced by `by`. A place ends where the text does, or before `/`, `?` or `#`: an
/// address that only begins alike is another one.
[[nodiscard]] cloud::Values with_outputs(const cloud::Values& text, const cloud::Value& whole, const cloud::Value& by);

}  // namespace virga::adopt
