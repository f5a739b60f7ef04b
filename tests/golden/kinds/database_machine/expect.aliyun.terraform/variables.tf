# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

variable "inner_zone1_id" {
  type        = string
  description = "The zone for part 1 of the network `inner`, such as cn-hangzhou-h: one that has what stands in the network."

  validation {
    condition     = length(var.inner_zone1_id) >= 1
    error_message = "The variable `inner_zone1_id` has at least 1 characters."
  }
}

variable "inner_zone2_id" {
  type        = string
  description = "The zone for part 2 of the network `inner`, such as cn-hangzhou-h: one that has what stands in the network."

  validation {
    condition     = length(var.inner_zone2_id) >= 1
    error_message = "The variable `inner_zone2_id` has at least 1 characters."
  }
}

variable "ledger_password" {
  type        = string
  description = "The password of `ledger`, of letters of both sizes, digits and any of !@#$%^&*()_+-=."
  sensitive   = true

  validation {
    condition     = length(var.ledger_password) >= 8
    error_message = "The variable `ledger_password` has at least 8 characters."
  }

  validation {
    condition     = length(var.ledger_password) <= 32
    error_message = "The variable `ledger_password` has at most 32 characters."
  }
}

variable "books_password" {
  type        = string
  description = "The password of `books`, of letters of both sizes, digits and any of !@#$%^&*()_+-=."
  sensitive   = true

  validation {
    condition     = length(var.books_password) >= 8
    error_message = "The variable `books_password` has at least 8 characters."
  }

  validation {
    condition     = length(var.books_password) <= 32
    error_message = "The variable `books_password` has at most 32 characters."
  }
}

variable "archive_password" {
  type        = string
  description = "The password of `archive`, of letters of both sizes, digits and any of !@#$%^&*()_+-=."
  sensitive   = true

  validation {
    condition     = length(var.archive_password) >= 8
    error_message = "The variable `archive_password` has at least 8 characters."
  }

  validation {
    condition     = length(var.archive_password) <= 32
    error_message = "The variable `archive_password` has at most 32 characters."
  }
}

variable "events_password" {
  type        = string
  description = "The password of `events`, of letters of both sizes, digits and any of !@#$%^&*()_+-=."
  sensitive   = true

  validation {
    condition     = length(var.events_password) >= 8
    error_message = "The variable `events_password` has at least 8 characters."
  }

  validation {
    condition     = length(var.events_password) <= 32
    error_message = "The variable `events_password` has at most 32 characters."
  }
}

variable "code_bucket" {
  type        = string
  description = "The OSS bucket of this region into which the files of the folder `code/` were copied, below the prefix `shop/`."

  validation {
    condition     = length(var.code_bucket) >= 3
    error_message = "The variable `code_bucket` has at least 3 characters."
  }
}
