# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "layer_name" {
  value = "shop-default-shared"
}

output "layer_arn" {
  value = alicloud_fcv3_layer_version.shared_layer1124b3.layer_version_arn
}
