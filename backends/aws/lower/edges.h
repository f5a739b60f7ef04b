// Each edge as resources, permissions and addresses; one file per family.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

// cache.cpp, database.cpp: what lies in the same network
void access_cache(Lowering&, const Edge&, cloud::Decision&);
void access_database(Lowering&, const Edge&, cloud::Decision&);

// site_route.cpp
void route_of_site(Lowering&, const Edge&, cloud::Decision&);

// service.cpp
void access_service(Lowering&, const Edge&, cloud::Decision&);
void route_to_service(Lowering&, const Edge&, cloud::Decision&);

// access.cpp: a function's code uses what the edge points to.
void access_function(Lowering&, const Edge&, cloud::Decision&);
void access_queue(Lowering&, const Edge&, cloud::Decision&);
void access_messages(Lowering&, const Edge&, cloud::Decision&);
void access_topic(Lowering&, const Edge&, cloud::Decision&);
void access_objects(Lowering&, const Edge&, cloud::Decision&);
void access_rows(Lowering&, const Edge&, cloud::Decision&);
void access_secret(Lowering&, const Edge&, cloud::Decision&);
void access_setting(Lowering&, const Edge&, cloud::Decision&);
void access_log(Lowering&, const Edge&, cloud::Decision&);
void access_files(Lowering&, const Edge&, cloud::Decision&);
void access_address(Lowering&, const Edge&, cloud::Decision&);

// hand_over.cpp: asynchronous invocations, and their outcomes.
void hand_over(Lowering&, const Edge&, cloud::Decision&);
void tell_outcome(Lowering&, const Edge&, cloud::Decision&);
/// Says in `decision` which way events take, and what that changes.
void explain_intake(Lowering&, const Intake&, cloud::Decision&);

// deliver.cpp: queues and topics hand on what they hold.
void deliver_messages(Lowering&, const Edge&, cloud::Decision&);
void redrive(Lowering&, const Edge&, cloud::Decision&);
void read_dead_letters(Lowering&, const Edge&, cloud::Decision&);
void deliver_changes(Lowering&, const Edge&, cloud::Decision&);
void subscribe_function(Lowering&, const Edge&, cloud::Decision&);
void subscribe_queue(Lowering&, const Edge&, cloud::Decision&);
void subscribe_address(Lowering&, const Edge&, cloud::Decision&);

// notify.cpp: buckets, logs and alarms tell of what happens to them.
void notify_function(Lowering&, const Edge&, cloud::Decision&);
void notify_queue(Lowering&, const Edge&, cloud::Decision&);
void notify_topic(Lowering&, const Edge&, cloud::Decision&);
void subscribe_to_log(Lowering&, const Edge&, cloud::Decision&);
void subscribe_stream(Lowering&, const Edge&, cloud::Decision&);
/// The lines of a log go to a service of `owner`, on behalf of a role that may do `actions`.
void subscribe_service(Lowering&, const Edge&, const Node& owner, cloud::Value target, std::vector<std::string> actions);
void alarm_to_topic(Lowering&, const Edge&, cloud::Decision&);
void alarm_to_function(Lowering&, const Edge&, cloud::Decision&);

// bus.cpp
void access_bus(Lowering&, const Edge&, cloud::Decision&);
void rule_to_function(Lowering&, const Edge&, cloud::Decision&);
void rule_to_queue(Lowering&, const Edge&, cloud::Decision&);
void rule_to_topic(Lowering&, const Edge&, cloud::Decision&);
void rule_to_bus(Lowering&, const Edge&, cloud::Decision&);
void rule_to_stream(Lowering&, const Edge&, cloud::Decision&);
void undelivered(Lowering&, const Edge&, cloud::Decision&);

// bus_targets.cpp
void rule_to_address(Lowering&, const Edge&, cloud::Decision&);
void rule_to_log(Lowering&, const Edge&, cloud::Decision&);

// pipe.cpp
void read_into_pipe(Lowering&, const Edge&, cloud::Decision&);
void ask_from_pipe(Lowering&, const Edge&, cloud::Decision&);
void hand_on_from_pipe(Lowering&, const Edge&, cloud::Decision&);
void give_up_from_pipe(Lowering&, const Edge&, cloud::Decision&);
/// A pipe that the program does not draw, from a source that pushes nothing itself.
void forward(Lowering&, const Edge&, cloud::Decision&);

// delivery.cpp
void put_into_delivery(Lowering&, const Edge&, cloud::Decision&);
void deliver_stream(Lowering&, const Edge&, cloud::Decision&);
void deliver_log(Lowering&, const Edge&, cloud::Decision&);
void subscribe_delivery(Lowering&, const Edge&, cloud::Decision&);
void rule_to_delivery(Lowering&, const Edge&, cloud::Decision&);
void deliver_objects(Lowering&, const Edge&, cloud::Decision&);
void change_records(Lowering&, const Edge&, cloud::Decision&);

// stream.cpp
void access_stream(Lowering&, const Edge&, cloud::Decision&);
void read_stream(Lowering&, const Edge&, cloud::Decision&);
void give_up_records(Lowering&, const Edge&, cloud::Decision&);
void give_up_strikes(Lowering&, const Edge&, cloud::Decision&);

// schedule.cpp
void schedule_function(Lowering&, const Edge&, cloud::Decision&);
void schedule_message(Lowering&, const Edge&, cloud::Decision&);
void schedule_publication(Lowering&, const Edge&, cloud::Decision&);
void schedule_event(Lowering&, const Edge&, cloud::Decision&);
void schedule_record(Lowering&, const Edge&, cloud::Decision&);
void schedule_address(Lowering&, const Edge&, cloud::Decision&);

// gateway.cpp
void route_to_function(Lowering&, const Edge&, cloud::Decision&);
void route_to_address(Lowering&, const Edge&, cloud::Decision&);
void route_to_queue(Lowering&, const Edge&, cloud::Decision&);
void route_to_state_machine(Lowering&, const Edge&, cloud::Decision&);
void authorize_by_function(Lowering&, const Edge&, cloud::Decision&);

// websocket_route.cpp
void socket_to_function(Lowering&, const Edge&, cloud::Decision&);
void socket_event(Lowering&, const Edge&, cloud::Decision&);
void socket_to_queue(Lowering&, const Edge&, cloud::Decision&);
void socket_to_workflow(Lowering&, const Edge&, cloud::Decision&);
void socket_to_address(Lowering&, const Edge&, cloud::Decision&);
void access_websocket(Lowering&, const Edge&, cloud::Decision&);

// key.cpp
void access_key(Lowering&, const Edge&, cloud::Decision&);

// workflow.cpp
void run_step(Lowering&, const Edge&, cloud::Decision&);
void start_workflow(Lowering&, const Edge&, cloud::Decision&);  // this and the next: workflow_start.cpp
void call_back(Lowering&, const Edge&, cloud::Decision&);
void rule_to_workflow(Lowering&, const Edge&, cloud::Decision&);
void object_to_workflow(Lowering&, const Edge&, cloud::Decision&);
void alarm_to_workflow(Lowering&, const Edge&, cloud::Decision&);
void schedule_workflow(Lowering&, const Edge&, cloud::Decision&);  // schedule.cpp
void route_to_workflow(Lowering&, const Edge&, cloud::Decision&);  // route.cpp
void route_to_bus(Lowering&, const Edge&, cloud::Decision&);  // route.cpp
void route_to_stream(Lowering&, const Edge&, cloud::Decision&);  // route.cpp

/// Who calls stands outside: nothing to make.
void from_outside(Lowering&, const Edge&, cloud::Decision&);

}  // namespace virga::aws
