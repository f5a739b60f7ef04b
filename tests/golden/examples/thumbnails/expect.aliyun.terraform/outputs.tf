# Made by Virga from the app thumbnails, stage default. Change the .virga file, not this one.

output "uploads" {
  value = alicloud_oss_bucket.uploads_bucket.bucket
}

output "small" {
  value = alicloud_oss_bucket.small_bucket.bucket
}
