# Made by Virga from the app console, stage default. Change the .virga file, not this one.

# Cloud console

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_cloudwatch_log_group" "preferences_logs" {
  name              = "/aws/lambda/console-default-preferences"
  retention_in_days = 30
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "preferences"
  }
}

resource "aws_lambda_function" "preferences" {
  function_name    = "console-default-preferences"
  runtime          = "python3.12"
  handler          = "preferences.handler"
  filename         = "${path.module}/../code/preferences-63e72771b5d6.zip"
  source_code_hash = filebase64sha256("${path.module}/../code/preferences-63e72771b5d6.zip")
  role             = aws_iam_role.preferences_role.arn
  architectures    = ["x86_64"]
  memory_size      = 256
  timeout          = 10
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "preferences"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.preferences_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      LIKED_REGION     = "eu-central-1"
      LIKED_TABLE_NAME = aws_dynamodb_table.liked.name
    }
  }

  depends_on = [aws_iam_role_policy.preferences_role]
}

resource "aws_iam_role" "preferences_role" {
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
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "preferences"
  }
}

resource "aws_iam_role_policy" "preferences_role" {
  role = aws_iam_role.preferences_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.preferences_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.liked.arn
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
        Resource = aws_dynamodb_table.liked.arn
      },
    ]
  })
}

resource "aws_dynamodb_table" "liked" {
  name         = "console-default-liked"
  hash_key     = "user"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "liked"
  }

  attribute {
    name = "user"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "front" {
  name              = "console-default-front"
  retention_in_days = 90
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "front"
  }
}

resource "aws_cloudwatch_metric_alarm" "broken" {
  alarm_name        = "console-default-broken"
  alarm_description = "The web console answers with errors"
  namespace         = "AWS/Lambda"
  metric_name       = "Errors"
  dimensions = {
    FunctionName = aws_lambda_function.web_handler.function_name
  }
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "broken"
  }
  alarm_actions = [aws_lambda_function.oncall_sender.arn]
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name        = "console-default-slow"
  alarm_description = "Half a second is what a page may wait"
  namespace         = "AWS/Lambda"
  metric_name       = "Duration"
  dimensions = {
    FunctionName = aws_lambda_function.web_handler.function_name
  }
  extended_statistic  = "p95"
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 500
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "slow"
  }
  alarm_actions = [aws_lambda_function.oncall_sender.arn]
}

resource "aws_cloudwatch_dashboard" "glance" {
  dashboard_name = "console-at-a-glance"
  dashboard_body = "{\"widgets\": [{\"type\": \"metric\", \"width\": 12, \"height\": 6, \"properties\": {\n  \"region\": \"eu-central-1\", \"title\": \"Errors at home\",\n  \"metrics\": [[\"AWS/Lambda\", \"Errors\", \"FunctionName\", \"${aws_lambda_function.web_handler.function_name}\"]]}}]}"
}

resource "aws_apigatewayv2_api" "web_edge" {
  name          = "console-default-web-edge"
  protocol_type = "HTTP"
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "web.edge"
  }

  cors_configuration {
    allow_origins     = ["https://console.example.com"]
    allow_methods     = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    allow_headers     = ["content-type", "authorization"]
    allow_credentials = true
    max_age           = 600
  }
}

resource "aws_cloudwatch_log_group" "web_edge_access_log" {
  name              = "/aws/vendedlogs/apigateway/console-default-web-edge"
  retention_in_days = 30
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "web.edge"
  }
}

resource "aws_apigatewayv2_stage" "web_edge_stage" {
  api_id      = aws_apigatewayv2_api.web_edge.id
  name        = "$default"
  auto_deploy = true
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "web.edge"
  }

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.web_edge_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.routeKey\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }

  default_route_settings {
    throttling_rate_limit  = 500
    throttling_burst_limit = 500
  }
}

resource "aws_apigatewayv2_authorizer" "web_edge_auth_staff" {
  api_id           = aws_apigatewayv2_api.web_edge.id
  name             = "staff"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = "https://login.example.com/"
    audience = ["console"]
  }
}

