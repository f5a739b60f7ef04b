# Made by Virga from the app priced_orders, stage default. Change the .virga file, not this one.

# Orders on their way from the till to the warehouse

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_sqs_queue" "orders" {
  name                       = "priced_orders-default-orders"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "orders"
  }
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.lost.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "lost" {
  name                       = "priced_orders-default-lost"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 1209600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "lost"
  }
}

resource "aws_cloudwatch_metric_alarm" "unread" {
  alarm_name  = "priced_orders-default-unread"
  namespace   = "AWS/SQS"
  metric_name = "ApproximateNumberOfMessagesVisible"
  dimensions = {
    QueueName = aws_sqs_queue.lost.name
  }
  statistic           = "Maximum"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "unread"
  }
}

resource "aws_cloudwatch_event_bus" "events" {
  name = "priced_orders-default-events"
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "events"
  }
}

resource "aws_cloudwatch_log_group" "paid_logs" {
  name              = "/aws/vendedlogs/pipes/priced_orders-default-paid"
  retention_in_days = 14
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "paid"
  }
}

resource "aws_pipes_pipe" "paid_from_orders" {
  name       = "priced_orders-default-paid-orders"
  role_arn   = aws_iam_role.paid_role.arn
  source     = aws_sqs_queue.orders.arn
  enrichment = aws_lambda_function.prices.arn
  target     = aws_cloudwatch_event_bus.events.arn
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "paid"
  }
  description   = "Paid orders, with their prices"
  desired_state = "RUNNING"

  source_parameters {
    sqs_queue_parameters {
      batch_size                         = 5
      maximum_batching_window_in_seconds = 2
    }

    filter_criteria {
      filter {
        pattern = "{\"body\":{\"state\":[\"paid\"]}}"
      }
    }
  }

  enrichment_parameters {
    input_template = "<$.body>"
  }

  target_parameters {
    eventbridge_event_bus_parameters {
      detail_type = "order_priced"
      source      = "priced_orders"
    }
  }

  log_configuration {
    level = "ERROR"

    cloudwatch_logs_log_destination {
      log_group_arn = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:${aws_cloudwatch_log_group.paid_logs.name}"
    }
  }

  depends_on = [aws_iam_role_policy.paid_role]
}

resource "aws_iam_role" "paid_role" {
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
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "paid"
  }
}

resource "aws_iam_role_policy" "paid_role" {
  role = aws_iam_role.paid_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = aws_sqs_queue.orders.arn
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.prices.arn
      },
      {
        Effect   = "Allow"
        Action   = "events:PutEvents"
        Resource = aws_cloudwatch_event_bus.events.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "take_logs" {
  name              = "/aws/lambda/priced_orders-default-take"
  retention_in_days = 30
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "take"
  }
}

resource "aws_lambda_function" "take" {
  function_name    = "priced_orders-default-take"
  runtime          = "python3.12"
  handler          = "orders.take"
  filename         = "${path.module}/code/take-2472cd7f8380.zip"
  source_code_hash = filebase64sha256("${path.module}/code/take-2472cd7f8380.zip")
  role             = aws_iam_role.take_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "priced_orders"
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
      ORDERS_QUEUE_URL = aws_sqs_queue.orders.url
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
    "virga:app"   = "priced_orders"
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
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.orders.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "prices_logs" {
  name              = "/aws/lambda/priced_orders-default-prices"
  retention_in_days = 30
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "prices"
  }
}

resource "aws_lambda_function" "prices" {
  function_name    = "priced_orders-default-prices"
  runtime          = "python3.12"
  handler          = "orders.prices"
  filename         = "${path.module}/code/prices-2472cd7f8380.zip"
  source_code_hash = filebase64sha256("${path.module}/code/prices-2472cd7f8380.zip")
  role             = aws_iam_role.prices_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "prices"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.prices_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.prices_role]
}

resource "aws_iam_role" "prices_role" {
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
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "prices"
  }
}

