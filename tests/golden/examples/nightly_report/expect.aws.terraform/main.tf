# Made by Virga from the app nightly_report, stage default. Change the .virga file, not this one.

# Yesterday's numbers, by mail

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_dynamodb_table" "sales" {
  name         = "nightly_report-default-sales"
  hash_key     = "day"
  range_key    = "product"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "sales"
  }

  attribute {
    name = "day"
    type = "S"
  }

  attribute {
    name = "product"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_ssm_parameter" "limits" {
  name  = "nightly_report-default-limits"
  type  = "String"
  value = "{\"low\": 10}"
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "limits"
  }
}

resource "aws_iam_role" "report_clock_role" {
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
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "report.clock"
  }
}

resource "aws_iam_role_policy" "report_clock_role" {
  role = aws_iam_role.report_clock_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.report_worker.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "report_worker_logs" {
  name              = "/aws/lambda/nightly_report-default-report-worker"
  retention_in_days = 30
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "report.worker"
  }
}

resource "aws_lambda_function" "report_worker" {
  function_name    = "nightly_report-default-report-worker"
  runtime          = "python3.12"
  handler          = "report.handler"
  filename         = "${path.module}/code/report-worker-a5c828f9c43b.zip"
  source_code_hash = filebase64sha256("${path.module}/code/report-worker-a5c828f9c43b.zip")
  role             = aws_iam_role.report_worker_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 300
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "report.worker"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.report_worker_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      LETTERS_SENDER_FUNCTION_NAME = aws_lambda_function.letters_sender.function_name
      LIMITS_CONFIG_NAME           = aws_ssm_parameter.limits.name
      SALES_TABLE_NAME             = aws_dynamodb_table.sales.name
    }
  }

  depends_on = [aws_iam_role_policy.report_worker_role]
}

resource "aws_lambda_function_event_invoke_config" "report_worker_event_invoke_config" {
  function_name                = aws_lambda_function.report_worker.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_scheduler_schedule" "report_worker_from_report_clock" {
  name                         = "nightly_report-default-report-clock"
  schedule_expression          = "cron(30 6 ? * MON-FRI *)"
  schedule_expression_timezone = "Asia/Shanghai"
  state                        = "ENABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.report_worker.arn
    role_arn = aws_iam_role.report_clock_role.arn
    input    = "{\"products\":[\"tea\",\"coffee\"]}"

    retry_policy {
      maximum_retry_attempts       = 185
      maximum_event_age_in_seconds = 86400
    }
  }

  depends_on = [aws_iam_role_policy.report_clock_role]
}

resource "aws_iam_role" "report_worker_role" {
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
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "report.worker"
  }
}

resource "aws_iam_role_policy" "report_worker_role" {
  role = aws_iam_role.report_worker_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.report_worker_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.sales.arn
      },
      {
        Effect   = "Allow"
        Action   = "ssm:GetParameter"
        Resource = "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:parameter/nightly_report-default-limits"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.letters_sender.arn
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "report_trouble" {
  alarm_name        = "nightly_report-default-report-trouble"
  alarm_description = "A scheduled run failed"
  namespace         = "AWS/Lambda"
  metric_name       = "Errors"
  dimensions = {
    FunctionName = aws_lambda_function.report_worker.function_name
  }
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "report.trouble"
  }
  alarm_actions = [aws_lambda_function.letters_sender.arn]
}

resource "aws_secretsmanager_secret" "letters_key" {
  name = "nightly_report-default-letters-key"
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "letters.key"
  }
}

resource "aws_secretsmanager_secret_version" "letters_key" {
  secret_id     = aws_secretsmanager_secret.letters_key.id
  secret_string = var.mail_password
}

resource "aws_cloudwatch_log_group" "letters_sender_logs" {
  name              = "/aws/lambda/nightly_report-default-letters-sender"
  retention_in_days = 30
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }
}

resource "aws_lambda_function" "letters_sender" {
  function_name    = "nightly_report-default-letters-sender"
  description      = "Writes letters"
  runtime          = "python3.12"
  handler          = "notify.mail"
  filename         = "${path.module}/code/letters-sender-3037b7104d59.zip"
  source_code_hash = filebase64sha256("${path.module}/code/letters-sender-3037b7104d59.zip")
  role             = aws_iam_role.letters_sender_role.arn
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 30
  tags = {
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.letters_sender_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      CHANNEL_SECRET_NAME     = "nightly_report-default-letters-key"
      LETTERS_KEY_SECRET_NAME = "nightly_report-default-letters-key"
      MAIL_FROM               = var.mail_user
      MAIL_PORT               = "465"
      MAIL_SERVER             = var.mail_server
      MAIL_TO                 = var.readers
      MAIL_USER               = var.mail_user
      PREFIX                  = "sales"
    }
  }

  depends_on = [aws_iam_role_policy.letters_sender_role]
}

resource "aws_lambda_function_event_invoke_config" "letters_sender_event_invoke_config" {
  function_name                = aws_lambda_function.letters_sender.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_lambda_permission" "letters_sender_from_report_trouble_permission" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.letters_sender.function_name
  principal      = "lambda.alarms.cloudwatch.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
  source_arn     = aws_cloudwatch_metric_alarm.report_trouble.arn
  statement_id   = "LettersSenderFromReportTroublePermission"
}

resource "aws_iam_role" "letters_sender_role" {
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
    "virga:app"   = "nightly_report"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }
}

resource "aws_iam_role_policy" "letters_sender_role" {
  role = aws_iam_role.letters_sender_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.letters_sender_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.letters_key.arn
      },
    ]
  })
}
