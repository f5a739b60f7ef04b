# Made by Virga from the app vault, stage default. Change the .virga file, not this one.

output "seal_arn" {
  value = "acs:kms:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:key/${alicloud_kms_key.seal_key.id}"
}

output "seal_id" {
  value = alicloud_kms_key.seal_key.id
}
