# Made by Virga from the app web, stage prod. Change the .virga file, not this one.

variable "orders_url" {
  type        = string
  description = "Output `url` of the app orders: Where orders wait."
}

variable "network_name" {
  type        = string
  description = "Output `name` of the app network."
}
