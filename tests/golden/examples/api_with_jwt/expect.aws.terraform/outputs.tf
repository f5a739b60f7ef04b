# Made by Virga from the app api_with_jwt, stage default. Change the .virga file, not this one.

output "address" {
  value = aws_apigatewayv2_api.api_door.api_endpoint
}
