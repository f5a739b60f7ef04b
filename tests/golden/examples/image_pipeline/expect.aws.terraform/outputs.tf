# Made by Virga from the app image_pipeline, stage default. Change the .virga file, not this one.

output "uploads" {
  value = aws_s3_bucket.gallery_originals.id
}

output "pictures" {
  value = aws_s3_bucket.gallery_pictures.id
}
