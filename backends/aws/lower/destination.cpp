#include "backends/aws/lower/destination.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/event_name.h"
#include "backends/aws/lower/intake.h"

namespace virga::aws {
namespace {

Destination to_function(Lowering& lowering, const Edge& edge) {
  Intake* intake = lowering.intake(edge);
  if (intake != nullptr && intake->way == Intake::Way::queue) {
    realise_intake(lowering, *intake);
    const cloud::Value arn = intake_arn(lowering, *intake);
    return {Destination::Kind::queue, arn, intake_queue_url(lowering, *intake), {"sqs:SendMessage"}, arn};
  }
  if (intake != nullptr) realise_intake(lowering, *intake);
  const cloud::Value arn = arn_of(lowering, lowering.to(edge));
  return {Destination::Kind::function, arn, {}, {"lambda:InvokeFunction"}, arn};
}

}  // namespace

Destination destination_of(Lowering& lowering, const Edge& edge) {
  const Node& to = lowering.to(edge);
  if (lowering.of(to).flag("fifo")) {
    lowering.sink
        .report(edge.span, codes::Fifo, describe(lowering.architecture, edge),
                "AWS Lambda sends outcomes to standard queues and topics only")
        .source(catalog::cite(catalog().fact(edge.from.name == "success" ? "lambda.async.destination.on_success.types"
                                                                         : "lambda.async.destination.on_failure.types")))
        .help("leave `fifo` out at `" + to.name + "`, or let the outcome go to a function that sends it on");
  }
  (void)same_region(lowering, edge);
  if (to.kind == "function") return to_function(lowering, edge);
  const cloud::Value arn = arn_of(lowering, to);
  if (to.kind == "queue") return {Destination::Kind::queue, arn, queue_url(lowering, to), {"sqs:SendMessage"}, arn};
  if (to.kind == "topic") return {Destination::Kind::topic, arn, {}, {"sns:Publish"}, arn};
  if (to.kind == "bus") {
    refuse_event_name(lowering, edge, "an outcome is told as one of AWS Lambda");
    return {Destination::Kind::bus, arn, {}, {"events:PutEvents"}, arn};
  }
  return {Destination::Kind::bucket, arn, {}, {"s3:PutObject"}, cloud::concat({arn, "/*"})};
}

}  // namespace virga::aws
