# Made by Virga from the app api_with_jwt, stage default. Change the .virga file, not this one.

output "address" {
  value = "https://${alicloud_api_gateway_group.api_door_group.sub_domain}"
}