resource "aws_iam_role_policy" "prices_role" {
  role = aws_iam_role.prices_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.prices_logs.arn}:*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "pack_logs" {
  name              = "/aws/lambda/priced_orders-default-pack"
  retention_in_days = 30
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "pack"
  }
}

resource "aws_lambda_function" "pack" {
  function_name    = "priced_orders-default-pack"
  runtime          = "python3.12"
  handler          = "orders.pack"
  filename         = "${path.module}/code/pack-2472cd7f8380.zip"
  source_code_hash = filebase64sha256("${path.module}/code/pack-2472cd7f8380.zip")
  role             = aws_iam_role.pack_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 30
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "pack"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.pack_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.pack_role]
}

resource "aws_lambda_function_event_invoke_config" "pack_event_invoke_config" {
  function_name                = aws_lambda_function.pack.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600

  destination_config {
    on_failure {
      destination = aws_sqs_queue.lost.arn
    }
  }
}

resource "aws_cloudwatch_event_rule" "pack_from_events" {
  name           = "priced_orders-default-events-pack"
  event_bus_name = aws_cloudwatch_event_bus.events.name
  event_pattern = jsonencode({
    detail-type = ["order_priced"]
    detail = {
      total = [
        {
          numeric = ["<=", 1000]
        },
      ]
    }
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "pack_from_events" {
  rule           = aws_cloudwatch_event_rule.pack_from_events.name
  event_bus_name = aws_cloudwatch_event_rule.pack_from_events.event_bus_name
  arn            = aws_lambda_function.pack.arn
  target_id      = "1"

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }
}

resource "aws_lambda_permission" "pack_from_events_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.pack.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.pack_from_events.arn
  statement_id  = "PackFromEventsPermission"
}

resource "aws_iam_role" "pack_role" {
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
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "pack"
  }
}

resource "aws_iam_role_policy" "pack_role" {
  role = aws_iam_role.pack_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.pack_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.lost.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "check_logs" {
  name              = "/aws/lambda/priced_orders-default-check"
  retention_in_days = 30
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "check"
  }
}

resource "aws_lambda_function" "check" {
  function_name    = "priced_orders-default-check"
  runtime          = "python3.12"
  handler          = "orders.check"
  filename         = "${path.module}/code/check-2472cd7f8380.zip"
  source_code_hash = filebase64sha256("${path.module}/code/check-2472cd7f8380.zip")
  role             = aws_iam_role.check_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "check"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.check_logs.name
    log_format = "Text"
  }

  depends_on = [aws_iam_role_policy.check_role]
}

resource "aws_lambda_function_event_invoke_config" "check_event_invoke_config" {
  function_name                = aws_lambda_function.check.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600

  destination_config {
    on_failure {
      destination = aws_sqs_queue.lost.arn
    }
  }
}

resource "aws_cloudwatch_event_rule" "check_from_events" {
  name           = "priced_orders-default-events-check"
  event_bus_name = aws_cloudwatch_event_bus.events.name
  event_pattern = jsonencode({
    detail-type = ["order_priced"]
    detail = {
      total = [
        {
          numeric = [">", 1000]
        },
      ]
    }
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_target" "check_from_events" {
  rule           = aws_cloudwatch_event_rule.check_from_events.name
  event_bus_name = aws_cloudwatch_event_rule.check_from_events.event_bus_name
  arn            = aws_lambda_function.check.arn
  target_id      = "1"

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }
}

resource "aws_lambda_permission" "check_from_events_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.check.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.check_from_events.arn
  statement_id  = "CheckFromEventsPermission"
}

resource "aws_iam_role" "check_role" {
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
    "virga:app"   = "priced_orders"
    "virga:stage" = "default"
    "virga:node"  = "check"
  }
}

resource "aws_iam_role_policy" "check_role" {
  role = aws_iam_role.check_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.check_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.lost.arn
      },
    ]
  })
}
