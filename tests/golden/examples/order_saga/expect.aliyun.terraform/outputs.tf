# Made by Virga from the app order_saga, stage default. Change the .virga file, not this one.

output "address" {
  value = "https://${alicloud_api_gateway_group.door_group.sub_domain}"
}
