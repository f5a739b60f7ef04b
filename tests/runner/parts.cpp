#include "tests/runner/parts.h"

#include "compiler/cloud/crossing.h"
#include "compiler/cloud/dump.h"
#include "compiler/cloud/references.h"
#include "compiler/diagnostics/render.h"
#include "compiler/driver/parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace virga::test {
namespace {

using Parts = std::vector<const driver::TargetStack*>;

/// The stacks of each target and region, in their order.
std::map<std::string, Parts> together(const Outcome& outcome) {
  std::map<std::string, Parts> out;
  for (const driver::TargetStack& s : outcome.stacks) out[s.target.name() + " " + s.region].push_back(&s);
  return out;
}

std::unique_ptr<Outcome> run_with_limit(const Program& program, std::size_t limit) {
  RunOptions options;
  for (const cloud::Target& t : cloud::all_targets()) {
    if (driver::can_part(t)) options.targets.push_back(t.name());
  }
  options.quotas = driver::NamedText{
      "quotas", fmt::format("aws:\n  cfn.resources.max: {0}\naliyun:\n  ros.stack.resources.max: {0}\n", limit)};
  return run(program, options);
}

/// What stands in a stack of what another one gives: by its text, the stack that gives it and the value there.
using Given = std::map<std::string, std::pair<std::size_t, cloud::Value>>;

Given given_by(const Parts& parts) {
  Given out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const cloud::Stack& stack = parts[i]->lowered.stack;
    for (const cloud::StackOutput& o : stack.outputs) {
      const cloud::Crossing crossing = cloud::crosses(*parts[i]->target.format)->crossing(stack.name, o.name);
      if (crossing.export_name == o.export_name) out.emplace(cloud::to_text(crossing.import), std::pair(i, o.value));
    }
  }
  return out;
}

cloud::Value put_back(const cloud::Value& value, const Given& given) {
  if (const auto* call = value.get<Box<cloud::Call>>()) {
    const auto found = given.find(cloud::to_text(value));
    return found != given.end()
               ? found->second.second
               : cloud::Value(Box<cloud::Call>(cloud::Call{(*call)->function, put_back((*call)->argument, given)}));
  }
  if (const auto* list = value.get<cloud::Values>()) {
    cloud::Values made;
    for (const cloud::Value& v : *list) made.push_back(put_back(v, given));
    return made;
  }
  if (const auto* object = value.get<cloud::Object>()) {
    cloud::Object made;
    for (const cloud::Member& m : object->members) made.members.push_back({m.key, put_back(m.value, given)});
    return made;
  }
  if (const auto* text = value.get<Box<cloud::Concat>>()) {
    cloud::Values made;
    for (const cloud::Value& v : (*text)->parts) made.push_back(put_back(v, given));
    return cloud::concat(std::move(made));
  }
  if (const auto* choice = value.get<Box<cloud::If>>())
    return Box<cloud::If>(
        cloud::If{(*choice)->condition, put_back((*choice)->then, given), put_back((*choice)->otherwise, given)});
  return value;
}

template <class T>
void add_once(std::vector<T>& to, const T& one) {
  if (std::none_of(to.begin(), to.end(), [&](const T& other) { return other.name == one.name; })) to.push_back(one);
}

