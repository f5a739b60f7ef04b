# Made by Virga from the app async_job, stage default. Change the .virga file, not this one.

output "address" {
  value = aws_lambda_function_url.ask_url.function_url
}
