# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

output "cache_url" {
  value = "rediss://${aws_elasticache_serverless_cache.sessions.endpoint[0].address}:${aws_elasticache_serverless_cache.sessions.endpoint[0].port}"
}

output "cache_address" {
  value = aws_elasticache_serverless_cache.answers.endpoint[0].address
}
