# Made by Virga from the app console, stage default. Change the .virga file, not this one.

output "url" {
  description = "Where the console answers, in each region."
  value       = "https://${alicloud_api_gateway_group.web_edge_group.sub_domain}"
}
