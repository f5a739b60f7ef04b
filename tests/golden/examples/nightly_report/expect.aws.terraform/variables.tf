# Made by Virga from the app nightly_report, stage default. Change the .virga file, not this one.

variable "mail_server" {
  type    = string
  default = "smtp.example.com"
}

variable "mail_user" {
  type    = string
  default = "reports@example.com"
}

variable "mail_password" {
  type      = string
  sensitive = true
}

variable "readers" {
  type    = string
  default = "team@example.com"
}
