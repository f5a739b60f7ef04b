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

variable "code_bucket" {
  type        = string
  description = "The OSS bucket of this region into which the files of the folder `code/` were copied, below the prefix `canary/`."

  validation {
    condition     = length(var.code_bucket) >= 3
    error_message = "The variable `code_bucket` has at least 3 characters."
  }
}

variable "alarm_contact_group" {
  type        = string
  description = "The contact group of CloudMonitor that alarms are sent to."

  validation {
    condition     = length(var.alarm_contact_group) >= 1
    error_message = "The variable `alarm_contact_group` has at least 1 characters."
  }
}
