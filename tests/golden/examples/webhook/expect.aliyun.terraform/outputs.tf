# Made by Virga from the app webhook, stage default. Change the .virga file, not this one.

output "tell_github" {
  value = alicloud_fcv3_trigger.hook_receiver_http_trigger.http_trigger[0].url_internet
}
