# Made by Virga from the app console, stage default. Change the .virga file, not this one.

provider "alicloud" {
  region = "ap-southeast-1"
}
