# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "address" {
  value = "redis://${alicloud_kvstore_instance.sessions_cache.connection_domain}:${alicloud_kvstore_instance.sessions_cache.private_connection_port}"
}
