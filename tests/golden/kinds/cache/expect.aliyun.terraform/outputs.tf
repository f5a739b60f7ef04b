# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "cache_url" {
  value = "redis://${alicloud_kvstore_instance.sessions_cache.connection_domain}:${alicloud_kvstore_instance.sessions_cache.private_connection_port}"
}

output "cache_address" {
  value = alicloud_kvstore_instance.answers_cache.connection_domain
}
