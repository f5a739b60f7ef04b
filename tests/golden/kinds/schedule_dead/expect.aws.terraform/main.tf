# Made by Virga from the app shop, stage default. Change the .virga file, not this one.

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

resource "aws_sqs_queue" "work" {
  name                       = "shop-default-work"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "shop"
    "virga:stage" = "default"
    "virga:node"  = "work"
  }
}

resource "aws_scheduler_schedule" "work_from_nightly" {
  name                         = "shop-default-nightly-work"
  description                  = "Counts what was sold"
  schedule_expression          = "cron(0 3 * * ? *)"
  schedule_expression_timezone = "UTC"
  state                        = "ENABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sqs_queue.work.arn
    role_arn = aws_iam_role.nightly_role.arn

    retry_policy {
      maximum_retry_attempts       = 185
      maximum_event_age_in_seconds = 86400
    }

    dead_letter_config {
      arn = aws_sqs_queue.lost.arn
    }
  }

  depends_on = [aws_iam_role_policy.nightly_role]
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

resource "aws_lambda_function_event_invoke_config" "count_event_invoke_config" {
  function_name                = aws_lambda_function.count.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_scheduler_schedule" "count_from_nightly" {
  name                         = "shop-default-nightly-count"
  description                  = "Counts what was sold"
  schedule_expression          = "cron(0 3 * * ? *)"
  schedule_expression_timezone = "UTC"
  state                        = "ENABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.count.arn
    role_arn = aws_iam_role.nightly_role.arn

    retry_policy {
      maximum_retry_attempts       = 185
      maximum_event_age_in_seconds = 86400
    }

    dead_letter_config {
      arn = aws_sqs_queue.lost.arn
    }
  }

  depends_on = [aws_iam_role_policy.nightly_role]
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
    ]
  })
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
    "virga:app"   = "shop"
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
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.count.arn
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = [aws_sqs_queue.work.arn, aws_sqs_queue.lost.arn]
      },
    ]
  })
}
