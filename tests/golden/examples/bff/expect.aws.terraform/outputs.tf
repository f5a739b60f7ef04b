# Made by Virga from the app bff, stage default. Change the .virga file, not this one.

output "address" {
  value = aws_apigatewayv2_api.page_edge.api_endpoint
}
