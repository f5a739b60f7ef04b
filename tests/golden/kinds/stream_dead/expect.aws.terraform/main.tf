# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

resource "aws_kinesis_stream" "clicks" {
  name             = "shop-default-clicks"
  retention_period = 24
  encryption_type  = "KMS"
  kms_key_id       = "alias/aws/kinesis"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "clicks"
  }

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_stream" "moves" {
  name             = "shop-default-moves"
  retention_period = 24
  encryption_type  = "KMS"
  kms_key_id       = "alias/aws/kinesis"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "moves"
  }

  stream_mode_details {
    stream_mode = "ON_DEMAND"
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

resource "aws_sns_topic" "alerts" {
  name = "shop-default-alerts"
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "alerts"
  }
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
  publish = true

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

resource "aws_lambda_event_source_mapping" "count_from_clicks" {
  event_source_arn                   = aws_kinesis_stream.clicks.arn
  function_name                      = aws_lambda_alias.count_alias.arn
  starting_position                  = "LATEST"
  batch_size                         = 100
  maximum_batching_window_in_seconds = 0
  parallelization_factor             = 1
  maximum_retry_attempts             = 3
  maximum_record_age_in_seconds      = 7200
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
        Effect = "Allow"
        Action = [
          "kinesis:DescribeStream",
          "kinesis:DescribeStreamSummary",
          "kinesis:GetRecords",
          "kinesis:GetShardIterator",
          "kinesis:ListShards",
        ]
        Resource = aws_kinesis_stream.clicks.arn
      },
      {
        Effect   = "Allow"
        Action   = "kinesis:ListStreams"
        Resource = "*"
      },
    ]
  })
}

locals {
  count_version1c6e385eae = aws_lambda_function.count.version
}

resource "aws_lambda_alias" "count_alias" {
  function_name    = aws_lambda_function.count.function_name
  name             = "live"
  function_version = local.count_version1c6e385eae
}

resource "aws_cloudwatch_log_group" "learn_logs" {
  name              = "/aws/lambda/shop-default-learn"
  retention_in_days = 30
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "learn"
  }
}

resource "aws_lambda_function" "learn" {
  function_name    = "shop-default-learn"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/learn-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/learn-95d3900e7950.zip")
  role             = aws_iam_role.learn_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "learn"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.learn_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.learn_role]
}

resource "aws_lambda_event_source_mapping" "learn_from_clicks" {
  event_source_arn                   = aws_kinesis_stream.clicks.arn
  function_name                      = aws_lambda_function.learn.function_name
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

resource "aws_lambda_event_source_mapping" "learn_from_moves" {
  event_source_arn                   = aws_kinesis_stream.moves.arn
  function_name                      = aws_lambda_function.learn.function_name
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
      destination_arn = aws_sns_topic.alerts.arn
    }
  }
}

resource "aws_iam_role" "learn_role" {
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
    "virga:node"  = "learn"
  }
}

resource "aws_iam_role_policy" "learn_role" {
  role = aws_iam_role.learn_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.learn_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.lost.arn
      },
      {
        Effect = "Allow"
        Action = [
          "kinesis:DescribeStream",
          "kinesis:DescribeStreamSummary",
          "kinesis:GetRecords",
          "kinesis:GetShardIterator",
          "kinesis:ListShards",
        ]
        Resource = [aws_kinesis_stream.clicks.arn, aws_kinesis_stream.moves.arn]
      },
      {
        Effect   = "Allow"
        Action   = "kinesis:ListStreams"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = aws_sns_topic.alerts.arn
      },
    ]
  })
}