void check_together(const std::string& name, const Parts& parts, std::size_t limit) {
  SCOPED_TRACE(name);
  const cloud::Stack& whole = *parts.front()->whole;
  const Given given = given_by(parts);
  std::map<std::string, std::size_t> part_of;
  cloud::Stack joined;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const cloud::Stack& stack = parts[i]->lowered.stack;
    EXPECT_LE(stack.resources.size(), limit) << stack.name;
    EXPECT_FALSE(stack.resources.empty()) << stack.name;
    EXPECT_TRUE(cloud::dangling(stack).empty())
        << stack.name << ": " << fmt::format("{}", fmt::join(cloud::dangling(stack), ", "));
    for (const cloud::Resource& r : stack.resources) {
      EXPECT_TRUE(part_of.emplace(r.id, i).second) << r.id << " stands twice";
      cloud::for_each_value(cloud::Value(r.properties), [&](const cloud::Value& v) {
        const auto found = v.get<Box<cloud::Call>>() != nullptr ? given.find(cloud::to_text(v)) : given.end();
        EXPECT_TRUE(found == given.end() || found->second.first < i) << r.id << " takes " << cloud::to_text(v);
      });
      cloud::Resource made = r;
      for (cloud::Member& m : made.properties.members) m.value = put_back(m.value, given);
      joined.resources.push_back(std::move(made));
    }
    for (const cloud::StackOutput& o : stack.outputs) {
      const bool own =
          std::any_of(whole.outputs.begin(), whole.outputs.end(), [&](const auto& w) { return w.name == o.name; });
      if (!own) continue;
      cloud::StackOutput made = o;
      made.value = put_back(o.value, given);
      joined.outputs.push_back(std::move(made));
    }
    for (const cloud::StackParameter& p : stack.parameters) add_once(joined.parameters, p);
    for (const cloud::Condition& c : stack.conditions) add_once(joined.conditions, c);
    SourceMap sources;
    diag::Sink sink;
    std::vector<const SourceFile*> texts;
    for (const auto& [path, bytes] : parts[i]->files) {
      const std::string folder = parts[i]->folder();
      if (path.starts_with(folder) && parts[i]->target.format->is_template(path.substr(folder.size())))
        texts.push_back(&sources.add(path, bytes));
    }
    EXPECT_EQ(cloud::difference(stack, parts[i]->target.format->read_all(texts, sink)), "")
        << stack.name << " reads back as another";
  }
  cloud::Stack expected = whole;
  for (cloud::Resource& r : expected.resources) {
    std::erase_if(r.depends_on, [&](const std::string& id) {
      EXPECT_LE(part_of[id], part_of[r.id]) << r.id << " waits for " << id;
      return part_of[id] != part_of[r.id];
    });
  }
  // A condition that nothing asks for is in no stack.
  std::erase_if(expected.conditions, [&](const cloud::Condition& c) {
    return std::none_of(joined.conditions.begin(), joined.conditions.end(), [&](const auto& j) { return j.name == c.name; });
  });
  joined.cloud = expected.cloud;
  joined.description = expected.description;
  EXPECT_EQ(cloud::difference(expected, joined), "") << "put together it is another stack";
}

/// target and region, and id of a resource → part
std::map<std::pair<std::string, std::string>, std::string> places(const Outcome& outcome) {
  std::map<std::pair<std::string, std::string>, std::string> out;
  for (const driver::TargetStack& s : outcome.stacks) {
    for (const cloud::Resource& r : s.lowered.stack.resources) out[{s.target.name() + " " + s.region, r.id}] = s.part;
  }
  return out;
}

void check_stays(Program program, const Outcome& first, std::size_t limit) {
  const auto text = driver::new_parts_file(first.front, first.stacks);
  ASSERT_TRUE(text);
  program.files.put("virga.parts", *text);
  const auto again = run_with_limit(program, limit);
  EXPECT_EQ(driver::new_parts_file(again->front, again->stacks), std::nullopt) << program.name << ": placed again";
  EXPECT_EQ(places(*again), places(first)) << program.name << ": the file says something else than was done\n"
                                           << diag::render_text(again->sink, again->front.project.sources);
  program.files.put("one_more/index.js", "exports.handler = async () => ({});\n");
  program.files.put("zz_one_more.virga", "function one_more_of_them { code = \"./one_more\"  runtime = nodejs20 }\n");
  program.paths.emplace_back("zz_one_more.virga");
  const auto more = run_with_limit(program, limit);
  const auto now = places(*more);
  if (now.empty()) return;  // a program that takes no function
  for (const auto& [what, part] : places(first)) {
    const auto found = now.find(what);
    if (found == now.end() || part.empty()) continue;  // another target, which the function makes too large
    EXPECT_EQ(found->second, part) << program.name << ": one more function moves " << what.second;
  }
}

}  // namespace

void check_parts(const Program& program) {
  constexpr std::size_t kSmallest = 5, kLargest = 200;
  for (std::size_t limit = kSmallest; limit < kLargest; limit *= 2) {
    const auto outcome = run_with_limit(program, limit);
    if (!outcome->front.whole) return;
    bool parted = false;
    for (const auto& [name, parts] : together(*outcome)) {
      if (!parts.front()->whole) continue;
      parted = true;
      check_together(program.name + " on " + name, parts, limit);
    }
    if (!parted) continue;
    check_stays(program, *outcome, limit);
    return;
  }
}

}  // namespace virga::test
