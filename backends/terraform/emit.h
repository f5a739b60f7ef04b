// A stack as a Terraform configuration, by a name table. Used by this folder only; format.h is what others see.
#pragma once

#include "backends/terraform/given/names.h"
#include "compiler/cloud/backend.h"

namespace virga::terraform {

/// The files as trees, and what the table has no words for.
struct Configuration {
  hcl::File main, variables, outputs, providers, versions;
  std::vector<cloud::Unsaid> unsaid;
  std::map<std::string, std::string> resources;  ///< address → logical id of the resource that the block is a part of
};

/// What a stack is written as.
[[nodiscard]] Configuration configuration(const Table& table, const cloud::Stack& stack, std::string_view banner);

class Emitter {
 public:
  Emitter(const Table& table, const cloud::Stack& stack) : table_(table), stack_(stack) {}
  /// Of a configuration that somebody else wrote: values are those of given/values.h.
  Emitter(const Table& table, const cloud::Stack& stack, const given::Names& names)
      : table_(table), stack_(stack), given_(&names) {}
  [[nodiscard]] Configuration run(std::string_view banner);
  /// What the rows make of the properties of a resource, and nothing else. Nothing when there are no words for all of them;
  /// `why` gets those.
  [[nodiscard]] std::optional<hcl::Body> body(const cloud::Resource& r, const Type& type,
                                              std::vector<cloud::Unsaid>* why = nullptr);

 private:
  /// A block of main.tf in the making.
  struct Block {
    Placed placed;
    std::string keyword = "resource";  ///< `data`, `ephemeral`
    hcl::Body body;
  };
  /// Where a value stands.
  struct Place {
    std::string where;  ///< for messages: `Target.RetryPolicy`
    bool json = false;  ///< within JSON `null` means itself
  };
  using Properties = cloud::Object;

  // emit.cpp
  void resource(const cloud::Resource& r);
  void name_only(const cloud::Resource& r, const Type& type);
  void marks();
  void mark(const cloud::Resource& r, const Type& type);
  void lifecycle(const cloud::Resource& r, const Type& type, std::vector<hcl::Expr> left, hcl::Body& body);
  void last_copy(const cloud::Resource& r, const Type& type, hcl::Body& body);
  [[nodiscard]] std::vector<hcl::Expr> leave(const cloud::Resource& r, const Type& type, hcl::Body& body) const;
  [[nodiscard]] bool refers_to(const cloud::Resource& r, std::string_view type) const;
  void dependencies();
  void conditions();
  void known_sources();
  void versions();
  void unsaid(std::string what, std::string_view why = {});
  void warn(const Row& row, const cloud::Value& value);

  // emit_nested.cpp
  void nest(const cloud::Resource& r, const Type& type);
  void nested_stack();
  [[nodiscard]] bool nests(const std::string& resource) const;
  [[nodiscard]] bool is_secret(const std::string& parameter) const;
  [[nodiscard]] bool engine_speaks(const cloud::Value& value) const;
  static hcl::Expr engine_reference(const std::string& resource, const std::string* attribute);
  static hcl::Expr engine_text(std::vector<hcl::Expr> parts);

  // emit_rows.cpp
  void rows(hcl::Body& body, const Address& on, std::span<const Row> rows, const Properties& properties,
            const std::string& where);
  void row(hcl::Body& body, const Address& on, const Row& row, const cloud::Value& value, const std::string& where);
  void joined(hcl::Body& body, const Row& row, const Properties& properties, const std::string& where);
  void parsed(hcl::Body& body, const Address& on, const Row& row, const cloud::Value& value, const std::string& where);
  void follows(const Row& row, const cloud::Value& value, const std::string& where);
  void block_for_each(hcl::Body& body, const Address& on, const Row& row, const cloud::Values& list,
                      const std::string& where);
  void pivot(hcl::Body& body, const Row& row, const cloud::Value& value, const std::string& where);
  void each(hcl::Body& body, const Row& row, const cloud::Value& value, const std::string& where);
  void implied(const Row& row, const Properties& beside, const cloud::Value& value, const std::string& where);
  void noted(hcl::Body& body, const Row& row, std::string_view name, const cloud::Value& value, const std::string& where);
  void split(hcl::Body& body, const Row& row, std::string_view name, const cloud::Value& value, const std::string& where);
  void file(hcl::Body& body, const Row& row, std::string_view name, const cloud::Value& value, const std::string& where);
  void source(hcl::Body& body, const Address& on, const Row& row, const cloud::Value& value, const std::string& where);
  void satellite(const Address& on, const Row& row, const cloud::Value& value, const std::string& where);
  std::size_t attach(const Address& on, const Satellite& satellite);
  hcl::Expr pairs(const Row& row, const cloud::Value& value, const std::string& where);
  hcl::Expr renamed_all(const Row& row, const cloud::Value& value, const std::string& where);
  hcl::Expr renamed(std::span<const Row> rows, const Properties& object, const std::string& where);
  hcl::Expr argument(const Row& row, const cloud::Value& value, const std::string& where);
  const Properties* object_in(const cloud::Value& value, const std::string& where);
  const cloud::Values* list_in(const cloud::Value& value, const std::string& where);

  // emit_values.cpp
  hcl::Expr expression(const cloud::Value& value, const Place& place);
  hcl::Expr reference(const std::string& resource, const std::string* attribute);
  hcl::Expr function(const cloud::Call& call, const Place& place);
  hcl::Expr calculation(const cloud::Values& arguments, const Place& place);
  hcl::Expr known(std::string_view name);
  hcl::Expr operand(const cloud::Value& value, const Place& place);

  // parameters.cpp
  void parameters();
  void parameter(const cloud::StackParameter& p);
  void outputs();

  const Table& table_;
  const cloud::Stack& stack_;
  const given::Names* given_ = nullptr;
  Configuration out_;
  std::vector<Block> blocks_;  ///< in the order in which they are written
  std::vector<Block> sources_, satellites_;  ///< of the resource at hand
  std::set<const Known*> known_;
  const cloud::Resource* at_ = nullptr;  ///< the resource at hand
  hcl::Expr nested_ = hcl::object();  ///< the resources of the stack in the configuration
  std::set<std::string> handed_;  ///< parameters that are handed on to it
  bool inside_ = false;  ///< the resource at hand is one of them
};

}  // namespace virga::terraform
