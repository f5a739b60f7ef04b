// A stack → an s.yaml and the templates of ROS beside it. Used by this folder only; format.h is what others see.
#pragma once

#include "backends/aliyun/serverless_devs/fold.h"
#include "compiler/cloud/backend.h"

namespace virga::aliyun::serverless_devs {

class Emitter {
 public:
  explicit Emitter(const cloud::Stack& stack) : stack_(stack), division_(stack) {}

  /// Fills `unsaid` as well.
  [[nodiscard]] cloud::Files run(std::string_view banner);
  std::vector<cloud::Unsaid> unsaid;

 private:
  // emit.cpp
  void fold_units();
  [[nodiscard]] cloud::Document main();
  [[nodiscard]] cloud::Document vars();
  [[nodiscard]] cloud::Document companion(std::string_view name, const cloud::Document& parameters) const;
  void check();
  void cannot(const std::string& resource, std::string what, std::string why = {});

  // emit_templates.cpp
  void divide_outputs();
  void fill_before();
  void fill_after();
  [[nodiscard]] cloud::Value brought(const cloud::Value& value, const std::string& resource);
  [[nodiscard]] bool comes_after(const cloud::Value& value) const;

  const cloud::Stack& stack_;
  Division division_;
  std::vector<cloud::Document> units_;  ///< the resources of the s.yaml, in the order of the division
  std::map<std::string, std::string> names_;  ///< logical id → where a part stands, when the rule says another id
  std::map<std::string, cloud::Value> wires_;  ///< outputs of the template before
  std::map<std::string, std::string> brought_;  ///< parameters of the template after → expressions
  cloud::Stack before_, after_;
};

}  // namespace virga::aliyun::serverless_devs
