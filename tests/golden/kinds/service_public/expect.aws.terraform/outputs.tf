# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "address" {
  value = "https://shop.example.com"
}

output "bare" {
  value = "http://${aws_lb.plain_balancer.dns_name}"
}
