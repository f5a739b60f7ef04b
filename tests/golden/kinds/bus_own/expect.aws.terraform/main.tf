# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

resource "aws_cloudwatch_event_bus" "events" {
  name        = "shop-default-events"
  description = "What happens in the shop"
  tags = {
    team          = "core"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "events"
  }
}

resource "aws_iam_role" "events_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    team          = "core"
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "events"
  }
}

resource "aws_iam_role_policy" "events_role" {
  role = aws_iam_role.events_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "events:PutEvents"
        Resource = aws_cloudwatch_event_bus.archive.arn
      },
      {
        Effect   = "Allow"
        Action   = ["kinesis:PutRecord", "kinesis:PutRecords"]
        Resource = aws_kinesis_stream.history.arn
      },
    ]
  })
}

resource "aws_cloudwatch_event_bus" "archive" {
  name = "shop-default-archive"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "archive"
  }
}

resource "aws_cloudwatch_event_rule" "archive_from_events" {
  name           = "shop-default-events-archive"
  event_bus_name = aws_cloudwatch_event_bus.events.name
  event_pattern = jsonencode({
    source = [
      {
        prefix = ""
      },
    ]
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "archive_from_events" {
  rule           = aws_cloudwatch_event_rule.archive_from_events.name
  event_bus_name = aws_cloudwatch_event_rule.archive_from_events.event_bus_name
  arn            = aws_cloudwatch_event_bus.archive.arn
  role_arn       = aws_iam_role.events_role.arn
  target_id      = "1"

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }

  depends_on = [aws_iam_role_policy.events_role]
}

resource "aws_kinesis_stream" "history" {
  name             = "shop-default-history"
  retention_period = 24
  encryption_type  = "KMS"
  kms_key_id       = "alias/aws/kinesis"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "history"
  }

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_cloudwatch_event_rule" "history_from_events" {
  name           = "shop-default-events-history"
  event_bus_name = aws_cloudwatch_event_bus.events.name
  event_pattern = jsonencode({
    source = [
      {
        prefix = ""
      },
    ]
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "history_from_events" {
  rule           = aws_cloudwatch_event_rule.history_from_events.name
  event_bus_name = aws_cloudwatch_event_rule.history_from_events.event_bus_name
  arn            = aws_kinesis_stream.history.arn
  role_arn       = aws_iam_role.events_role.arn
  target_id      = "1"
  input_path     = "$.detail"

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }

  depends_on = [aws_iam_role_policy.events_role]
}

resource "aws_cloudwatch_log_group" "till_logs" {
  name              = "/aws/lambda/shop-default-till"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "till"
  }
}

resource "aws_lambda_function" "till" {
  function_name    = "shop-default-till"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/till-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/till-95d3900e7950.zip")
  role             = aws_iam_role.till_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "till"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.till_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      ARCHIVE_BUS_NAME = aws_cloudwatch_event_bus.archive.name
      EVENTS_BUS_NAME  = aws_cloudwatch_event_bus.events.name
    }
  }

  depends_on = [aws_iam_role_policy.till_role]
}

resource "aws_iam_role" "till_role" {
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
    "virga:node"  = "till"
  }
}

resource "aws_iam_role_policy" "till_role" {
  role = aws_iam_role.till_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.till_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "events:PutEvents"
        Resource = [aws_cloudwatch_event_bus.events.arn, aws_cloudwatch_event_bus.archive.arn]
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "ship_logs" {
  name              = "/aws/lambda/shop-default-ship"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ship"
  }
}

resource "aws_lambda_function" "ship" {
  function_name    = "shop-default-ship"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/ship-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/ship-95d3900e7950.zip")
  role             = aws_iam_role.ship_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "ship"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.ship_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.ship_role]
}

