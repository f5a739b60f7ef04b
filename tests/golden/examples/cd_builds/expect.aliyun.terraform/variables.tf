# Made by Virga from the app cd_builds, stage default. Change the .virga file, not this one.

variable "git_secret" {
  type        = string
  description = "The key that the code host signs its calls with."
  sensitive   = true
}

variable "slack_webhook" {
  type        = string
  description = "The incoming webhook of the channel that hears of failures."
  sensitive   = true
}

variable "code_bucket" {
  type        = string
  description = "The OSS bucket of this region into which the files of the folder `code/` were copied, below the prefix `cd_builds/`."

  validation {
    condition     = length(var.code_bucket) >= 3
    error_message = "The variable `code_bucket` has at least 3 characters."
  }
}
