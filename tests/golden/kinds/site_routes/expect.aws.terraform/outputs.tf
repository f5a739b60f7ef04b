# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "url" {
  value = "https://${aws_cloudfront_distribution.front.domain_name}"
}
