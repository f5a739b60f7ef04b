# Made by Virga from the app queue_worker, stage default. Change the .virga file, not this one.

variable "slack_webhook" {
  type        = string
  description = "The incoming webhook of the channel that is told."
  sensitive   = true
}
