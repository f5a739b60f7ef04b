# Made by Virga from the app image_pipeline, stage default. Change the .virga file, not this one.

output "uploads" {
  value = alicloud_oss_bucket.gallery_originals_bucket.bucket
}

output "pictures" {
  value = alicloud_oss_bucket.gallery_pictures_bucket.bucket
}
