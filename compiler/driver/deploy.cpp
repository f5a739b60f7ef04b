#include "compiler/driver/deploy.h"

#include "compiler/cloud/dump.h"
#include "compiler/cloud/naming.h"
#include "compiler/cloud/references.h"
#include "compiler/plan/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace virga::driver {
namespace {

/// What the words in braces of a command stand for.
using Words = std::map<std::string, std::string, std::less<>>;

/// A word that is not known stands for nothing; the catalogue's reader lets none through.
std::string fill(std::string_view command, const Words& words) {
  std::string out;
  for (std::size_t at = 0; at < command.size();) {
    const std::size_t open = command.find('{', at), close = command.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) return out.append(command.substr(at));
    // `jq '{…}'` and the like: braces that hold no word.
    const auto word = words.find(command.substr(open + 1, close - open - 1));
    out.append(command.substr(at, open - at));
    if (word != words.end()) out += word->second;
    at = close + 1;
  }
  return out;
}

/// The text of a value that a person could have typed; nothing for lists and what only the engine knows.
std::optional<std::string> plain(const cloud::Value& value) {
  if (const auto* text = value.get<std::string>()) return *text;
  if (value.get<double>() != nullptr || value.get<std::int64_t>() != nullptr || value.get<bool>() != nullptr)
    return cloud::to_text(value);
  return std::nullopt;
}

class Commands {
 public:
  Commands(plan::StackReport& report, const FrontEnd& front, const cloud::Target& target, const TargetStack* stack,
           bool several, const Output& output)
      : report_(report),
        front_(front),
        target_(target),
        stack_(stack),
        several_(several),
        output_(output),
        engine_(*target.backend->catalog().engine(target.format->name())) {}

  void run() {
    const std::string root = output_.folder + "/" + report_.target;
    words_["folder"] = template_folder(output_.folder, report_.target, report_.region, report_.part);
    words_["stack"] = report_.name;
    words_["region"] = report_.region.empty() ? "\"$" + std::string(cloud::kRegionVariable) + "\"" : report_.region;
    words_["app"] = front_.architecture.app.name;
    words_["replacing"] = report_.plan.count(plan::Action::replace) > 0 ? std::string(engine_.replacing) : "";
    if (stack_ != nullptr) parameters(stack_->lowered.stack);
    uploads(root);
    words_["template"] = std::string(
        report_.upload.empty() || engine_.uploaded_template.empty() ? engine_.template_file : engine_.uploaded_template);
    const auto& commands = report_.gone                              ? engine_.remove
                           : report_.first && !engine_.first.empty() ? engine_.first
                                                                     : engine_.deploy;
    for (const std::string_view command : commands) report_.commands.push_back(fill(command, words_));
    variables();
  }

 private:
  /// `{parameters}`, and `{parameter:NAME}` for each.
  void parameters(const cloud::Stack& stack) {
    // Those that must be given come first, so that a list without the others has no gaps.
    std::vector<const cloud::StackParameter*> given;
    for (const bool fallback : {false, true}) {
      for (const cloud::StackParameter& p : stack.parameters) {
        if (p.fallback.has_value() == fallback) given.push_back(&p);
      }
    }
    std::string all;
    std::size_t n = 0;
    for (const cloud::StackParameter* p : given) {
      const std::string value = value_of(*p);
      if (value.empty()) continue;  // a list that the template has a default for: it holds
      words_["parameter:" + p->name] = "\"" + value + "\"";
      all += fill(engine_.parameter, {{"n", std::to_string(++n)},
                                      {"name", target_.format->parameter_name(p->name)},
                                      {"variable", cloud::deployment_variable(p->name)},
                                      {"value", value}});
    }
    words_["parameters"] = all.empty() ? "" : std::string(engine_.parameters) + all;
  }

  /// An expression of the shell, to stand in double quotes.
  std::string value_of(const cloud::StackParameter& p) {
    if (const std::string other = output_of(p.name); !other.empty()) return other;
    const std::string variable = cloud::deployment_variable(p.name);
    if (p.fallback) {
      const auto text = plain(*p.fallback);
      return text ? "${" + variable + ":-" + plan::in_double_quotes(*text) + "}" : "";
    }
    const std::string what =
        p.description.empty() ? "the parameter `" + target_.format->parameter_name(p.name) + "`" : p.description;
    if (!several_) {
      wanted_.push_back({variable, what, ""});
      return "$" + variable;
    }
    std::string own = variable + "_";
    for (const char c : report_.region)
      own += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    wanted_.push_back({own, what, variable});
    return "$" + own;
  }

