# Made by Virga from the app sealed_forms, stage default. Change the .virga file, not this one.

variable "seal_instance" {
  type        = string
  description = "The instance of KMS that holds the key `seal`, such as kst-…."

  validation {
    condition     = length(var.seal_instance) >= 1
    error_message = "The variable `seal_instance` has at least 1 characters."
  }
}

variable "code_bucket" {
  type        = string
  description = "The OSS bucket of this region into which the files of the folder `code/` were copied, below the prefix `sealed_forms/`."

  validation {
    condition     = length(var.code_bucket) >= 3
    error_message = "The variable `code_bucket` has at least 3 characters."
  }
}
