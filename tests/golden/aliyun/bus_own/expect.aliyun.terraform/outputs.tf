# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "bus_name" {
  value = alicloud_event_bridge_event_bus.events_bus.event_bus_name
}

output "bus_arn" {
  value = "acs:eventbridge:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:eventbus/${alicloud_event_bridge_event_bus.events_bus.event_bus_name}"
}
