# Made by Virga from the app chat, stage default. Change the .virga file, not this one.

output "door_url" {
  value = "${aws_apigatewayv2_api.door.api_endpoint}/live"
}

output "door_id" {
  value = aws_apigatewayv2_api.door.id
}
