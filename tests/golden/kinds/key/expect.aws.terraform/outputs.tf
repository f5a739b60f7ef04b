# Made by Virga from the app vault, stage default. Change the .virga file, not this one.

output "seal_arn" {
  value = aws_kms_key.seal.arn
}

output "seal_id" {
  value = aws_kms_key.seal.key_id
}
