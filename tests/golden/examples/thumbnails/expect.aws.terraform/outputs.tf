# Made by Virga from the app thumbnails, stage default. Change the .virga file, not this one.

output "uploads" {
  value = aws_s3_bucket.uploads.id
}

output "small" {
  value = aws_s3_bucket.small.id
}
