# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

variable "image" {
  type = string
}

variable "certificate" {
  type = string
}

variable "vpc" {
  type = string
}

variable "part_a" {
  type = string
}

variable "part_b" {
  type = string
}

variable "part_c" {
  type = string
}

variable "part_d" {
  type = string
}
