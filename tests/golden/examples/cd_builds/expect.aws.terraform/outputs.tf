# Made by Virga from the app cd_builds, stage default. Change the .virga file, not this one.

output "webhook" {
  value = aws_lambda_function_url.hook_receiver_url.function_url
}

output "artifacts" {
  value = aws_s3_bucket.builds_artifacts.id
}
