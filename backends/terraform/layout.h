// The files of a configuration, and what both directions agree on about them.
#pragma once

#include "backends/terraform/hcl/tree.h"
#include "backends/terraform/table.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace virga::terraform {

/// `aws_sqs_queue.orders`
struct Address {
  std::string type, name;
  [[nodiscard]] std::string text() const { return type + "." + name; }
  friend auto operator<=>(const Address&, const Address&) = default;
};

/// A block of main.tf that holds a resource, and which of the stack's it is a part of.
struct Placed {
  Address address;
  std::string resource;  ///< logical id
  const Satellite* satellite = nullptr;  ///< null for the first block of a resource
};

/// Who waits for whom: what a stack says once, Terraform wants to hear of every block.
class Dependencies {
 public:
  explicit Dependencies(std::vector<Placed> blocks);

  /// Addresses that the block of `resource` waits for without the stack saying so: awaited satellites of what it refers to,
  /// and satellites that must stand before it. In the order of the blocks.
  [[nodiscard]] std::vector<Address> implied(const Placed& block, const hcl::Body& body) const;
  /// All blocks of a resource.
  [[nodiscard]] std::vector<Address> of(const std::string& resource) const;
  [[nodiscard]] const Placed* find(const Address& address) const;

 private:
  std::vector<Placed> blocks_;
  std::map<Address, std::size_t> by_address_;
  std::map<std::string, std::vector<std::size_t>> by_resource_;
};

/// The resource that a value refers to as a whole; empty when it does not.
[[nodiscard]] std::string referred_resource(const cloud::Value& value);
/// Whether a property of a resource refers to the other one, however deep.
[[nodiscard]] bool mentions(const cloud::Resource& resource, std::string_view other);
/// What the copy is called that a resource leaves behind: of letters, digits and single hyphens. What belongs to `id` alone
/// when `stack` is empty.
[[nodiscard]] std::string name_of_copy(std::string_view stack, std::string_view id);

/// Addresses of resources that expressions of a body refer to.
[[nodiscard]] std::set<Address> referred(const hcl::Body& body);

[[nodiscard]] hcl::Expr to_expr(const Literal& literal);
/// A flag, a number or a text; nothing for other values, and other expressions.
[[nodiscard]] std::optional<hcl::Expr> scalar(const cloud::Value& value);
[[nodiscard]] std::optional<cloud::Value> scalar(const hcl::Expr& expression);
/// The body that a dotted path leads to, opened where it isn't yet.
hcl::Body& enter(hcl::Body& body, const std::vector<std::string>& around);
/// Adds what always stands in a body and isn't there yet. `id`: of the resource.
void add_always(hcl::Body& body, std::span<const Always> all, const std::string& id);
[[nodiscard]] std::string with_id(std::string_view text, const std::string& id);
[[nodiscard]] cloud::Value to_value(const Literal& literal);
/// `a.b.c` → `{"a", "b"}` and `c`.
[[nodiscard]] std::pair<std::vector<std::string>, std::string> split_path(std::string_view path);

/// A part of `http://{@account}.example.com/{name}`.
struct Piece {
  enum class Kind : std::uint8_t { words, attribute, known } kind = Kind::words;
  std::string_view text;
};
/// A plain name is an attribute alone.
[[nodiscard]] std::vector<Piece> pieces_of(std::string_view attribute);

inline constexpr std::string_view kBanner = "Made by Virga";

/// Words of a template of the engine within a configuration: those that both directions need.
namespace engine {
inline constexpr std::string_view kRef = "Ref", kGetAtt = "Fn::GetAtt", kJoin = "Fn::Join";
inline constexpr std::string_view kParameters = "Parameters", kResources = "Resources";
inline constexpr std::string_view kType = "Type", kProperties = "Properties", kDependsOn = "DependsOn";
inline constexpr std::string_view kDeletionPolicy = "DeletionPolicy", kRetain = "Retain", kDelete = "Delete";
/// Metadata of a resource in it: what it waits for outside, which is enough to make Terraform wait.
inline constexpr std::string_view kMetadata = "Metadata", kAfter = "virga:after";
/// The name of the one block that holds it.
inline constexpr std::string_view kStack = "stack";
}  // namespace engine

}  // namespace virga::terraform
