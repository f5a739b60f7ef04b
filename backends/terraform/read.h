// A Terraform configuration → the stack that it describes, by a name table. Used by this folder only.
#pragma once

#include "backends/terraform/given/names.h"
#include "compiler/diagnostics/sink.h"

#include <map>
#include <optional>

namespace virga::terraform {

/// A body while it is taken apart. What nobody took at the end was not understood.
class Open {
 public:
  explicit Open(const hcl::Body& body) : body_(&body), taken_(body.items.size(), false) {}

  /// The argument, as long as nobody took it.
  [[nodiscard]] const hcl::Item* argument(std::string_view name) const;
  /// The blocks of a type that nobody took.
  [[nodiscard]] std::vector<const hcl::Item*> blocks(std::string_view name) const;
  void take(const hcl::Item& item) { taken_[static_cast<std::size_t>(&item - body_->items.data())] = true; }
  /// The one block of this type, which several rows share; null when there is none.
  [[nodiscard]] Open* inside(std::string_view name);
  /// The body that a dotted path leads to, and the last word of the path; null when a block on the way is missing.
  [[nodiscard]] std::pair<Open*, std::string> at(std::string_view path);
  /// Arguments and blocks that nobody took.
  [[nodiscard]] std::vector<const hcl::Item*> left() const;
  /// The same with the blocks around them.
  [[nodiscard]] hcl::Body rest() const;

 private:
  const hcl::Body* body_;
  std::vector<bool> taken_;
  std::map<const hcl::Item*, Open> inside_;
};

class Reader {
 public:
  Reader(const Table& table, diag::Sink& sink) : table_(table), sink_(sink) {}
  /// Of a configuration that somebody else wrote: values are those of given/values.h.
  Reader(const Table& table, diag::Sink& sink, const given::Names& names) : table_(table), sink_(sink), given_(&names) {}
  [[nodiscard]] cloud::Stack run(const std::vector<hcl::File>& files);
  /// What one row makes of a body; takes what that is made of. Empty when the row finds nothing.
  [[nodiscard]] cloud::Object properties(Open& body, const Address& on, const Row& row);

 private:
  /// A property that was read, and where its first word stands: properties come back in the order of the file.
  struct Read {
    cloud::Value value;
    Span at;
  };
  struct Block {
    const hcl::Item* item = nullptr;
    bool used = false;
  };

  // read.cpp
  void collect(const hcl::Item& item);
  void variable(const hcl::Item& item, cloud::Stack& stack);
  void output(const hcl::Item& item, cloud::Stack& stack);
  void locals(const hcl::Item& item, cloud::Stack& stack);
  void settings(const hcl::Item& item, cloud::Stack& stack);
  [[nodiscard]] const Type* name_of(const hcl::Expr& expression) const;
  void resource(const hcl::Item& item, cloud::Stack& stack);
  void lifecycle(Open& body, const Type& type, const Address& on, cloud::Resource& r);
  [[nodiscard]] bool left(Open& body, const Type& type, const Address& on, const hcl::Item& changes);
  void marks(cloud::Stack& stack);
  void last_copy(Open& body, const Type& type, cloud::Resource& r, cloud::Stack& stack);
  void follow(cloud::Stack& stack);
  void depends_on(cloud::Stack& stack);
  void report_left(const Open& body, const std::string& of);
  void ignored(const hcl::Item& item, const std::string& of);
  [[nodiscard]] const Type* type_of(std::string_view terraform) const;
  [[nodiscard]] const Type* type_of(const hcl::Item& resource) const;

  // read_nested.cpp
  void nested_stack(const hcl::Item& item, cloud::Stack& stack);
  void nested_resource(const std::string& id, const hcl::Expr& made, cloud::Stack& stack);
  std::optional<cloud::Value> engine_value(const hcl::Expr& object);

  // read_rows.cpp
  std::optional<Read> rows(Open& body, const Address& on, std::span<const Row> rows);
  std::optional<Read> row(Open& body, const Address& on, const Row& row);
  std::optional<Read> blocks(Open& body, const Address& on, const Row& row);
  std::optional<Read> keyed(Open& body, const Row& row, const Address& on);
  std::optional<Read> flat(Open& body, const Address& on, const Row& row, bool list);
  std::optional<Read> pivot(Open& body, const Row& row);
  std::optional<Read> each(Open& body, const Row& row);
  std::optional<Read> reference(Open& body, const Row& row);
  std::optional<Read> file(Open& body, const Row& row);
  std::optional<Read> source(Open& body, const Address& on, const Row& row);
  std::optional<Read> satellites(const Address& on, const Row& row);
  std::optional<Read> satellite(const Address& on, const Row& row);
  void close(Open& open, const Satellite& satellite);
  void companions(std::span<const Satellite> all, const Address& on);
  std::optional<Read> tagged(Open& body, const Row& row);
  std::optional<Read> noted(Open& body, const Row& row);
  bool held(const Address& address, const Satellite& satellite, const Address& on) const;
  bool linked(const hcl::Body& body, const Satellite& satellite, const Address& on) const;
  bool joined(Open& body, const Row& row, cloud::Object& into, Span& at);
  void always(Open& body, std::span<const Always> all);
  std::optional<cloud::Value> argument(const Row& row, const hcl::Expr& expression);
  cloud::Value pairs(const Row& row, const hcl::Expr& expression);
  cloud::Value renamed(std::span<const Row> rows, const hcl::Expr& expression);
  cloud::Value renamed_all(const Row& row, const hcl::Expr& expression);

  // read_values.cpp
  cloud::Value value(const hcl::Expr& expression, bool json = false);
  std::optional<cloud::Value> worded(cloud::Values& before, std::vector<hcl::Expr>& rest);
  [[nodiscard]] std::optional<cloud::Value> known(const std::vector<std::string>& words) const;
  cloud::Value path(const hcl::Expr& expression);
  cloud::Value call(const hcl::Expr& expression, bool json);
  cloud::Value unknown(const hcl::Expr& expression);
  cloud::Value chain(const hcl::Expr& expression);

  const Table& table_;
  diag::Sink& sink_;
  const given::Names* given_ = nullptr;
  std::map<Address, Block> resources_, sources_;
  std::vector<Address> order_;  ///< of the resources
  std::map<std::string, const hcl::Item*> locals_;
  std::set<std::string> kept_;  ///< local values that keep a property
  std::map<Address, std::vector<const Type*>> names_;  ///< what local values make of a resource
  std::vector<Placed> placed_;  ///< the blocks that were understood
  std::map<std::string, Open> opens_;  ///< resources whose blocks were read, until all of them were
  std::vector<std::pair<std::size_t, const Type*>> marked_;  ///< resources of which a part stands on another one
  std::string at_;  ///< the resource at hand
  std::set<std::string> nested_, handed_;  ///< resources and parameters of the stack in the configuration
  bool inside_ = false;  ///< the resource at hand is one of them
};

}  // namespace virga::terraform
