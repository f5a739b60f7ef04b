# Made by Virga from the app cd_builds, stage default. Change the .virga file, not this one.

output "webhook" {
  value = alicloud_fcv3_trigger.hook_receiver_http_trigger.http_trigger[0].url_internet
}

output "artifacts" {
  value = alicloud_oss_bucket.builds_artifacts_bucket.bucket
}
