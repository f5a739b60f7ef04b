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
