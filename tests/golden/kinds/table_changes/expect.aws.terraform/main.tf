# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

resource "aws_dynamodb_table" "orders" {
  name             = "shop-default-orders"
  hash_key         = "id"
  billing_mode     = "PAY_PER_REQUEST"
  stream_view_type = "NEW_AND_OLD_IMAGES"
  stream_enabled   = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "orders"
  }

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_dynamodb_table" "stock" {
  name             = "shop-default-stock"
  hash_key         = "id"
  billing_mode     = "PAY_PER_REQUEST"
  stream_view_type = "NEW_AND_OLD_IMAGES"
  stream_enabled   = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
  }
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

resource "aws_sqs_queue" "counted" {
  name                       = "shop-default-counted"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "counted"
  }
}

resource "aws_pipes_pipe" "counted_from_stock" {
  name     = "shop-default-stock-counted"
  role_arn = aws_iam_role.counted_from_stock_role.arn
  source   = aws_dynamodb_table.stock.stream_arn
  target   = aws_sqs_queue.counted.arn
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "counted"
  }

  source_parameters {
    dynamodb_stream_parameters {
      starting_position                  = "LATEST"
      batch_size                         = 10
      maximum_batching_window_in_seconds = 0
      parallelization_factor             = 2
      maximum_retry_attempts             = 5
      maximum_record_age_in_seconds      = -1
      on_partial_batch_item_failure      = "AUTOMATIC_BISECT"

      dead_letter_config {
        arn = aws_sns_topic.alerts.arn
      }
    }

    filter_criteria {
      filter {
        pattern = "{\"eventName\":[\"REMOVE\"]}"
      }
    }
  }

  depends_on = [aws_iam_role_policy.counted_from_stock_role]
}

resource "aws_iam_role" "counted_from_stock_role" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "pipes.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "counted"
  }
}

resource "aws_iam_role_policy" "counted_from_stock_role" {
  role = aws_iam_role.counted_from_stock_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = aws_sns_topic.alerts.arn
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
        Resource = aws_dynamodb_table.stock.stream_arn
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:ListStreams"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.counted.arn
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

resource "aws_lambda_event_source_mapping" "ship_from_orders" {
  event_source_arn                   = aws_dynamodb_table.orders.stream_arn
  function_name                      = aws_lambda_function.ship.function_name
  starting_position                  = "LATEST"
  batch_size                         = 100
  maximum_batching_window_in_seconds = 0
  parallelization_factor             = 4
  maximum_retry_attempts             = 3
  maximum_record_age_in_seconds      = 3600
  bisect_batch_on_function_error     = true
  function_response_types            = ["ReportBatchItemFailures"]
  enabled                            = true

  filter_criteria {
    filter {
      pattern = "{\"eventName\":[\"INSERT\",\"MODIFY\"],\"dynamodb\":{\"NewImage\":{\"state\":{\"S\":[\"paid\"]}}}}"
    }
  }

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.lost.arn
    }
  }
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
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.lost.arn
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
        Resource = aws_dynamodb_table.orders.stream_arn
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:ListStreams"
        Resource = "*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "count_logs" {
  name              = "/aws/lambda/shop-default-count"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "count"
  }
}

resource "aws_lambda_function" "count" {
  function_name    = "shop-default-count"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/count-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/count-95d3900e7950.zip")
  role             = aws_iam_role.count_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "count"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.count_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.count_role]
}

resource "aws_lambda_event_source_mapping" "count_from_orders" {
  event_source_arn                   = aws_dynamodb_table.orders.stream_arn
  function_name                      = aws_lambda_function.count.function_name
  starting_position                  = "LATEST"
  batch_size                         = 100
  maximum_batching_window_in_seconds = 0
  parallelization_factor             = 1
  maximum_retry_attempts             = -1
  maximum_record_age_in_seconds      = -1
  bisect_batch_on_function_error     = false
  enabled                            = true

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.lost.arn
    }
  }
}

resource "aws_iam_role" "count_role" {
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
    "virga:node"  = "count"
  }
}

resource "aws_iam_role_policy" "count_role" {
  role = aws_iam_role.count_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.count_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.lost.arn
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
        Resource = aws_dynamodb_table.orders.stream_arn
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:ListStreams"
        Resource = "*"
      },
    ]
  })
}
