# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

variable "vpc" {
  type = string
}

variable "part_a" {
  type = string
}

variable "part_b" {
  type = string
}
