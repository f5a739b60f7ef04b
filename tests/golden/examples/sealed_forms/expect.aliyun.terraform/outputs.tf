# Made by Virga from the app sealed_forms, stage default. Change the .virga file, not this one.

output "address" {
  value = "https://${alicloud_api_gateway_group.public_group.sub_domain}"
}
