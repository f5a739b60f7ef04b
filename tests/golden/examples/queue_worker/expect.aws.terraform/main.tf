# Made by Virga from the app queue_worker, stage default. Change the .virga file, not this one.

# Takes orders and works on them in its own time

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_apigatewayv2_api" "shop" {
  name          = "queue_worker-default-shop"
  protocol_type = "HTTP"
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "shop"
  }
}

resource "aws_cloudwatch_log_group" "shop_access_log" {
  name              = "/aws/vendedlogs/apigateway/queue_worker-default-shop"
  retention_in_days = 30
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "shop"
  }
}

resource "aws_apigatewayv2_stage" "shop_stage" {
  api_id      = aws_apigatewayv2_api.shop.id
  name        = "$default"
  auto_deploy = true
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "shop"
  }

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.shop_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.routeKey\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }

  default_route_settings {
    throttling_rate_limit  = 100
    throttling_burst_limit = 100
  }
}

resource "aws_apigatewayv2_integration" "shop_to_intake" {
  api_id                 = aws_apigatewayv2_api.shop.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.intake.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "shop_post_orders" {
  api_id             = aws_apigatewayv2_api.shop.id
  route_key          = "POST /orders"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.shop_to_intake.id}"
}

resource "aws_cloudwatch_log_group" "intake_logs" {
  name              = "/aws/lambda/queue_worker-default-intake"
  retention_in_days = 30
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "intake"
  }
}

resource "aws_lambda_function" "intake" {
  function_name    = "queue_worker-default-intake"
  runtime          = "python3.12"
  handler          = "intake.handler"
  filename         = "${path.module}/code/intake-d0911966691d.zip"
  source_code_hash = filebase64sha256("${path.module}/code/intake-d0911966691d.zip")
  role             = aws_iam_role.intake_role.arn
  architectures    = ["x86_64"]
  memory_size      = 256
  timeout          = 10
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "intake"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.intake_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      ORDERS_WORK_QUEUE_URL = aws_sqs_queue.orders_work.url
    }
  }

  depends_on = [aws_iam_role_policy.intake_role]
}

resource "aws_lambda_permission" "intake_from_shop_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.intake.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.shop.id}/*/*"
  statement_id  = "IntakeFromShopPermission"
}

resource "aws_iam_role" "intake_role" {
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
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "intake"
  }
}

resource "aws_iam_role_policy" "intake_role" {
  role = aws_iam_role.intake_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.intake_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders_work.arn
      },
    ]
  })
}

resource "aws_dynamodb_table" "ledger" {
  name         = "queue_worker-default-ledger"
  hash_key     = "order"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "ledger"
  }

  attribute {
    name = "order"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_sqs_queue" "orders_work" {
  name                       = "queue_worker-default-orders-work"
  visibility_timeout_seconds = 182
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.work"
  }
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.orders_rejected.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "orders_rejected" {
  name                       = "queue_worker-default-orders-rejected"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 604800
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.rejected"
  }
}

resource "aws_cloudwatch_log_group" "orders_worker_logs" {
  name              = "/aws/lambda/queue_worker-default-orders-worker"
  retention_in_days = 30
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.worker"
  }
}

resource "aws_lambda_function" "orders_worker" {
  function_name                  = "queue_worker-default-orders-worker"
  runtime                        = "python3.12"
  handler                        = "worker.handler"
  filename                       = "${path.module}/code/orders-worker-d0911966691d.zip"
  source_code_hash               = filebase64sha256("${path.module}/code/orders-worker-d0911966691d.zip")
  role                           = aws_iam_role.orders_worker_role.arn
  architectures                  = ["x86_64"]
  memory_size                    = 512
  timeout                        = 30
  reserved_concurrent_executions = 10
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.worker"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.orders_worker_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      LEDGER_TABLE_NAME = aws_dynamodb_table.ledger.name
    }
  }

  depends_on = [aws_iam_role_policy.orders_worker_role]
}

resource "aws_lambda_event_source_mapping" "orders_worker_from_orders_work" {
  event_source_arn                   = aws_sqs_queue.orders_work.arn
  function_name                      = aws_lambda_function.orders_worker.function_name
  batch_size                         = 10
  maximum_batching_window_in_seconds = 2
  enabled                            = true
}

resource "aws_iam_role" "orders_worker_role" {
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
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.worker"
  }
}

resource "aws_iam_role_policy" "orders_worker_role" {
  role = aws_iam_role.orders_worker_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.orders_worker_logs.arn}:*"
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
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = aws_sqs_queue.orders_work.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "orders_redrive_logs" {
  name              = "/aws/lambda/queue_worker-default-orders-redrive"
  retention_in_days = 30
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.redrive"
  }
}

resource "aws_lambda_function" "orders_redrive" {
  function_name    = "queue_worker-default-orders-redrive"
  description      = "Puts messages that were given up on back into the queue"
  runtime          = "python3.12"
  handler          = "redrive.handler"
  filename         = "${path.module}/code/orders-redrive-a2a68935e32e.zip"
  source_code_hash = filebase64sha256("${path.module}/code/orders-redrive-a2a68935e32e.zip")
  role             = aws_iam_role.orders_redrive_role.arn
  architectures    = ["x86_64"]
  memory_size      = 256
  timeout          = 60
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.redrive"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.orders_redrive_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      ORDERS_REJECTED_QUEUE_URL = aws_sqs_queue.orders_rejected.url
      ORDERS_WORK_QUEUE_URL     = aws_sqs_queue.orders_work.url
      REJECTED_URL              = aws_sqs_queue.orders_rejected.url
      WORK_URL                  = aws_sqs_queue.orders_work.url
    }
  }

  depends_on = [aws_iam_role_policy.orders_redrive_role]
}

resource "aws_iam_role" "orders_redrive_role" {
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
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.redrive"
  }
}

resource "aws_iam_role_policy" "orders_redrive_role" {
  role = aws_iam_role.orders_redrive_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.orders_redrive_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = aws_sqs_queue.orders_rejected.arn
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders_work.arn
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "orders_trouble" {
  alarm_name        = "queue_worker-default-orders-trouble"
  alarm_description = "Messages were given up on"
  namespace         = "AWS/SQS"
  metric_name       = "ApproximateNumberOfMessagesVisible"
  dimensions = {
    QueueName = aws_sqs_queue.orders_rejected.name
  }
  statistic           = "Maximum"
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "orders.trouble"
  }
  alarm_actions = [aws_lambda_function.told_sender.arn]
}

resource "aws_secretsmanager_secret" "told_key" {
  name = "queue_worker-default-told-key"
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "told.key"
  }
}

resource "aws_secretsmanager_secret_version" "told_key" {
  secret_id     = aws_secretsmanager_secret.told_key.id
  secret_string = var.slack_webhook
}

resource "aws_cloudwatch_log_group" "told_sender_logs" {
  name              = "/aws/lambda/queue_worker-default-told-sender"
  retention_in_days = 30
  tags = {
    "virga:app"   = "queue_worker"
    "virga:stage" = "default"
    "virga:node"  = "told.sender"
  }
}

resource "aws_lambda_function" "told_sender" {
  function_name    = "queue_worker-default-told-sender"
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
    "virga:app"   = "queue_worker"
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
      CHANNEL_SECRET_NAME  = "queue_worker-default-told-key"
      PREFIX               = "orders"
      TOLD_KEY_SECRET_NAME = "queue_worker-default-told-key"
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
    "virga:app"   = "queue_worker"
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