  /// What another app of the workspace gives, where its engine prints that.
  std::string output_of(const std::string& parameter) const {
    if (engine_.output.empty() || !output_.beside) return "";
    for (const Param& p : front_.architecture.params) {
      if (!p.import || cloud::logical_id(p.name) != parameter) continue;
      const std::optional<Giver> giver = output_.beside(*p.import, target_, report_.region);
      if (!giver) return "";
      return "$(" +
             fill(engine_.output, {{"folder", giver->folder},
                                   {"stack", giver->stack},
                                   {"region", words_.find("region")->second},
                                   {"output", target_.format->output_name(cloud::logical_id(p.import->output))}}) +
             ")";
    }
    return "";
  }

  void uploads(const std::string& root) {
    if (report_.archives.empty()) return;
    for (const std::string_view command : engine_.upload) {
      if (command.find("{code}") == std::string_view::npos) {
        report_.upload.push_back(fill(command, words_));
        continue;
      }
      for (const std::string& archive : report_.archives) {
        Words words = words_;
        words["code"] = root + "/" + archive;
        words["file"] = archive.substr(archive.rfind('/') + 1);
        report_.upload.push_back(fill(command, words));
      }
    }
  }

  /// Those that the commands do name.
  void variables() {
    const auto named = [&](const std::string& variable) {
      const auto has = [&](const std::string& command) { return command.find("$" + variable) != std::string::npos; };
      return std::any_of(report_.commands.begin(), report_.commands.end(), has) ||
             std::any_of(report_.upload.begin(), report_.upload.end(), has);
    };
    const std::string region(cloud::kRegionVariable);
    if (report_.region.empty() && named(region)) report_.variables.push_back({region, "the region to deploy to", ""});
    for (plan::Variable& v : wanted_) {
      if (named(v.name)) report_.variables.push_back(std::move(v));
    }
  }

  plan::StackReport& report_;
  const FrontEnd& front_;
  const cloud::Target& target_;
  const TargetStack* stack_;
  bool several_;
  const Output& output_;
  const catalog::EngineRow& engine_;
  Words words_;
  std::vector<plan::Variable> wanted_;
};

/// Code that is called nothing like it in what stands: its name ends in a hash of its content.
std::vector<std::string> new_archives(const plan::StackPlan& plan, const TargetStack& stack) {
  std::vector<std::string> out;
  const auto names = [](const cloud::Unit* unit, std::string_view file) {
    bool found = false;
    if (unit == nullptr) return found;
    for (const cloud::Member& m : unit->properties.members) {
      cloud::for_each_value(m.value, [&](const cloud::Value& v) {
        const auto* text = v.get<std::string>();
        found = found || (text != nullptr && text->find(file) != std::string::npos);
      });
    }
    return found;
  };
  for (const auto& [path, bytes] : stack.files) {
    if (!path.ends_with(".zip")) continue;
    const std::string_view file = std::string_view(path).substr(path.rfind('/') + 1);
    bool before = false, after = false;
    for (const plan::UnitChange& c : plan.changes) {
      before = before || names(c.before, file);
      after = after || names(c.after, file);
    }
    if (after && !before) out.push_back(path);
  }
  return out;
}

}  // namespace

std::string template_folder(const std::string& folder, const std::string& target, const std::string& region,
                            const std::string& part) {
  return folder + "/" + target + (region.empty() ? "" : "/" + region) + (part.empty() ? "" : "/" + part);
}

void add_commands(plan::StackReport& report, const FrontEnd& front, const cloud::Target& target, const TargetStack* stack,
                  bool several, const Output& output) {
  if (target.backend->catalog().engine(target.format->name()) == nullptr || !report.plan.acts()) return;
  if (stack != nullptr && !report.gone) report.archives = new_archives(report.plan, *stack);
  Commands(report, front, target, stack, several, output).run();
}

}  // namespace virga::driver
