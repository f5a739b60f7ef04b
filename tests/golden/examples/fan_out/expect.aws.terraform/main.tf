# Made by Virga from the app fan_out, stage default. Change the .virga file, not this one.

# Tells every department of a new order

data "aws_caller_identity" "current" {}

resource "aws_cloudwatch_log_group" "take_logs" {
  name              = "/aws/lambda/fan_out-default-take"
  retention_in_days = 30
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }
}

resource "aws_lambda_function" "take" {
  function_name    = "fan_out-default-take"
  runtime          = "python3.12"
  handler          = "take.handler"
  filename         = "${path.module}/code/take-b7380046d3b3.zip"
  source_code_hash = filebase64sha256("${path.module}/code/take-b7380046d3b3.zip")
  role             = aws_iam_role.take_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "fan_out"
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
      ORDERS_NEWS_TOPIC_ARN = aws_sns_topic.orders_news.arn
    }
  }

  depends_on = [aws_iam_role_policy.take_role]
}

resource "aws_lambda_function_url" "take_url" {
  function_name      = aws_lambda_function.take.function_name
  authorization_type = "NONE"
  invoke_mode        = "BUFFERED"
}

resource "aws_lambda_permission" "take_url_public_permissions" {
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.take.function_name
  principal              = "*"
  function_url_auth_type = "NONE"
  statement_id           = "TakeUrlPublicPermissions"
}

resource "aws_lambda_permission" "take_u_r_l_invoke_allow_public_access" {
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.take.function_name
  principal                = "*"
  invoked_via_function_url = true
  statement_id             = "TakeURLInvokeAllowPublicAccess"
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
    "virga:app"   = "fan_out"
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
        Action   = "sns:Publish"
        Resource = aws_sns_topic.orders_news.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "billing_logs" {
  name              = "/aws/lambda/fan_out-default-billing"
  retention_in_days = 30
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "billing"
  }
}

resource "aws_lambda_function" "billing" {
  function_name    = "fan_out-default-billing"
  runtime          = "python3.12"
  handler          = "departments.billing"
  filename         = "${path.module}/code/billing-b7380046d3b3.zip"
  source_code_hash = filebase64sha256("${path.module}/code/billing-b7380046d3b3.zip")
  role             = aws_iam_role.billing_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 30
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "billing"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.billing_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.billing_role]
}

resource "aws_lambda_event_source_mapping" "billing_from_orders_billing_queue" {
  event_source_arn                   = aws_sqs_queue.orders_billing_queue.arn
  function_name                      = aws_lambda_function.billing.function_name
  batch_size                         = 10
  maximum_batching_window_in_seconds = 0
  enabled                            = true
}

resource "aws_iam_role" "billing_role" {
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
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "billing"
  }
}

resource "aws_iam_role_policy" "billing_role" {
  role = aws_iam_role.billing_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.billing_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = aws_sqs_queue.orders_billing_queue.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "stock_logs" {
  name              = "/aws/lambda/fan_out-default-stock"
  retention_in_days = 30
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }
}

resource "aws_lambda_function" "stock" {
  function_name    = "fan_out-default-stock"
  runtime          = "python3.12"
  handler          = "departments.stock"
  filename         = "${path.module}/code/stock-b7380046d3b3.zip"
  source_code_hash = filebase64sha256("${path.module}/code/stock-b7380046d3b3.zip")
  role             = aws_iam_role.stock_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 30
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.stock_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.stock_role]
}

resource "aws_lambda_event_source_mapping" "stock_from_orders_stock_queue" {
  event_source_arn                   = aws_sqs_queue.orders_stock_queue.arn
  function_name                      = aws_lambda_function.stock.function_name
  batch_size                         = 10
  maximum_batching_window_in_seconds = 0
  enabled                            = true
}

resource "aws_iam_role" "stock_role" {
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
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "stock"
  }
}

resource "aws_iam_role_policy" "stock_role" {
  role = aws_iam_role.stock_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.stock_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = aws_sqs_queue.orders_stock_queue.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "shipping_logs" {
  name              = "/aws/lambda/fan_out-default-shipping"
  retention_in_days = 30
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "shipping"
  }
}

resource "aws_lambda_function" "shipping" {
  function_name    = "fan_out-default-shipping"
  runtime          = "python3.12"
  handler          = "departments.shipping"
  filename         = "${path.module}/code/shipping-b7380046d3b3.zip"
  source_code_hash = filebase64sha256("${path.module}/code/shipping-b7380046d3b3.zip")
  role             = aws_iam_role.shipping_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 30
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "shipping"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.shipping_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.shipping_role]
}

