# Made by Virga from the app order_saga, stage default. Change the .virga file, not this one.

variable "bank_url" {
  type        = string
  description = "Where payments are asked for; the bank answers to `/payments`."
}

variable "code_bucket" {
  type        = string
  description = "The OSS bucket of this region into which the files of the folder `code/` were copied, below the prefix `order_saga/`."

  validation {
    condition     = length(var.code_bucket) >= 3
    error_message = "The variable `code_bucket` has at least 3 characters."
  }
}
