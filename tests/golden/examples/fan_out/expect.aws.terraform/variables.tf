# Made by Virga from the app fan_out, stage default. Change the .virga file, not this one.

variable "slack_webhook" {
  type        = string
  description = "The incoming webhook of the channel that is told of orders nobody could work on."
  sensitive   = true
}
