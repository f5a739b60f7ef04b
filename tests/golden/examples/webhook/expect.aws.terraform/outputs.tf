# Made by Virga from the app webhook, stage default. Change the .virga file, not this one.

output "tell_github" {
  value = aws_lambda_function_url.hook_receiver_url.function_url
}
