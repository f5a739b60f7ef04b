# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "network_id" {
  value = aws_vpc.open.id
}
