#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

namespace virga::aws::serverless_framework {
namespace {

struct Dead {
  Document arn, url;
};

/// Where messages go that a function did not take.
std::optional<Dead> dead_letters(const Document* policy) {
  if (policy == nullptr) return std::nullopt;
  if (const Document* arn = policy->find("deadLetterTargetArn"); is_true(arn)) {
    const std::string said = arn->text();
    return Dead{*arn, text({"https://sqs.", part_of(said, ':', 3), ".", reference("AWS::URLSuffix"), "/",
                            part_of(said, ':', 4), "/", part_of(said, ':', 5)})};
  }
  if (const Document* queue = policy->find("deadLetterTargetRef"); is_true(queue))
    return Dead{get_att(queue->text()), reference(queue->text())};
  const Document *arn = at(*policy, "deadLetterTargetImport.arn"), *url = at(*policy, "deadLetterTargetImport.url");
  if (arn == nullptr || url == nullptr) return std::nullopt;
  return Dead{Document::map({{"Fn::ImportValue", *arn}}), Document::map({{"Fn::ImportValue", *url}})};
}

void add_dead_letters(Template& made, const Function& function, const std::string& topic, const Dead& dead,
                      const Document& topic_arn) {
  const std::string id = alphanumeric(topic) + "To" + normalized(function.key) + "DLQPolicy";
  Document may = Document::map({{"Effect", "Allow"},
                                {"Principal", Document::map({{"Service", "sns.amazonaws.com"}})},
                                {"Action", "sqs:SendMessage"},
                                {"Resource", dead.arn}});
  // The framework leaves the condition empty for a topic that it makes itself.
  Document source = Document::map();
  set_if(source, "aws:SourceArn", &topic_arn);
  may.set("Condition", Document::map({{"ArnEquals", std::move(source)}}));
  made.add(id, "AWS::SQS::QueuePolicy",
           Document::map(
               {{"PolicyDocument",
                 Document::map({{"Version", "2012-10-17"}, {"Id", id}, {"Statement", Document::list({std::move(may)})}})},
                {"Queues", Document::list({dead.url})}}));
}

/// A topic of its own for the service, which holds its plain subscriptions.
Document add_topic(Template& made, const Function& function, const Document& said, const std::string& name,
                   const std::string& subscription_id, Document subscription) {
  const std::string id = "SNSTopic" + alphanumeric(name);
  if (made.find(id) == nullptr) {
    Document properties = Document::map({{"TopicName", name}});
    if (is_true(said.find("displayName"))) properties.set("DisplayName", *said.find("displayName"));
    made.add(id, "AWS::SNS::Topic", std::move(properties), function.waits());
  }
  if (is_true(subscription.find("FilterPolicy")) || is_true(subscription.find("RedrivePolicy"))) {
    subscription.set("TopicArn", reference(id));
    made.add(subscription_id, "AWS::SNS::Subscription", std::move(subscription));
  } else {
    subscription.erase("FilterPolicyScope");
    (*made.find(id)->find("Properties"))["Subscription"].append(std::move(subscription));
  }
  return text(
      {"arn:", reference("AWS::Partition"), ":sns:", reference("AWS::Region"), ":", reference("AWS::AccountId"), ":", name});
}

void subscribe(Template& made, const Function& function, const Document& said) {
  const std::string plain = said.is_scalar() ? said.text() : "";
  const Document* given = said.find("arn");
  Document arn = is_true(given) ? *given : plain.starts_with("arn:") ? said : Document();
  std::string name = text_at(said, "topicName"), region;
  if (const auto* known = arn.as_string()) {
    if (name.empty()) name = after_last(*known, ':');
    if (given != nullptr) region = part_of(*known, ':', 3);
    if (region == (made.service.region.empty() ? "us-east-1" : made.service.region)) region.clear();
  } else if (!plain.empty()) {
    name = plain;
  }
  if (name.empty()) return made.wrong(said, function.key + ".events.sns", "a topic with a name");
  const std::optional<Dead> dead = dead_letters(said.find("redrivePolicy"));
  const std::string id = normalized(function.key) + "SnsSubscription" + alphanumeric(name);
  Document subscription = Document::map({{"Protocol", "lambda"}, {"Endpoint", function.target()}});
  set_if(subscription, "FilterPolicy", said.find("filterPolicy"));
  set_if(subscription, "FilterPolicyScope", said.find("filterPolicyScope"));
  if (dead) {
    subscription.set("RedrivePolicy", Document::map({{"deadLetterTargetArn", dead->arn}}));
    add_dead_letters(made, function, name, *dead, arn);
  }
  if (arn.is_null()) {
    arn = add_topic(made, function, said, name, id, std::move(subscription));
  } else {
    subscription.set("TopicArn", arn);
    if (!region.empty()) subscription.set("Region", region);
    made.add(id, "AWS::SNS::Subscription", std::move(subscription), function.waits());
  }
  permit(made, normalized(function.key) + "LambdaPermission" + alphanumeric(name) + "SNS", function.target(),
         "sns.amazonaws.com", std::move(arn), function.waits());
}

}  // namespace

void add_topics(Template& made) {
  each_event(made.service, "sns",
             [&](const Function& function, const Document& said, std::size_t) { subscribe(made, function, said); });
}

}  // namespace virga::aws::serverless_framework
