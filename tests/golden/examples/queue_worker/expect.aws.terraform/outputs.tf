# Made by Virga from the app queue_worker, stage default. Change the .virga file, not this one.

output "address" {
  value = aws_apigatewayv2_api.shop.api_endpoint
}
