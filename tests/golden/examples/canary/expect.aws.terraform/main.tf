# Made by Virga from the app canary, stage default. Change the .virga file, not this one.

# Prices, changed with care

data "aws_caller_identity" "current" {}

resource "aws_cloudwatch_log_group" "prices_handler_logs" {
  name              = "/aws/lambda/canary-default-prices-handler"
  retention_in_days = 30
  tags = {
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "prices.handler"
  }
}

resource "aws_lambda_function" "prices_handler" {
  function_name    = "canary-default-prices-handler"
  runtime          = "nodejs20.x"
  handler          = "prices.handler"
  filename         = "${path.module}/code/prices-handler-fc9088e77be3.zip"
  source_code_hash = filebase64sha256("${path.module}/code/prices-handler-fc9088e77be3.zip")
  role             = aws_iam_role.prices_handler_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "prices.handler"
  }
  publish = true

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.prices_handler_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.prices_handler_role]
}

resource "aws_lambda_function_url" "prices_handler_url" {
  function_name      = aws_lambda_alias.prices_handler_alias.function_name
  qualifier          = aws_lambda_alias.prices_handler_alias.name
  authorization_type = "NONE"
  invoke_mode        = "BUFFERED"
}

resource "aws_lambda_permission" "prices_handler_url_public_permissions" {
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_alias.prices_handler_alias.function_name
  qualifier              = aws_lambda_alias.prices_handler_alias.name
  principal              = "*"
  function_url_auth_type = "NONE"
  statement_id           = "PricesHandlerUrlPublicPermissions"
}

resource "aws_lambda_permission" "prices_handler_u_r_l_invoke_allow_public_access" {
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_alias.prices_handler_alias.function_name
  qualifier                = aws_lambda_alias.prices_handler_alias.name
  principal                = "*"
  invoked_via_function_url = true
  statement_id             = "PricesHandlerURLInvokeAllowPublicAccess"
}

resource "aws_iam_role" "prices_handler_role" {
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
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "prices.handler"
  }
}

resource "aws_iam_role_policy" "prices_handler_role" {
  role = aws_iam_role.prices_handler_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.prices_handler_logs.arn}:*"
      },
    ]
  })
}

locals {
  prices_handler_versiona990534977 = aws_lambda_function.prices_handler.version
}

resource "aws_lambda_alias" "prices_handler_alias" {
  function_name    = aws_lambda_function.prices_handler.function_name
  name             = "live"
  function_version = var.stable

  routing_config {
    additional_version_weights = {
      (local.prices_handler_versiona990534977) = 0.1
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "prices_trouble" {
  alarm_name        = "canary-default-prices-trouble"
  alarm_description = "Calls fail while a new version is tried"
  namespace         = "AWS/Lambda"
  metric_name       = "Errors"
  dimensions = {
    FunctionName = aws_lambda_function.prices_handler.function_name
  }
  statistic           = "Sum"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  tags = {
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "prices.trouble"
  }
  alarm_actions = [aws_lambda_function.told_sender.arn]
}

resource "aws_secretsmanager_secret" "told_key" {
  name = "canary-default-told-key"
  tags = {
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "aws_secretsmanager_secret_version" "told_key" {
  secret_id     = aws_secretsmanager_secret.told_key.id
  secret_string = var.slack_webhook
}

resource "aws_cloudwatch_log_group" "told_sender_logs" {
  name              = "/aws/lambda/canary-default-told-sender"
  retention_in_days = 30
  tags = {
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "aws_lambda_function" "told_sender" {
  function_name    = "canary-default-told-sender"
  description      = "Tells a Slack channel"
  runtime          = "python3.12"
  handler          = "notify.slack"
  filename         = "${path.module}/code/told-sender-3037b7104d59.zip"
  source_code_hash = filebase64sha256("${path.module}/code/told-sender-3037b7104d59.zip")
  role             = aws_iam_role.told_sender_role.arn
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 30
  tags = {
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.told_sender_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      CHANNEL_SECRET_NAME  = "canary-default-told-key"
      PREFIX               = "prices"
      TOLD_KEY_SECRET_NAME = "canary-default-told-key"
    }
  }

  depends_on = [aws_iam_role_policy.told_sender_role]
}

resource "aws_lambda_function_event_invoke_config" "told_sender_event_invoke_config" {
  function_name                = aws_lambda_function.told_sender.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_lambda_permission" "told_sender_from_prices_trouble_permission" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.told_sender.function_name
  principal      = "lambda.alarms.cloudwatch.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
  source_arn     = aws_cloudwatch_metric_alarm.prices_trouble.arn
  statement_id   = "ToldSenderFromPricesTroublePermission"
}

resource "aws_iam_role" "told_sender_role" {
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
    "virga:app"   = "canary"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "aws_iam_role_policy" "told_sender_role" {
  role = aws_iam_role.told_sender_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.told_sender_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.told_key.arn
      },
    ]
  })
}
