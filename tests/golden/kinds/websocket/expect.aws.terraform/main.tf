# Made by Virga from the app chat, stage default. Change the .virga file, not this one.

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_apigatewayv2_api" "door" {
  name                       = "chat-default-door"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
  description                = "Rooms"
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
  deployment_id = aws_apigatewayv2_deployment.door_deploymentc37a99913e.id

  access_log_settings {
    destination_arn = "${aws_cloudwatch_log_group.door_access_log.arn}:*"
    format          = "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\",\"ip\":\"$context.identity.sourceIp\",\"event\":\"$context.eventType\",\"route\":\"$context.routeKey\",\"connection\":\"$context.connectionId\",\"status\":\"$context.status\",\"error\":\"$context.error.message\"}"
  }

  default_route_settings {
    throttling_rate_limit  = 200
    throttling_burst_limit = 500
  }

  route_settings {
    route_key              = "$connect"
    throttling_rate_limit  = 20
    throttling_burst_limit = 20
  }
}

resource "aws_apigatewayv2_authorizer" "door_auth_members" {
  api_id           = aws_apigatewayv2_api.door.id
  name             = "members"
  authorizer_type  = "REQUEST"
  authorizer_uri   = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.check.arn}/invocations"
  identity_sources = ["route.request.querystring.token"]
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
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.door_auth_members.id
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
    "$default" = "{\"requestContext\":{\"routeKey\":\"$context.routeKey\",\"eventType\":\"$context.eventType\",\"connectionId\":\"$context.connectionId\",\"requestId\":\"$context.requestId\",\"domainName\":\"$context.domainName\",\"stage\":\"$context.stage\",\"authorizer\":{\"principalId\":\"$context.authorizer.principalId\"},\"connectedAt\":$context.connectedAt,\"requestTimeEpoch\":$context.requestTimeEpoch},\"isBase64Encoded\":false}"
  }
  timeout_milliseconds = 29000
}

resource "aws_apigatewayv2_route" "door_disconnect" {
  api_id             = aws_apigatewayv2_api.door.id
  route_key          = "$disconnect"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.door_events_to_leave_gone.id}"
}

resource "aws_apigatewayv2_integration" "door_events_to_tell" {
  api_id               = aws_apigatewayv2_api.door.id
  integration_type     = "AWS"
  integration_method   = "POST"
  integration_uri      = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.tell.arn}/invocations"
  passthrough_behavior = "NEVER"
  request_parameters = {
    "integration.request.header.X-Amz-Invocation-Type" = "'Event'"
  }
  template_selection_expression = "\\$default"
  request_templates = {
    "$default" = "{\"requestContext\":{\"routeKey\":\"$context.routeKey\",\"eventType\":\"$context.eventType\",\"connectionId\":\"$context.connectionId\",\"requestId\":\"$context.requestId\",\"domainName\":\"$context.domainName\",\"stage\":\"$context.stage\",\"authorizer\":{\"principalId\":\"$context.authorizer.principalId\"},\"connectedAt\":$context.connectedAt,\"requestTimeEpoch\":$context.requestTimeEpoch},\"body\":\"$util.escapeJavaScript($input.body).replaceAll(\"\\\\'\",\"'\")\",\"isBase64Encoded\":false}"
  }
  timeout_milliseconds = 29000
}

resource "aws_apigatewayv2_route" "door_message_say" {
  api_id             = aws_apigatewayv2_api.door.id
  route_key          = "say"
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.door_events_to_tell.id}"
}

resource "aws_apigatewayv2_integration" "door_to_enter_for_message_who" {
  api_id               = aws_apigatewayv2_api.door.id
  integration_type     = "AWS_PROXY"
  integration_uri      = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.enter.arn}/invocations"
  timeout_milliseconds = 5000
}

resource "aws_apigatewayv2_route" "door_message_who" {
  api_id                              = aws_apigatewayv2_api.door.id
  route_key                           = "who"
  authorization_type                  = "NONE"
  route_response_selection_expression = "$default"
  target                              = "integrations/${aws_apigatewayv2_integration.door_to_enter_for_message_who.id}"
}

resource "aws_apigatewayv2_route_response" "door_message_who_answer" {
  api_id             = aws_apigatewayv2_api.door.id
  route_id           = aws_apigatewayv2_route.door_message_who.id
  route_response_key = "$default"
}

resource "aws_apigatewayv2_route" "door_message_who_else" {
  api_id                              = aws_apigatewayv2_api.door.id
  route_key                           = "who.else?"
  authorization_type                  = "NONE"
  route_response_selection_expression = "$default"
  target                              = "integrations/${aws_apigatewayv2_integration.door_to_enter.id}"
}

resource "aws_apigatewayv2_route_response" "door_message_who_else_answer" {
  api_id             = aws_apigatewayv2_api.door.id
  route_id           = aws_apigatewayv2_route.door_message_who_else.id
  route_response_key = "$default"
}

