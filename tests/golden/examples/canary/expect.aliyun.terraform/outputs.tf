# Made by Virga from the app canary, stage default. Change the .virga file, not this one.

output "address" {
  value = alicloud_fcv3_trigger.prices_handler_http_trigger.http_trigger[0].url_internet
}
