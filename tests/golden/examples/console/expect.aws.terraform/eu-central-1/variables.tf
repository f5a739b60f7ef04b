# Made by Virga from the app console, stage default. Change the .virga file, not this one.

variable "orders_url" {
  type        = string
  description = "The addresses of the back ends."
  default     = "https://orders.example.com"
}

variable "billing_url" {
  type    = string
  default = "https://billing.example.com"
}

variable "slack_webhook" {
  type        = string
  description = "The incoming webhook of the channel that is on call."
  sensitive   = true
}