resource "aws_apigatewayv2_integration" "web_edge_to_web_handler" {
  api_id                 = aws_apigatewayv2_api.web_edge.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.web_handler.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "web_edge_options_path" {
  api_id             = aws_apigatewayv2_api.web_edge.id
  route_key          = "OPTIONS /{path+}"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.web_edge_to_web_handler.id}"
}

resource "aws_apigatewayv2_route" "web_edge_options" {
  api_id             = aws_apigatewayv2_api.web_edge.id
  route_key          = "OPTIONS /"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.web_edge_to_web_handler.id}"
}

resource "aws_apigatewayv2_route" "web_edge_any_path" {
  api_id             = aws_apigatewayv2_api.web_edge.id
  route_key          = "ANY /{path+}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.web_edge_auth_staff.id
  target             = "integrations/${aws_apigatewayv2_integration.web_edge_to_web_handler.id}"
}

resource "aws_apigatewayv2_route" "web_edge_any" {
  api_id             = aws_apigatewayv2_api.web_edge.id
  route_key          = "ANY /"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.web_edge_auth_staff.id
  target             = "integrations/${aws_apigatewayv2_integration.web_edge_to_web_handler.id}"
}

resource "aws_lambda_function" "web_handler" {
  function_name    = "console-default-web-handler"
  runtime          = "nodejs20.x"
  handler          = "web.handler"
  filename         = "${path.module}/../code/web-handler-884a304c34ec.zip"
  source_code_hash = filebase64sha256("${path.module}/../code/web-handler-884a304c34ec.zip")
  role             = aws_iam_role.web_handler_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "web.handler"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.front.name
    log_format = "Text"
  }

  environment {
    variables = {
      BILLING_URL               = var.billing_url
      LOGIN_AUDIENCE            = "console"
      LOGIN_ISSUER              = "https://login.example.com/"
      ORDERS_URL                = var.orders_url
      PREFERENCES_FUNCTION_NAME = aws_lambda_function.preferences.function_name
    }
  }

  depends_on = [aws_iam_role_policy.web_handler_role]
}

resource "aws_lambda_permission" "web_handler_from_web_edge_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.web_handler.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.web_edge.id}/*/*"
  statement_id  = "WebHandlerFromWebEdgePermission"
}

resource "aws_iam_role" "web_handler_role" {
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
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "web.handler"
  }
}

resource "aws_iam_role_policy" "web_handler_role" {
  role = aws_iam_role.web_handler_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.front.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.preferences.arn
      },
    ]
  })
}

resource "aws_apigatewayv2_api" "phone_edge" {
  name          = "console-default-phone-edge"
  protocol_type = "HTTP"
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "phone.edge"
  }
}

resource "aws_cloudwatch_log_group" "phone_edge_access_log" {
  name              = "/aws/vendedlogs/apigateway/console-default-phone-edge"
  retention_in_days = 30
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "phone.edge"
  }
}

resource "aws_apigatewayv2_stage" "phone_edge_stage" {
  api_id      = aws_apigatewayv2_api.phone_edge.id
  name        = "$default"
  auto_deploy = true
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "phone.edge"
  }

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.phone_edge_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.routeKey\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }

  default_route_settings {
    throttling_rate_limit  = 500
    throttling_burst_limit = 500
  }
}

resource "aws_apigatewayv2_authorizer" "phone_edge_auth_staff" {
  api_id           = aws_apigatewayv2_api.phone_edge.id
  name             = "staff"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = "https://login.example.com/"
    audience = ["console"]
  }
}

