// A policy as the cloud's own document, and how many of them.
#include "compiler/cloud/json_writer.h"
#include "compiler/plan/policy.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace virga::plan {
namespace {

/// `OrdersWorker`: letters and digits are all that a name of a statement may hold.
std::string camel(const std::string& text) {
  std::string out;
  bool begins = true;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool good = byte < 0x80 && std::isalnum(byte) != 0;
    if (good) out += begins ? static_cast<char>(std::toupper(byte)) : c;
    begins = !good;
  }
  return out;
}

/// Whose statement it is: of several the first, and how many more.
std::string label(const Statement& s, std::map<std::string, int>& taken) {
  std::string out = s.whose.empty() ? "Deployment" : camel(s.whose.front());
  if (out.empty()) out = "Node";
  if (s.whose.size() > 1) out += "And" + std::to_string(s.whose.size() - 1) + "More";
  const int times = ++taken[out];
  // A second one of the same name; what a node is called may end so itself, which then is taken as well.
  if (times > 1) {
    const std::string begin = out;
    for (int n = times; taken.contains(out); ++n) out = begin + "No" + std::to_string(n);
    ++taken[out];
  }
  return out;
}

cloud::Document texts(const std::vector<std::string>& items) {
  cloud::Document list = cloud::Document::list();
  for (const std::string& item : items) list.append(item);
  return list;
}

std::size_t size_of(std::span<const Statement> statements, const catalog::PolicyForm& form) {
  const std::string text = write_policy(statements, form);
  if (form.blanks_count) return text.size();
  return text.size() -
         static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\n'; }));
}

/// Halves of the longer list, as often as needed.
void part(const Statement& s, const catalog::PolicyForm& form, std::size_t largest, std::vector<Statement>& out) {
  auto halved = [&](std::vector<std::string> Statement::*which) {
    const auto middle = static_cast<std::ptrdiff_t>((s.*which).size() / 2);
    Statement first = s, second = s;
    (first.*which).assign((s.*which).begin(), (s.*which).begin() + middle);
    (second.*which).assign((s.*which).begin() + middle, (s.*which).end());
    part(first, form, largest, out);
    part(second, form, largest, out);
  };
  if (size_of({&s, 1}, form) <= largest || (s.on.size() < 2 && s.actions.size() < 2)) out.push_back(s);
  else if (s.on.size() > 1) halved(&Statement::on);
  else halved(&Statement::actions);
}

}  // namespace

std::string write_policy(std::span<const Statement> statements, const catalog::PolicyForm& form) {
  cloud::Document list = cloud::Document::list();
  std::map<std::string, int> taken;
  for (const Statement& s : statements) {
    cloud::Document one = cloud::Document::map();
    if (form.labels) one.set("Sid", label(s, taken));
    one.set("Effect", "Allow");
    one.set("Action", texts(s.actions));
    one.set("Resource", texts(s.on));
    if (!s.passed_to.empty()) {
      cloud::Document equals = cloud::Document::map();
      equals.set(form.passed_to, s.passed_to);
      cloud::Document condition = cloud::Document::map();
      condition.set("StringEquals", std::move(equals));
      one.set("Condition", std::move(condition));
    }
    list.append(std::move(one));
  }
  cloud::Document document = cloud::Document::map();
  document.set("Version", std::string(form.version));
  document.set("Statement", std::move(list));
  return cloud::write_json(document);
}

std::vector<std::vector<Statement>> split_policy(std::vector<Statement> statements, const catalog::PolicyForm& form,
                                                 std::size_t largest) {
  std::vector<Statement> small;
  for (const Statement& s : statements) part(s, form, largest, small);
  // What a statement adds is what it measures alone, without the rest of the document, and the comma and line end between;
  // a label that is taken grows by a few digits.
  constexpr std::size_t kBetween = 8;
  const std::size_t empty = size_of({}, form);
  std::vector<std::vector<Statement>> out;
  std::size_t size = 0;
  for (Statement& s : small) {
    const std::size_t adds = size_of({&s, 1}, form) - empty + kBetween;
    if (out.empty() || size + adds > largest) {
      out.emplace_back();
      size = empty;
    }
    size += adds;
    out.back().push_back(std::move(s));
  }
  return out;
}

}  // namespace virga::plan
