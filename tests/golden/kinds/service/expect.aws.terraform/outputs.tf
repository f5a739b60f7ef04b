# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "internal" {
  value = "http://${aws_lb.api_balancer.dns_name}"
}
