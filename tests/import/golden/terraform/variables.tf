variable "region" {
  description = "Where it runs."
  type        = string
  default     = "eu-central-1"
}

variable "stage" {
  type = string
  validation {
    condition     = contains(["dev", "prod"], var.stage)
    error_message = "One of dev and prod."
  }
}

variable "verbose" {
  type    = bool
  default = false
}

variable "grants" {
  type    = map(string)
  default = {}
}
