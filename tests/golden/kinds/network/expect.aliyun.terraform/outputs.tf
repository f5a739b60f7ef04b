# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "network_id" {
  value = alicloud_vpc.open_network.id
}
