# Made by Virga from the app console, stage default. Change the .virga file, not this one.

output "url" {
  description = "Where the console answers, in each region."
  value       = aws_apigatewayv2_api.web_edge.api_endpoint
}
