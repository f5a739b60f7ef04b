# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

variable "stable" {
  type    = string
  default = "4"
}

variable "code_bucket" {
  type        = string
  description = "The OSS bucket of this region into which the files of the folder `code/` were copied, below the prefix `shop/`."

  validation {
    condition     = length(var.code_bucket) >= 3
    error_message = "The variable `code_bucket` has at least 3 characters."
  }
}
