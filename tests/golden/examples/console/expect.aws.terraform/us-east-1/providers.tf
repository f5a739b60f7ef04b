# Made by Virga from the app console, stage default. Change the .virga file, not this one.

provider "aws" {
  region = "us-east-1"
}
