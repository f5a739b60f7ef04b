// A resource of the stack → what stands for it in the s.yaml, by the rows of the table.
#pragma once

#include "backends/aliyun/serverless_devs/expressions.h"

namespace virga::aliyun::serverless_devs {

struct Folded {
  cloud::Document props;  ///< a map; of a part, what stands under its key or in its list
  std::map<std::string, cloud::Value> wires;  ///< see Expressions
  std::vector<Problem> problems;
};

class Fold {
 public:
  explicit Fold(const Division& division) : expressions_(division), division_(division) {}
  /// `r` stands in the s.yaml, as the division has it.
  [[nodiscard]] Folded run(const cloud::Resource& r);

 private:
  cloud::Document rows(std::span<const Row> rows, const cloud::Object& object, const std::string& where);
  void row(cloud::Document& into, const Row& row, const cloud::Value& value, const std::string& where);
  cloud::Document say(const cloud::Value& value, bool as_text, const std::string& where);
  void problem(std::string what, std::string why = {}) { problems_.push_back({std::move(what), std::move(why)}); }

  Expressions expressions_;
  const Division& division_;
  const cloud::Resource* at_ = nullptr;
  std::vector<Problem> problems_;
};

}  // namespace virga::aliyun::serverless_devs
