# Made by Virga from the app image_pipeline, stage default. Change the .virga file, not this one.

variable "slack_webhook" {
  type      = string
  sensitive = true
}
