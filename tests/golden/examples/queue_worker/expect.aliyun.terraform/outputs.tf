# Made by Virga from the app queue_worker, stage default. Change the .virga file, not this one.

output "address" {
  value = "https://${alicloud_api_gateway_group.shop_group.sub_domain}"
}
