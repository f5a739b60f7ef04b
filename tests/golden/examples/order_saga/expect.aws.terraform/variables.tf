# Made by Virga from the app order_saga, stage default. Change the .virga file, not this one.

variable "bank_url" {
  type        = string
  description = "Where payments are asked for; the bank answers to `/payments`."
}
