# Made by Virga from the app notify, stage default. Change the .virga file, not this one.

# Who hears of what

resource "aws_cloudwatch_log_group" "fetch_logs" {
  name              = "/aws/lambda/notify-default-fetch"
  retention_in_days = 30
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "fetch"
  }
}

resource "aws_lambda_function" "fetch" {
  function_name    = "notify-default-fetch"
  runtime          = "python3.12"
  handler          = "fetch.handler"
  filename         = "${path.module}/code/fetch-5951fe4a7080.zip"
  source_code_hash = filebase64sha256("${path.module}/code/fetch-5951fe4a7080.zip")
  role             = aws_iam_role.fetch_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 60
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "fetch"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.fetch_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.fetch_role]
}

resource "aws_lambda_function_event_invoke_config" "fetch_event_invoke_config" {
  function_name                = aws_lambda_function.fetch.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600

  destination_config {
    on_failure {
      destination = aws_lambda_function.letters_sender.arn
    }
  }
}

resource "aws_scheduler_schedule" "fetch_from_hourly" {
  name                         = "notify-default-hourly"
  schedule_expression          = "rate(1 hour)"
  schedule_expression_timezone = "UTC"
  state                        = "ENABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.fetch.arn
    role_arn = aws_iam_role.hourly_role.arn
    input    = "{\"source\":\"hourly\"}"

    retry_policy {
      maximum_retry_attempts       = 185
      maximum_event_age_in_seconds = 86400
    }
  }

  depends_on = [aws_iam_role_policy.hourly_role]
}

resource "aws_iam_role" "fetch_role" {
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
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "fetch"
  }
}

resource "aws_iam_role_policy" "fetch_role" {
  role = aws_iam_role.fetch_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.fetch_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.letters_sender.arn
      },
    ]
  })
}

resource "aws_iam_role" "hourly_role" {
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
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "hourly"
  }
}

resource "aws_iam_role_policy" "hourly_role" {
  role = aws_iam_role.hourly_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.fetch.arn
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "broken" {
  alarm_name        = "notify-default-broken"
  alarm_description = "Imports fail"
  namespace         = "AWS/Lambda"
  metric_name       = "Errors"
  dimensions = {
    FunctionName = aws_lambda_function.fetch.function_name
  }
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "broken"
  }
  alarm_actions = [aws_sns_topic.trouble.arn]
}

resource "aws_sns_topic" "trouble" {
  name = "notify-default-trouble"
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "trouble"
  }
}

resource "aws_sns_topic_policy" "trouble_policy" {
  arn = aws_sns_topic.trouble.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.trouble.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_cloudwatch_metric_alarm.broken.arn
          }
        }
      },
    ]
  })
}

resource "aws_secretsmanager_secret" "channel_key" {
  name = "notify-default-channel-key"
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "channel.key"
  }
}

resource "aws_secretsmanager_secret_version" "channel_key" {
  secret_id     = aws_secretsmanager_secret.channel_key.id
  secret_string = var.slack_webhook
}

resource "aws_cloudwatch_log_group" "channel_sender_logs" {
  name              = "/aws/lambda/notify-default-channel-sender"
  retention_in_days = 30
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "channel.sender"
  }
}

resource "aws_lambda_function" "channel_sender" {
  function_name    = "notify-default-channel-sender"
  description      = "Tells a Slack channel"
  runtime          = "python3.12"
  handler          = "notify.slack"
  filename         = "${path.module}/code/channel-sender-3037b7104d59.zip"
  source_code_hash = filebase64sha256("${path.module}/code/channel-sender-3037b7104d59.zip")
  role             = aws_iam_role.channel_sender_role.arn
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 30
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "channel.sender"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.channel_sender_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      CHANNEL_KEY_SECRET_NAME = "notify-default-channel-key"
      CHANNEL_SECRET_NAME     = "notify-default-channel-key"
      PREFIX                  = "imports"
    }
  }

  depends_on = [aws_iam_role_policy.channel_sender_role]
}

resource "aws_lambda_function_event_invoke_config" "channel_sender_event_invoke_config" {
  function_name                = aws_lambda_function.channel_sender.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_lambda_permission" "channel_sender_from_trouble_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.channel_sender.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.trouble.arn
  statement_id  = "ChannelSenderFromTroublePermission"
}

resource "aws_sns_topic_subscription" "channel_sender_from_trouble" {
  topic_arn = aws_sns_topic.trouble.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.channel_sender.arn
}

resource "aws_iam_role" "channel_sender_role" {
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
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "channel.sender"
  }
}

resource "aws_iam_role_policy" "channel_sender_role" {
  role = aws_iam_role.channel_sender_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.channel_sender_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.channel_key.arn
      },
    ]
  })
}

resource "aws_secretsmanager_secret" "letters_key" {
  name = "notify-default-letters-key"
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "letters.key"
  }
}

resource "aws_secretsmanager_secret_version" "letters_key" {
  secret_id     = aws_secretsmanager_secret.letters_key.id
  secret_string = var.mail_password
}

resource "aws_cloudwatch_log_group" "letters_sender_logs" {
  name              = "/aws/lambda/notify-default-letters-sender"
  retention_in_days = 30
  tags = {
    "virga:app"   = "notify"
    "virga:stage" = "default"
    "virga:node"  = "letters.sender"
  }
}

resource "aws_lambda_function" "letters_sender" {
  function_name    = "notify-default-letters-sender"
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
    "virga:app"   = "notify"
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
      CHANNEL_SECRET_NAME     = "notify-default-letters-key"
      LETTERS_KEY_SECRET_NAME = "notify-default-letters-key"
      MAIL_FROM               = "imports@example.com"
      MAIL_PORT               = "465"
      MAIL_SERVER             = "smtp.example.com"
      MAIL_TO                 = "team@example.com"
      MAIL_USER               = "imports@example.com"
      PREFIX                  = ""
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
    "virga:app"   = "notify"
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
