# Made by Virga from the app chat, stage default. Change the .virga file, not this one.

output "address" {
  value = "${aws_apigatewayv2_api.door.api_endpoint}/live"
}
