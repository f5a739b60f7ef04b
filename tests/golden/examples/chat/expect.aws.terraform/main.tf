# Made by Virga from the app chat, stage default. Change the .virga file, not this one.

# Messages between people who are connected

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

ephemeral "aws_secretsmanager_random_password" "invitation" {
  password_length     = 24
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "invitation" {
  name = "chat-default-invitation"
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "invitation"
  }
}

resource "aws_secretsmanager_secret_version" "invitation" {
  secret_id                = aws_secretsmanager_secret.invitation.id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.invitation.random_password
  secret_string_wo_version = 1
}

resource "aws_dynamodb_table" "people" {
  name         = "chat-default-people"
  hash_key     = "key"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "people"
  }

  attribute {
    name = "key"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = false
  }
}

resource "aws_apigatewayv2_api" "door" {
  name                       = "chat-default-door"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "door"
  }
}

resource "aws_cloudwatch_log_group" "door_access_log" {
  name              = "/aws/vendedlogs/apigateway/chat-default-door"
  retention_in_days = 30
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "door"
  }
}

resource "aws_apigatewayv2_stage" "door_stage" {
  api_id = aws_apigatewayv2_api.door.id
  name   = "live"
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "door"
  }
  deployment_id = aws_apigatewayv2_deployment.door_deployment7e006ea02b.id

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.door_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"event\":\"$context.eventType\",\"route\":\"$context.routeKey\",\"connection\":\"$context.connectionId\",\"status\":\"$context.status\",\"error\":\"$context.error.message\"}"
  }

  default_route_settings {
    throttling_rate_limit  = 50
    throttling_burst_limit = 50
  }
}

resource "aws_apigatewayv2_integration" "door_to_enter" {
  api_id               = aws_apigatewayv2_api.door.id
  integration_type     = "AWS_PROXY"
  integration_uri      = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.enter.arn}/invocations"
  timeout_milliseconds = 29000
}

resource "aws_apigatewayv2_route" "door_connect" {
  api_id             = aws_apigatewayv2_api.door.id
  route_key          = "$connect"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.door_to_enter.id}"
}

resource "aws_apigatewayv2_integration" "door_events_to_leave_gone" {
  api_id               = aws_apigatewayv2_api.door.id
  integration_type     = "AWS"
  integration_method   = "POST"
  integration_uri      = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.leave.arn}/invocations"
  passthrough_behavior = "NEVER"
  request_parameters = {
    "integration.request.header.X-Amz-Invocation-Type" = "'Event'"
  }
  template_selection_expression = "\\$default"
  request_templates = {
    "$default" = "{\"requestContext\":{\"routeKey\":\"$context.routeKey\",\"eventType\":\"$context.eventType\",\"connectionId\":\"$context.connectionId\",\"requestId\":\"$context.requestId\",\"domainName\":\"$context.domainName\",\"stage\":\"$context.stage\",\"connectedAt\":$context.connectedAt,\"requestTimeEpoch\":$context.requestTimeEpoch},\"isBase64Encoded\":false}"
  }
  timeout_milliseconds = 29000
}

resource "aws_apigatewayv2_route" "door_disconnect" {
  api_id             = aws_apigatewayv2_api.door.id
  route_key          = "$disconnect"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.door_events_to_leave_gone.id}"
}

resource "aws_apigatewayv2_integration" "door_to_who" {
  api_id               = aws_apigatewayv2_api.door.id
  integration_type     = "AWS_PROXY"
  integration_uri      = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.who.arn}/invocations"
  timeout_milliseconds = 29000
}

resource "aws_apigatewayv2_route" "door_message_who" {
  api_id                              = aws_apigatewayv2_api.door.id
  route_key                           = "who"
  authorization_type                  = "NONE"
  route_response_selection_expression = "$default"
  target                              = "integrations/${aws_apigatewayv2_integration.door_to_who.id}"
}

resource "aws_apigatewayv2_route_response" "door_message_who_answer" {
  api_id             = aws_apigatewayv2_api.door.id
  route_id           = aws_apigatewayv2_route.door_message_who.id
  route_response_key = "$default"
}

resource "aws_apigatewayv2_integration" "door_events_to_say" {
  api_id               = aws_apigatewayv2_api.door.id
  integration_type     = "AWS"
  integration_method   = "POST"
  integration_uri      = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.say.arn}/invocations"
  passthrough_behavior = "NEVER"
  request_parameters = {
    "integration.request.header.X-Amz-Invocation-Type" = "'Event'"
  }
  template_selection_expression = "\\$default"
  request_templates = {
    "$default" = "{\"requestContext\":{\"routeKey\":\"$context.routeKey\",\"eventType\":\"$context.eventType\",\"connectionId\":\"$context.connectionId\",\"requestId\":\"$context.requestId\",\"domainName\":\"$context.domainName\",\"stage\":\"$context.stage\",\"connectedAt\":$context.connectedAt,\"requestTimeEpoch\":$context.requestTimeEpoch},\"body\":\"$util.escapeJavaScript($input.body).replaceAll(\"\\\\'\",\"'\")\",\"isBase64Encoded\":false}"
  }
  timeout_milliseconds = 29000
}

resource "aws_apigatewayv2_route" "door_message_say" {
  api_id             = aws_apigatewayv2_api.door.id
  route_key          = "say"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.door_events_to_say.id}"
}

