// An s.yaml and the templates of ROS beside it → the stack that they describe. Used by this folder only.
#pragma once

#include "backends/aliyun/serverless_devs/expressions.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/source_map.h"

#include <span>

namespace virga::aliyun::serverless_devs {

class Reader {
 public:
  explicit Reader(diag::Sink& sink) : sink_(sink) {}
  [[nodiscard]] cloud::Stack run(std::span<const SourceFile* const> files);

 private:
  /// A resource of the s.yaml that is a template of ROS.
  struct Companion {
    std::string name;
    cloud::Stack stack;
    const cloud::Document* parameters = nullptr;  ///< what the s.yaml gives it
  };
  struct Template {
    std::string file;
    cloud::Document document;
  };

  // read.cpp
  void main(const cloud::Document& document);
  void resource(const cloud::Document::Entry& entry);
  cloud::Document extended(const cloud::Document& resource, const cloud::Document& props);
  void unit(const std::string& name, const Type& type, const cloud::Document& props);
  void part(const Type& type, const cloud::Resource& owner, const cloud::Document& said, std::size_t index);
  cloud::Object rows(const Type& type, std::span<const Row> rows, const cloud::Document& map, const std::string& of);
  cloud::Value row(const Type& type, const Row& row, const cloud::Document& said, const std::string& of);
  void notes(const cloud::Document& own);
  void waits();
  void shape(const cloud::Document& at, const std::string& what, const char* expected);

  // read_templates.cpp
  void companion(const std::string& name, const cloud::Document& props);
  void merge(Companion& from);

  // read_values.cpp
  cloud::Value value(const cloud::Document& document);
  cloud::Value text(const std::string& text, Span span);
  std::optional<cloud::Value> expression(std::string_view inner);
  std::optional<cloud::Value> variable(std::string_view path);
  std::optional<cloud::Value> environment(std::string_view call);
  std::optional<cloud::Value> output(std::string_view resource, std::string_view path);
  std::optional<cloud::Value> property(const cloud::Document* of, std::string_view path);
  [[nodiscard]] const cloud::Document* at(const cloud::Document* from, std::string_view path) const;

  diag::Sink& sink_;
  cloud::Stack stack_;
  std::vector<Template> templates_;
  std::vector<Companion> companions_;
  const cloud::Document* vars_ = nullptr;
  const cloud::Document* resources_ = nullptr;
  const cloud::Document* bases_ = nullptr;  ///< properties that resources extend
  const cloud::Document* this_ = nullptr;  ///< the resource at hand
  std::map<std::string, std::string> names_;  ///< where a part stands → its id
  std::map<std::string, std::vector<std::string>> waits_;
  std::vector<cloud::Resource> made_;  ///< of the s.yaml
  int depth_ = 0;  ///< of variables in variables
  std::size_t spent_ = 0;  ///< bytes that variables were filled with
};

}  // namespace virga::aliyun::serverless_devs
