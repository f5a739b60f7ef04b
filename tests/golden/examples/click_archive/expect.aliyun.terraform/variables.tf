# Made by Virga from the app click_archive, stage default. Change the .virga file, not this one.

variable "code_bucket" {
  type        = string
  description = "The OSS bucket of this region into which the files of the folder `code/` were copied, below the prefix `click_archive/`."

  validation {
    condition     = length(var.code_bucket) >= 3
    error_message = "The variable `code_bucket` has at least 3 characters."
  }
}