resource "aws_apigatewayv2_integration" "door_to_tell" {
  api_id               = aws_apigatewayv2_api.door.id
  integration_type     = "AWS_PROXY"
  integration_uri      = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.tell.arn}/invocations"
  timeout_milliseconds = 29000
}

resource "aws_apigatewayv2_route" "door_other" {
  api_id                              = aws_apigatewayv2_api.door.id
  route_key                           = "$default"
  authorization_type                  = "NONE"
  route_response_selection_expression = "$default"
  target                              = "integrations/${aws_apigatewayv2_integration.door_to_tell.id}"
}

resource "aws_apigatewayv2_route_response" "door_other_answer" {
  api_id             = aws_apigatewayv2_api.door.id
  route_id           = aws_apigatewayv2_route.door_other.id
  route_response_key = "$default"
}

resource "aws_apigatewayv2_deployment" "door_deploymentc37a99913e" {
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
    aws_apigatewayv2_route.door_message_who_else,
    aws_apigatewayv2_route_response.door_message_who_else_answer,
    aws_apigatewayv2_route.door_other,
    aws_apigatewayv2_route_response.door_other_answer,
  ]
}

resource "aws_dynamodb_table" "people" {
  name         = "chat-default-people"
  hash_key     = "connection"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "people"
  }

  attribute {
    name = "connection"
    type = "S"
  }

  point_in_time_recovery {
    enabled = false
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_lambda_permission" "check_from_door_auth_members_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.check.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/authorizers/*"
  statement_id  = "CheckFromDoorAuthMembersPermission"
}

resource "aws_cloudwatch_log_group" "check_logs" {
  name              = "/aws/lambda/chat-default-check"
  retention_in_days = 30
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "check"
  }
}

resource "aws_lambda_function" "check" {
  function_name    = "chat-default-check"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/check-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/check-95d3900e7950.zip")
  role             = aws_iam_role.check_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "chat"
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
    "virga:app"   = "chat"
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
    ]
  })
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
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/enter-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/enter-95d3900e7950.zip")
  role             = aws_iam_role.enter_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 60
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
      PEOPLE_TABLE_NAME = aws_dynamodb_table.people.name
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
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/leave-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/leave-95d3900e7950.zip")
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
      DOOR_ENDPOINT     = "https://${aws_apigatewayv2_api.door.id}.execute-api.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}/live"
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
      {
        Effect   = "Allow"
        Action   = "execute-api:ManageConnections"
        Resource = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/live/POST/@connections/*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "tell_logs" {
  name              = "/aws/lambda/chat-default-tell"
  retention_in_days = 30
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "tell"
  }
}

resource "aws_lambda_function" "tell" {
  function_name    = "chat-default-tell"
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "${path.module}/code/tell-95d3900e7950.zip"
  source_code_hash = filebase64sha256("${path.module}/code/tell-95d3900e7950.zip")
  role             = aws_iam_role.tell_role.arn
  architectures    = ["x86_64"]
  memory_size      = 512
  timeout          = 10
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "tell"
  }

  ephemeral_storage {
    size = 512
  }

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_group  = aws_cloudwatch_log_group.tell_logs.name
    log_format = "Text"
  }

  environment {
    variables = {
      DOOR_ENDPOINT     = "https://${aws_apigatewayv2_api.door.id}.execute-api.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}/live"
      PEOPLE_TABLE_NAME = aws_dynamodb_table.people.name
    }
  }

  depends_on = [aws_iam_role_policy.tell_role]
}

resource "aws_lambda_function_event_invoke_config" "tell_event_invoke_config" {
  function_name                = aws_lambda_function.tell.function_name
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 1
  maximum_event_age_in_seconds = 21600
}

resource "aws_lambda_permission" "tell_from_door_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.tell.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/*/*"
  statement_id  = "TellFromDoorPermission"
}

resource "aws_iam_role" "tell_role" {
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
    "virga:node"  = "tell"
  }
}

resource "aws_iam_role_policy" "tell_role" {
  role = aws_iam_role.tell_role.name
  name = "edges"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.tell_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = aws_dynamodb_table.people.arn
      },
      {
        Effect = "Allow"
        Action = "execute-api:ManageConnections"
        Resource = [
          "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/live/POST/@connections/*",
          "arn:${data.aws_partition.current.partition}:execute-api:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${aws_apigatewayv2_api.door.id}/live/DELETE/@connections/*",
        ]
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "broken" {
  alarm_name  = "chat-default-broken"
  namespace   = "AWS/ApiGateway"
  metric_name = "ExecutionError"
  dimensions = {
    ApiId = aws_apigatewayv2_api.door.id
  }
  statistic           = "Sum"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  tags = {
    "virga:app"   = "chat"
    "virga:stage" = "default"
    "virga:node"  = "broken"
  }
}