resource "aws_lambda_event_source_mapping" "shipping_from_orders_shipping_queue" {
  event_source_arn                   = aws_sqs_queue.orders_shipping_queue.arn
  function_name                      = aws_lambda_function.shipping.function_name
  batch_size                         = 10
  maximum_batching_window_in_seconds = 0
  enabled                            = true
}

resource "aws_iam_role" "shipping_role" {
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
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "shipping"
  }
}

resource "aws_iam_role_policy" "shipping_role" {
  role = aws_iam_role.shipping_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.shipping_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = aws_sqs_queue.orders_shipping_queue.arn
      },
    ]
  })
}

resource "aws_sns_topic" "orders_news" {
  name = "fan_out-default-orders-news"
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.news"
  }
}

resource "aws_sqs_queue" "orders_given_up" {
  name                       = "fan_out-default-orders-given_up"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 604800
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.given_up"
  }
}

resource "aws_sqs_queue" "orders_billing_queue" {
  name                       = "fan_out-default-orders-billing_queue"
  visibility_timeout_seconds = 180
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.billing_queue"
  }
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.orders_given_up.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sns_topic_subscription" "orders_billing_queue_from_orders_news" {
  topic_arn            = aws_sns_topic.orders_news.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.orders_billing_queue.arn
  raw_message_delivery = true
}

resource "aws_sqs_queue_policy" "orders_billing_queue_policy" {
  queue_url = aws_sqs_queue.orders_billing_queue.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "sns.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders_billing_queue.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_sns_topic.orders_news.arn
          }
        }
      },
    ]
  })
}

resource "aws_sqs_queue" "orders_stock_queue" {
  name                       = "fan_out-default-orders-stock_queue"
  visibility_timeout_seconds = 180
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.stock_queue"
  }
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.orders_given_up.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sns_topic_subscription" "orders_stock_queue_from_orders_news" {
  topic_arn            = aws_sns_topic.orders_news.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.orders_stock_queue.arn
  raw_message_delivery = true
}

resource "aws_sqs_queue_policy" "orders_stock_queue_policy" {
  queue_url = aws_sqs_queue.orders_stock_queue.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "sns.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders_stock_queue.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_sns_topic.orders_news.arn
          }
        }
      },
    ]
  })
}

resource "aws_sqs_queue" "orders_shipping_queue" {
  name                       = "fan_out-default-orders-shipping_queue"
  visibility_timeout_seconds = 180
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.shipping_queue"
  }
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.orders_given_up.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sns_topic_subscription" "orders_shipping_queue_from_orders_news" {
  topic_arn            = aws_sns_topic.orders_news.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.orders_shipping_queue.arn
  raw_message_delivery = true
}

resource "aws_sqs_queue_policy" "orders_shipping_queue_policy" {
  queue_url = aws_sqs_queue.orders_shipping_queue.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "sns.amazonaws.com"
        }
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders_shipping_queue.arn
        Condition = {
          ArnEquals = {
            "aws:SourceArn" = aws_sns_topic.orders_news.arn
          }
        }
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "orders_trouble" {
  alarm_name        = "fan_out-default-orders-trouble"
  alarm_description = "Messages were given up on"
  namespace         = "AWS/SQS"
  metric_name       = "ApproximateNumberOfMessagesVisible"
  dimensions = {
    QueueName = aws_sqs_queue.orders_given_up.name
  }
  statistic           = "Maximum"
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "orders.trouble"
  }
  alarm_actions = [aws_lambda_function.told_sender.arn]
}

resource "aws_secretsmanager_secret" "told_key" {
  name = "fan_out-default-told-key"
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "aws_secretsmanager_secret_version" "told_key" {
  secret_id     = aws_secretsmanager_secret.told_key.id
  secret_string = var.slack_webhook
}

resource "aws_cloudwatch_log_group" "told_sender_logs" {
  name              = "/aws/lambda/fan_out-default-told-sender"
  retention_in_days = 30
  tags = {
    "virga:app"   = "fan_out"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "aws_lambda_function" "told_sender" {
  function_name    = "fan_out-default-told-sender"
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
    "virga:app"   = "fan_out"
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
      CHANNEL_SECRET_NAME  = "fan_out-default-told-key"
      PREFIX               = "orders"
      TOLD_KEY_SECRET_NAME = "fan_out-default-told-key"
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

resource "aws_lambda_permission" "told_sender_from_orders_trouble_permission" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.told_sender.function_name
  principal      = "lambda.alarms.cloudwatch.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
  source_arn     = aws_cloudwatch_metric_alarm.orders_trouble.arn
  statement_id   = "ToldSenderFromOrdersTroublePermission"
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
    "virga:app"   = "fan_out"
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
