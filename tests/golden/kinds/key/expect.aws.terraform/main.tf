# Made by Virga from the app vault, stage default. Change the .virga file, not this one.

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_kms_key" "seal" {
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  key_usage                = "ENCRYPT_DECRYPT"
  description              = "What customers trust us with"
  enable_key_rotation      = true
  rotation_period_in_days  = 180
  deletion_window_in_days  = 14
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "seal"
  }
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "logs.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"
        }
        Action   = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
        Resource = "*"
        Condition = {
          ArnEquals = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:vault-default-audit"
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "cloudfront.amazonaws.com"
        }
        Action   = "kms:Decrypt"
        Resource = "*"
        Condition = {
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:cloudfront::${data.aws_caller_identity.current.account_id}:distribution/*"
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "logs.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"
        }
        Action   = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
        Resource = "*"
        Condition = {
          ArnEquals = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/vault-default-take"
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "s3.amazonaws.com"
        }
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "seal_alias" {
  name          = "alias/vault-default-seal"
  target_key_id = aws_kms_key.seal.key_id
}

resource "aws_kms_key" "plain" {
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  key_usage                = "ENCRYPT_DECRYPT"
  enable_key_rotation      = false
  deletion_window_in_days  = 30
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "plain"
  }
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "sns.amazonaws.com"
        }
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = false
  }
}

resource "aws_kms_alias" "plain_alias" {
  name          = "alias/vault-default-plain"
  target_key_id = aws_kms_key.plain.key_id
}

resource "aws_s3_bucket" "papers" {
  bucket = "vault--default--papers-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "papers"
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [aws_sns_topic_policy.news_policy, aws_sqs_queue_policy.orders_policy]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "papers" {
  bucket = aws_s3_bucket.papers.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.seal.arn
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "papers" {
  bucket = aws_s3_bucket.papers.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "papers" {
  bucket                  = aws_s3_bucket.papers.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_notification" "papers" {
  bucket = aws_s3_bucket.papers.id

  queue {
    events    = ["s3:ObjectCreated:*"]
    queue_arn = aws_sqs_queue.orders.arn
  }

  topic {
    events    = ["s3:ObjectRemoved:*"]
    topic_arn = aws_sns_topic.news.arn
  }
}

resource "aws_s3_bucket_policy" "papers_policy" {
  bucket = aws_s3_bucket.papers.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "cloudfront.amazonaws.com"
        }
        Action   = "s3:GetObject"
        Resource = "${aws_s3_bucket.papers.arn}/*"
        Condition = {
          StringEquals = {
            "AWS:SourceArn" = "arn:${data.aws_partition.current.partition}:cloudfront::${data.aws_caller_identity.current.account_id}:distribution/${aws_cloudfront_distribution.pages.id}"
          }
        }
      },
    ]
  })
  depends_on = [aws_s3_bucket_public_access_block.papers]
}

resource "aws_sqs_queue" "orders" {
  name                       = "vault-default-orders"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  kms_master_key_id          = aws_kms_key.seal.arn
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "orders"
  }
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.lost.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue_policy" "orders_policy" {
  queue_url = aws_sqs_queue.orders.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "s3.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:s3:::vault--default--papers-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
          }
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
    ]
  })
}

resource "aws_sqs_queue" "lost" {
  name                       = "vault-default-lost"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "lost"
  }
}

resource "aws_sqs_queue" "late" {
  name                       = "vault-default-late"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  kms_master_key_id          = aws_kms_key.plain.arn
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "late"
  }
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.late_dead_letters.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sns_topic_subscription" "late_from_news" {
  topic_arn            = aws_sns_topic.news.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.late.arn
  raw_message_delivery = false
}

resource "aws_sqs_queue" "late_dead_letters" {
  name                       = "vault-default-late-dead_letters"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 1209600
  kms_master_key_id          = aws_kms_key.plain.arn
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "late"
  }
}

resource "aws_scheduler_schedule" "late_from_nightly" {
  name                         = "vault-default-nightly"
  schedule_expression          = "rate(1 day)"
  schedule_expression_timezone = "UTC"
  state                        = "ENABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sqs_queue.late.arn
    role_arn = aws_iam_role.nightly_role.arn

    retry_policy {
      maximum_retry_attempts       = 185
      maximum_event_age_in_seconds = 86400
    }
  }

  depends_on = [aws_iam_role_policy.nightly_role]
}

resource "aws_sqs_queue_policy" "late_policy" {
  queue_url = aws_sqs_queue.late.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "sns.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.late.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_sns_topic.news.arn
          }
        }
      },
    ]
  })
}

resource "aws_sns_topic" "news" {
  name              = "vault-default-news"
  kms_master_key_id = aws_kms_key.seal.arn
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "news"
  }
}

resource "aws_sns_topic_policy" "news_policy" {
  arn = aws_sns_topic.news.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "s3.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.news.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:s3:::vault--default--papers-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
          }
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.news.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_metric_alarm.broken.arn
          }
        }
      },
    ]
  })
}

resource "aws_dynamodb_table" "ledger" {
  name             = "vault-default-ledger"
  hash_key         = "id"
  billing_mode     = "PAY_PER_REQUEST"
  stream_view_type = "NEW_AND_OLD_IMAGES"
  stream_enabled   = true
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.seal.arn
  }

  lifecycle {
    prevent_destroy = true
  }
}

ephemeral "aws_secretsmanager_random_password" "token" {
  password_length     = 32
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "token" {
  name       = "vault-default-token"
  kms_key_id = aws_kms_key.seal.arn
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "token"
  }
}

resource "aws_secretsmanager_secret_version" "token" {
  secret_id                = aws_secretsmanager_secret.token.id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.token.random_password
  secret_string_wo_version = 1
}

resource "aws_cloudwatch_log_group" "audit" {
  name              = "vault-default-audit"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.seal.arn
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "audit"
  }
}

resource "aws_cloudfront_origin_access_control" "pages_access" {
  name                              = "vault-default-pages-${data.aws_region.current.region}"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_cache_policy" "pages_cache" {
  name        = "vault-default-pages-${data.aws_region.current.region}"
  default_ttl = 86400
  min_ttl     = 0
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_gzip   = true
    enable_accept_encoding_brotli = true

    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "none"
    }

    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

resource "aws_cloudfront_function" "pages_index" {
  name    = "vault-default-pages-${data.aws_region.current.region}"
  publish = true
  comment = "The index of a folder"
  runtime = "cloudfront-js-2.0"
  code    = "function handler(event) {\n  var request = event.request;\n  if (request.uri.endsWith('/')) request.uri += 'index.html';\n  return request;\n}\n"
}

resource "aws_cloudfront_distribution" "pages" {
  enabled             = true
  comment             = "pages of vault"
  http_version        = "http2and3"
  is_ipv6_enabled     = true
  price_class         = "PriceClass_All"
  default_root_object = "index.html"
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "pages"
  }

  origin {
    origin_id                = "files"
    domain_name              = aws_s3_bucket.papers.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.pages_access.id
  }

  default_cache_behavior {
    target_origin_id       = "files"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = true
    cache_policy_id        = aws_cloudfront_cache_policy.pages_cache.id

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.pages_index.arn
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}

resource "aws_cloudwatch_log_group" "take_logs" {
  name              = "/aws/lambda/vault-default-take"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.seal.arn
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }
}

resource "aws_lambda_function" "take" {
  function_name    = "vault-default-take"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/take-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/take-95d3900e7950.zip")
  role             = aws_iam_role.take_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  kms_key_arn      = aws_kms_key.seal.arn
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.take_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      LEDGER_TABLE_NAME  = aws_dynamodb_table.ledger.name
      NEWS_TOPIC_ARN     = aws_sns_topic.news.arn
      PAPERS_BUCKET_NAME = aws_s3_bucket.papers.id
    }
  }

  depends_on = [aws_iam_role_policy.take_role]
}

resource "aws_lambda_function_event_invoke_config" "take_event_invoke_config" {
  function_name                = aws_lambda_function.take.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 1
  maximum_event_age_in_seconds = 21600

  destination_config {
    on_failure {
      destination = aws_sqs_queue.orders.arn
    }
  }
}

resource "aws_iam_role" "take_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }
}

resource "aws_iam_role_policy" "take_role" {
  role = aws_iam_role.take_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.take_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.seal.arn
      },
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"]
        Resource = "${aws_s3_bucket.papers.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.seal.arn
      },
      {
        Effect = "Allow"
        Action = [
          "dynamodb:BatchWriteItem",
          "dynamodb:ConditionCheckItem",
          "dynamodb:DeleteItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
        ]
        Resource = aws_dynamodb_table.ledger.arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
        Resource = aws_kms_key.seal.arn
      },
      {
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = aws_sns_topic.news.arn
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders.arn
      },
    ]
  })
}

resource "aws_lambda_function" "work" {
  function_name    = "vault-default-work"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/work-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/work-95d3900e7950.zip")
  role             = aws_iam_role.work_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "work"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.audit.name
    log_format = "Text"
  }

  environment {
    variables = {
      LATE_QUEUE_URL     = aws_sqs_queue.late.url
      LEDGER_TABLE_NAME  = aws_dynamodb_table.ledger.name
      PAPERS_BUCKET_NAME = "vault--default--papers-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
      TOKEN_SECRET_NAME  = "vault-default-token"
    }
  }

  depends_on = [aws_iam_role_policy.work_role]
}

resource "aws_lambda_event_source_mapping" "work_from_orders" {
  event_source_arn                   = aws_sqs_queue.orders.arn
  function_name                      = aws_lambda_function.work.function_name
  batch_size                         = 10
  maximum_batching_window_in_seconds = 0
  enabled                            = true
}

resource "aws_iam_role" "work_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "work"
  }
}

resource "aws_iam_role_policy" "work_role" {
  role = aws_iam_role.work_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.audit.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = aws_sqs_queue.orders.arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = [aws_kms_key.seal.arn, aws_kms_key.plain.arn]
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::vault--default--papers-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::vault--default--papers-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.ledger.arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey"]
        Resource = aws_kms_key.seal.arn
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.token.arn
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = aws_sqs_queue.late.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "mend_logs" {
  name              = "/aws/lambda/vault-default-mend"
  retention_in_days = 30
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "mend"
  }
}

resource "aws_lambda_function" "mend" {
  function_name    = "vault-default-mend"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/mend-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/mend-95d3900e7950.zip")
  role             = aws_iam_role.mend_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "mend"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.mend_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      SEAL_KEY_ID = aws_kms_key.seal.arn
    }
  }

  depends_on = [aws_iam_role_policy.mend_role]
}

resource "aws_lambda_event_source_mapping" "mend_from_lost" {
  event_source_arn                   = aws_sqs_queue.lost.arn
  function_name                      = aws_lambda_function.mend.function_name
  batch_size                         = 10
  maximum_batching_window_in_seconds = 0
  enabled                            = true
}

resource "aws_lambda_event_source_mapping" "mend_from_late_dead" {
  event_source_arn = aws_sqs_queue.late_dead_letters.arn
  function_name    = aws_lambda_function.mend.function_name
  batch_size       = 1
  enabled          = true
}

resource "aws_lambda_event_source_mapping" "mend_from_ledger" {
  event_source_arn                   = aws_dynamodb_table.ledger.stream_arn
  function_name                      = aws_lambda_function.mend.function_name
  starting_position                  = "LATEST"
  batch_size                         = 100
  maximum_batching_window_in_seconds = 0
  parallelization_factor             = 1
  maximum_retry_attempts             = -1
  maximum_record_age_in_seconds      = -1
  bisect_batch_on_function_error     = false
  enabled                            = true
}

resource "aws_iam_role" "mend_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "mend"
  }
}

resource "aws_iam_role_policy" "mend_role" {
  role = aws_iam_role.mend_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.mend_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = [aws_sqs_queue.lost.arn, aws_sqs_queue.late_dead_letters.arn]
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = [aws_kms_key.seal.arn, aws_kms_key.plain.arn]
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
        Resource = aws_dynamodb_table.ledger.stream_arn
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:ListStreams"
        Resource = "*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "sign_logs" {
  name              = "/aws/lambda/vault-default-sign"
  retention_in_days = 30
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "sign"
  }
}

resource "aws_lambda_function" "sign" {
  function_name    = "vault-default-sign"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/sign-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/sign-95d3900e7950.zip")
  role             = aws_iam_role.sign_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "sign"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.sign_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      SEAL_KEY_ID = aws_kms_key.seal.arn
    }
  }

  depends_on = [aws_iam_role_policy.sign_role]
}

resource "aws_iam_role" "sign_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "sign"
  }
}

resource "aws_iam_role_policy" "sign_role" {
  role = aws_iam_role.sign_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.sign_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.seal.arn
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "broken" {
  alarm_name  = "vault-default-broken"
  namespace   = "AWS/Lambda"
  metric_name = "Errors"
  dimensions = {
    FunctionName = aws_lambda_function.work.function_name
  }
  statistic           = "Sum"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "broken"
  }
  alarm_actions = [aws_sns_topic.news.arn]
}

resource "aws_iam_role" "nightly_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "scheduler.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "nightly"
  }
}

resource "aws_iam_role_policy" "nightly_role" {
  role = aws_iam_role.nightly_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.late.arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.plain.arn
      },
    ]
  })
}

resource "aws_apigatewayv2_api" "public" {
  name          = "vault-default-public"
  protocol_type = "HTTP"
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_cloudwatch_log_group" "public_access_log" {
  name              = "/aws/vendedlogs/apigateway/vault-default-public"
  retention_in_days = 30
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_apigatewayv2_stage" "public_stage" {
  api_id      = aws_apigatewayv2_api.public.id
  name        = "$default"
  auto_deploy = true
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.public_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.routeKey\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }
}

resource "aws_apigatewayv2_integration" "public_to_orders" {
  api_id                 = aws_apigatewayv2_api.public.id
  integration_type       = "AWS_PROXY"
  integration_subtype    = "SQS-SendMessage"
  credentials_arn        = aws_iam_role.public_role.arn
  payload_format_version = "1.0"
  request_parameters = {
    QueueUrl    = aws_sqs_queue.orders.url
    MessageBody = "$request.body"
  }
  timeout_milliseconds = 30000
  depends_on           = [aws_iam_role_policy.public_role]
}

resource "aws_apigatewayv2_route" "public_post_orders" {
  api_id             = aws_apigatewayv2_api.public.id
  route_key          = "POST /orders"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.public_to_orders.id}"
}

resource "aws_iam_role" "public_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "apigateway.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "vault"
    "virga:stage" = "default"
    "virga:node"  = "public"
  }
}

resource "aws_iam_role_policy" "public_role" {
  role = aws_iam_role.public_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders.arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.seal.arn
      },
    ]
  })
}