resource "aws_apigatewayv2_integration" "phone_edge_to_phone_handler" {
  api_id                 = aws_apigatewayv2_api.phone_edge.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.phone_handler.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "phone_edge_any_path" {
  api_id             = aws_apigatewayv2_api.phone_edge.id
  route_key          = "ANY /{path+}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.phone_edge_auth_staff.id
  target             = "integrations/${aws_apigatewayv2_integration.phone_edge_to_phone_handler.id}"
}

resource "aws_apigatewayv2_route" "phone_edge_any" {
  api_id             = aws_apigatewayv2_api.phone_edge.id
  route_key          = "ANY /"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.phone_edge_auth_staff.id
  target             = "integrations/${aws_apigatewayv2_integration.phone_edge_to_phone_handler.id}"
}

resource "aws_lambda_function" "phone_handler" {
  function_name    = "console-default-phone-handler"
  runtime          = "nodejs20.x"
  handler          = "phone.handler"
  filename         = "${path.module}/../code/phone-handler-884a304c34ec.zip"
  source_code_hash = filebase64sha256("${path.module}/../code/phone-handler-884a304c34ec.zip")
  role             = aws_iam_role.phone_handler_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "phone.handler"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.front.name
    log_format = "Text"
  }

  environment {
    variables = {
      LOGIN_AUDIENCE            = "console"
      LOGIN_ISSUER              = "https://login.example.com/"
      ORDERS_URL                = var.orders_url
      PREFERENCES_FUNCTION_NAME = aws_lambda_function.preferences.function_name
    }
  }

  depends_on = [aws_iam_role_policy.phone_handler_role]
}

resource "aws_lambda_permission" "phone_handler_from_phone_edge_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.phone_handler.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.phone_edge.id}/*/*"
  statement_id  = "PhoneHandlerFromPhoneEdgePermission"
}

resource "aws_iam_role" "phone_handler_role" {
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
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "phone.handler"
  }
}

resource "aws_iam_role_policy" "phone_handler_role" {
  role = aws_iam_role.phone_handler_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.front.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.preferences.arn
      },
    ]
  })
}

resource "aws_secretsmanager_secret" "oncall_key" {
  name = "console-default-oncall-key"
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "oncall.key"
  }
}

resource "aws_secretsmanager_secret_version" "oncall_key" {
  secret_id     = aws_secretsmanager_secret.oncall_key.id
  secret_string = var.slack_webhook
}

resource "aws_cloudwatch_log_group" "oncall_sender_logs" {
  name              = "/aws/lambda/console-default-oncall-sender"
  retention_in_days = 30
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "oncall.sender"
  }
}

resource "aws_lambda_function" "oncall_sender" {
  function_name    = "console-default-oncall-sender"
  description      = "Tells a Slack channel"
  runtime          = "python3.12"
  handler          = "notify.slack"
  filename         = "${path.module}/../code/oncall-sender-3037b7104d59.zip"
  source_code_hash = filebase64sha256("${path.module}/../code/oncall-sender-3037b7104d59.zip")
  role             = aws_iam_role.oncall_sender_role.arn
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 30
  tags = {
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "oncall.sender"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.oncall_sender_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      CHANNEL_SECRET_NAME    = "console-default-oncall-key"
      ONCALL_KEY_SECRET_NAME = "console-default-oncall-key"
      PREFIX                 = "console"
    }
  }

  depends_on = [aws_iam_role_policy.oncall_sender_role]
}

resource "aws_lambda_function_event_invoke_config" "oncall_sender_event_invoke_config" {
  function_name                = aws_lambda_function.oncall_sender.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_lambda_permission" "oncall_sender_from_broken_permission" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.oncall_sender.function_name
  principal      = "lambda.alarms.cloudwatch.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
  source_arn     = aws_cloudwatch_metric_alarm.broken.arn
  statement_id   = "OncallSenderFromBrokenPermission"
}

resource "aws_lambda_permission" "oncall_sender_from_slow_permission" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.oncall_sender.function_name
  principal      = "lambda.alarms.cloudwatch.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
  source_arn     = aws_cloudwatch_metric_alarm.slow.arn
  statement_id   = "OncallSenderFromSlowPermission"
}

resource "aws_iam_role" "oncall_sender_role" {
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
    team          = "front-end"
    "virga:app"   = "console"
    "virga:stage" = "default"
    "virga:node"  = "oncall.sender"
  }
}

resource "aws_iam_role_policy" "oncall_sender_role" {
  role = aws_iam_role.oncall_sender_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.oncall_sender_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.oncall_key.arn
      },
    ]
  })
}
