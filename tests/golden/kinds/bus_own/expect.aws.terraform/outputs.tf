# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "bus_name" {
  value = aws_cloudwatch_event_bus.events.name
}

output "bus_arn" {
  value = aws_cloudwatch_event_bus.events.arn
}
