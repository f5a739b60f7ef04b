# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "address" {
  value = aws_db_instance.ledger.address
}
