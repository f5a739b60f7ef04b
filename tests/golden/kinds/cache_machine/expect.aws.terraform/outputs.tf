# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "address" {
  value = "rediss://${aws_elasticache_replication_group.sessions.primary_endpoint_address}:${aws_elasticache_replication_group.sessions.port}"
}
