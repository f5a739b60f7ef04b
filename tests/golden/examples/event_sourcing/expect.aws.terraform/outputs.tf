# Made by Virga from the app event_sourcing, stage default. Change the .virga file, not this one.

output "address" {
  value = aws_apigatewayv2_api.bank.api_endpoint
}
