# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

variable "image" {
  type = string
}

variable "key" {
  type      = string
  sensitive = true
}
