# Made by Virga from the app priced_orders, stage default. Change the .virga file, not this one.

output "address" {
  value = aws_lambda_function_url.take_url.function_url
}
