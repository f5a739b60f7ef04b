# Made by Virga from the app web, stage prod. Change the .virga file, not this one.

output "known" {
  value = aws_lambda_function.page.function_name
}
