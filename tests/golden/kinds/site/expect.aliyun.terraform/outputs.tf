# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "docs_url" {
  value = "http://docs.example.com"
}
