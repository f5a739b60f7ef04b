# Made by Virga from the app docs_site, stage default. Change the .virga file, not this one.

variable "github_secret" {
  type        = string
  description = "The key that GitHub signs its calls with."
  sensitive   = true
}

variable "dingtalk_token" {
  type        = string
  description = "The access token of the DingTalk robot."
  sensitive   = true
}

variable "mail_password" {
  type        = string
  description = "The password of the mail account."
  sensitive   = true
}

variable "keep_for" {
  type        = number
  description = "How long pages of repositories that are gone stay. (In seconds.)"
  default     = 7776000

  validation {
    condition     = var.keep_for >= 86400
    error_message = "The variable `keep_for` is at least 86400."
  }

  validation {
    condition     = var.keep_for <= 31536000
    error_message = "The variable `keep_for` is at most 31536000."
  }
}

variable "code_bucket" {
  type        = string
  description = "The OSS bucket of this region into which the files of the folder `code/` were copied, below the prefix `docs_site/`."

  validation {
    condition     = length(var.code_bucket) >= 3
    error_message = "The variable `code_bucket` has at least 3 characters."
  }
}
