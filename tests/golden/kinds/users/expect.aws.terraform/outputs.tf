# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "issuer" {
  value = "https://${aws_cognito_user_pool.staff.endpoint}"
}

output "client" {
  value = aws_cognito_user_pool_client.staff_client.id
}

output "pool" {
  value = aws_cognito_user_pool.staff.id
}
