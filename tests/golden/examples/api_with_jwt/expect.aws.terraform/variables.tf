# Made by Virga from the app api_with_jwt, stage default. Change the .virga file, not this one.

variable "login_keys" {
  type        = string
  description = "The public keys with which Alibaba Cloud checks tokens; AWS fetches them from the issuer."
}
