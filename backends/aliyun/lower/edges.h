// One function per strategy of an edge; each family has a file.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

// invocations.cpp
void invoke(Lowering& l, const Edge& edge);
void invoke_async(Lowering& l, const Edge& edge);
void invoke_own_copy(Lowering& l, const Edge& edge);
/// Whether the edge asks for no retries or age of events but the function's own.
bool wants_the_functions_own(const Lowering& l, const Edge& edge);
/// Refuses `retries` and `max_age` of an edge that are not the function's own. Whether there were any.
bool refuse_own_settings(Lowering& l, const Edge& edge);
void pass_address(Lowering& l, const Edge& edge);
void outside_caller(Lowering& l, const Edge& edge);
void destination(Lowering& l, const Edge& edge);

// key.cpp
void use_key(Lowering& l, const Edge& edge);

// access.cpp
void send(Lowering& l, const Edge& edge);
void take(Lowering& l, const Edge& edge);
void publish(Lowering& l, const Edge& edge);
void read_objects(Lowering& l, const Edge& edge);
void write_objects(Lowering& l, const Edge& edge);
void read_rows(Lowering& l, const Edge& edge);
void write_rows(Lowering& l, const Edge& edge);
void read_secret(Lowering& l, const Edge& edge);
void read_config(Lowering& l, const Edge& edge);
void write_log(Lowering& l, const Edge& edge);

// cache.cpp, database.cpp
void use_cache(Lowering& l, const Edge& edge);
void use_database(Lowering& l, const Edge& edge);

// service.cpp
void call_service(Lowering& l, const Edge& edge);

// files.cpp
void mount_files(Lowering& l, const Edge& edge);

// queue_edges.cpp
void queue_trigger(Lowering& l, const Edge& edge);
void dead_letters(Lowering& l, const Edge& edge);

// topic_edges.cpp
void topic_trigger(Lowering& l, const Edge& edge);
void subscription(Lowering& l, const Edge& edge);

// bus_functions.cpp
bool hears_the_default_bus(const Lowering& l, const Edge& edge);
void rule_trigger(Lowering& l, const Edge& edge);
void rule_through_topic(Lowering& l, const Edge& edge);

// bus.cpp
void rule_to_messages(Lowering& l, const Edge& edge);
void undelivered(Lowering& l, const Edge& edge);

// bus_targets.cpp
/// Nothing is asked of the address but what a rule's own target says: a POST without credentials.
bool needs_no_destination(const Lowering& l, const Edge& edge);
void rule_to_address(Lowering& l, const Edge& edge);
void rule_to_destination(Lowering& l, const Edge& edge);
void rule_to_records(Lowering& l, const Edge& edge);

// pipe.cpp
void trigger_through_pipe(Lowering& l, const Edge& edge);
void trigger_of_pipe(Lowering& l, const Edge& edge);

// delivery.cpp
void put_into_delivery(Lowering& l, const Edge& edge);
void export_records(Lowering& l, const Edge& edge);
void deliver_objects(Lowering& l, const Edge& edge);

// stream.cpp
void put_events(Lowering& l, const Edge& edge);
void put_records(Lowering& l, const Edge& edge);
void stream_trigger(Lowering& l, const Edge& edge);

// event_edges.cpp: clocks, buckets, tables, logs, alarms
void timer(Lowering& l, const Edge& edge);
void object_trigger(Lowering& l, const Edge& edge);
void object_rule(Lowering& l, const Edge& edge);
void row_trigger(Lowering& l, const Edge& edge);
void log_trigger(Lowering& l, const Edge& edge);
void alarm_target(Lowering& l, const Edge& edge);
void alarm_through_topic(Lowering& l, const Edge& edge);
void alarm_webhook(Lowering& l, const Edge& edge);

// workflow.cpp
void run_step(Lowering& l, const Edge& edge);
void start_workflow(Lowering& l, const Edge& edge);
void call_back(Lowering& l, const Edge& edge);
void schedule_workflow(Lowering& l, const Edge& edge);
void rule_to_flow(Lowering& l, const Edge& edge);  // bus.cpp
void object_rule_to_flow(Lowering& l, const Edge& edge);  // event_edges.cpp

}  // namespace virga::aliyun
