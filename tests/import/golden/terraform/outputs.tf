output "queue_url" {
  description = "Where orders go in."
  value       = aws_sqs_queue.orders.url
}

output "alerts" {
  value     = [for topic in aws_sns_topic.alerts : topic.arn]
  sensitive = true
}
