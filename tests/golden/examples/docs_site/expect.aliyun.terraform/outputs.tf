# Made by Virga from the app docs_site, stage default. Change the .virga file, not this one.

output "site" {
  description = "Where the pages are read."
  value       = "https://${alicloud_api_gateway_group.public_group.sub_domain}/docs/"
}

output "webhook" {
  description = "What GitHub is told to call."
  value       = alicloud_fcv3_trigger.hook_receiver_http_trigger.http_trigger[0].url_internet
}
