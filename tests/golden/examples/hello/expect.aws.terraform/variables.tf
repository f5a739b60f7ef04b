# Made by Virga from the app hello, stage default. Change the .virga file, not this one.

variable "greeted" {
  type        = string
  description = "Whom to greet when the caller says nothing."
  default     = "world"
}