resource "aws_lambda_function_event_invoke_config" "ship_event_invoke_config" {
  function_name                = aws_lambda_function.ship.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_cloudwatch_event_rule" "ship_from_events" {
  name           = "shop-default-events-ship"
  event_bus_name = aws_cloudwatch_event_bus.events.name
  event_pattern = jsonencode({
    source = ["shop"]
    detail-type = [
      "paid",
      {
        wildcard = "re*paid"
      },
    ]
    detail = {
      total = [
        {
          numeric = [">", 100]
        },
      ]
      city = [
        {
          equals-ignore-case = "berlin"
        },
      ]
      name = [
        {
          wildcard = "*5\\**"
        },
      ]
    }
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "ship_from_events" {
  rule           = aws_cloudwatch_event_rule.ship_from_events.name
  event_bus_name = aws_cloudwatch_event_rule.ship_from_events.event_bus_name
  arn            = aws_lambda_function.ship.arn
  target_id      = "1"

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_lambda_permission" "ship_from_events_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.ship.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.ship_from_events.arn
  statement_id  = "ShipFromEventsPermission"
}

resource "aws_iam_role" "ship_role" {
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
    "virga:node"  = "ship"
  }
}

resource "aws_iam_role_policy" "ship_role" {
  role = aws_iam_role.ship_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.ship_logs.arn}:*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "late_logs" {
  name              = "/aws/lambda/shop-default-late"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "late"
  }
}

resource "aws_lambda_function" "late" {
  function_name    = "shop-default-late"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/late-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/late-95d3900e7950.zip")
  role             = aws_iam_role.late_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "late"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.late_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.late_role]
}

resource "aws_sqs_queue" "late_dead_letters" {
  name                       = "shop-default-late-dead_letters"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 1209600
  delay_seconds              = 0
  max_message_size           = 1048576
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "late"
  }
}

resource "aws_sqs_queue" "late_queue" {
  name                       = "shop-default-late-events"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 21600
  delay_seconds              = 0
  max_message_size           = 1048576
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "late"
  }
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.late_dead_letters.arn
    maxReceiveCount     = 6
  })
}

resource "aws_lambda_event_source_mapping" "late_queue_events" {
  event_source_arn = aws_sqs_queue.late_queue.arn
  function_name    = aws_lambda_function.late.function_name
  batch_size       = 1
  enabled          = true
}

resource "aws_cloudwatch_event_rule" "late_from_events" {
  name           = "shop-default-events-late"
  event_bus_name = aws_cloudwatch_event_bus.events.name
  event_pattern = jsonencode({
    detail-type = [
      {
        anything-but = {
          suffix = ".test"
        }
      },
    ]
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "late_from_events" {
  rule           = aws_cloudwatch_event_rule.late_from_events.name
  event_bus_name = aws_cloudwatch_event_rule.late_from_events.event_bus_name
  arn            = aws_sqs_queue.late_queue.arn
  target_id      = "1"

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_iam_role" "late_role" {
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
    "virga:node"  = "late"
  }
}

resource "aws_iam_role_policy" "late_role" {
  role = aws_iam_role.late_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.late_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = aws_sqs_queue.late_queue.arn
      },
    ]
  })
}

resource "aws_sqs_queue_policy" "late_queue_policy" {
  queue_url = aws_sqs_queue.late_queue.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.late_queue.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_event_rule.late_from_events.arn
          }
        }
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "packed_logs" {
  name              = "/aws/lambda/shop-default-packed"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "packed"
  }
}

resource "aws_lambda_function" "packed" {
  function_name    = "shop-default-packed"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/packed-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/packed-95d3900e7950.zip")
  role             = aws_iam_role.packed_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "packed"
  }
  publish = true

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.packed_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.packed_role]
}

resource "aws_lambda_function_event_invoke_config" "packed_event_invoke_config" {
  function_name                = aws_lambda_function.packed.function_name
  qualifier                    = "live"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
  depends_on                   = [aws_lambda_alias.packed_alias]
}

