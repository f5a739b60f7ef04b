# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

variable "image" {
  type = string
}

variable "certificate" {
  type = string
}

variable "certificate_key" {
  type      = string
  sensitive = true
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

variable "inner_zone1_id" {
  type        = string
  description = "The zone for part 1 of the network `inner`, such as cn-hangzhou-h: one that has what stands in the network."

  validation {
    condition     = length(var.inner_zone1_id) >= 1
    error_message = "The variable `inner_zone1_id` has at least 1 characters."
  }
}

variable "inner_zone2_id" {
  type        = string
  description = "The zone for part 2 of the network `inner`, such as cn-hangzhou-h: one that has what stands in the network."

  validation {
    condition     = length(var.inner_zone2_id) >= 1
    error_message = "The variable `inner_zone2_id` has at least 1 characters."
  }
}
