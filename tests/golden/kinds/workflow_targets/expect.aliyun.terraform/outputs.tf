# Made by Virga from the app reaches, stage default. Change the .virga file, not this one.

output "started" {
  value = "acs:fnf:${data.alicloud_regions.current.regions[0].id}:${data.alicloud_account.current.id}:flow/reaches-default-main"
}

output "named" {
  value = alicloud_fnf_flow.part_flow.name
}
