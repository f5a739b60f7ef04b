# Made by Virga from the app api_with_jwt, stage default. Change the .virga file, not this one.

# Notes of signed-in users

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_dynamodb_table" "notes" {
  name         = "api_with_jwt-default-notes"
  hash_key     = "user"
  range_key    = "note"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
    "virga:node"  = "notes"
  }

  attribute {
    name = "user"
    type = "S"
  }

  attribute {
    name = "note"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_apigatewayv2_api" "api_door" {
  name          = "api_with_jwt-default-api-door"
  protocol_type = "HTTP"
  tags = {
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
    "virga:node"  = "api.door"
  }
}

resource "aws_cloudwatch_log_group" "api_door_access_log" {
  name              = "/aws/vendedlogs/apigateway/api_with_jwt-default-api-door"
  retention_in_days = 30
  tags = {
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
    "virga:node"  = "api.door"
  }
}

resource "aws_apigatewayv2_stage" "api_door_stage" {
  api_id      = aws_apigatewayv2_api.api_door.id
  name        = "$default"
  auto_deploy = true
  tags = {
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
    "virga:node"  = "api.door"
  }

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.api_door_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"route\":\"$context.routeKey\",\"status\":\"$context.status\",\"latency\":\"$context.responseLatency\",\"error\":\"$context.integrationErrorMessage\"}"
  }

  default_route_settings {
    throttling_rate_limit  = 50
    throttling_burst_limit = 50
  }
}

resource "aws_apigatewayv2_authorizer" "api_door_auth_api_callers" {
  api_id           = aws_apigatewayv2_api.api_door.id
  name             = "api.callers"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = "https://login.example.com/"
    audience = ["notes"]
  }
}

resource "aws_apigatewayv2_integration" "api_door_to_api_handler" {
  api_id                 = aws_apigatewayv2_api.api_door.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.api_handler.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "api_door_any_path" {
  api_id             = aws_apigatewayv2_api.api_door.id
  route_key          = "ANY /{path+}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.api_door_auth_api_callers.id
  target             = "integrations/${aws_apigatewayv2_integration.api_door_to_api_handler.id}"
}

resource "aws_apigatewayv2_route" "api_door_any" {
  api_id             = aws_apigatewayv2_api.api_door.id
  route_key          = "ANY /"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.api_door_auth_api_callers.id
  target             = "integrations/${aws_apigatewayv2_integration.api_door_to_api_handler.id}"
}

resource "aws_apigatewayv2_route" "api_door_get_health" {
  api_id             = aws_apigatewayv2_api.api_door.id
  route_key          = "GET /health"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.api_door_to_api_handler.id}"
}

resource "aws_cloudwatch_log_group" "api_handler_logs" {
  name              = "/aws/lambda/api_with_jwt-default-api-handler"
  retention_in_days = 30
  tags = {
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
    "virga:node"  = "api.handler"
  }
}

resource "aws_lambda_function" "api_handler" {
  function_name    = "api_with_jwt-default-api-handler"
  runtime          = "nodejs20.x"
  handler          = "notes.handler"
  filename         = "${path.module}/code/api-handler-bee9253b6705.zip"
  source_code_hash = filebase64sha256("${path.module}/code/api-handler-bee9253b6705.zip")
  role             = aws_iam_role.api_handler_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
    "virga:node"  = "api.handler"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.api_handler_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      NOTES_TABLE_NAME = aws_dynamodb_table.notes.name
      TOKEN_AUDIENCE   = "notes"
      TOKEN_ISSUER     = "https://login.example.com/"
    }
  }

  depends_on = [aws_iam_role_policy.api_handler_role]
}

resource "aws_lambda_permission" "api_handler_from_api_door_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api_handler.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.api_door.id}/*/*"
  statement_id  = "ApiHandlerFromApiDoorPermission"
}

resource "aws_iam_role" "api_handler_role" {
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
    "virga:app"   = "api_with_jwt"
    "virga:stage" = "default"
    "virga:node"  = "api.handler"
  }
}

resource "aws_iam_role_policy" "api_handler_role" {
  role = aws_iam_role.api_handler_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.api_handler_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.notes.arn
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
        Resource = aws_dynamodb_table.notes.arn
      },
    ]
  })
}
