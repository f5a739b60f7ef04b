# Made by Virga from the app event_sourcing, stage default. Change the .virga file, not this one.

output "address" {
  value = "https://${alicloud_api_gateway_group.bank_group.sub_domain}"
}
