# Made by Virga from the app webhook, stage default. Change the .virga file, not this one.

# Events of a repository

resource "aws_sqs_queue" "events" {
  name                       = "webhook-default-events"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 345600
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "events"
  }
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.rejected.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "rejected" {
  name                       = "webhook-default-rejected"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 604800
  delay_seconds              = 0
  max_message_size           = 65536
  receive_wait_time_seconds  = 0
  sqs_managed_sse_enabled    = true
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "rejected"
  }
}

resource "aws_cloudwatch_log_group" "record_logs" {
  name              = "/aws/lambda/webhook-default-record"
  retention_in_days = 30
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "record"
  }
}

resource "aws_lambda_function" "record" {
  function_name    = "webhook-default-record"
  runtime          = "python3.12"
  handler          = "record.handler"
  filename         = "${path.module}/code/record-2daa6ee84851.zip"
  source_code_hash = filebase64sha256("${path.module}/code/record-2daa6ee84851.zip")
  role             = aws_iam_role.record_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "record"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.record_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      PUSHES_TABLE_NAME = aws_dynamodb_table.pushes.name
    }
  }

  depends_on = [aws_iam_role_policy.record_role]
}

resource "aws_lambda_event_source_mapping" "record_from_events" {
  event_source_arn                   = aws_sqs_queue.events.arn
  function_name                      = aws_lambda_function.record.function_name
  batch_size                         = 5
  maximum_batching_window_in_seconds = 0
  enabled                            = true
}

resource "aws_iam_role" "record_role" {
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
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "record"
  }
}

resource "aws_iam_role_policy" "record_role" {
  role = aws_iam_role.record_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.record_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = aws_sqs_queue.events.arn
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
        Resource = aws_dynamodb_table.pushes.arn
      },
    ]
  })
}

resource "aws_dynamodb_table" "pushes" {
  name         = "webhook-default-pushes"
  hash_key     = "commit"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "pushes"
  }

  attribute {
    name = "commit"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_secretsmanager_secret" "hook_signing" {
  name = "webhook-default-hook-signing"
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "hook.signing"
  }
}

resource "aws_secretsmanager_secret_version" "hook_signing" {
  secret_id     = aws_secretsmanager_secret.hook_signing.id
  secret_string = var.github_secret
}

resource "aws_cloudwatch_log_group" "hook_receiver_logs" {
  name              = "/aws/lambda/webhook-default-hook-receiver"
  retention_in_days = 30
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }
}

resource "aws_lambda_function" "hook_receiver" {
  function_name    = "webhook-default-hook-receiver"
  description      = "Checks a signature and hands over"
  runtime          = "python3.12"
  handler          = "webhook.handler"
  filename         = "${path.module}/code/hook-receiver-3037b7104d59.zip"
  source_code_hash = filebase64sha256("${path.module}/code/hook-receiver-3037b7104d59.zip")
  role             = aws_iam_role.hook_receiver_role.arn
  architectures    = ["x86_64"]
  memory_size      = 256
  timeout          = 10
  tags = {
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.hook_receiver_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      EVENTS_QUEUE_URL         = aws_sqs_queue.events.url
      EVENT_HEADER             = "x-github-event"
      HOOK_SIGNING_SECRET_NAME = "webhook-default-hook-signing"
      SIGNATURE_ALGORITHM      = "sha256"
      SIGNATURE_HEADER         = "x-hub-signature-256"
      SIGNING_SECRET_NAME      = "webhook-default-hook-signing"
    }
  }

  depends_on = [aws_iam_role_policy.hook_receiver_role]
}

resource "aws_lambda_function_url" "hook_receiver_url" {
  function_name      = aws_lambda_function.hook_receiver.function_name
  authorization_type = "NONE"
  invoke_mode        = "BUFFERED"
}

resource "aws_lambda_permission" "hook_receiver_url_public_permissions" {
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.hook_receiver.function_name
  principal              = "*"
  function_url_auth_type = "NONE"
  statement_id           = "HookReceiverUrlPublicPermissions"
}

resource "aws_lambda_permission" "hook_receiver_u_r_l_invoke_allow_public_access" {
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.hook_receiver.function_name
  principal                = "*"
  invoked_via_function_url = true
  statement_id             = "HookReceiverURLInvokeAllowPublicAccess"
}

resource "aws_iam_role" "hook_receiver_role" {
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
    "virga:app"   = "webhook"
    "virga:stage" = "default"
    "virga:node"  = "hook.receiver"
  }
}

resource "aws_iam_role_policy" "hook_receiver_role" {
  role = aws_iam_role.hook_receiver_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.hook_receiver_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.events.arn
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.hook_signing.arn
      },
    ]
  })
}
