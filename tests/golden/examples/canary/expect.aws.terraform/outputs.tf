# Made by Virga from the app canary, stage default. Change the .virga file, not this one.

output "address" {
  value = aws_lambda_function_url.prices_handler_url.function_url
}
