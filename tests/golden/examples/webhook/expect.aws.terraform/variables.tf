# Made by Virga from the app webhook, stage default. Change the .virga file, not this one.

variable "github_secret" {
  type        = string
  description = "The secret of the webhook, as GitHub knows it."
  sensitive   = true
}