resource "aws_cloudwatch_event_rule" "packed_from_events" {
  name           = "shop-default-events-packed"
  event_bus_name = aws_cloudwatch_event_bus.events.name
  event_pattern = jsonencode({
    source = [
      {
        prefix = ""
      },
    ]
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "packed_from_events" {
  rule           = aws_cloudwatch_event_rule.packed_from_events.name
  event_bus_name = aws_cloudwatch_event_rule.packed_from_events.event_bus_name
  arn            = aws_lambda_alias.packed_alias.arn
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

resource "aws_lambda_permission" "packed_from_events_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_alias.packed_alias.function_name
  qualifier     = aws_lambda_alias.packed_alias.name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.packed_from_events.arn
  statement_id  = "PackedFromEventsPermission"
}

resource "aws_iam_role" "packed_role" {
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
    "virga:node"  = "packed"
  }
}

resource "aws_iam_role_policy" "packed_role" {
  role = aws_iam_role.packed_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.packed_logs.arn}:*"
      },
    ]
  })
}

locals {
  packed_versionfcce42bdf2 = aws_lambda_function.packed.version
}

resource "aws_lambda_alias" "packed_alias" {
  function_name    = aws_lambda_function.packed.function_name
  name             = "live"
  function_version = local.packed_versionfcce42bdf2
}

resource "aws_sqs_queue" "orders" {
  name                        = "shop-default-orders.fifo"
  fifo_queue                  = true
  content_based_deduplication = true
  visibility_timeout_seconds  = 60
  message_retention_seconds   = 345600
  delay_seconds               = 0
  max_message_size            = 65536
  receive_wait_time_seconds   = 0
  sqs_managed_sse_enabled     = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "orders"
  }
}

resource "aws_cloudwatch_event_rule" "orders_from_events" {
  name           = "shop-default-events-orders"
  event_bus_name = aws_cloudwatch_event_bus.events.name
  event_pattern = jsonencode({
    source = [
      {
        prefix = ""
      },
    ]
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "orders_from_events" {
  rule           = aws_cloudwatch_event_rule.orders_from_events.name
  event_bus_name = aws_cloudwatch_event_rule.orders_from_events.event_bus_name
  arn            = aws_sqs_queue.orders.arn
  target_id      = "1"

  sqs_target {
    message_group_id = "events"
  }

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_sqs_queue_policy" "orders_policy" {
  queue_url = aws_sqs_queue.orders.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "events.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_event_rule.orders_from_events.arn
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
            "aws:SourceArn" = aws_cloudwatch_event_rule.ship_from_events.arn
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
            "aws:SourceArn" = aws_cloudwatch_event_rule.late_from_events.arn
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
            "aws:SourceArn" = aws_cloudwatch_event_rule.packed_from_events.arn
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
            "aws:SourceArn" = aws_cloudwatch_event_rule.orders_from_events.arn
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
            "aws:SourceArn" = aws_cloudwatch_event_rule.news_from_events.arn
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
            "aws:SourceArn" = aws_cloudwatch_event_rule.archive_from_events.arn
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
            "aws:SourceArn" = aws_cloudwatch_event_rule.history_from_events.arn
          }
        }
      },
    ]
  })
}

resource "aws_sns_topic" "news" {
  name = "shop-default-news"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "news"
  }
}

resource "aws_cloudwatch_event_rule" "news_from_events" {
  name           = "shop-default-events-news"
  event_bus_name = aws_cloudwatch_event_bus.events.name
  event_pattern = jsonencode({
    detail-type = ["announced"]
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "news_from_events" {
  rule           = aws_cloudwatch_event_rule.news_from_events.name
  event_bus_name = aws_cloudwatch_event_rule.news_from_events.event_bus_name
  arn            = aws_sns_topic.news.arn
  target_id      = "1"

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
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
          Service = "events.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.news.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_event_rule.news_from_events.arn
          }
        }
      },
    ]
  })
}
