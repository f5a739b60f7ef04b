# Made by Virga from the app click_archive, stage default. Change the .virga file, not this one.

output "address" {
  value = "https://${alicloud_api_gateway_group.public_group.sub_domain}"
}

output "lake" {
  value = alicloud_oss_bucket.lake_bucket.bucket
}
