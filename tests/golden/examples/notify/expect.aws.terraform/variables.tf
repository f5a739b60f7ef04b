# Made by Virga from the app notify, stage default. Change the .virga file, not this one.

variable "slack_webhook" {
  type        = string
  description = "The incoming webhook of the channel."
  sensitive   = true
}

variable "mail_password" {
  type        = string
  description = "The password of the mailbox that letters are sent from."
  sensitive   = true
}
