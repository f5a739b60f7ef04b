# Made by Virga from the app docs_site, stage default. Change the .virga file, not this one.

output "site" {
  description = "Where the pages are read."
  value       = "${aws_apigatewayv2_api.public.api_endpoint}/docs/"
}

output "webhook" {
  description = "What GitHub is told to call."
  value       = aws_lambda_function_url.hook_receiver_url.function_url
}
