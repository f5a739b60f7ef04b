// The resources of a stack while a program is lowered for a cloud on which its app was adopted: each id once, and what
// stands beside nodes and edges. Used by lower.cpp only.
#pragma once

#include "compiler/adopt/beside.h"
#include "compiler/adopt/template_values.h"

namespace virga::adopt {

class ResourceWriter {
 public:
  ResourceWriter(const TemplateValues& values, const cloud::Dialect& dialect, cloud::Stack& stack, diag::Sink& sink)
      : v_(values), dialect_(dialect), stack_(stack), sink_(sink) {}

  /// Null, and reported, when the id is taken. Good until the next one is added.
  cloud::Resource* add(const std::string& id, std::string_view type, const Attributes& said, Span span);
  /// What stands beside a node or an edge, between these ends: `beside` of its attributes. Gives the ids.
  std::vector<std::string> write(const Attributes& attributes, const Owner& owner, NodeId from, NodeId to, Span span);
  /// What stands beside nodes in their own resources; last of all, since what is said by hand would go into an item of the
  /// same type.
  void finish();
  void id_taken(const std::string& id, Span span);

 private:
  /// What stands beside a node in its own resource.
  struct Item {
    NodeId node;
    const Row* row;
    std::string id;
    cloud::Object properties;
    Span span;
  };

  const TemplateValues& v_;
  const cloud::Dialect& dialect_;
  cloud::Stack& stack_;
  diag::Sink& sink_;
  std::vector<Item> items_;
};

}  // namespace virga::adopt
