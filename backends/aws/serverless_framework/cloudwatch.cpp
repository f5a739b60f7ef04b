// Rules and subscriptions of CloudWatch.
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

std::string without_line_ends(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
  return text;
}

void add_event(Template& made, const Function& function, const Document& said, std::size_t number) {
  RuleOf rule{"CloudWatchEvent", number, Document::map(), std::nullopt};
  set_if(rule.when, "EventPattern", said.find("event"));
  if (is_true(said.find("inputPath"))) rule.input_path = Document(without_line_ends(text_at(said, "inputPath")));
  add_event_rule(made, function, said, rule);
}

/// What the names of all groups of one function begin with: one permission is for all of them.
std::string common_beginning(const std::vector<std::string>& names) {
  std::string common = names.front();
  for (const std::string& name : names) {
    std::size_t same = 0;
    while (same < common.size() && same < name.size() && common[same] == name[same]) ++same;
    common.resize(same);
  }
  if (names.size() > 1 && !common.ends_with('*')) common += '*';
  return common;
}

}  // namespace

void add_cloudwatch_events(Template& made) {
  each_event(made.service, "cloudwatchEvent", [&](const Function& function, const Document& said, std::size_t number) {
    add_event(made, function, said, number);
  });
}

void add_cloudwatch_logs(Template& made) {
  std::map<std::string, std::vector<std::string>> groups;
  each_event(made.service, "cloudwatchLog", [&](const Function& function, const Document& said, std::size_t number) {
    const Document* group = said.is_scalar() ? &said : said.find("logGroup");
    if (group == nullptr || !group->is_scalar())
      return made.wrong(said, function.key + ".events.cloudwatchLog", "the name of a log group");
    const std::string name = without_line_ends(group->text());
    groups[function.key].push_back(name);
    std::string filter = without_line_ends(text_at(said, "filter"));
    if (said.is_scalar()) filter.clear();
    const std::size_t slash = filter.find('\\'), quote = filter.find('"');
    if (slash < quote && quote != std::string::npos) {
      // Quotes that were escaped for an older reader of the file.
      for (const char* escaped : {"\\\"", "\\'"}) filter = replaced(std::move(filter), escaped, escaped + 1);
    }
    const std::string permission = normalized(function.key) + "LambdaPermissionLogsSubscriptionFilterCloudWatchLog";
    std::vector<std::string> waits = function.waits();
    waits.push_back(permission);
    made.add(normalized(function.key) + "LogsSubscriptionFilterCloudWatchLog" + std::to_string(number),
             "AWS::Logs::SubscriptionFilter",
             Document::map({{"LogGroupName", name}, {"FilterPattern", filter}, {"DestinationArn", function.target()}}),
             waits);
    permit(made, permission, function.target(), "",
           text({"arn:", reference("AWS::Partition"), ":logs:", reference("AWS::Region"), ":", reference("AWS::AccountId"),
                 ":log-group:", common_beginning(groups[function.key]), ":*"}),
           function.waits());
    made.find(permission)->find("Properties")->set("Principal", text({"logs.", reference("AWS::Region"), ".amazonaws.com"}));
  });
}

}  // namespace virga::aws::serverless_framework
