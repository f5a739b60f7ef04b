# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "archive_name" {
  value = aws_kinesis_firehose_delivery_stream.archive.name
}

output "archive_arn" {
  value = aws_kinesis_firehose_delivery_stream.archive.arn
}
