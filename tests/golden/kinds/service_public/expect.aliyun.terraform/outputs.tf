# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "address" {
  value = "https://shop.example.com"
}

output "bare" {
  value = alicloud_fcv3_trigger.plain_http_trigger.http_trigger[0].url_internet
}
