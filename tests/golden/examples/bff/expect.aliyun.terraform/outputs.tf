# Made by Virga from the app bff, stage default. Change the .virga file, not this one.

output "address" {
  value = "https://${alicloud_api_gateway_group.page_edge_group.sub_domain}"
}
