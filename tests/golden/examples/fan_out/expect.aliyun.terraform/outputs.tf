# Made by Virga from the app fan_out, stage default. Change the .virga file, not this one.

output "address" {
  value = alicloud_fcv3_trigger.take_http_trigger.http_trigger[0].url_internet
}
