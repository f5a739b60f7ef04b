# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

resource "aws_cloudwatch_log_group" "audit_logs" {
  name              = "/aws/lambda/shop-default-audit"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "audit"
  }
}

resource "aws_lambda_function" "audit" {
  function_name    = "shop-default-audit"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/audit-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/audit-95d3900e7950.zip")
  role             = aws_iam_role.audit_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "audit"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.audit_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.audit_role]
}

resource "aws_lambda_function_event_invoke_config" "audit_event_invoke_config" {
  function_name                = aws_lambda_function.audit.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 1
  maximum_event_age_in_seconds = 21600
}

resource "aws_cloudwatch_event_rule" "audit_from_cloud" {
  name           = "shop-default-cloud-audit"
  event_bus_name = "default"
  event_pattern = jsonencode({
    detail-type = [
      "ecs:Instance:Created",
      {
        prefix = "vm."
      },
      {
        suffix = ":Deleted"
      },
    ]
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "audit_from_cloud" {
  rule           = aws_cloudwatch_event_rule.audit_from_cloud.name
  event_bus_name = aws_cloudwatch_event_rule.audit_from_cloud.event_bus_name
  arn            = aws_lambda_function.audit.arn
  target_id      = "1"

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_lambda_permission" "audit_from_cloud_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.audit.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.audit_from_cloud.arn
  statement_id  = "AuditFromCloudPermission"
}

resource "aws_cloudwatch_event_rule" "audit_rule2_from_cloud" {
  name           = "shop-default-cloud-audit-2"
  event_bus_name = "default"
  event_pattern = jsonencode({
    source = [
      {
        wildcard = "*mail*"
      },
    ]
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "audit_rule2_from_cloud" {
  rule           = aws_cloudwatch_event_rule.audit_rule2_from_cloud.name
  event_bus_name = aws_cloudwatch_event_rule.audit_rule2_from_cloud.event_bus_name
  arn            = aws_lambda_function.audit.arn
  target_id      = "1"
  input_path     = "$.detail"

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_lambda_permission" "audit_rule2_from_cloud_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.audit.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.audit_rule2_from_cloud.arn
  statement_id  = "AuditRule2FromCloudPermission"
}

resource "aws_iam_role" "audit_role" {
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
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "audit"
  }
}

resource "aws_iam_role_policy" "audit_role" {
  role = aws_iam_role.audit_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.audit_logs.arn}:*"
      },
    ]
  })
}

resource "aws_sqs_queue" "changes" {
  name                       = "shop-default-changes"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "changes"
  }
}

resource "aws_cloudwatch_event_rule" "changes_from_cloud" {
  name           = "shop-default-cloud-changes"
  event_bus_name = "default"
  event_pattern = jsonencode({
    source = [
      {
        anything-but = ["shop", "test"]
      },
    ]
    detail = {
      size = [
        {
          numeric = [">", 0, "<=", 5.5]
        },
      ]
      ip = [
        {
          cidr = "10.0.0.0/24"
        },
        {
          cidr = "10.0.1.0/24"
        },
      ]
      state = [
        {
          exists = true
        },
      ]
      count = [
        3,
        {
          numeric = [">=", 10]
        },
      ]
      done = [true]
      left = [
        {
          exists = false
        },
      ]
      bucket = {
        name   = [aws_s3_bucket.pages.id]
        prefix = ["a field that is called like a test"]
      }
    }
    region = [
      {
        anything-but = {
          prefix = "us-"
        }
      },
    ]
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "changes_from_cloud" {
  rule           = aws_cloudwatch_event_rule.changes_from_cloud.name
  event_bus_name = aws_cloudwatch_event_rule.changes_from_cloud.event_bus_name
  arn            = aws_sqs_queue.changes.arn
  target_id      = "1"

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_sqs_queue_policy" "changes_policy" {
  queue_url = aws_sqs_queue.changes.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.changes.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_event_rule.changes_from_cloud.arn
          }
        }
      },
    ]
  })
}

resource "aws_sqs_queue" "lost" {
  name                       = "shop-default-lost"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "lost"
  }
}

resource "aws_sqs_queue_policy" "lost_policy" {
  queue_url = aws_sqs_queue.lost.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.lost.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_event_rule.audit_from_cloud.arn
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.lost.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_event_rule.audit_rule2_from_cloud.arn
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.lost.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_event_rule.changes_from_cloud.arn
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.lost.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_event_rule.alerts_from_cloud.arn
          }
        }
      },
    ]
  })
}

resource "aws_sns_topic" "alerts" {
  name = "shop-default-alerts"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "alerts"
  }
}

resource "aws_cloudwatch_event_rule" "alerts_from_cloud" {
  name           = "shop-default-cloud-alerts"
  event_bus_name = "default"
  event_pattern = jsonencode({
    source = [
      {
        prefix = ""
      },
    ]
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "alerts_from_cloud" {
  rule           = aws_cloudwatch_event_rule.alerts_from_cloud.name
  event_bus_name = aws_cloudwatch_event_rule.alerts_from_cloud.event_bus_name
  arn            = aws_sns_topic.alerts.arn
  target_id      = "1"
  input_path     = "$.detail"

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_sns_topic_policy" "alerts_policy" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.alerts.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_event_rule.alerts_from_cloud.arn
          }
        }
      },
    ]
  })
}

resource "aws_s3_bucket" "pages" {
  bucket = "shop--default--pages-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "pages"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "pages" {
  bucket = aws_s3_bucket.pages.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "pages" {
  bucket = aws_s3_bucket.pages.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "pages" {
  bucket                  = aws_s3_bucket.pages.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}
