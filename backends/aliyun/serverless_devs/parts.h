// How a stack is divided: what an s.yaml can say by itself, and what companion templates of ROS make before and after it.
#pragma once

#include "backends/aliyun/serverless_devs/table.h"
#include "compiler/cloud/stack.h"

#include <map>
#include <string>
#include <vector>

namespace virga::aliyun::serverless_devs {

/// Where a resource is said; in the order of deployment.
enum class Place : std::uint8_t {
  before,  ///< a template that needs no function
  app,  ///< the s.yaml itself
  after,  ///< a template that needs something of the s.yaml
};

/// A resource of the s.yaml, and the parts that belong to it, in the order of the stack.
struct Unit {
  const cloud::Resource* resource = nullptr;
  std::vector<const cloud::Resource*> parts;
};

class Division {
 public:
  /// Parts and domains that the s.yaml has no words for, or that would close a circle there, go to the template after it.
  explicit Division(const cloud::Stack& stack);

  [[nodiscard]] Place place(const std::string& id) const;
  [[nodiscard]] const std::vector<Unit>& units() const { return units_; }  ///< each after what it needs
  /// The unit that a resource of the s.yaml is, or belongs to; null when it stands elsewhere.
  [[nodiscard]] const Unit* unit_of(const std::string& id) const;
  [[nodiscard]] const cloud::Stack& stack() const { return stack_; }

 private:
  void fold();
  void spread();
  void gather();
  [[nodiscard]] bool move_out();
  [[nodiscard]] bool cut_circle();
  void order();
  [[nodiscard]] const cloud::Resource* owner_of(const cloud::Resource& r) const;
  [[nodiscard]] std::map<const cloud::Resource*, std::vector<const cloud::Resource*>> edges() const;

  const cloud::Stack& stack_;
  std::map<std::string, Place> places_;
  std::vector<Unit> units_;
  std::map<std::string, std::size_t> unit_;  ///< id → index in units_
};

/// The value as a literal of a table; whether it is that one.
[[nodiscard]] bool equals(const cloud::Value& value, const Literal& literal);

}  // namespace virga::aliyun::serverless_devs
