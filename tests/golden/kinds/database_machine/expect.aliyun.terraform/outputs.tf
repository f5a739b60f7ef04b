# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "address" {
  value = alicloud_db_instance.ledger_database.connection_string
}
