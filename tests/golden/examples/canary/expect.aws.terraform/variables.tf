# Made by Virga from the app canary, stage default. Change the .virga file, not this one.

variable "stable" {
  type        = string
  description = "The version that nine of ten calls still go to."
  default     = "1"
}

variable "slack_webhook" {
  type      = string
  sensitive = true
}
