# Made by Virga from the app hello, stage default. Change the .virga file, not this one.

output "url" {
  description = "Where the greeter answers."
  value       = alicloud_fcv3_trigger.greeter_http_trigger.http_trigger[0].url_internet
}
