# Made by Virga from the app api_with_jwt, stage default. Change the .virga file, not this one.

variable "login_keys" {
  type        = string
  description = "The public keys with which Alibaba Cloud checks tokens; AWS fetches them from the issuer."
}

variable "code_bucket" {
  type        = string
  description = "The OSS bucket of this region into which the files of the folder `code/` were copied, below the prefix `api_with_jwt/`."

  validation {
    condition     = length(var.code_bucket) >= 3
    error_message = "The variable `code_bucket` has at least 3 characters."
  }
}
