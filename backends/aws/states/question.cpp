#include "backends/aws/states/question.h"

#include <fmt/format.h>

#include <array>

namespace virga::aws::states {
namespace {

using workflow::Condition;
using Op = Condition::Op;

struct Word {
  std::string_view end;
  Op op;
};
/// The longer ones first: `NumericLessThanEquals` ends as `NumericEquals` does.
constexpr std::array<Word, 5> kWords = {{{"GreaterThanEquals", Op::at_least},
                                         {"LessThanEquals", Op::at_most},
                                         {"GreaterThan", Op::above},
                                         {"LessThan", Op::below},
                                         {"Equals", Op::equals}}};

class QuestionReader {
 public:
  QuestionReader(const Data& input, const Around& around, std::vector<workflow::Path>& used, std::string& lacks)
      : input_(input), around_(around), used_(used), lacks_(lacks) {}

  std::optional<Condition> question(const cloud::Object& rule) {
    for (const auto& [word, op] : {std::pair("And", Op::all), std::pair("Or", Op::any)}) {
      const cloud::Value* said = rule.find(word);
      const auto* list = said == nullptr ? nullptr : said->get<cloud::Values>();
      if (list == nullptr) continue;
      Condition out{op, {}, {}, {}};
      for (const cloud::Value& part : *list) {
        auto one = inner(part);
        if (!one) return std::nullopt;
        out.parts.push_back(std::move(*one));
      }
      return out.parts.empty()       ? no("asks nothing")
             : out.parts.size() == 1 ? std::optional(Condition(out.parts.front()))
                                     : std::optional(std::move(out));
    }
    if (const cloud::Value* negated = rule.find("Not")) {
      auto one = inner(*negated);
      if (!one) return std::nullopt;
      return Condition{Op::inverse, {}, {}, {std::move(*one)}};
    }
    const cloud::Value* variable = rule.find("Variable");
    const auto* path = variable == nullptr ? nullptr : variable->get<std::string>();
    if (path == nullptr) return no("asks for nothing that a flow knows");
    const Data asked = resolved(*path, input_, around_);
    for (const cloud::Member& m : rule.members) {
      if (m.key == "Variable" || m.key == "Next" || m.key == "Comment") continue;
      if (asked->kind != Datum::Kind::place)
        return no(fmt::format("asks for `{}`, and {}", *path,
                              asked->kind == Datum::Kind::unknown ? asked->why : "that is a constant"));
      return compared(m, {asked->path, {}});
    }
    return no(fmt::format("asks nothing of `{}`", *path));
  }

 private:
  std::optional<Condition> no(std::string why) {
    lacks_ = std::move(why);
    return std::nullopt;
  }

  std::optional<Condition> inner(const cloud::Value& value) {
    const auto* rule = value.get<cloud::Object>();
    return rule == nullptr ? no("asks nothing") : question(*rule);
  }

  std::optional<Condition> compared(const cloud::Member& m, workflow::Path path) {
    used_.push_back(path);
    const auto* flag = m.value.get<bool>();
    const auto* text = m.value.get<std::string>();
    if (m.key == "IsPresent" && flag != nullptr) {
      Condition there{Op::exists, std::move(path), Value{true, {}, {}}, {}};
      return *flag ? there : Condition{Op::inverse, {}, {}, {there}};
    }
    if (m.key == "StringMatches" && text != nullptr) return matched(std::move(path), *text);
    const bool plain_kind = m.key.starts_with("String") || m.key.starts_with("Numeric") || m.key.starts_with("Boolean");
    for (const Word& word : kWords) {
      auto constant = plain(m.value);
      if (!plain_kind || !m.key.ends_with(word.end) || !constant || constant->is_none()) continue;
      return Condition{word.op, std::move(path), std::move(*constant), {}};
    }
    return no(fmt::format("asks with `{}`, for which a flow has no question", m.key));
  }

  std::optional<Condition> matched(workflow::Path path, const std::string& pattern) {
    const std::size_t star = pattern.find('*');
    if (pattern.find('\\') != std::string::npos || (star != std::string::npos && (star + 1 != pattern.size() || star == 0)))
      return no(fmt::format("asks for texts like `{}`, and a flow knows how they begin alone", pattern));
    const std::string text = pattern.substr(0, star);
    return Condition{star == std::string::npos ? Op::equals : Op::prefix, std::move(path), Value{text, {}, {}}, {}};
  }

  const Data& input_;
  const Around& around_;
  std::vector<workflow::Path>& used_;
  std::string& lacks_;
};

}  // namespace

std::optional<Condition> read_question(const cloud::Object& rule, const Data& input, const Around& around,
                                       std::vector<workflow::Path>& used, std::string& lacks) {
  return QuestionReader(input, around, used, lacks).question(rule);
}

}  // namespace virga::aws::states
