# Made by Virga from the app click_archive, stage default. Change the .virga file, not this one.

output "address" {
  value = aws_apigatewayv2_api.public.api_endpoint
}

output "lake" {
  value = aws_s3_bucket.lake.id
}