resource "aws_apigatewayv2_deployment" "door_deployment7e006ea02b" {
  api_id = aws_apigatewayv2_api.door.id

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [
    aws_apigatewayv2_route.door_connect,
    aws_apigatewayv2_route.door_disconnect,
    aws_apigatewayv2_route.door_message_say,
    aws_apigatewayv2_route.door_message_who,
    aws_apigatewayv2_route_response.door_message_who_answer,
  ]
}

resource "aws_cloudwatch_log_group" "enter_logs" {
  name              = "/aws/lambda/chat-default-enter"
  retention_in_days = 30
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "enter"
  }
}

resource "aws_lambda_function" "enter" {
  function_name    = "chat-default-enter"
  runtime          = "python3.12"
  handler          = "people.enter"
  filename         = "${path.module}/code/enter-4929d7f0f287.zip"
  source_code_hash = filebase64sha256("${path.module}/code/enter-4929d7f0f287.zip")
  role             = aws_iam_role.enter_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "enter"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.enter_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      INVITATION_SECRET_NAME = "chat-default-invitation"
      PEOPLE_TABLE_NAME      = aws_dynamodb_table.people.name
    }
  }

  depends_on = [aws_iam_role_policy.enter_role]
}

resource "aws_lambda_permission" "enter_from_door_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.enter.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/*/*"
  statement_id  = "EnterFromDoorPermission"
}

resource "aws_iam_role" "enter_role" {
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
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "enter"
  }
}

resource "aws_iam_role_policy" "enter_role" {
  role = aws_iam_role.enter_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.enter_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.invitation.arn
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
        Resource = aws_dynamodb_table.people.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "leave_logs" {
  name              = "/aws/lambda/chat-default-leave"
  retention_in_days = 30
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "leave"
  }
}

resource "aws_lambda_function" "leave" {
  function_name    = "chat-default-leave"
  runtime          = "python3.12"
  handler          = "people.leave"
  filename         = "${path.module}/code/leave-4929d7f0f287.zip"
  source_code_hash = filebase64sha256("${path.module}/code/leave-4929d7f0f287.zip")
  role             = aws_iam_role.leave_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "leave"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.leave_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      PEOPLE_TABLE_NAME = aws_dynamodb_table.people.name
    }
  }

  depends_on = [aws_iam_role_policy.leave_role]
}

resource "aws_lambda_function_event_invoke_config" "leave_event_invoke_config" {
  function_name                = aws_lambda_function.leave.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_lambda_permission" "leave_from_door_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.leave.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/*/*"
  statement_id  = "LeaveFromDoorPermission"
}

resource "aws_iam_role" "leave_role" {
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
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "leave"
  }
}

resource "aws_iam_role_policy" "leave_role" {
  role = aws_iam_role.leave_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.leave_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.people.arn
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
        Resource = aws_dynamodb_table.people.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "who_logs" {
  name              = "/aws/lambda/chat-default-who"
  retention_in_days = 30
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "who"
  }
}

resource "aws_lambda_function" "who" {
  function_name    = "chat-default-who"
  runtime          = "python3.12"
  handler          = "people.who"
  filename         = "${path.module}/code/who-4929d7f0f287.zip"
  source_code_hash = filebase64sha256("${path.module}/code/who-4929d7f0f287.zip")
  role             = aws_iam_role.who_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "who"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.who_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      PEOPLE_TABLE_NAME = aws_dynamodb_table.people.name
    }
  }

  depends_on = [aws_iam_role_policy.who_role]
}

resource "aws_lambda_permission" "who_from_door_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.who.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/*/*"
  statement_id  = "WhoFromDoorPermission"
}

resource "aws_iam_role" "who_role" {
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
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "who"
  }
}

resource "aws_iam_role_policy" "who_role" {
  role = aws_iam_role.who_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.who_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.people.arn
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "say_logs" {
  name              = "/aws/lambda/chat-default-say"
  retention_in_days = 30
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "say"
  }
}

resource "aws_lambda_function" "say" {
  function_name    = "chat-default-say"
  runtime          = "python3.12"
  handler          = "people.say"
  filename         = "${path.module}/code/say-4929d7f0f287.zip"
  source_code_hash = filebase64sha256("${path.module}/code/say-4929d7f0f287.zip")
  role             = aws_iam_role.say_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "say"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.say_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      DOOR_ENDPOINT     = "https://${aws_apigatewayv2_api.door.id}.execute-api.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}/live"
      PEOPLE_TABLE_NAME = aws_dynamodb_table.people.name
    }
  }

  depends_on = [aws_iam_role_policy.say_role]
}

resource "aws_lambda_function_event_invoke_config" "say_event_invoke_config" {
  function_name                = aws_lambda_function.say.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 1
  maximum_event_age_in_seconds = 21600
}

resource "aws_lambda_permission" "say_from_door_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.say.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/*/*"
  statement_id  = "SayFromDoorPermission"
}

resource "aws_iam_role" "say_role" {
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
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "say"
  }
}

resource "aws_iam_role_policy" "say_role" {
  role = aws_iam_role.say_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.say_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.people.arn
      },
      {
        Effect   = "Allow"
        Action   = "execute-api:ManageConnections"
        Resource = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/live/POST/@connections/*"
      },
    ]
  })
}
