# Made by Virga from the app hello, stage default. Change the .virga file, not this one.

output "url" {
  description = "Where the greeter answers."
  value       = aws_lambda_function_url.greeter_url.function_url
}
