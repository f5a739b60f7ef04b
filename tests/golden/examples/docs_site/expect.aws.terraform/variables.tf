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
  description = "How long pages of repositories that are gone stay. (in days)"
  default     = 90

  validation {
    condition     = var.keep_for >= 1
    error_message = "The variable `keep_for` is at least 1."
  }

  validation {
    condition     = var.keep_for <= 365
    error_message = "The variable `keep_for` is at most 365."
  }
}
