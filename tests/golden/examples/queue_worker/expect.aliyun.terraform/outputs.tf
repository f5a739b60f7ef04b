# Made by Virga from the app queue_worker, stage default. Change the .virga file, not this one.

output "address" {
  value = "https://${alicloud_api_gateway_group.shop_group.sub_domain}"
}

output "redrive" {
  description = "Call this function to put rejected orders back."
  value       = "queue_worker-default-orders-redrive"
}
