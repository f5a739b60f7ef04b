// orders ~> worker { batch = 10 }        → AWS::Lambda::EventSourceMapping   WorkerFromOrders
// orders.dead ~> lost                     → a redrive policy of `orders`
// news ~> mailer, news ~> inbox           → AWS::SNS::Subscription            MailerFromNews, InboxFromNews
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/intake.h"
#include "backends/aws/lower/json.h"
#include "backends/aws/lower/key.h"

namespace virga::aws {
namespace {

cloud::Value callee(Lowering& lowering, const Node& function) {
  return has_versions(lowering, function) ? cloud::Value(cloud::Ref{lowering.id(function, "Alias")})
                                          : cloud::Value(cloud::Ref{lowering.id(function)});
}

std::string from_id(Lowering& lowering, const Edge& edge) {
  const std::string port = edge.from.name == "self" || edge.from.name == "changes" ? "" : cloud::logical_id(edge.from.name);
  return "From" + lowering.id(lowering.from(edge)) + port;
}

void report_fifo(Lowering& lowering, const Edge& edge, Span place, const std::string& why, std::string_view fact,
                 const std::string& help) {
  lowering.sink.report(place, codes::Fifo, describe(lowering.architecture, edge), why)
      .source(catalog::cite(catalog().fact(fact)))
      .help(help);
}

/// While a message is worked on nobody else may see it: AWS refuses a shorter time than the function's own.
void check_visibility(Lowering& lowering, const Edge& edge, const Node& queue) {
  const std::optional<Quantity> hidden = lowering.of(queue).quantity("visibility");
  const std::optional<Quantity> timeout = lowering.of(lowering.to(edge)).quantity("timeout");
  if (!hidden || !timeout || hidden->amount >= timeout->amount) return;
  lowering.sink
      .report(lowering.where(queue, "visibility"), codes::QueueVisibility, queue.name, to_text(*hidden),
              lowering.to(edge).name, to_text(*timeout))
      .label(lowering.where(lowering.to(edge), "timeout"), "the function's timeout")
      .source(catalog::cite(catalog().fact("lambda.esm.sqs.visibility_multiplier")))
      .help(fmt::format("say `visibility = {}`",
                        to_text(Quantity{static_cast<std::int64_t>(static_cast<double>(timeout->amount) *
                                                                   limit("lambda.esm.sqs.visibility_multiplier")),
                                         Dimension::duration})));
}

/// The window that a batch waits to fill, in seconds. More messages than a queue gives at once need one.
cloud::Value batch_window(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Value* asked = lowering.of(edge).find("window");
  cloud::Value window =
      asked == nullptr ? cloud::Value(0) : lowering.quantity(*asked, Unit::seconds, lowering.where(edge, "window"));
  const std::int64_t* known = window.get<std::int64_t>();
  const double most = limit("lambda.esm.batch_window.required_above_batch_size");
  if (known != nullptr && *known == 0 && lowering.of(edge).number("batch").value_or(0) > most) {
    decision.change = fmt::format("a batch of more than {} waits up to one second to fill", to_text(most));
    return 1;
  }
  return window;
}

void check_fifo_mapping(Lowering& lowering, const Edge& edge) {
  const Attributes& asked = lowering.of(edge);
  const double most = limit("lambda.esm.batch_size.sqs_fifo.max");
  if (asked.number("batch").value_or(1) > most) {
    report_fifo(lowering, edge, lowering.where(edge, "batch"),
                fmt::format("a FIFO queue gives at most {} messages at once", to_text(most)),
                "lambda.esm.batch_size.sqs_fifo.max", fmt::format("say `batch = {}`", to_text(most)));
  }
  const std::optional<Quantity> window = asked.quantity("window");
  if (window && window->amount > 0) {
    report_fifo(lowering, edge, lowering.where(edge, "window"), "a batch of a FIFO queue does not wait to fill",
                "lambda.esm.batch_size.sqs_fifo.max", "leave `window` out");
  }
}

/// Takes messages of the queue `id`.
void allow_reading(Lowering& lowering, const Edge& edge, const std::string& queue) {
  lowering.grant(lowering.function_role(lowering.to(edge)), edge,
                 {"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"}, cloud::GetAtt{queue, "Arn"});
}

}  // namespace

void deliver_messages(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& queue = lowering.from(edge);
  const Node& function = lowering.to(edge);
  const Attributes& asked = lowering.of(edge);
  const bool fifo = lowering.of(queue).flag("fifo");
  check_visibility(lowering, edge, queue);
  if (fifo) check_fifo_mapping(lowering, edge);

  cloud::Object properties;
  properties.set("EventSourceArn", arn_of(lowering, queue));
  properties.set("FunctionName", callee(lowering, function));
  properties.set("BatchSize", asked.has("batch") ? lowering.value(*asked.find("batch")) : cloud::Value(1));
  if (!fifo) properties.set("MaximumBatchingWindowInSeconds", batch_window(lowering, edge, decision));
  if (asked.has("max_concurrency")) {
    properties.set("ScalingConfig", cloud::object({{"MaximumConcurrency", lowering.value(*asked.find("max_concurrency"))}}));
  }
  if (asked.flag("partial")) properties.set("FunctionResponseTypes", cloud::Values{"ReportBatchItemFailures"});
  if (asked.has("where")) {
    properties.set(
        "FilterCriteria",
        cloud::object({{"Filters",
                        cloud::Values{cloud::object({{"Pattern", filter_text(lowering, *asked.find("where"), "body")}})}}}));
  }
  properties.set("Enabled", true);
  lowering.add(function, edge, lowering.id(function, from_id(lowering, edge)), "AWS::Lambda::EventSourceMapping",
               std::move(properties));
  allow_reading(lowering, edge, lowering.id(queue));
}

void redrive(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& from = lowering.from(edge);
  const Node& to = lowering.to(edge);
  cloud::Object& queue = lowering.find(lowering.id(from))->properties;
  if (queue.find("RedrivePolicy") != nullptr) {
    lowering.sink.report(edge.span, codes::DestinationCount, from.name, "several")
        .help("let the dead letters go to one queue");
    return;
  }
  if (lowering.of(from).flag("fifo") != lowering.of(to).flag("fifo")) {
    report_fifo(
        lowering, edge, edge.span,
        "the dead letters of a FIFO queue go to a FIFO queue, and those of another queue to another", "sqs.fifo.suffix",
        lowering.of(from).flag("fifo") ? "say `fifo = true` at `" + to.name + "`" : "leave `fifo` out at `" + to.name + "`");
  }
  const Attributes& asked = lowering.of(edge);
  queue.set(
      "RedrivePolicy",
      cloud::object({{"deadLetterTargetArn", arn_of(lowering, to)},
                     {"maxReceiveCount", asked.has("after") ? lowering.value(*asked.find("after")) : cloud::Value(1)}}));
}

void read_dead_letters(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& from = lowering.from(edge);
  const Node& function = lowering.to(edge);
  const bool fifo = lowering.of(from).flag("fifo");
  const std::string id = lowering.id(from, "DeadLetters");
  cloud::Object* queue = &lowering.find(lowering.id(from))->properties;
  if (queue->find("RedrivePolicy") != nullptr) {
    lowering.sink.report(edge.span, codes::DestinationCount, from.name, "several")
        .help("let the dead letters go to one function");
    return;
  }
  cloud::Object properties;
  properties.set("QueueName",
                 lowering.name(fifo ? "AWS::SQS::Queue.Fifo" : "AWS::SQS::Queue", "QueueName", from, "dead_letters"));
  if (fifo) properties.set("FifoQueue", true);
  const std::optional<Quantity> timeout = lowering.of(function).quantity("timeout");
  const double seconds =
      timeout ? static_cast<double>(timeout->amount) / amount(Unit::seconds) : limit("lambda.timeout.max");
  properties.set("VisibilityTimeout", static_cast<std::int64_t>(seconds * limit("lambda.esm.sqs.visibility_multiplier")));
  properties.set("MessageRetentionPeriod", static_cast<std::int64_t>(limit("sqs.retention")));
  if (!encrypt(lowering, from, properties, "KmsMasterKeyId")) properties.set("SqsManagedSseEnabled", true);
  properties.set("Tags", lowering.tags(from));
  lowering.add(from, edge, id, "AWS::SQS::Queue", std::move(properties));
  const Attributes& asked = lowering.of(edge);
  queue = &lowering.find(lowering.id(from))->properties;
  queue->set(
      "RedrivePolicy",
      cloud::object({{"deadLetterTargetArn", cloud::GetAtt{id, "Arn"}},
                     {"maxReceiveCount", asked.has("after") ? lowering.value(*asked.find("after")) : cloud::Value(1)}}));
  lowering.add(function, edge, lowering.id(function, from_id(lowering, edge)), "AWS::Lambda::EventSourceMapping",
               cloud::object({{"EventSourceArn", cloud::GetAtt{id, "Arn"}},
                              {"FunctionName", callee(lowering, function)},
                              {"BatchSize", 1},
                              {"Enabled", true}}));
  allow_reading(lowering, edge, id);
  decision.change = "the dead letters wait in a queue of their own until `" + function.name + "` takes them, one by one";
}

void subscribe_function(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& topic = lowering.from(edge);
  const Node& function = lowering.to(edge);
  const Attributes& asked = lowering.of(edge);
  if (lowering.of(topic).flag("fifo")) {
    report_fifo(lowering, edge, edge.span, "a FIFO topic delivers to queues only", "sns.fifo.subscriber.protocols",
                "put a `fifo` queue between `" + topic.name + "` and `" + function.name + "`");
    return;
  }
  Intake* intake = lowering.intake(edge);
  if (intake == nullptr) return;
  realise_intake(lowering, *intake);
  explain_intake(lowering, *intake, decision);
  const std::string id = from_id(lowering, edge);
  cloud::Object properties;
  properties.set("TopicArn", arn_of(lowering, topic));
  if (asked.has("where")) properties.set("FilterPolicy", filter_of(lowering, *asked.find("where")));
  if (intake->way == Intake::Way::queue) {
    properties.set("Protocol", "sqs");
    properties.set("Endpoint", intake_arn(lowering, *intake));
    properties.set("RawMessageDelivery", true);
    lowering.admit(function, intake_queue(lowering, *intake), true, "sns.amazonaws.com", arn_of(lowering, topic));
  } else {
    properties.set("Protocol", "lambda");
    properties.set("Endpoint", arn_of(lowering, function));
    lowering.admit_caller(function, edge, id + "Permission", "sns.amazonaws.com", arn_of(lowering, topic), false);
  }
  if (asked.flag("raw") && intake->way != Intake::Way::queue) {
    decision.fidelity = catalog::Fidelity::degraded;
    decision.change = "Amazon SNS hands a function its own envelope; the message is `Records[0].Sns.Message`";
  }
  lowering.add(function, edge, lowering.id(function, id), "AWS::SNS::Subscription", std::move(properties));
}

void subscribe_queue(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const Node& topic = lowering.from(edge);
  const Node& queue = lowering.to(edge);
  const Attributes& asked = lowering.of(edge);
  if (lowering.of(queue).flag("fifo") && !lowering.of(topic).flag("fifo")) {
    report_fifo(lowering, edge, edge.span, "a topic that is not FIFO may not deliver to a FIFO queue",
                "sns.fifo.subscriber.protocols",
                "say `fifo = true` at `" + topic.name + "`, or leave it out at `" + queue.name + "`");
  }
  cloud::Object properties;
  properties.set("TopicArn", arn_of(lowering, topic));
  properties.set("Protocol", "sqs");
  properties.set("Endpoint", arn_of(lowering, queue));
  properties.set("RawMessageDelivery", asked.flag("raw"));
  if (asked.has("where")) properties.set("FilterPolicy", filter_of(lowering, *asked.find("where")));
  lowering.add(queue, edge, lowering.id(queue, from_id(lowering, edge)), "AWS::SNS::Subscription", std::move(properties));
  lowering.admit(queue, lowering.id(queue), true, "sns.amazonaws.com", arn_of(lowering, topic));
}

void subscribe_address(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& topic = lowering.from(edge);
  const Node& to = lowering.to(edge);
  const Attributes& asked = lowering.of(edge);
  const Value* url = lowering.of(to).find("url");
  const std::string* known = url == nullptr ? nullptr : url->get<std::string>();
  cloud::Object properties;
  properties.set("TopicArn", arn_of(lowering, topic));
  properties.set("Protocol", known != nullptr && known->starts_with("http://") ? "http" : "https");
  properties.set("Endpoint", url == nullptr ? cloud::Value() : lowering.value(*url));
  properties.set("RawMessageDelivery", asked.flag("raw"));
  if (asked.has("where")) properties.set("FilterPolicy", filter_of(lowering, *asked.find("where")));
  lowering.add(topic, edge, lowering.id(topic, "To" + lowering.id(to)), "AWS::SNS::Subscription", std::move(properties));
  decision.change = "the address gets a message that it must confirm before others come";
}

}  // namespace virga::aws
