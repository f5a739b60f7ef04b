# Made by Virga from the app event_sourcing, stage default. Change the .virga file, not this one.

# Accounts as a row of movements

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_cloudwatch_log_group" "move_logs" {
  name              = "/aws/lambda/event_sourcing-default-move"
  retention_in_days = 30
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "move"
  }
}

resource "aws_lambda_function" "move" {
  function_name    = "event_sourcing-default-move"
  runtime          = "python3.12"
  handler          = "move.handler"
  filename         = "${path.module}/code/move-b3b00a3e5460.zip"
  source_code_hash = filebase64sha256("${path.module}/code/move-b3b00a3e5460.zip")
  role             = aws_iam_role.move_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "move"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.move_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      ACCOUNTS_EVENTS_TABLE_NAME = aws_dynamodb_table.accounts_events.name
    }
  }

  depends_on = [aws_iam_role_policy.move_role]
}

resource "aws_lambda_permission" "move_from_bank_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.move.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.bank.id}/*/*"
  statement_id  = "MoveFromBankPermission"
}

resource "aws_iam_role" "move_role" {
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
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "move"
  }
}

resource "aws_iam_role_policy" "move_role" {
  role = aws_iam_role.move_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.move_logs.arn}:*"
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
        Resource = aws_dynamodb_table.accounts_events.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "balance_logs" {
  name              = "/aws/lambda/event_sourcing-default-balance"
  retention_in_days = 30
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "balance"
  }
}

resource "aws_lambda_function" "balance" {
  function_name    = "event_sourcing-default-balance"
  runtime          = "python3.12"
  handler          = "balance.handler"
  filename         = "${path.module}/code/balance-b3b00a3e5460.zip"
  source_code_hash = filebase64sha256("${path.module}/code/balance-b3b00a3e5460.zip")
  role             = aws_iam_role.balance_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "balance"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.balance_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      ACCOUNTS_VIEWS_TABLE_NAME = aws_dynamodb_table.accounts_views.name
    }
  }

  depends_on = [aws_iam_role_policy.balance_role]
}

resource "aws_lambda_permission" "balance_from_bank_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.balance.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.bank.id}/*/*"
  statement_id  = "BalanceFromBankPermission"
}

resource "aws_iam_role" "balance_role" {
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
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "balance"
  }
}

resource "aws_iam_role_policy" "balance_role" {
  role = aws_iam_role.balance_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.balance_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.accounts_views.arn
      },
    ]
  })
}

resource "aws_apigatewayv2_api" "bank" {
  name          = "event_sourcing-default-bank"
  protocol_type = "HTTP"
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "bank"
  }
}

resource "aws_cloudwatch_log_group" "bank_access_log" {
  name              = "/aws/vendedlogs/apigateway/event_sourcing-default-bank"
  retention_in_days = 30
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "bank"
  }
}

resource "aws_apigatewayv2_stage" "bank_stage" {
  api_id      = aws_apigatewayv2_api.bank.id
  name        = "$default"
  auto_deploy = true
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "bank"
  }

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.bank_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.routeKey\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }

  default_route_settings {
    throttling_rate_limit  = 20
    throttling_burst_limit = 20
  }
}

resource "aws_apigatewayv2_integration" "bank_to_move" {
  api_id                 = aws_apigatewayv2_api.bank.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.move.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "bank_post_accounts_account_movements" {
  api_id             = aws_apigatewayv2_api.bank.id
  route_key          = "POST /accounts/{account}/movements"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.bank_to_move.id}"
}

resource "aws_apigatewayv2_integration" "bank_to_balance" {
  api_id                 = aws_apigatewayv2_api.bank.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.balance.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "bank_get_accounts_account" {
  api_id             = aws_apigatewayv2_api.bank.id
  route_key          = "GET /accounts/{account}"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.bank_to_balance.id}"
}

resource "aws_dynamodb_table" "accounts_events" {
  name             = "event_sourcing-default-accounts-events"
  hash_key         = "stream"
  range_key        = "version"
  billing_mode     = "PAY_PER_REQUEST"
  stream_view_type = "NEW_IMAGE"
  stream_enabled   = true
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "accounts.events"
  }

  attribute {
    name = "stream"
    type = "S"
  }

  attribute {
    name = "version"
    type = "N"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_dynamodb_table" "accounts_views" {
  name         = "event_sourcing-default-accounts-views"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "accounts.views"
  }

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = false
  }
}

resource "aws_cloudwatch_log_group" "accounts_projector_logs" {
  name              = "/aws/lambda/event_sourcing-default-accounts-projector"
  retention_in_days = 30
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "accounts.projector"
  }
}

resource "aws_lambda_function" "accounts_projector" {
  function_name    = "event_sourcing-default-accounts-projector"
  runtime          = "python3.12"
  handler          = "project.handler"
  filename         = "${path.module}/code/accounts-projector-b3b00a3e5460.zip"
  source_code_hash = filebase64sha256("${path.module}/code/accounts-projector-b3b00a3e5460.zip")
  role             = aws_iam_role.accounts_projector_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 30
  tags = {
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "accounts.projector"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.accounts_projector_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      ACCOUNTS_VIEWS_TABLE_NAME = aws_dynamodb_table.accounts_views.name
    }
  }

  depends_on = [aws_iam_role_policy.accounts_projector_role]
}

resource "aws_lambda_event_source_mapping" "accounts_projector_from_accounts_events" {
  event_source_arn                   = aws_dynamodb_table.accounts_events.stream_arn
  function_name                      = aws_lambda_function.accounts_projector.function_name
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = 100
  maximum_batching_window_in_seconds = 0
  parallelization_factor             = 1
  maximum_retry_attempts             = -1
  maximum_record_age_in_seconds      = -1
  bisect_batch_on_function_error     = false
  enabled                            = true
}

resource "aws_iam_role" "accounts_projector_role" {
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
    "virga:app"   = "event_sourcing"
    "virga:stage" = "default"
    "virga:node"  = "accounts.projector"
  }
}

resource "aws_iam_role_policy" "accounts_projector_role" {
  role = aws_iam_role.accounts_projector_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.accounts_projector_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
        Resource = aws_dynamodb_table.accounts_events.stream_arn
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:ListStreams"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.accounts_views.arn
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
        Resource = aws_dynamodb_table.accounts_views.arn
      },
    ]
  })
}
