# Made by Virga from the app queue_worker, stage default. Change the .virga file, not this one.

output "address" {
  value = aws_apigatewayv2_api.shop.api_endpoint
}

output "redrive" {
  description = "Call this function to put rejected orders back."
  value       = aws_lambda_function.orders_redrive.function_name
}
